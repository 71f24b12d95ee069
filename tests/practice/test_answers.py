"""Every answer that somebody wrote to an exercise, and whether it is told its mistake.

answers/chapter_NN.json: written by readers before they saw any feedback.
answers/more_NN.json: written later, each wrong one with `told`, a phrase that is in its verdict.
All are lists of {chapter, exercise, kind, code, why}: `code` ends by defining ANSWER, and `why` is
what is wrong with it in its author's words.
"""

import statistics
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest
from judge_answers import judge_file, judge_right_ones
from small_process import in_a_small_process

FOLDER = Path(__file__).with_name("answers")
READERS, LATER = sorted(FOLDER.glob("chapter_*.json")), sorted(FOLDER.glob("more_*.json"))
pytestmark = pytest.mark.slow  # some three thousand verdicts
SHARE = 0.85  # of the wrong answers of each chapter that are told their mistake, at least


class Judged(NamedTuple):
    """An answer, its verdict, the finding that knew its mistake, and the seconds it took."""

    answer: dict
    state: str
    verdict: str
    mistake: str
    seconds: float

    @property
    def is_wrong(self):
        return self.answer["kind"] == "wrong"

    @property
    def passes(self):
        return self.state == "correct"

    def __str__(self):
        answer = self.answer
        heading = f"{answer['exercise']}, {answer['kind']}: {answer['why']}"
        return f"\n{heading}\n{answer['code']}\n{self.verdict}\n"


def judged(path):
    """Return a Judged for each answer of a file; no test asks for those of another's."""
    return [Judged(**one) for one in in_a_small_process(judge_file, path)]


def each_file(paths):
    return [pytest.param(path, id=path.stem) for path in paths]


@pytest.mark.parametrize("path", each_file(READERS))
def test_readers_answers_are_judged_rightly_and_most_wrong_ones_told_their_mistake(path, capsys):
    all_judged = judged(path)
    assert not misjudged(all_judged), "".join(misjudged(all_judged))
    wrong = [one for one in all_judged if one.is_wrong]
    untold = [str(one) for one in wrong if not one.mistake]
    told = 1 - len(untold) / len(wrong)
    with capsys.disabled():
        print(f"\n{path.stem}: {told:.0%} of {len(wrong)} wrong answers are told their mistake:")
        print(f"    {shares(wrong)}; {slowest(wrong)}")
    assert told >= SHARE, "".join(untold)


@pytest.mark.parametrize("path", each_file(LATER))
def test_answers_written_later_are_judged_rightly_and_told_what_their_authors_say(path):
    all_judged = judged(path)
    assert not misjudged(all_judged), "".join(misjudged(all_judged))
    wrong = [one for one in all_judged if one.is_wrong]
    other = [str(one) for one in wrong if one.answer["told"] not in one.verdict]
    assert not other, "".join(other)


@pytest.mark.parametrize("path", each_file(READERS + LATER))
def test_right_answers_are_right_whatever_is_drawn(path):
    refused = [one for one in in_a_small_process(judge_right_ones, path, 100) if not passes(one)]
    assert not refused, refused


def passes(judgement):
    return judgement["state"] == "correct"


def misjudged(all_judged):
    """Return the wrong answers that pass, and the right ones that are refused or told a mistake."""
    passing = [one for one in all_judged if one.is_wrong and one.passes]
    right = [one for one in all_judged if not one.is_wrong]
    refused = [one for one in right if not one.passes or one.mistake]
    return [str(one) for one in passing + refused]


def shares(wrong):
    """Return in words which share of wrong answers each tier explains."""
    tiers = Counter(one.mistake.partition(".")[0] or "untold" for one in wrong)
    return ", ".join(f"{tier} {count / len(wrong):.0%}" for tier, count in tiers.most_common())


def slowest(wrong):
    """Return in words how long all verdicts but the slowest take."""
    seconds = statistics.quantiles([one.seconds for one in wrong], n=20)[-1]
    return f"95 % of the verdicts within {seconds:.1f} s"
