"""What the engine says when it is used wrongly: every line of wrong_uses.txt is tried, and told
what stands there.
"""

import copy
import math
import pickle
import re
import traceback
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from learnkit import Tensor, Value, differentiate, flip, losses

FOLDER = Path(__file__).parent
USES = re.findall(
    r"^(?=\S)(?!#)(.+)\n    (\w+): (.+)$",
    (FOLDER / "wrong_uses.txt").read_text(encoding="utf-8"),
    re.M,
)
JARGON = (
    "ufunc",
    "__",
    "operand",
    "dtype",
    "NoneType' object",
    "object is not",
    "positional argument",
    "unsupported",
)


def dented(v):
    v.grad = "a"
    (v * 2).backward()


def wrong_grad(gradient):
    t = Tensor([1.0, 2.0, 3.0])
    t.grad = gradient
    (t * 2).sum().backward()


def in_place(t):
    array = np.ones(3)
    array += t


def names():
    """Return what a line of wrong_uses.txt finds at hand."""
    modules = {
        "np": np,
        "math": math,
        "copy": copy,
        "pickle": pickle,
        "flip": flip,
        "differentiate": differentiate,
    }
    ways = {name: getattr(differentiate, name) for name in differentiate.__all__}
    own = {"dented": dented, "wrong_grad": wrong_grad, "in_place": in_place}
    kinds = {"Value": Value, "Tensor": Tensor, "Fraction": Fraction, "v": Value(2.0)}
    arrays = {"t": Tensor([1.0, 2.0, 3.0]), "m": Tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])}
    return (
        modules
        | ways
        | {name: getattr(losses, name) for name in losses.__all__}
        | own
        | kinds
        | arrays
    )


def test_the_table_holds_at_least_150_wrong_uses():
    assert len(USES) >= 150 and len({use for use, *_ in USES}) == len(USES)


@pytest.mark.parametrize("use, error, sentence", USES, ids=[use for use, *_ in USES])
@pytest.mark.filterwarnings("ignore")
def test_a_wrong_use_is_told_in_a_sentence_of_ours(use, error, sentence):
    with pytest.raises(Exception) as caught:  # noqa: B017 - which one is compared below
        exec(use, names())
    assert (type(caught.value).__name__, str(caught.value)) == (error, sentence)
    assert "learnkit" in traceback.extract_tb(caught.value.__traceback__)[-1].filename


@pytest.mark.parametrize("use, error, sentence", USES, ids=[use for use, *_ in USES])
def test_what_is_told_is_a_whole_sentence_without_jargon(use, error, sentence):
    assert sentence[-1] in ".?" and len(sentence) < 350
    # Python's own reason, in brackets
    own = re.sub(r"\(('float'|'complex'|must be|Cannot).*?\)\.", "", sentence)
    assert not [word for word in JARGON if word in own]
