"""Which cell makes a name that is missing."""


def explain(name):
    return ""
