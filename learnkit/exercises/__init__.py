"""What is asked: one file of exercises, quick checks, cards and predictions for each chapter."""
