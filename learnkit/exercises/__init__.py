"""What is asked: one file of exercises, quick checks, cards and predictions for each chapter."""

CHAPTERS = {
    "03": "03_loss_surfaces",
    "04": "04_gradient_descent",
    "08": "08_thirty_one_parameters",
}
