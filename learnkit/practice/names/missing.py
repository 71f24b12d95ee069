"""A name that is not there: which cell makes it, so that a learner knows what to run first.

    watch()                # from now on a NameError in a cell is followed by one sentence
    explain("loss_table")  # the sentence alone: "`loss_table` is made by the cell that begins …"

The notebook is read at the time of the error, as it was last saved.
"""

import builtins
import difflib
import re
import sys

from ..memory import place
from .cells import code_cells

NEWEST = 30  # notebooks looked at where Jupyter does not say which one is running
ALIKE = 0.75  # by difflib's ratio: `lerning_rate` is 0.96 like `learning_rate`, `W1` 0.5 like `W2`
IPYTHONS_OWN = {"In", "Out", "exit", "quit", "get_ipython"}


def watch():
    """Have a NameError in a cell followed by the sentence of `explain`.

    Without IPython nothing happens; nor where somebody else has taken IPython's one place for this.
    """
    running = place.shell()
    if getattr(running, "custom_exceptions", None) == ():
        running.set_custom_exc((NameError,), _show)


def explain(name):
    """Return a sentence about a missing name: which cell to run first, or which name was meant.

    It is empty if there is nothing to say. Never raises, whatever the notebook's file holds.
    """
    try:
        cells = _running_notebook()
        here = _running_among(cells)
        return _made_by(name, cells, here) or _misspelt(name, cells)
    except Exception:  # this is only help: an error of ours must not hide the learner's
        return ""


def _show(running, kind, error, trace, tb_offset=None):
    """Show the traceback as always, and the sentence below it."""
    running.showtraceback((kind, error, trace), tb_offset=tb_offset)
    sentence = explain(error.name) if _is_of_the_notebook(error, trace, running) else ""
    if sentence:
        from IPython.display import display

        from ..page import Verdict

        display(Verdict("hint", sentence))


def _is_of_the_notebook(error, trace, running):
    """Tell whether the notebook's own code asked for a name of the notebook."""
    if not getattr(error, "name", "") or isinstance(error, UnboundLocalError):
        return False
    while trace.tb_next:
        trace = trace.tb_next
    return trace.tb_frame.f_globals is running.user_ns


def _made_by(name, cells, here):
    """Return the sentence about the cell to run: the nearest above, else the first below."""
    makers = [at for at, cell in enumerate(cells) if name in cell.names and at != here]
    if not makers:
        return ""
    above = [at for at in makers if here is not None and at < here]
    cell = cells[above[-1] if above else makers[0]]
    heading = f", under “{cell.heading}”" if cell.heading else ""
    side = "" if here is None else f", {'above' if above else 'below'} this one"
    or_all = ", or choose Run › Run All Above Selected Cell" if above else ""
    which = f"the cell that begins `{_quoted(cell.first_line)}`{heading}{side}"
    return f"`{name}` is made by {which}. Run that cell first{or_all}."


def _quoted(line):
    line = line.replace("`", "'")
    return line if len(line) <= 70 else line[:69] + "…"


def _misspelt(name, cells):
    """Return the sentence about a name that exists and is written almost as this one."""
    there = {*getattr(place.shell(), "user_ns", {}), *dir(builtins)}
    there = there.union(*(cell.names for cell in cells)) - IPYTHONS_OWN - {name}
    there = sorted(other for other in there if not other.startswith("_"))
    alike = [other for other in there if other.lower() == name.lower()]
    alike = alike or difflib.get_close_matches(name, there, n=1, cutoff=ALIKE)
    if not alike:
        return ""
    nobody = "No cell of the notebook, as it was last saved," if cells else "Nothing so far"
    return f"{nobody} makes `{name}`. Did you mean `{alike[0]}`?"


def _running_notebook():
    """Return the code cells of the running notebook; none if it cannot be found."""
    path = place.notebook()
    if path and path.is_file():
        return code_cells(path)
    notebooks = [cells for path in _newest_notebooks() if (cells := _readable(path))]
    with_this_cell = [cells for cells in notebooks if _running_among(cells) is not None]
    return next(iter(with_this_cell or filter(_imports_a_loaded_chapter, notebooks)), [])


def _newest_notebooks():
    notebooks = [path for path in place.folder().glob("*.ipynb") if path.is_file()]
    return sorted(notebooks, key=lambda path: path.stat().st_mtime, reverse=True)[:NEWEST]


def _readable(path):
    try:
        return code_cells(path)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return []


def _running_among(cells):
    """Return the position of the running cell, known by its id or its text, or None."""
    id, code = place.cell(), place.code().strip()
    by_id = [at for at, cell in enumerate(cells) if id and cell.id == id]
    by_text = [at for at, cell in enumerate(cells) if code and cell.source.strip() == code]
    return next(iter(by_id or by_text), None)


def _imports_a_loaded_chapter(cells):
    """Tell whether the notebook's code imports the one chapter that this kernel has loaded."""
    chapter = re.compile(r"learnkit\.exercises\.chapter_\d\d")
    loaded = [name for name in sys.modules if chapter.fullmatch(name)]
    return len(loaded) == 1 and any(loaded[0].rpartition(".")[2] in cell.source for cell in cells)
