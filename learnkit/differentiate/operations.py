"""How long formulas are: their operations written out, and with what they share computed once."""


def count_operations(formulas):
    """Return (written out, sharing): the operations of SymPy formulas, all of them together.

    Written out, a part that stands in ten places counts ten times. Sharing, it is computed once
    and looked up nine times, as `sympy.cse` finds it (common subexpression elimination).
    formulas: one formula or a sequence of them; a plain number counts as none.
    >>> import sympy
    >>> x = sympy.Symbol("x")
    >>> count_operations([(x + 1) ** 2, x * (x + 1)])
    (4, 3)
    """
    import sympy

    listed = [sympy.sympify(formula) for formula in _listed(formulas)]
    shared, shortened = sympy.cse(listed)
    parts = [part for _, part in shared] + shortened
    return _operations(listed), _operations(parts)


def _listed(formulas):
    return list(formulas) if hasattr(formulas, "__iter__") else [formulas]


def _operations(formulas):
    return int(sum(formula.count_ops() for formula in formulas))
