import ipywidgets
import pytest

from learnkit.practice.quiz import Cards, Choice, NumberAnswer, Option

VIEW = "application/vnd.jupyter.widget-view+json"
LOSS = Choice(
    "What does a loss return?",
    [
        Option("A vector", "Then which of two models would be better?"),
        Option("A single number", "One number, to be made small.", correct=True),
        Option("The `gradient`", "That comes from the loss."),
    ],
)
STEP = NumberAnswer("How long is the step?", 0.5, unit="m", feedback={5: "Ten times too long.", 0.25: "Half of it."})
CARDS = Cards([("epoch", "One pass over all examples."), ("batch", "Examples of one step.")])


def widgets_in(widget, kind):
    """Return all widgets of one kind inside a displayed one, in reading order."""
    found = [widget] if isinstance(widget, kind) else []
    return found + [inner for child in getattr(widget, "children", ()) for inner in widgets_in(child, kind)]


def press(widget, name):
    next(b for b in widgets_in(widget, ipywidgets.Button) if b.description.endswith(name)).click()


def said(widget):
    """Return what the last line of a displayed question says."""
    return widgets_in(widget, ipywidgets.HTMLMath)[-1].value


def shown(question):
    """Return a fresh display of a question, as the notebook would make it."""
    from learnkit.practice import _widgets

    return question._widget(_widgets)


@pytest.mark.parametrize("answer", ["B", "b", " B ", "A single number"])
def test_the_right_option_is_correct_by_letter_or_text(answer):
    assert str(LOSS.check(answer)) == "✓ Correct. One number, to be made small."


def test_each_wrong_option_has_its_own_feedback():
    assert str(LOSS.check("A")) == "✗ Not yet. Then which of two models would be better?"
    assert str(LOSS.check("C")) == "✗ Not yet. That comes from the loss."


@pytest.mark.parametrize("answer", ["D", "", "AB", 1, None, ...])
def test_what_is_no_option_is_not_judged(answer):
    assert str(LOSS.check(answer)) == '○ Not attempted. Answer with the letter of an option, "A" to "C".'


@pytest.mark.parametrize("right", [0, 2])
def test_a_choice_with_other_than_one_correct_option_is_refused(right):
    with pytest.raises(ValueError, match="exactly one correct option"):
        Choice("Which?", [Option("a", "", correct=True)] * right + [Option("b", "")])


@pytest.mark.parametrize("typed", ["0.5", "1/2", "5e-1", "5e-1 m", " 0.5m ", "+0.5", ".5", 0.5, "0.5004"])
def test_a_number_is_right_however_it_is_written(typed):
    assert str(STEP.check(typed)) == "✓ Correct. 0.5 m."


def test_a_negative_number_may_have_a_typographic_minus():
    assert NumberAnswer("Slope?", -0.45).check("−0.45").state == "correct"


def test_large_numbers_may_be_grouped():
    passes = NumberAnswer("Passes?", 2_000_000, feedback={2_000_000: "Two for each parameter."})
    for typed in ("2000000", "2 000 000", "2,000,000", "2_000_000", "2e6"):
        assert passes.check(typed).message == "Two for each parameter."
    assert "without commas" in passes.check("2,000").message  # it could mean 2


def test_a_wrong_number_worth_a_sentence_gets_it():
    assert STEP.check("5").message == "Ten times too long."
    assert STEP.check("1/4").message == "Half of it."
    assert STEP.check("7").message == "That is not the number; look again and try another."


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("0,5", "Write a decimal point instead of the comma, as in `0.5`, and large numbers without commas."),
        ("", "Type one number in m, such as `0.5`, `1/2` or `1e-3`."),
        ("half", "Type one number in m, such as `0.5`, `1/2` or `1e-3`."),
        ("1/0", "Type one number in m, such as `0.5`, `1/2` or `1e-3`."),
        ("nan", "Type one number in m, such as `0.5`, `1/2` or `1e-3`."),
        ("1e999999999", "Type one number in m, such as `0.5`, `1/2` or `1e-3`."),
        (..., "Type one number in m, such as `0.5`, `1/2` or `1e-3`."),
    ],
)
def test_what_is_no_number_is_not_judged(typed, sentence):
    verdict = STEP.check(typed)
    assert (verdict.state, verdict.message) == ("not attempted", sentence)


def test_the_tolerance_is_in_the_unit_of_the_answer():
    rough = NumberAnswer("About how much?", 0.9, tolerance=0.1)
    assert rough.check(0.81).state == "correct" and rough.check(0.79).state == "incorrect"


def test_a_whole_number_is_right_only_exactly_and_a_large_one_is_written_in_groups():
    passes = NumberAnswer("Passes?", 2_000_000)
    assert passes.check(2_000_001).state == "incorrect"
    assert passes.check("2,000,000").message == "2,000,000."


def test_an_answer_left_out_is_asked_for():
    assert LOSS.check().state == STEP.check().state == "not attempted"


def test_choosing_shows_the_feedback_and_marks_the_option():
    display = shown(LOSS)
    press(display, "A")
    assert "Not yet" in said(display) and 'role="status"' in said(display)
    press(display, "B")
    assert "Correct" in said(display)
    names = [button.description for button in widgets_in(display, ipywidgets.Button)]
    assert names == ["✗ A", "✓ B", "C"]


def test_a_typed_number_is_judged_when_its_button_is_pressed():
    display = shown(STEP)
    widgets_in(display, ipywidgets.Text)[0].value = "5"
    press(display, "Check")
    assert "Ten times too long." in said(display)


def test_a_typed_number_is_judged_on_enter():
    display = shown(STEP)
    widgets_in(display, ipywidgets.Text)[0].value = "1/2"
    assert "Correct" in said(display)


def test_cards_turn_and_go_round_in_order():
    display = shown(CARDS)
    card = widgets_in(display, ipywidgets.HTMLMath)[0]
    assert "Card 1 of 2" in card.value and "epoch" in card.value and "One pass" not in card.value
    press(display, "Flip")
    assert "One pass over all examples." in card.value
    press(display, "Flip")
    assert "One pass" not in card.value
    press(display, "Next")
    assert "Card 2 of 2" in card.value and "batch" in card.value
    press(display, "Next")
    assert "Card 1 of 2" in card.value
    press(display, "Previous")
    assert "Card 2 of 2" in card.value and "Examples of one step." not in card.value


def test_showing_a_question_twice_gives_two_that_work_apart():
    first, second = shown(LOSS), shown(LOSS)
    press(first, "A")
    assert "Not yet" in said(first) and "Not yet" not in said(second)


@pytest.mark.parametrize("question", [LOSS, STEP, CARDS])
def test_the_stored_forms_are_the_same_each_time(question):
    first, second = question._repr_mimebundle_(), question._repr_mimebundle_()
    assert first.pop(VIEW)["model_id"] != second.pop(VIEW)["model_id"]
    assert first == second and set(first) == {"text/plain", "text/html"}


def test_the_plain_form_asks_without_giving_the_answer_away():
    assert repr(LOSS) == (
        'What does a loss return?\n  A  A vector\n  B  A single number\n  C  The `gradient`\nAnswer with .check("A").'
    )
    assert repr(STEP) == "How long is the step?\nAnswer with a number in m: .check(number)."
    assert repr(CARDS) == "2 cards: epoch, batch."


def test_the_still_form_folds_the_answers_away():
    still = LOSS._repr_mimebundle_()["text/html"]
    assert "<ol" in still and "<li>A single number<details" in still and "<code" in still
    assert still.count("<details") == 3
    assert STEP._repr_mimebundle_()["text/html"].count("<details") == 1
    assert CARDS._repr_mimebundle_()["text/html"].count("<summary>epoch</summary>") == 1
