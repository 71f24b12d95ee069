"""What is wrong with an answer, asked in tiers; the first finding that speaks is what the learner
is told.

A tier is a module with a list FINDINGS. A finding is a function that takes the Evidence and returns
one sentence or two, or "" if it has nothing to say. What it says must be true of every case, fixed
and fresh, and must not spell out the right answer. To teach the course a new kind of mistake, write
such a function and put it into its tier's list: FIRST for what must be known before anything else
is asked (is it None?), LATE for what says less, LAST for what says least.

    authors      the mistakes that the exercise lists
    reading      the learner's code, read as a syntax tree
    probing      the answer, called again with arguments changed one at a time
    comparing    the answer, laid beside the right one
    editing      edits of the solution made by machine
    exceptions   what Python said, in plain words
    repairing    edits of the learner's own code made by machine: is one of them the answer?

What a finding is given is in evidence.py; suspects.py runs wrong answers to compare it with.
"""

from contextlib import suppress
from typing import NamedTuple

from ..running import TimeIsUp
from . import authors, comparing, editing, exceptions, probing, reading, repairing
from .comparing.difference import first_difference
from .comparing.numbers import multiple
from .edits import Edit, function_of, machine_edits
from .evidence import Evidence
from .suspects import Suspects

__all__ = [
    "Edit",
    "Evidence",
    "Finding",
    "Suspects",
    "authors",
    "comparing",
    "described",
    "editing",
    "exceptions",
    "first",
    "first_difference",
    "findings",
    "function_of",
    "machine_edits",
    "multiple",
    "probing",
    "reading",
    "repairing",
]

TIERS = (authors, reading, probing, comparing, editing, exceptions, repairing)

TURNS = ("FIRST", "FINDINGS", "LATE", "LAST")


class Finding(NamedTuple):
    """A sentence for the learner, and which finding of which tier made it.

    own: the sentence where it is the course's own, of whatever it becomes a part: it names the
        mistake and holds nothing that the learner wrote.
    """

    sentence: str
    tier: str = ""
    name: str = ""
    own: str = ""

    @property
    def mistake(self):
        """Tier and name together, such as "comparing.multiple"; "" for a sentence that names no
        mistake.
        """
        return f"{self.tier}.{self.name}" if self.sentence and self.name else ""


def findings(evidence, tiers=TIERS, turns=TURNS):
    """Yield what each finding of the tiers has to say, in their order.

    A finding that fails on an odd answer is passed over: nothing that a learner hands in may break
    a check.
    """
    for tier, look in _in_order(tiers, turns):
        sentence = ""
        with suppress(Exception, TimeIsUp):
            sentence = look(evidence)
        if sentence:
            own = sentence if look in (authors.listed, editing.edited) else ""
            yield Finding(sentence, tier.__name__.rpartition(".")[2], look.__name__, own)


def _in_order(tiers, turns):
    for turn in turns:
        for tier in tiers:
            for look in getattr(tier, turn, []):
                yield tier, look


def described(mistake):
    """Return what the finding of this name looks for, "reading.return_in_loop", as a sentence; ""
    if there is none of the name.
    """
    for tier, look in _in_order(TIERS, TURNS):
        if mistake == f"{tier.__name__.rpartition('.')[2]}.{look.__name__}":
            return " ".join((look.__doc__ or "").split())
    return ""


def first(evidence, tiers=TIERS, turns=TURNS):
    """Return the first Finding, or an empty one."""
    return next(findings(evidence, tiers, turns), Finding(""))
