"""A chapter on paper: what was folded is open, what moved stands still, answers come apart."""

import json
import re
from typing import NamedTuple

from bs4 import BeautifulSoup

from tools.pages.whole import chapter_page

ON_SITE = re.compile(r"(\d\d)_\w+\.html(?:#(.*))?")
OF_THE_RUN = (
    "[aria-label='The map of the course'], [aria-label^='This chapter'], [aria-label^='Check of']"
)
STANDING = "Where you stand"  # the heading above it
LINE = "_" * 14  # to write on


class Chapter(NamedTuple):
    """A chapter for paper: its number "08", its title, its HTML, the HTML of its answers, and
    (id, HTML) of each heading of the second level.
    """

    number: str
    title: str
    body: str
    answers: str
    headings: list


def chapter_on_paper(path):
    """Return a notebook as a Chapter."""
    page, number = chapter_page(path, {}), path.stem[:2]
    soup = BeautifulSoup(page.body, "html.parser")
    leave_out(soup)
    answers = answers_to_exercises(soup) + answers_to_questions(soup)
    apart = as_soup(f"<section>{''.join(answers)}</section>").section
    soup.append(apart)
    lay_open(soup)
    lead_inside(soup, number)
    apart.extract()
    headings = [(heading["id"], heading.decode_contents()) for heading in soup("h2")]
    return Chapter(number, page.title, str(soup), apart.decode_contents(), headings)


def leave_out(soup):
    """Take out scripts, and what is said of the learner and the machine of the stored run."""
    for part in soup.select(f"script, style, {OF_THE_RUN}"):
        part.decompose()
    for heading in soup("h2", string=STANDING):
        heading.parent.decompose()


def answers_to_exercises(soup):
    """Take hints and solutions out of the exercises, and return each as HTML."""
    found = []
    for cell in soup.select("section.exercise"):
        folds = [fold.extract() for fold in cell("details")]
        *hints, solution = [inside(fold) for fold in folds]
        title = title_of(cell)
        shown = f"<p>Hints</p><ol>{''.join(f'<li>{hint}</li>' for hint in hints)}</ol>"
        heading = f'<h3 id="{cell["id"]}-answer">{title}{way("", cell["id"])}</h3>'
        found.append(f'<div class="answer">{heading}{shown if hints else ""}{solution}</div>')
        words = "Hints and solution" if hints else "Solution"
        cell.append(as_soup(f"<p>{way(words, cell['id'] + '-answer')}</p>"))
    return found


def title_of(exercise):
    """Return the words that stand above an exercise: its number, kind and minutes."""
    above = exercise.find_previous("strong", string=re.compile("Exercise"))
    return above.get_text().strip(" .") if above else "Exercise"


def answers_to_questions(soup):
    """Number the questions, take the feedback out of them, and return each answer as HTML."""
    found = []
    for number, asked in enumerate(soup.select("[data-kind=choice], [data-kind=number]"), 1):
        right = right_choice(asked) if asked["data-kind"] == "choice" else right_number(asked)
        for fold in asked("details"):
            fold.decompose()
        asked["id"] = f"question-{number}"
        leads = way("Answer", f"{asked['id']}-answer")
        asked.insert(0, as_soup(f'<p class="number">Question {number}{leads}</p>'))
        back = way("", asked["id"])
        name = f'<strong id="{asked["id"]}-answer">Question {number}:</strong>{back}'
        found.append(f'<p class="answer">{name} {right}</p>')
    return found


def right_choice(asked):
    """Return the letter of the right option and what is said of it."""
    options = asked.select("ol > li")
    at = next(i for i, option in enumerate(options) if option.has_attr("data-right"))
    return f"<b>{chr(ord('A') + at)}.</b> {said(options[at].select_one('.lkq-feedback'))}"


def right_number(asked):
    """Return the number that is right and what is said of it."""
    rules = json.loads(asked["data-rules"])
    amount = f"{rules['answer']:.12g} {rules['unit']}".strip().replace("-", "−")
    told = asked.select_one("span[data-right]")
    return f"<b>{amount}.</b> {told.decode_contents()}"


def said(feedback):
    for badge in feedback.select(".lkq-still"):
        badge.decompose()
    return feedback.decode_contents()


def lay_open(soup):
    """Open what is folded, and leave room where something is to be written."""
    for cards in soup.select("[data-kind=cards]"):
        pairs = [(fold.summary.decode_contents(), inside(fold)) for fold in cards("details")]
        rows = "".join(f"<dt>{front}</dt><dd>{back}</dd>" for front, back in pairs)
        cards.replace_with(as_soup(f'<dl class="cards">{rows}</dl>'))
    for fold in soup("details"):
        fold.summary.name = "p"
        fold.name = "div"
    for asked in soup.select("[data-kind=prediction]"):
        asked.append(as_soup(f"<p>Your guess: {LINE}</p>"))
    for place in soup.select("[data-guess]"):
        place.string = LINE


def lead_inside(soup, chapter):
    """Make all links lead to places in the book, under names that are unique there."""
    for place in soup.select("[id]"):
        place["id"] = f"{chapter}-{place['id']}"
    for link in soup.select("a[href]"):
        place = ON_SITE.fullmatch(link["href"])
        if place:
            link["href"] = f"#{place[1]}" + (f"-{place[2]}" if place[2] else "")
        elif link["href"].startswith("#"):
            link["href"] = f"#{chapter}-{link['href'][1:]}"


def inside(fold):
    """Return what a fold shows once it is open, as HTML."""
    if fold.summary:
        fold.summary.extract()
    return fold.decode_contents()


def way(words, place):
    """Return a link to a place, to which paper.py adds the number of its page."""
    return f' <a class="way" href="#{place}">{words}</a>'


def as_soup(html):
    return BeautifulSoup(html, "html.parser")
