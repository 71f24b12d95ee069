"""Sixth tier: what Python said of an answer that raises, in plain words."""

FINDINGS = []
