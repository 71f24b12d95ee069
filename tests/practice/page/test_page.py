"""Practice on a page without any kernel: exported from a notebook, opened from a file, the
network off.
"""

import json
from pathlib import Path

import pytest
from browser import accessibility_faults, listen
from nbconvert import HTMLExporter
from nbformat import v4
from questions import CELLS, Questions, wait_until_awake

from learnkit.practice.quiz import NumberAnswer
from learnkit.practice.typed import write_number

NUMBERS = json.loads((Path(__file__).parent / "numbers.json").read_text(encoding="utf-8"))
BROKEN_STORAGE = (
    "Object.defineProperty(window, 'localStorage', { get() { throw new Error('none here'); } });"
)

TOO_WIDE = """roots => roots.flatMap((root) => [root, ...root.querySelectorAll("*")].filter((each) =>
    each.getBoundingClientRect().right > root.parentElement.getBoundingClientRect().right + 1
    || each instanceof HTMLElement && each.scrollWidth > root.clientWidth + 1
).map((each) => each.outerHTML.slice(0, 100)))"""

# Note which keys the host comes to hear of, and whether the mark lies above that by which it leaves keys alone.
LISTEN = """() => { window.heard = []; document.addEventListener("keydown", (event) => {
    const left = event.target.closest("[data-lm-suppress-shortcuts]") !== null;
    if (event.key !== "Control") heard.push([event.key, left]);
    if (event.key === "s") event.preventDefault(); // as a host does that has a plan for it
}) }"""

WAKE_HALF = """async (markup) => { // is a question awake when half of it was read, and when all was?
    const [practice] = await Promise.all(Object.values(learnkitPractice));
    Object.defineProperty(document, "readyState", { get: () => "loading" });
    const place = document.body.appendChild(document.createElement("div"));
    place.innerHTML = markup;
    const root = place.querySelector("[data-learnkit]");
    const inner = root.innerHTML;
    root.innerHTML = "";
    while (root.nextSibling) root.nextSibling.remove();
    practice.wake();
    const early = "awake" in root.dataset;
    root.innerHTML = inner;
    root.after("what follows");
    practice.wake();
    return [early, "awake" in root.dataset];
}"""


def outputs():
    """Return the outputs of the cells as a kernel would store them, none answered."""
    names = {}
    exec(CELLS["setup"], names)
    for name, source in CELLS.items():
        if name not in ("setup", "wait", "remembered"):
            shown = eval(source.strip(), names)
            bundle = getattr(shown, "_mimebundle", None) or shown._repr_mimebundle_
            yield v4.new_output("display_data", bundle())


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The address of the exported page."""
    cells = [v4.new_code_cell("", outputs=[output]) for output in outputs()]
    page = tmp_path_factory.mktemp("page") / "page.html"
    exporter = HTMLExporter(exclude_input=True, mathjax_url="", require_js_url="")
    page.write_text(exporter.from_notebook_node(v4.new_notebook(cells=cells))[0], encoding="utf-8")
    return page.as_uri()


@pytest.fixture
def open_page(browser, address):
    """A function that opens the page in a browser of its own; closed, it has complained of
    nothing.
    """
    opened = []

    def open_it(width=800, script="", **options):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, offline=True, **options
        )
        context.set_default_timeout(30_000)
        context.add_init_script(script)
        page = context.new_page()
        opened.append((context, listen(page)))
        page.goto(address)
        wait_until_awake(page)
        return page

    yield open_it
    for context, faults in opened:
        context.close()
        assert faults == []


def test_every_kind_answers_and_a_reloaded_page_shows_what_was_answered(open_page):
    page = open_page()
    Questions(page).answer_all()
    page.reload()
    wait_until_awake(page)
    Questions(page).show_what_was_answered()
    Questions(page).answer_all()


@pytest.mark.parametrize("kind", ["choice", "number", "prediction", "cards"])
def test_a_question_of_which_half_has_been_read_sleeps_until_all_of_it_is_there(open_page, kind):
    pages = (output.data["text/html"] for output in outputs())
    markup = next(page for page in pages if f'data-kind="{kind}"' in page)
    assert open_page().evaluate(WAKE_HALF, markup) == [False, True]


def test_where_the_browser_keeps_nothing_every_kind_answers_and_options_stand_as_written(
    open_page,
):
    page = open_page(script=BROKEN_STORAGE)
    assert letters_and_texts(page)[1:] == ["B One", "C Another"]
    Questions(page).answer_all()


def letters_and_texts(page):
    buttons = Questions(page).root("choice").locator(".lkq-option").all()
    return [" ".join(button.inner_text().replace("\ufe0e", "").split()) for button in buttons]


@pytest.mark.slow
def test_each_learner_has_an_order_of_options_that_stays(open_page):
    orders = set()
    for _ in range(8):
        page = open_page()
        order = letters_and_texts(page)
        assert [text[0] for text in order] == ["A", "B", "C"]
        page.reload()
        wait_until_awake(page)
        assert letters_and_texts(page) == order
        orders.add(tuple(order))
    assert len(orders) > 1


def test_wrong_options_stay_marked_and_give_their_reason_again(open_page):
    page = open_page()
    questions = Questions(page)
    for text in ("One", "Another"):
        questions.choose("choice", text)
        questions.press("choice", "Check")
    assert questions.root("choice").locator(".lkq-option[data-state=incorrect]").count() == 2
    questions.choose("choice", "One")
    questions.says("choice", "Where did")


def test_letters_choose_arrows_move_and_enter_commits(open_page):
    page = open_page()
    choice = Questions(page).root("choice")
    choice.locator(".lkq-option").first.focus()
    page.keyboard.press("b")
    assert choice.locator(".lkq-option").nth(1).get_attribute("aria-pressed") == "true"
    page.keyboard.press("ArrowDown")
    assert choice.locator(".lkq-option").nth(2).get_attribute("aria-pressed") == "true"
    page.keyboard.press("ArrowDown")
    assert not choice.locator("[data-state=correct], [data-state=incorrect]").count()
    page.keyboard.press("Enter")
    assert choice.locator(".lkq-option").first.get_attribute("data-state") in (
        "correct",
        "incorrect",
    )


@pytest.mark.parametrize("place", [".lkq-option", ".lkq-field", ".lkq-card"])
def test_shortcuts_of_the_host_reach_it_and_other_keys_do_not(open_page, place):
    page = open_page()
    page.evaluate(LISTEN)
    page.locator(place).first.focus()
    for keys in ("b", "Control+s", "Control+Enter", "Shift+Enter", "Control+s"):
        page.keyboard.press(keys)
    assert page.evaluate("heard") == [["s", False], ["Enter", False], ["s", False]]


def test_a_field_keeps_the_keys_by_which_it_is_edited(open_page):
    page = open_page()
    page.evaluate(LISTEN)
    field = page.locator(".lkq-field").first
    field.fill("31")
    for keys in ("Control+a", "Control+x", "Control+v", "Control+v", "Control+Backspace"):
        field.press(keys)
    assert page.evaluate("heard") == [] and field.input_value() == ""


def test_everything_is_reached_by_tab_and_the_focus_is_seen(open_page):
    page = open_page()
    buttons = page.locator(".lkq button:visible, .lkq input").count()
    page.keyboard.press("Tab")
    reached = set()
    for _ in range(4 * buttons):  # the page has more that takes the focus
        reached.add(
            page.evaluate(
                "[...document.querySelectorAll('.lkq button, .lkq "
                "input')].indexOf(document.activeElement)"
            )
        )
        page.keyboard.press("Tab")
    assert len(reached - {-1}) == buttons


def test_the_page_stays_still_when_something_is_said(open_page):
    page = open_page()
    questions = Questions(page)
    height = page.locator("body").evaluate("body => body.scrollHeight")
    questions.answer_choice()
    questions.answer_number()
    questions.answer_prediction()
    questions.answer_number_predicted()
    questions.turn_cards()
    questions.play()
    assert page.locator("body").evaluate("body => body.scrollHeight") == height


def swipe(page, element, across):
    box = element.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    session = page.context.new_cdp_session(page)
    for kind, points in (("Start", [(x, y)]), ("Move", [(x + across, y)]), ("End", [])):
        touches = [{"x": x, "y": y} for x, y in points]
        session.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": touches})


def test_touch_a_tap_chooses_and_turns_a_swipe_goes_on(open_page):
    page = open_page(width=390, has_touch=True, is_mobile=True)
    questions = Questions(page)
    questions.root("choice").locator(".lkq-option").filter(has_text="Another").tap()
    questions.root("choice").get_by_role("button", name="Check").tap()
    questions.says("choice", "Look again.")
    card = questions.root("cards").locator(".lkq-card")
    card.scroll_into_view_if_needed()
    card.tap()
    questions.says("cards", "One pass over all.")
    swipe(page, card, -150)
    questions.root("cards").get_by_text("Card 2 of 3").wait_for()
    assert not questions.root("cards").get_by_text("Examples of one step.").is_visible()
    swipe(page, card, 150)
    questions.root("cards").get_by_text("Card 1 of 3").wait_for()


@pytest.mark.parametrize("width", [320, 390, 800, 1400])
def test_nothing_is_wider_than_the_page(open_page, width):
    page = open_page(width=width)
    Questions(page).answer_all()
    assert page.locator(".lkq").evaluate_all(TOO_WIDE) == []


def test_nothing_violates_wcag(open_page):
    page = open_page()
    assert accessibility_faults(page, ".lkq") == []
    Questions(page).answer_all()
    assert accessibility_faults(page, ".lkq") == []


def test_a_question_cut_while_it_is_answered_takes_nothing_with_it(open_page):
    page = open_page()
    Questions(page).root("twin").evaluate("root => root.remove()")
    Questions(page).answer_choice()


def test_two_windows_show_the_same_answer(open_page):
    page = open_page()
    other = page.context.new_page()
    other.goto(page.url)
    wait_until_awake(other)
    Questions(page).answer_number()
    Questions(other).says("number", "Correct")


@pytest.fixture(scope="module")
def module(browser, address):
    """The page's module, to be called by name."""
    page = browser.new_page()
    page.goto(address)
    wait_until_awake(page)
    yield lambda name, *arguments: page.evaluate(
        "async ([name, given]) => (await Object.values(learnkitPractice)[0])[name](...given)",
        [name, list(arguments)],
    )
    page.close()


@pytest.mark.every(3)
@pytest.mark.parametrize(
    "asked", NUMBERS["questions"], ids=lambda asked: f"{asked['answer']} {asked.get('unit', '')}"
)
def test_page_and_python_judge_every_typed_number_alike(module, asked):
    given = dict(
        asked, feedback={float(wrong): said for wrong, said in asked.get("feedback", {}).items()}
    )
    question = NumberAnswer("How much?", **given)
    rules = question._page_rules()
    for typed in NUMBERS["typed"]:
        verdict, said = question.check(typed), module("judge", typed, rules)
        state, sentence = judged(question, rules, said)
        assert (typed, state, sentence) == (typed, verdict.state, verdict.message)


def judged(question, rules, said):
    """Return state and plain sentence for what the page answered: a name of a sentence, or the
    index of a feedback.
    """
    if said == "correct":
        return "correct", question._right
    if isinstance(said, int):
        return "incorrect", question._wrong[rules["feedback"][said]]
    state, html = rules["say"][said]
    return state, html.replace('<code style="white-space:pre-wrap">', "`").replace("</code>", "`")


def test_page_and_python_write_numbers_alike(module):
    for number in NUMBERS["written"]:
        assert module("writeNumber", number, "m") == write_number(number, "m")
