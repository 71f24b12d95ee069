"""Who took part, from the lines that a class shares: participation, not a grade.

Lines can be written by anybody who can write into the folder; `learnkit.verdicts` runs what was
handed in again.
"""

import csv

from .folder import Folder

WARNING = "participation, not a grade"
COLUMNS = ("learner", "exercises tried", "exercises passed", "checks", "first", "last", "this is")


def participation(folder, file):
    """Write a CSV table into an open file: a row for each learner, by name where that is shared.

    Raises OSError if it is no folder.
    """
    by_learner = {}
    for entry in Folder(folder).entries():
        by_learner.setdefault(entry["learner"], []).append(entry)
    table = csv.writer(file)
    table.writerow(COLUMNS)
    for own in sorted(map(_row, by_learner.values())):
        table.writerow(own)


def _row(own):
    checks = [entry for entry in own if "exercise" in entry]
    names = [entry["name"] for entry in own if isinstance(entry.get("name"), str)]
    tried = {entry["exercise"] for entry in checks}
    passed = {entry["exercise"] for entry in checks if entry["passed"]}
    name = harmless(names[-1] if names else own[0]["learner"])
    times = own[0]["time"], own[-1]["time"]
    return (name, len(tried), len(passed), len(checks), *times, WARNING)


def harmless(text):
    """Return text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in tuple("=+-@\t\r") else text
