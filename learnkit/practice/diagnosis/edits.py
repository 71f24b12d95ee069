"""Edits made by machine: every small change of a solution that stands for a mistake a beginner makes."""


def machine_edits(source, known=frozenset()):
    return []
