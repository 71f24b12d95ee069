"""What is answered on the page: it shows itself there, and what was answered is kept and stored."""

from .. import memory
from ..memory import place
from . import wire
from .embedding import as_attribute, key_of
from .verdict import Verdict

NEWS = """<script>document.dispatchEvent(
new CustomEvent("learnkit:changed", {{ detail: {{ key: "{key}" }} }}))</script>"""


class Displayed:
    """Something to answer: alive on a page, whole as still HTML, text in a terminal.

    A subclass has `_html()` and `__repr__`; if something of it is kept, also `remembered`, the
    names of that, `hear_from_page(entry)`, which keeps what the page says, and `_answer()`, the
    HTML of what was answered, or "". `elsewhere` names calls that belong to another kind, each with
    what to write instead.
    """

    elsewhere = {}
    remembered = ()
    # the cell and the notebook that displayed it last: a click on the page has none of its own
    _shown_in = {}

    def __getattr__(self, name):
        if name in self.elsewhere:
            return lambda *answer, **options: self._redirected(name)
        raise AttributeError(f"A {type(self).__name__} has no `{name}`.")

    def _redirected(self, name):
        return Verdict("not attempted", self.elsewhere[name])

    def kept(self):
        """Return what is remembered of it."""
        return {
            name: value for name, value in memory.recall(self).items() if name in self.remembered
        }

    def _keep(self, **entry):
        """Keep an entry and show it on the page; return notes for the learner, none if all is
        well.
        """
        note = memory.keep(self, **({} if place.cell() else self._shown_in), **entry)
        self._update_answered()
        wire.tell(key_of(self))
        return (note,) if note else ()

    def _mimebundle(self):
        return {"text/plain": repr(self), "text/html": self._html()}

    def _ipython_display_(self):
        from IPython.display import display

        display(self._mimebundle(), raw=True)
        if self.remembered and wire.in_kernel():
            self._shown_in = place.cell_and_notebook()
            wire.listen(key_of(self), self)
            display(self._answered(), raw=True, display_id=self._display_id)

    # The second output of the cell holds what was answered, so that the saved notebook shows it. It
    # alone is written anew: the question stays as it is, and so do the focus and the place on the
    # page.

    @property
    def _display_id(self):
        return f"learnkit-{key_of(self)}"

    def _answered(self):
        key, entry = key_of(self), as_attribute(self.kept())
        answered = (
            f"<div data-learnkit-answered=\"{key}\" data-entry='{entry}'>{self._answer()}</div>"
        )
        return {"text/plain": "", "text/html": answered + NEWS.format(key=key)}

    def _update_answered(self):
        if wire.in_kernel():
            from IPython.display import update_display

            update_display(self._answered(), raw=True, display_id=self._display_id)
