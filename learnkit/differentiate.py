"""The ways to differentiate, side by side: each takes a function and a point, and returns the gradient there.

A function takes an array of numbers (or a single number), computes with + - * / **, `exp`, `log`, `tanh`, `sigmoid`
and `relu`, and returns one number. Then the same function runs on floats, complex numbers, fractions, Duals,
Values and SymPy's symbols, and what differs from way to way is only what travels along with the numbers.
"""

import functools
import math
import warnings
from dataclasses import dataclass
from fractions import Fraction
from numbers import Integral, Number, Rational, Real

import numpy as np

from learnkit.autograd.tensor import Tensor
from learnkit.autograd.value import Value

# ---- Functions that work on every kind of number ----


def relu(z):
    """Return z where it is positive and 0 elsewhere; the slope at 0 is 0. Complex z: by the sign of the real part."""
    plain = lambda z: np.where(z.real <= 0, 0, z) if np.ndim(z) else type(z)(0) if z.real <= 0 else z
    return _on_any_number("relu", z, plain, lambda sympy, z: sympy.Piecewise((z, z > 0), (0, True)))


def exp(z):
    """Return e to the power z."""
    return _on_any_number("exp", z, np.exp, lambda sympy, z: sympy.exp(z))


def log(z):
    """Return the natural logarithm of z."""
    return _on_any_number("log", z, np.log, lambda sympy, z: sympy.log(z))


def tanh(z):
    """Return the hyperbolic tangent of z, between -1 and 1."""
    return _on_any_number("tanh", z, np.tanh, lambda sympy, z: sympy.tanh(z))


def sigmoid(z):
    """Return 1 / (1 + e^-z), between 0 and 1, as (1 + tanh(z/2)) / 2, in which nothing can overflow."""
    return _on_any_number("sigmoid", z, lambda z: (1 + np.tanh(z / 2)) / 2, lambda sympy, z: 1 / (1 + sympy.exp(-z)))


def _on_any_number(name, z, plain, symbolic):
    """Return the function of that name at z: Values, Duals and Tensors have it as a method, formulas need SymPy."""
    if hasattr(z, "free_symbols"):
        import sympy

        return symbolic(sympy, z)
    if isinstance(z, np.ndarray) and z.dtype.kind == "O":
        return np.frompyfunc(lambda entry: _on_any_number(name, entry, plain, symbolic), 1, 1)(z)
    return getattr(z, name)() if hasattr(z, name) else plain(z)


def count_calls(function):
    """Return the same function with a count: `.calls` says how often it ran."""

    @functools.wraps(function)
    def counted(*arguments):
        counted.calls += 1
        return function(*arguments)

    counted.calls = 0
    return counted


# ---- Numerical: move one input a little and look ----


def forward_difference(function, x, step=1e-8):
    """Return the gradient from a step ahead along every input, (f(x + step) - f(x)) / step.

    Cost: n + 1 evaluations for n inputs. Error: truncation grows like step, round-off like 1e-16 / step,
    so the best step is near the square root of 1e-16.
    >>> round(forward_difference(lambda x: x**2, 3.0), 6)
    6.0
    """
    at = _point(x, step)
    here = _evaluate(function, at)
    return _gradient([(_evaluate(function, at + h) - here) / step for h in _steps(at, step)], at)


def central_difference(function, x, step=1e-5):
    """Return the gradient from a step to both sides of every input, (f(x + step) - f(x - step)) / (2 · step).

    Cost: 2n evaluations for n inputs. Error: truncation grows like step², round-off like 1e-16 / step,
    so the best step is near the cube root of 1e-16.
    >>> round(central_difference(lambda x: x**2, 3.0), 6)
    6.0
    """
    at = _point(x, step)
    differences = [_evaluate(function, at + h) - _evaluate(function, at - h) for h in _steps(at, step)]
    return _gradient([difference / (2 * step) for difference in differences], at)


def complex_step(function, x, step=1e-20):
    """Return the gradient from a step in the imaginary direction, Im f(x + i·step) / step.

    Cost: n evaluations for n inputs. Error: truncation grows like step², and nothing is subtracted, so a tiny step
    gives every digit. The function must not use abs, comparisons, conj, float() or `math`: they drop the imaginary
    part. Where that is noticed it raises TypeError. Source: Squire & Trapp (1998), SIAM Review 40(1).
    >>> complex_step(lambda x: x**2, 3.0)
    6.0
    """
    at = _point(x, step)
    return _gradient([_evaluate_complex(function, at + 1j * h).imag / step for h in _steps(at, step)], at)


def _point(x, step):
    """Return x as an array of floats, after a look at the step."""
    if not (isinstance(step, Real) and 0 < step < math.inf):
        raise ValueError(f"The step must be a small positive number such as 1e-5; this is {step!r}.")
    return _entries(x).astype(np.float64)


def _steps(at, step):
    """Yield an array of zeros with the step in one entry, for each entry in turn."""
    for i in range(at.size):
        h = np.zeros(at.size)
        h[i] = step
        yield h.reshape(at.shape)


def _evaluate(function, at):
    y = function(at if np.ndim(at) else at.item())
    y = y.data if isinstance(y, (Tensor, Value)) else y
    if np.ndim(y) or not isinstance(np.asarray(y)[()], Real):
        raise _no_number(y)
    return float(y)


def _evaluate_complex(function, at):
    avoid = "it must not use abs, comparisons, conj, float() or math; or take central_difference"
    with warnings.catch_warnings():
        warnings.simplefilter("error", np.exceptions.ComplexWarning)
        try:
            y = function(at if np.ndim(at) else at.item())
        except (TypeError, np.exceptions.ComplexWarning) as error:
            raise TypeError(f"Your function does not work on complex numbers: {avoid} ({error}).") from error
    if np.ndim(y) or not isinstance(np.asarray(y)[()], Number):
        raise _no_number(y)
    if not isinstance(y, complex):
        raise TypeError(f"Your function lost the imaginary part that complex_step reads: {avoid}.")
    return y


# ---- Automatic, forward: every number carries its slope along one input ----


class Dual:
    """A number with its slope: value + slope · ε, where ε² = 0, computes both at once.

    value, slope: real numbers, else TypeError; fractions stay exact through + - * /, whole powers and relu.
    >>> x = Dual(3.0, 1); (x * x).slope
    6.0
    """

    __slots__ = ("value", "slope")
    __array_ufunc__ = None  # a NumPy number on the left leaves the operation to us

    def __init__(self, value, slope=0):
        self.value, self.slope = _real(value), _real(slope)

    def __add__(self, other):
        b, db = _parts(other)
        return Dual(self.value + b, self.slope + db)

    def __mul__(self, other):
        b, db = _parts(other)
        return Dual(self.value * b, self.slope * b + self.value * db)

    def __truediv__(self, other):
        b, db = _parts(other)
        ratio = self.value / b
        return Dual(ratio, (self.slope - ratio * db) / b)

    def __pow__(self, other):
        x, (n, dn) = self.value, _parts(other)
        y = x**n
        if isinstance(y, complex) or (isinstance(other, Dual) and x <= 0):
            raise ValueError(f"({x}) ** {n}: a base that is not positive needs a plain whole number as exponent.")
        along_x = n * y / x if x else math.inf if 0 < n < 1 else int(n == 1)
        return Dual(y, along_x * self.slope + (y * math.log(x) * dn if dn else 0))

    __repr__ = lambda self: f"Dual({self.value}, slope={self.slope})"
    __radd__, __rmul__ = __add__, __mul__
    __neg__ = lambda self: self * -1
    __sub__ = lambda self, other: self + -other
    __rsub__ = lambda self, other: -self + other
    __rtruediv__ = lambda self, other: Dual(other) / self
    __rpow__ = lambda self, other: Dual(other) ** self

    def exp(self):
        y = math.inf if self.value > 709.78 else math.exp(self.value)
        return Dual(y, y * self.slope)

    def log(self):
        if self.value <= 0:
            raise ValueError(f"log needs a positive number; this is {self.value}.")
        return Dual(math.log(self.value), self.slope / self.value)

    def tanh(self):
        y = math.tanh(self.value)
        return Dual(y, (1 - y * y) * self.slope)

    def sigmoid(self):
        small = math.exp(-abs(self.value))  # never above 1, so nothing can overflow
        y = (1 if self.value >= 0 else small) / (1 + small)
        return Dual(y, small / (1 + small) ** 2 * self.slope)

    def relu(self):
        return self * int(not self.value <= 0)


def _real(x):
    if not isinstance(x, Real):
        raise TypeError(f"A Dual works with single real numbers, not with a {type(x).__name__}.")
    return x if isinstance(x, (float, Fraction)) else int(x) if isinstance(x, Integral) else float(x)


def _parts(x):
    return (x.value, x.slope) if isinstance(x, Dual) else (_real(x), 0)


def forward_mode(function, x):
    """Return the gradient by Duals: one pass for each input, in which that input has slope 1 and the others 0.

    Cost: n evaluations for n inputs. Exact up to rounding, and exact altogether on fractions.
    >>> forward_mode(lambda x: x[0] * x[1], [2.0, 3.0])
    array([3., 2.])
    """
    at, slopes = _entries(x), []
    for i in range(at.size):
        duals = [Dual(number, int(i == j)) for j, number in enumerate(at.flat)]
        y = _same_kind(function(_arranged(duals, at.shape)), Dual)
        slopes.append(y.slope)
    return _gradient(slopes, at)


# ---- Automatic, reverse: one walk back through what was computed ----


def reverse_mode(function, x):
    """Return the gradient by the engine on numbers: one evaluation and one backward pass, for any number of inputs.

    Exact up to rounding, and exact altogether on fractions.
    >>> reverse_mode(lambda x: x[0] * x[1], [2.0, 3.0])
    array([3., 2.])
    """
    at = _entries(x)
    values = [Value(number) for number in at.flat]
    _same_kind(function(_arranged(values, at.shape)), Value).backward()
    return _gradient([value.grad for value in values], at)


# ---- Symbolic: differentiate the formula, then put the numbers in ----


def symbolic_formulas(function, x):
    """Return SymPy's formula for the derivative along every entry of x, in the symbols x0, x1, … (x for a number)."""
    import sympy

    at = _entries(x)
    symbols = _symbols(at)
    formula = _same_kind(function(_arranged(symbols, at.shape)), sympy.Expr, sympy.sympify)
    return _arranged([sympy.diff(formula, symbol) for symbol in symbols], at.shape)


def symbolic_gradient(function, x):
    """Return the gradient by SymPy: the function is run on symbols, its formula differentiated, x put in.

    Cost: one evaluation, and formulas that grow much faster than the function. Exact altogether on fractions.
    >>> symbolic_gradient(lambda x: x[0] * x[1], [2.0, 3.0])
    array([3., 2.])
    """
    import sympy

    at = _entries(x)
    exact = lambda n: sympy.Rational(n.numerator, n.denominator) if isinstance(n, Rational) else sympy.Float(n)
    places = dict(zip(_symbols(at), map(exact, at.flat)))
    slopes = [formula.xreplace(places) for formula in np.ravel(symbolic_formulas(function, x))]
    return _gradient([Fraction(s.p, s.q) if s.is_Rational else float(s) for s in slopes], at)


def _symbols(at):
    import sympy

    return [sympy.Symbol(f"x{i}" if at.ndim else "x", real=True) for i in range(at.size)]


# ---- Gradient checking: compare, and say where comparing means nothing ----


@dataclass(frozen=True, repr=False)
class GradientCheck:
    """What `check_gradient` found, entry by entry; print it to read it.

    gradient, central, behind, ahead, relative_error: flat arrays, one entry for each name in `names`;
    behind and ahead are the slopes on the two sides, central is their mean.
    kinks: names of the entries where the two sides differ; wrong: names of the others that disagree;
    worst: the name with the largest relative error among those compared, None if there are none.
    """

    names: tuple
    gradient: np.ndarray
    central: np.ndarray
    behind: np.ndarray
    ahead: np.ndarray
    relative_error: np.ndarray
    at_kink: np.ndarray
    tolerance: float

    kinks = property(lambda self: self._named(self.at_kink))
    wrong = property(lambda self: self._named(~self.at_kink & ~(self.relative_error <= self.tolerance)))
    passed = property(lambda self: not self.wrong and not self.at_kink.all())

    @property
    def worst(self):
        errors = np.where(self.at_kink, -1.0, self.relative_error.round(6))  # so that round-off decides no tie
        return None if self.at_kink.all() else self.names[np.argmax(errors)]  # NaN counts as largest

    def _named(self, chosen):
        return tuple(name for name, is_chosen in zip(self.names, chosen) if is_chosen)

    def __repr__(self):
        kinks, wrong = self.kinks, self.wrong
        compared = len(self.names) - len(kinks)
        lines = [
            f"Gradient check {'passed' if self.passed else 'NOT passed'}: {compared - len(wrong)} of the {compared} "
            f"compared entries agree to a relative error of {self.tolerance:g}."
        ]
        if wrong:
            lines.append(f"The worst is {self.worst}: relative error {self._at(self.worst, self.relative_error):.3g}.")
        if kinks:
            sit = "1 entry sits" if len(kinks) == 1 else f"{len(kinks)} entries sit"
            lines.append(
                f"{sit} on a kink: the slopes on the two sides differ, a central difference is their mean,\n"
                "and comparing with it means nothing."
            )
        return "\n".join(lines + self._table(wrong + kinks))

    def _at(self, name, column):
        return column[self.names.index(name)].round(7) + 0.0  # 0.0 turns -0 into 0

    def _table(self, names, most=12):
        """Return lines of text with the numbers of these entries, the first `most` of them."""
        columns = self.gradient, self.central, self.behind, self.ahead
        rows = [(name, *(f"{self._at(name, column):.4g}" for column in columns)) for name in names[:most]]
        rows.insert(0, ("entry", "gradient", "central", "behind", "ahead"))
        widths = [max(map(len, column)) for column in zip(*rows)]
        lines = ["  ".join(text.rjust(width) for text, width in zip(row, widths)) for row in rows]
        return lines + [f"and {len(names) - most} more"] * (len(names) > most) if names else []


def check_gradient(function, x, gradient=None, step=1e-5, names=None, tolerance=1e-5):
    """Return a GradientCheck of `gradient` against central differences, for every entry of x.

    gradient: an array of x's shape; without it, the function is given a Tensor and the array engine is what is checked.
    names: one for each entry of x, for the report.
    Relative error: |a - n| / max(|a|, |n|, floor), where the floor keeps round-off of the function from counting.
    A kink is told from a bend by a second, ten times smaller step: a bend's gap shrinks with it, a kink's does not.
    Cost: 4n + 1 evaluations. Raises ValueError if shapes or names do not fit, TypeError if the function cannot be run.
    >>> check_gradient(lambda x: (x * x).sum(), [1.0, 2.0]).passed
    True
    """
    at = _point(x, step)
    if gradient is None:
        function, gradient = _on_tensors(function, at)
    gradient = np.asarray(gradient, dtype=np.float64)
    if gradient.shape != at.shape:
        raise ValueError(f"The gradient has shape {gradient.shape}, x has {at.shape}; each entry of x needs its slope.")
    names = tuple(_places(at) if names is None else names)
    if len(names) != at.size:
        raise ValueError(f"There are {len(names)} names for {at.size} entries of x.")
    here = _evaluate(function, at)
    behind, ahead = _two_sides(function, at, here, step)
    closer_behind, closer_ahead = _two_sides(function, at, here, step / 10)

    steepest = np.abs([behind, ahead]).max(axis=0)
    round_off = np.finfo(float).eps * (abs(here) + abs(at.ravel()) * steepest) / step
    gap, closer_gap = ahead - behind, closer_ahead - closer_behind
    at_kink = abs(closer_gap - gap / 10) > abs(gap) / 20 + 400 * round_off

    central, gradient = (behind + ahead) / 2, gradient.ravel()
    size = np.max([abs(gradient), abs(central), 100 * round_off / tolerance], axis=0)
    error = abs(gradient - central) / np.where(size == 0, 1, size)
    return GradientCheck(names, gradient, central, behind, ahead, error, at_kink, tolerance)


def _on_tensors(function, at):
    """Return the function of an array that runs on Tensors, and its gradient by the array engine."""
    tensor = Tensor(at)
    try:
        function(tensor).backward()
    except Exception as error:
        raise TypeError(
            f"Your function does not run on a Tensor ({error}); name the gradient to check, "
            "for example gradient=reverse_mode(function, x)."
        ) from error
    return lambda x: function(Tensor(x)), np.zeros(at.shape) if tensor.grad is None else tensor.grad


def _two_sides(function, at, here, step):
    behind = [(here - _evaluate(function, at - h)) / step for h in _steps(at, step)]
    ahead = [(_evaluate(function, at + h) - here) / step for h in _steps(at, step)]
    return np.array(behind), np.array(ahead)


def _places(at):
    """Return what an entry of x is called: x, x[2] or x[0, 1]."""
    return [f"x{list(index) or ''}" for index in np.ndindex(at.shape)]


# ---- What the ways share ----


def _entries(x):
    """Return the numbers of x as an array of objects, in which fractions stay fractions."""
    at = np.array(x, dtype=object)
    for number in at.flat:
        if not isinstance(number, Real):
            raise TypeError(f"x must hold real numbers, in rows of equal length; it holds a {type(number).__name__}.")
    return at


def _arranged(numbers, shape):
    """Return a list of any kind of numbers as an array of that shape, or the one number if the shape is ()."""
    array = np.empty(len(numbers), dtype=object)
    array[:] = numbers
    return array.reshape(shape)[()]


def _same_kind(y, kind, convert=None):
    """Return what a function gave back as that kind of number; a plain number is a constant."""
    if isinstance(y, kind):
        return y
    if np.ndim(y) or not isinstance(y, Real):
        raise _no_number(y)
    return (convert or kind)(y)


def _no_number(y):
    if y is None:
        return TypeError("Your function returned None; does it end in a return?")
    if np.ndim(y):
        return TypeError(
            f"A gradient belongs to one number; your function returned an array of shape {np.shape(y)}. "
            "Call .sum() or .mean() first."
        )
    return TypeError(f"A gradient belongs to one real number; your function returned a {type(y).__name__}.")


def _gradient(slopes, at):
    """Return slopes in the shape of x: fractions if x holds fractions and they stayed exact, else floats."""
    if any(isinstance(n, Fraction) for n in at.flat) and all(isinstance(s, Rational) for s in slopes):
        return _arranged([Fraction(s) for s in slopes], at.shape)
    gradient = np.array(slopes, dtype=np.float64).reshape(at.shape)
    return gradient if at.ndim else gradient.item()
