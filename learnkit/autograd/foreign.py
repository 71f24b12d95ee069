"""What NumPy's functions do with a Value or a Tensor: our own operation, or say what to write.

Nothing here imports NumPy by itself: a Value works where it is not installed.
"""

import inspect

# NumPy's name of an operator: our method with the node on the left, and with it on the right.
OPERATORS = {
    "add": ("__add__", "__radd__"),
    "subtract": ("__sub__", "__rsub__"),
    "multiply": ("__mul__", "__rmul__"),
    "divide": ("__truediv__", "__rtruediv__"),
    "power": ("__pow__", "__rpow__"),
    "float_power": ("__pow__", "__rpow__"),
    "matmul": ("__matmul__", "__rmatmul__"),
    "equal": ("__eq__", "__eq__"),
    "not_equal": ("__ne__", "__ne__"),
    "less": ("__lt__", "__gt__"),
    "less_equal": ("__le__", "__ge__"),
    "greater": ("__gt__", "__lt__"),
    "greater_equal": ("__ge__", "__le__"),
}
# NumPy's name of a function of one array: the same in our own operations.
FUNCTIONS = {
    "exp": lambda x: x.exp(),
    "log": lambda x: x.log(),
    "tanh": lambda x: x.tanh(),
    "sqrt": lambda x: x**0.5,
    "square": lambda x: x * x,
    "reciprocal": lambda x: 1 / x,
    "negative": lambda x: -x,
    "positive": lambda x: x * 1,
    "absolute": abs,
    "sum": lambda x, axis=None, keepdims=False: x.sum(axis, keepdims),
    "mean": lambda x, axis=None, keepdims=False: x.mean(axis, keepdims),
    "max": lambda x, axis=None, keepdims=False: x.max(axis, keepdims),
    "amax": lambda x, axis=None, keepdims=False: x.max(axis, keepdims),
    "reshape": lambda x, shape: x.reshape(shape),
    "ravel": lambda x: x.reshape(-1),
    "transpose": lambda x, axes=None: x.transpose() if axes is None else x.transpose(axes),
    "permute_dims": lambda x, axes: x.transpose(axes),
    "matrix_transpose": lambda x: x.transpose(*range(len(x.shape) - 2), -1, -2),
}
# Functions whose result has no slope: masks, places, counts, shapes. They read the numbers.
OF_THE_NUMBERS = set(
    """all allclose any argmax argmin argpartition argsort argwhere around array2string array_equal
    array_equiv array_repr array_str broadcast_shapes ceil copysign count_nonzero digitize
    empty_like fix flatnonzero floor floor_divide full_like histogram isclose isfinite isin isinf
    isnan isnat lexsort logical_and logical_not logical_or logical_xor ndim nonzero ones_like rint
    round searchsorted shape sign signbit size trunc unique zeros_like iscomplexobj isrealobj
    may_share_memory shares_memory save savetxt savez save""".split()
)
# What to write instead, where we have no operation of that name.
INSTEAD = {
    "abs": "abs(x)",
    "average": "x.mean()",
    "clip": "where(x > high, high, x) with `where` from learnkit.losses",
    "detach": "x.data",
    "dim": "len(x.shape)",
    "dot": "x @ y",
    "einsum": "x @ y, or (x * y).sum()",
    "expand_dims": "x.reshape(…)",
    "flatten": "x.reshape(-1)",
    "inner": "x @ y",
    "log10": "x.log() / math.log(10)",
    "log1p": "(1 + x).log()",
    "log2": "x.log() / math.log(2)",
    "expm1": "x.exp() - 1",
    "logaddexp": "logsumexp from learnkit.losses",
    "matmul": "x @ y",
    "maximum": "x.relu() for max(x, 0), else where(x > y, x, y) with `where` from learnkit.losses",
    "min": "-(-x).max()",
    "amin": "-(-x).max()",
    "minimum": "where(x < y, x, y) with `where` from learnkit.losses",
    "mm": "x @ y",
    "ndim": "len(x.shape)",
    "norm": "(x * x).sum() ** 0.5",
    "numpy": "x.data",
    "outer": "x.reshape(-1, 1) * y",
    "permute": "x.transpose(…)",
    "pow": "x ** n",
    "requires_grad": "nothing: every Tensor and Value finds its gradient",
    "size": "x.data.size",
    "softmax": "log_softmax(x).exp() with `log_softmax` from learnkit.losses",
    "sqrt": "x ** 0.5",
    "square": "x * x",
    "squeeze": "x.reshape(…)",
    "std": "((x - x.mean()) ** 2).mean() ** 0.5",
    "swapaxes": "x.transpose(…)",
    "t": "x.T",
    "tensordot": "x @ y",
    "tolist": "x.data.tolist()",
    "value": "x.data",
    "var": "((x - x.mean()) ** 2).mean()",
    "vdot": "(x * y).sum()",
    "view": "x.reshape(…)",
    "zero_grad": "x.grad = None",
}


def elementwise(kind, function, method, inputs, keywords):
    """Do what a ufunc of NumPy was asked to do with nodes of this kind, or raise TypeError.

    The arguments are those of `__array_ufunc__`.
    """
    name = function.__name__
    if keywords or method != "__call__":
        raise TypeError(
            f"np.{name} in this form would lose how a {kind.__name__} was computed: "
            f"use what a {kind.__name__} has, as in y = y + x in place of y += x."
        )
    if name in OPERATORS:
        return _operator(kind, name, *inputs)
    if name in ("maximum", "fmax") and any(type(x) in (int, float) and x == 0 for x in inputs):
        return next(x for x in inputs if isinstance(x, kind)).relu()
    return by_name(kind, function, inputs, keywords)


def _operator(kind, name, left, right):
    forward, reflected = OPERATORS[name]
    if isinstance(left, kind):
        return getattr(left, forward)(_without_axes(right))
    return getattr(right, reflected)(_without_axes(left))


def _without_axes(x):
    """Return x, or its number if NumPy wrapped a single one into an array without axes."""
    return x[()] if getattr(x, "shape", None) == () and hasattr(x, "dtype") else x


def by_name(kind, function, arguments, keywords):
    """Do what a function of NumPy was asked to do with nodes of this kind, or raise TypeError."""
    name = function.__name__
    if name in OF_THE_NUMBERS:
        keywords = {key: plain_numbers(kind, argument) for key, argument in keywords.items()}
        return function(*plain_numbers(kind, arguments), **keywords)
    if name in FUNCTIONS and isinstance(arguments[0] if arguments else None, kind):
        return _ours(kind, name, arguments, keywords)
    home = (getattr(function, "__module__", None) or "numpy").replace("numpy", "np", 1)
    ours = f"it with operations that a {kind.__name__} has"
    raise TypeError(
        f"{home}.{name} cannot pass a gradient back through a {kind.__name__}: "
        f"write {INSTEAD.get(name, ours)}, or give it x.{_plain(kind)}, the numbers alone."
    )


def _ours(kind, name, arguments, keywords):
    rule = FUNCTIONS[name]
    try:
        inspect.signature(rule).bind(*arguments, **keywords)
    except TypeError:
        taken = ", ".join(list(inspect.signature(rule).parameters)[1:]) or "nothing"
        raise TypeError(
            f"Beside a {kind.__name__}, np.{name} takes {taken} and no more; "
            f"give it x.{_plain(kind)} to have all of NumPy, without a gradient."
        ) from None
    return rule(*arguments, **keywords)


def _plain(kind):
    """Return the name under which nodes of this kind keep their numbers: a Dual has a `value`."""
    return "data" if hasattr(kind, "data") else "value"


def plain_numbers(kind, x):
    """Return x with the numbers of every node of that kind, in lists and tuples too."""
    if isinstance(x, kind):
        return getattr(x, _plain(kind))
    return type(x)(plain_numbers(kind, entry) for entry in x) if type(x) in (list, tuple) else x
