"""The last resort, where no finding speaks: where the answer differs from the right one."""

from ...plain import as_text, leaves, lone_numbers_out, same
from ...wording import as_code, listed_cases

LONG = 200  # letters of a call; of a longer one only the short arguments are shown
MANY = 6  # entries; of an answer with more, the first wrong one is shown alone


def first_difference(evidence):
    """Say where the answer differs: for the first case that is wrong, or, of a value, in which
    entry.
    """
    wrong = next(i for i in range(len(evidence.mine)) if not evidence.is_right(i))
    mine, right = evidence.mine[wrong], evidence.right[wrong]
    if not evidence.exercise.takes_function:
        return _wrong_entry(mine.value, right.value, evidence.tolerance)
    return _first_failure(evidence, evidence.cases[wrong], mine, right)


def _first_failure(evidence, case, mine, right):
    place, value, target = "", lone_numbers_out(mine.value, right.value), right.value
    wrong = wrong_entries(value, target, evidence.tolerance)
    if wrong and len(list(leaves(target))) > MANY:  # a whole table says nothing at a glance
        place, value, target = wrong[0]
    gives, expected = told_apart(value, target)
    expected = right.raised.kind if right.raised else expected
    yours = f"entry {as_code(place)} of yours is" if place else "yours gives"
    parts = (
        f"For {_case_in_short(evidence, case)}",
        f"{yours} {as_code(gives)},",
        f"expected {as_code(expected)}.",
    )
    return ("\n" if sum(map(len, parts)) > 100 else " ").join(parts)


def _case_in_short(evidence, case):
    """Return the arguments of a call as code; of a call that would fill the page only the short
    ones.
    """
    called = evidence.exercise.called
    arguments = zip(evidence.names, case, strict=False)
    each = [listed_cases([name], [value], called) for name, value in arguments]
    if sum(map(len, each)) <= LONG:
        return ", ".join(each)
    return ", ".join([one for one in each if len(one) <= LONG / 4] or each[:1])


def told_apart(mine, right):
    """Return both as short text, with more digits where six would make them look alike."""
    written = as_text(mine), as_text(right)
    return written if written[0] != written[1] else (as_text(mine, 16), as_text(right, 16))


def wrong_entries(mine, right, tolerance):
    """Return (path, my entry, the right one) for each that differs; nothing where the answers
    differ in shape.
    """
    ours, theirs = list(leaves(mine)), list(leaves(right))
    if len(theirs) < 2 or [path for path, _ in ours] != [path for path, _ in theirs]:
        return []
    pairs = zip(ours, theirs, strict=True)
    return [(path, m, r) for (path, m), (_, r) in pairs if not same(m, r, tolerance)]


def _wrong_entry(mine, right, tolerance):
    """Say which entry is wrong without showing the right one."""
    wrong = wrong_entries(mine, right, tolerance)
    if not wrong:
        return "That is not the answer; the hints give a nudge."
    count = len(list(leaves(right)))
    if len(wrong) == count:
        return "No entry of yours is right yet; the hints give a nudge."
    return (
        f"{count - len(wrong)} of {count} entries are right; the first that is not is "
        f"`{wrong[0][0]}`."
    )
