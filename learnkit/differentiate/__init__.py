"""The ways to differentiate: each takes a function and a point x, and returns the gradient there.

The function takes an array of x's shape (or a single number), computes with + - * / **, sums and
the functions below, and returns one number. So written, it runs on floats, complex numbers,
fractions, Duals, Values and SymPy's symbols, and what differs from way to way is only what travels
along with the numbers.
>>> area = lambda x: x[0] * x[1]
>>> at = [2.0, 3.0]
>>> forward_mode(area, at), reverse_mode(area, at), symbolic_gradient(area, at)
(array([3., 2.]), array([3., 2.]), array([3., 2.]))
"""

from learnkit.differentiate.automatic import Dual, forward_mode, reverse_mode
from learnkit.differentiate.check import GradientCheck, check_gradient
from learnkit.differentiate.functions import count_calls, exp, log, relu, sigmoid, tanh
from learnkit.differentiate.numerical import central_difference, complex_step, forward_difference
from learnkit.differentiate.operations import count_operations
from learnkit.differentiate.symbolic import symbolic_formulas, symbolic_gradient

__all__ = [
    "Dual",
    "GradientCheck",
    "central_difference",
    "check_gradient",
    "complex_step",
    "count_calls",
    "count_operations",
    "exp",
    "forward_difference",
    "forward_mode",
    "log",
    "relu",
    "reverse_mode",
    "sigmoid",
    "symbolic_formulas",
    "symbolic_gradient",
    "tanh",
]
