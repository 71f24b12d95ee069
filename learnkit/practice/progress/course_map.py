"""The map of the course as it is shown: as text, and as HTML that needs no script.

The HTML brings its own styles and takes its colours from the page's theme; each state has a sign, a
word and a colour.
"""

from ..page import marked_up

SOLVED, TRIED, OPEN = "solved", "tried", "open"
SIGNS = {SOLVED: "✓", TRIED: "◐", OPEN: "○"}
COLOURS = {SOLVED: "#00714f", TRIED: "#b34700"}  # as verdicts have; contrast with white ≥ 4.5:1


WHOLE = "The map of the course"


class Map:
    """What `learnkit.progress()` returns: Parts, a Stop or None, and sentences of trouble."""

    def __init__(self, parts, stop, troubles, whole):
        self.parts, self.stop, self.troubles, self.whole = parts, stop, troubles, whole

    def __repr__(self):
        heading = [f"{WHOLE}:"] if self.whole else []
        chapters = [line for part in self.parts for line in _lines(part)]
        return "\n".join([*heading, *chapters, *self._last_words()])

    @property
    def _onward(self):
        """The chapter to go on with once the one stopped in has every exercise solved, or None."""
        titles = [part.title for part in self.parts]
        if not self.stop or not self.whole or self.stop.chapter not in titles:
            return None
        at = titles.index(self.stop.chapter)
        open_ones = [part for part in self.parts[at + 1 :] if not (part.planned or part.is_solved)]
        return next(iter(open_ones), None) if self.parts[at].is_solved else None

    @property
    def _first(self):
        return next((part for part in self.parts if not part.planned), None)

    @property
    def _is_begun(self):
        return any(part.is_begun for part in self.parts)

    def _last_words(self):
        """Return how to begin or where to go on, and what went wrong."""
        if self.stop:
            where = f"You stopped in {self.stop.title}."
            if self._onward:
                where += f" Every exercise there is solved; next is {self._onward.title}."
        elif self._is_begun:
            where = "Go on with whatever is open above."
        elif self.whole:
            begin = f"Begin with {self._first.title}: Shift+Enter runs a cell and goes on."
            where = f"Nothing is kept yet. {begin}"
        else:
            where = "Nothing of this chapter is kept yet. "
            where += "What you solve, answer and predict appears here."
        return [where, *self.troubles]

    def _repr_html_(self):
        words = [marked_up(sentence) for sentence in self._last_words()]
        if self.stop:
            words[:1] = self._stop_html()
        elif self.whole and not self._is_begun and self._first.link:
            words.insert(1, _link("Open the first chapter", self._first.link))
        said = "".join(f"<p style='{_LINE}'>{sentence}</p>" for sentence in words)
        listed = "".join(_chapter_html(part, unfolded=not self.whole) for part in self.parts)
        name = WHOLE if self.whole else "This chapter so far"
        return (
            f"<section aria-label='{name}' style='{_PANEL}'>{said}"
            f"<ul style='list-style:none;margin:0;padding:0'>{listed}</ul></section>"
        )

    def _stop_html(self):
        """Return where the learner stopped, and the next chapter where that one is done."""
        link = _link("Go on where you stopped", self.stop.link)
        said = [f"{link}: {marked_up(self.stop.title)}"]
        if self._onward:
            onward = _link(marked_up(self._onward.title), self._onward.link)
            said.append(f"Every exercise there is solved. Next: {onward}")
        return said


def _lines(part):
    yield ": ".join([part.title, part.trouble or ", ".join(part.counts())])
    for task in part.tasks:
        yield f"  {SIGNS[task.state]} {task.number} {task.title} ({task.state})"
    for look in part.looks:
        yield f"  → Worth another look: {look.question}"


# ---------------------------------------------------------------- as HTML

_RULE = "1px solid var(--jp-border-color1, #767676)"
_PANEL = (
    "max-width:46rem;line-height:1.5;overflow-wrap:anywhere;color:var(--jp-content-font-color1, "
    "inherit)"
)
_LINE = "margin:6px 0"
_LINK = "color:var(--jp-content-link-color, inherit);text-decoration:underline"
_BADGE = (
    "display:inline-block;min-width:6em;box-sizing:border-box;border-radius:3px;padding:0 "
    "6px;font-weight:600"
)


def _chapter_html(part, unfolded):
    """Return a chapter: its title, a bar, its counts, and its exercises in a fold or at once."""
    if part.planned:
        said = f"{marked_up(part.title)} · {part.counts()[0]}"
        return f"<li style='border-top:{_RULE};padding:4px 0;margin:0'>{said}</li>"
    title = marked_up(part.title) if unfolded else _link(marked_up(part.title), part.link)
    tasks = "".join(_task_html(task) for task in part.tasks)
    tasks = f"<ul style='list-style:none;margin:4px 0;padding:0'>{tasks}</ul>" if tasks else ""
    if tasks and not unfolded:
        tasks = f"<details><summary style='cursor:pointer'>Exercises</summary>{tasks}</details>"
    return (
        f"<li style='border-top:{_RULE};padding:8px 0;margin:0'>"
        f"<div style='font-weight:600'>{title}</div>{_bar(part)}"
        f"<div>{marked_up(part.trouble or ' · '.join(part.counts()))}</div>"
        f"{_looks_html(part.looks)}{tasks}</li>"
    )


def _bar(part):
    """Return a bar as long as the share of exercises solved; the words below it say the same."""
    if not part.tasks:
        return ""
    share = 100 * part.solved / len(part.tasks)
    return (
        f"<div aria-hidden='true' style='height:6px;border:{_RULE};border-radius:4px;"
        "max-width:20rem;margin:4px 0;overflow:hidden'>"
        f"<div style='height:100%;width:{share:.0f}%;background:{COLOURS[SOLVED]}'></div></div>"
    )


def _task_html(task):
    look = (
        f"background:{COLOURS[task.state]};color:#fff"
        if task.state in COLOURS
        else f"outline:{_RULE};outline-offset:-1px"
    )
    state = f"<span style='{_BADGE};{look}'>{SIGNS[task.state]} {task.state}</span>"
    title = _link(marked_up(f"{task.number} {task.title}"), task.link)
    row = "display:flex;gap:8px;align-items:baseline;margin:3px 0"
    return f"<li style='{row}'>{state}<span>{title}</span></li>"


def _looks_html(looks):
    if not looks:
        return ""
    linked = [_link(marked_up(look.question), look.link) for look in looks]
    listed = "".join(f"<li style='margin:3px 0'>{link}</li>" for link in linked)
    said = "<div style='margin-top:4px'>→ Came out differently, worth another look:</div>"
    return f"{said}<ul style='margin:0'>{listed}</ul>"


def _link(inner, address):
    """Return a link, or the text alone where there is nothing to go to."""
    return f"<a href='{address}' style='{_LINK}'>{inner}</a>" if address else inner
