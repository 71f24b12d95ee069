"""Makes every edit of a function, the likeliest mistakes first, and compiles an edited one."""

import ast
import linecache
import warnings
import zlib
from dataclasses import dataclass

from . import answers, conditions, functions, left_out, lines, names, numbers, places, signs
from .long_form import long_form
from .tree import LOOPS, Scene, replaced, source_of
from .wording import Wording, written

LIKELY = [
    *left_out.EDITS,
    *signs.EDITS,
    *conditions.EDITS,
    *functions.EDITS,
    *places.EDITS,
    *lines.EDITS,
    *answers.EDITS,
    *names.EDITS,
]
RARE = [
    *answers.RARE,
    *conditions.RARE,
    *functions.RARE,
    *left_out.RARE,
    *names.RARE,
    *places.RARE,
    *numbers.EDITS,
    *signs.RARE,
    *numbers.RARE,
    *lines.RARE,
]
# A single number agrees with many edits by chance: of a function without arguments only these are
# made.
OF_VALUES = [
    *left_out.EDITS,
    signs.added,
    signs.brackets_missing,
    functions.sum_for_mean,
    functions.mean_for_sum,
    functions.count_one_off,
    functions.power_outside,
    functions.split_over_a_product,
    names.entries_exchanged,
    names.entry_like_its_neighbour,
    names.table_turned,
    signs.sign_of_result_turned,
    signs.squared_for_doubled,
    signs.factor_twice,
    signs.result_scaled,
    numbers.fraction_halved,
]
OF_LOOPS = [*lines.EDITS, *answers.EDITS]  # made of the long form of a function, too
ROUNDS = 100_000  # of all loops of an edited function together; more than any exercise needs


@dataclass(frozen=True)
class Edit:
    """A function with one mistake in it.

    name: unique in the list, such as "line 3: divisor: sum(x) / len(x) → sum(x)". source: the whole
        edited function.
    sentence: what an answer that behaves like it does wrong, for the learner.
    """

    name: str
    source: str
    sentence: str


def machine_edits(source, known=frozenset()):
    """Return every Edit of the one function in `source`, the likeliest mistakes first, in an order
    that never changes.

    known: the names that a learner has seen besides the function's arguments; what another name
    stands for is said. Raises ValueError if the source holds no function.
    """
    function = _function_in(source)
    found = _Found(function)
    longer = long_form(function)
    for rules in (LIKELY, RARE) if function.args.args else (OF_VALUES,):
        _collect(function, rules, known, found)
        if longer is not None:
            _collect(longer, [rule for rule in rules if rule in OF_LOOPS], known, found)
    return found.edits


def _function_in(source):
    tree = ast.parse(source)
    function = next((node for node in tree.body if isinstance(node, ast.FunctionDef)), None)
    if function is None:
        raise ValueError("There is no function in this source to edit; it must begin with `def`.")
    return function


def _collect(function, rules, known, found):
    scene = Scene(function, known)
    words = Wording(scene)
    for rule in rules:
        changes = [change for node in scene.nodes for change in rule(node, scene, words)]
        for alike in _groups(changes, scene):
            if len(alike) > 1:
                found.add(rule, scene, words, alike)
        for change in changes:
            found.add(rule, scene, words, [change])


def _groups(changes, scene):
    """Return the changes that are alike, one of each place: those of one line, then those of the
    whole function.
    """
    groups = {}
    for change in changes:
        if change.alike is not None:
            claim = change.alike or change.claim
            if not isinstance(change.old, list):
                line = groups.setdefault((claim, id(scene.statement_of(change.old))), {})
                line.setdefault(id(change.old), change)
            groups.setdefault((claim, None), {}).setdefault(id(change.old), change)
    return [list(group.values()) for group in groups.values()]


class _Found:
    """The edits found so far, none of them twice and none of them the function itself."""

    def __init__(self, function):
        self.edits = []
        self._seen = {source_of(function)}
        longer = long_form(function)
        if longer is not None:
            self._seen.add(source_of(longer))
        self._names = set()

    def add(self, rule, scene, words, changes):
        """Make these changes together and keep the Edit, if it is a new one that compiles."""
        within = set().union(*(scene.around(change.old) for change in changes))
        changed = {id(change.old): change.new for change in changes}
        tree = replaced(scene.function, changed, within)
        source = source_of(tree)
        if source in self._seen or not _compiles(source):
            return
        self._seen.add(source)
        sentence = _sentence(words, changes)
        self.edits.append(Edit(self._name(rule, scene, changes), source, sentence))

    def _name(self, rule, scene, changes):
        old, new = changes[0].old, changes[0].new
        around = _around(_changed(old, new), scene)
        line = next((node.lineno for node in around if hasattr(node, "lineno")), 1)
        place = "everywhere" if len(changes) > 1 else f"line {line}"
        plain = f"{place}: {rule.__name__.replace('_', ' ')}: {_what(old, new)}"
        name = next(each for each in _numbered(plain) if each not in self._names)
        self._names.add(name)
        return name


def _what(old, new):
    """Return what a change does: both sides of a small one, the line that is touched of a larger
    one.
    """
    if isinstance(old, ast.expr):
        return f"{_brief(old)} → {_brief(new)}"
    touched = _changed(old, new)
    return _brief(touched) if isinstance(touched, ast.AST) else "all of it"


def _changed(old, new):
    """Return of two lists of lines the first old one that is not in its place in the new list;
    else the old node.
    """
    if not isinstance(old, list):
        return old
    pairs = zip(old, [*new, *old], strict=False)
    return next((line for line, other in pairs if line is not other), old[-1])


def _brief(node):
    text = written(ast.fix_missing_locations(node)).partition("\n")[0]
    return text if len(text) <= 40 else f"{text[:39]}…"


def _sentence(words, changes):
    first = changes[0]
    if len(changes) > 1:
        return words.sentence(first.alike or first.claim, "Throughout", "")
    return words.sentence(first.claim, words.where(first.old) if first.placed else "", first.advice)


def _around(node, scene):
    return [node, *scene.ancestors(node)]


def _numbered(plain):
    yield plain
    number = 2
    while True:
        yield f"{plain}, {number}"
        number += 1


def _compiles(source):
    """Tell whether Python takes the source without an error and without a warning, which a
    learner would see.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            compile(source, "<edit>", "exec")
        except (SyntaxError, ValueError):
            return False
    return True


def function_of(source, name, namespace):
    """Compile an edited source and return its function, with a copy of `namespace` as its globals.

    Its loops end after ROUNDS rounds with a StopIteration: an edit may have made one endless.
    """
    filename = f"<edit {zlib.crc32(source.encode()):08x}>"
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    scope = dict(namespace)
    exec(compile(_with_an_end(ast.parse(source)), filename, "exec"), scope)
    return scope[name]


def _with_an_end(tree):
    """Let the loops of a module's functions draw on one counter; changes the tree."""
    for function in tree.body:
        loops = [node for node in ast.walk(function) if isinstance(node, LOOPS)]
        for loop in loops:
            loop.body.insert(0, *ast.parse("next(rounds_left_)").body)
        if loops and isinstance(function, ast.FunctionDef):
            function.body.insert(0, *ast.parse(f"rounds_left_ = iter(range({ROUNDS}))").body)
    return tree
