"""Second tier: the learner's code, read as a syntax tree."""

FINDINGS = []
