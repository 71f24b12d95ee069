"""One glossary for all chapters: each term is introduced in bold in the chapter that it names, and
no chapter before uses it.
"""

import re

import pytest
from browser import CHAPTERS
from notebook_checks import numbered, read

from learnkit.glossary import GLOSSARY, SYMBOLS, Term, meaning, shown

# Uses before a term's introduction, by (term, chapter): the everyday word, or why it may be.
EARLIER = {
    ("prediction", 0): "what a learner commits to before an outcome",
    ("error", 0): "what Python says",
    ("crawls", 0): "everyday word",
    ("chain rule", 5): "named among the mathematics that the title says is needed",
    ("edge", 2): "of a box",
    ("edge", 3): "everyday word",
    ("edge", 4): "everyday word",
    ("explodes", 3): "everyday word, in what comes next",
    ("sharing", 3): "everyday word",
    ("pull", 2): "of an error on a prediction",
    ("pull", 7): "everyday word",
    ("patience", 5): "everyday word",
    ("patience", 8): "everyday word",
    ("convolution", 9): "named as something that PyTorch brings",
}
# Bold, and no terms of the field: words of the course, labels of a list, a hint to look here.
EMPHASIS = {
    "NameError",
    "miss",
    "verdict",
    "0",
    "2e",
    "box",
    "mean",
    "p − y",
    "works",
    "fast and shaky",
    "on its way",
    "noisy",
    "falling",
    "diverging",
    "step",
    "exponential",
    "cosine",
    "multiply",
    "adds up",
    "add up",
    "pair",
    "written out",
    "blame passed back",
    "class",
    "convention",
    "reverse topological order",
    "behind",
    "ahead",
    "Forward again",
    "15 regions",
    "three dimensions",
    "except at a kink",
    "h = √ε",
    "h = ∛ε",
    "η < 2/λmax",
    "This is the break",
    "flat-bottomed local minima",
    "whatever the direction",
}
CODE = "…"  # stands for code
LONGEST = 3  # words of a term; what is longer is a sentence in bold


def chapter_text(cells):
    """Return what a learner reads of Markdown cells, without code, addresses, names of chapters,
    the title cell and further reading.
    """
    parts = []
    for source in cells:
        if source.startswith("# "):
            continue
        source = re.sub(r"```.*?```|`[^`]*`", CODE, source, flags=re.DOTALL)
        source = re.sub(r"\[[^\]]*\]\([^)]*\.ipynb[^)]*\)|\]\([^)]*\)", "", source)
        parts.append(re.sub(r"## Further reading.*?(?=\*\*What comes|\Z)", "", source, flags=re.S))
    return "\n".join(parts)


def texts_of_chapters():
    found = {}
    for path in CHAPTERS:
        cells = [
            cell.source
            for _, cell in numbered(read(path), "markdown")
            if "instructor" not in cell.metadata.get("tags", [])
        ]
        found[int(path.stem[:2])] = chapter_text(cells)
    return found


def bold(text):
    return {" ".join(found.split()) for found in re.findall(r"(?<!\*)\*\*([^*]+?)\*\*", text)}


def forms(name):
    """Return how a term may stand in a text: as it is, or in the plural; a dead one is a unit."""
    plurals = {name + "s", name + "es", name.removesuffix("um") + "a"}
    return {form.lower() for form in {name, name + " unit"} | plurals}


def uses(term, text):
    either = "|".join(re.escape(form) for form in sorted(forms(term.name), key=len, reverse=True))
    return [
        text[max(0, m.start() - 40) : m.end() + 20]
        for m in re.finditer(rf"(?<![\w-])(?:{either})(?![\w])", text, re.IGNORECASE)
    ]


def not_introduced(terms, texts):
    return [
        term.name
        for term in terms
        if term.chapter in texts
        and not forms(term.name) & {b.lower() for b in bold(texts[term.chapter])}
    ]


def too_early(terms, texts):
    return [
        f"{term.name}, of chapter {term.chapter}, stands in chapter {number}: {found[0]!r}"
        for term in terms
        for number in range(term.chapter)
        if number in texts
        and (term.name, number) not in EARLIER
        and (found := uses(term, texts[number]))
    ]


def without_a_meaning(terms, texts):
    known = {form for term in terms for form in forms(term.name)}
    return [
        (number, found)
        for number, text in texts.items()
        for found in sorted(bold(text))
        if found.lower() not in known
        and found not in EMPHASIS
        and len(found.split()) <= LONGEST
        and CODE not in found
        and not re.search(r"[.?!]$|^Exercise |^Run ", found)
    ]


@pytest.fixture(scope="module")
def texts():
    return {number: text for number, text in texts_of_chapters().items() if number < 11}


def test_every_term_is_in_bold_in_the_chapter_that_introduces_it(texts):
    assert not_introduced(GLOSSARY, texts) == []


def test_no_chapter_uses_a_term_before_it_is_introduced(texts):
    assert too_early(GLOSSARY, texts) == []


def test_every_term_in_bold_is_in_the_glossary(texts):
    assert without_a_meaning(GLOSSARY, texts) == []


def test_what_is_excused_is_still_there(texts):
    terms = {term.name: term for term in GLOSSARY}
    assert [
        (name, number) for name, number in EARLIER if not uses(terms[name], texts[number])
    ] == []
    assert EMPHASIS <= set().union(*(bold(text) for text in texts.values()))


def test_the_walk_finds_each_kind_of_fault():
    terms = [Term("slope", 1, "Steepness."), Term("kink", 1, "A corner.")]
    texts = {0: "A slope.", 1: "A **slope** and a kink. A **ridge**."}
    assert not_introduced(terms, texts) == ["kink"]
    assert too_early(terms, texts) == ["slope, of chapter 1, stands in chapter 0: 'A slope.'"]
    assert without_a_meaning(terms, texts) == [(1, "ridge")]


def test_a_term_has_one_entry_and_its_meaning_is_short_and_ends_in_a_stop():
    names = [term.name.lower() for term in GLOSSARY]
    assert len(names) == len(set(names)) >= 120
    for term in GLOSSARY:
        assert term.meaning.endswith(".") and len(term.meaning.split()) <= 30, term


def test_a_symbol_has_one_meaning():
    signs = [sign.strip() for signs, _ in SYMBOLS for sign in re.split(r"[,;]", signs)]
    assert len(signs) == len(set(signs))


def test_a_meaning_is_found_whatever_the_capitals():
    assert meaning("relu") == meaning("ReLU")
    with pytest.raises(KeyError, match="GLOSSARY lists"):
        meaning("phlogiston")


def test_it_is_shown_folded_with_a_link_to_each_chapter():
    lines, page = repr(shown()).splitlines(), shown()._repr_html_()
    assert lines[0].startswith(f"Glossary, {len(GLOSSARY)} terms")
    assert len(lines) == len(GLOSSARY) + 1 == page.count("<li>") + 1
    assert page.startswith("<details><summary>") and '"03_loss_surfaces.ipynb"' in page
    assert lines[1:] == sorted(lines[1:], key=lambda line: line.partition(" (")[0].lower())
