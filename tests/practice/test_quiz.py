import pytest

from learnkit.practice import memory
from learnkit.practice.quiz import Cards, Choice, NumberAnswer, Option

LOSS = Choice(
    "What does a loss return?",
    [
        Option("A vector", "Then which of two models would be better?"),
        Option("A single number", "One number, to be made small.", correct=True),
        Option("The `gradient`", "That comes from the loss."),
    ],
)
STEP = NumberAnswer(
    "How long is the step?",
    0.5,
    unit="m",
    feedback={5: "Ten times too long.", 0.25: "Half of it."},
)
SHARE = NumberAnswer("Which share is left?", 40, unit="%", least=0, most=100)
COUNT = NumberAnswer("How many parameters?", 31, least=1, whole=True, feedback={31: "24 and 7."})
CARDS = Cards([("epoch", "One pass over all examples."), ("batch", "Examples of one step.")])
QUESTIONS = [LOSS, STEP, SHARE, COUNT, CARDS]


@pytest.mark.parametrize("answer", ["B", "b", " B ", "A single number"])
def test_the_right_option_is_correct_by_letter_or_text(answer):
    assert str(LOSS.check(answer)) == "✓ Correct. One number, to be made small."


def test_each_wrong_option_has_its_own_feedback():
    assert str(LOSS.check("A")) == "✗ Not yet. Then which of two models would be better?"
    assert str(LOSS.check("C")) == "✗ Not yet. That comes from the loss."


@pytest.mark.parametrize("answer", ["D", "", "AB", 1, None, ...])
def test_what_is_no_option_is_not_judged(answer):
    assert (
        str(LOSS.check(answer))
        == '○ Not attempted. Answer with the letter of an option, "A" to "C".'
    )


@pytest.mark.parametrize("right", [0, 2])
def test_a_choice_with_other_than_one_correct_option_is_refused(right):
    with pytest.raises(ValueError, match="exactly one correct option"):
        Choice(
            "Which?", [Option(str(i), "", correct=True) for i in range(right)] + [Option("b", "")]
        )


def test_a_choice_between_equal_options_is_refused():
    with pytest.raises(ValueError, match="must differ"):
        Choice("Which?", [Option("a", "", correct=True), Option("a", "")])


@pytest.mark.parametrize(
    "typed", ["0.5", "1/2", "5e-1", "5e-1 m", " 0.5m ", "+0.5", ".5", 0.5, "0.5004"]
)
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
    ("answer", "typed", "said"),
    [
        (0.45, "-0.45", "sign"),
        (40, "0.025", "other way up"),
        (40, "4", "decimal point"),
        (0.4, "40", "per cent"),
        (40, "1600", "not the number"),
        (0, "7", "not the number"),
        (7, "0", "not the number"),
    ],
)
def test_what_is_off_about_a_wrong_number_is_said_where_it_is_known(answer, typed, said):
    assert said in NumberAnswer("How much?", answer).check(typed).message


@pytest.mark.parametrize("answer", [3_628_800, 31, 0.45, -2, 1e-5])
@pytest.mark.parametrize("off", [1.0001, 1.002, -1, 10, 0.01, 2])
def test_a_wrong_try_never_prints_the_answer(answer, off):
    right = f"It is {answer:,}: the product."
    question = NumberAnswer("How many?", answer, tolerance=0, feedback={answer: right})
    verdict = question.check(answer * off)
    assert verdict.state == "incorrect" and f"{answer:,}" not in verdict.message


def test_a_sentence_for_a_wrong_number_is_said_of_that_number_alone():
    passes = NumberAnswer(
        "Passes?", 2_000_000, feedback={2_000_001: "There is no pass at the base point."}
    )
    assert passes.check(2_000_001).message == "There is no pass at the base point."
    assert passes.check(2_000_002).message == "That is not the number; look again and try another."


@pytest.mark.parametrize(
    ("question", "typed", "sentence"),
    [
        (
            SHARE,
            "140 %",
            "It cannot be less than 0 % or more than 100 %: type a number that is possible.",
        ),
        (
            SHARE,
            "-1",
            "It cannot be less than 0 % or more than 100 %: type a number that is possible.",
        ),
        (COUNT, "0", "It cannot be less than 1: type a number that is possible."),
        (COUNT, "31.5", "It is a whole number: type one without a fraction."),
        (COUNT, "many", "Type one number, such as `12`."),
    ],
)
def test_an_impossible_number_is_refused_and_not_judged(question, typed, sentence):
    verdict = question.check(typed)
    assert (verdict.state, verdict.message) == ("not attempted", sentence)


@pytest.mark.parametrize(
    "typed", ["", "half", "1/0", "nan", "inf", "1e999999999", "1/2/3", "0x1f", "--1", ...]
)
def test_what_is_no_number_is_not_judged(typed):
    verdict = STEP.check(typed)
    assert verdict.state == "not attempted"
    assert verdict.message == "Type one number in m, such as `0.5`, `1/2` or `1e-3`."


def test_a_decimal_comma_is_not_guessed_at():
    said = (
        "Write a decimal point instead of the comma, as in `0.5`, and large numbers without commas."
    )
    assert STEP.check("0,5").message == said


def test_the_tolerance_is_in_the_unit_of_the_answer():
    rough = NumberAnswer("About how much?", 0.9, tolerance=0.1)
    assert rough.check(0.81).state == "correct" and rough.check(0.79).state == "incorrect"


def test_a_whole_number_is_right_only_exactly_and_a_large_one_is_written_in_groups():
    passes = NumberAnswer("Passes?", 2_000_000)
    assert passes.check(2_000_001).state == "incorrect"
    assert passes.check("2,000,000").message == "2,000,000."


def test_an_answer_left_out_is_asked_for():
    assert LOSS.check().state == STEP.check().state == "not attempted"


def test_what_is_answered_is_kept_by_its_text_and_what_is_not_judged_is_not():
    fresh = Choice("Kept?", [Option("Yes", "", correct=True), Option("No", "")])
    fresh.check("Perhaps")
    assert fresh.kept() == {}
    fresh.check("B")
    assert fresh.kept() == {"answer": "No", "correct": False}
    number = NumberAnswer("How many are kept?", 2, least=0)
    number.check(-1)
    assert number.kept() == {}
    number.check("4/2")
    assert number.kept() == {"answer": 2.0, "correct": True}


@pytest.mark.parametrize(
    "entry", [{}, {"answer": None}, {"answer": ["Yes"]}, {"answer": {}}, {"answer": "<script>"}]
)
def test_nonsense_from_the_page_is_kept_by_nobody(entry):
    for question in (
        Choice("Nonsense?", [Option("Yes", "", correct=True)]),
        NumberAnswer("Nonsense?", 2),
    ):
        question.hear_from_page(entry)
        assert question.kept() == {}


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_call_that_belongs_elsewhere_says_what_to_write_here(question):
    for name in ("commit", "reveal", "hint", "solution"):
        verdict = getattr(question, name)("A")
        assert verdict.state == "not attempted" and verdict.message
    with pytest.raises(AttributeError, match="has no `reply`"):
        question.reply("A")
    assert "turned" in str(CARDS.check("A"))
    assert ".check(...)" in str(LOSS.commit("A"))


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_stored_forms_are_the_same_each_time(question):
    assert question._mimebundle() == question._mimebundle()
    assert set(question._mimebundle()) == {"text/plain", "text/html"}


def test_the_plain_form_asks_without_giving_the_answer_away():
    assert (
        repr(LOSS) == "What does a loss return?\n  A  A vector\n  B  A single number\n  C  The"
        ' `gradient`\nAnswer with .check("A").'
    )
    assert repr(STEP) == "How long is the step?\nAnswer with a number in m: .check(number)."
    assert repr(CARDS) == "2 cards: epoch, batch."


def test_the_still_form_folds_the_answers_away():
    still = LOSS._html()
    assert (
        "<ol" in still
        and '<span class="lkq-text">A single number</span><details' in still
        and "<code" in still
    )
    assert still.count("<details") == 3
    assert STEP._html().count("<details") == 1 and "(in m)" in STEP._html()
    assert CARDS._html().count("<summary>epoch</summary>") == 1


def test_text_of_questions_cannot_break_out_of_its_markup():
    odd = """'"><b>&amp; </div><script>alert("1")</script>"""
    choice = Choice(odd, [Option(odd, odd, correct=True)])
    number = NumberAnswer(odd, 1, unit=odd, feedback={1: odd, 2: odd})
    for question in (choice, number, Cards([(odd, odd)])):
        assert "alert(" in question._html() and "<script>alert" not in question._html()
        assert "<b>" not in question._html()


def test_memory_that_fails_tells_the_learner_once_and_judges_all_the_same(monkeypatch):
    monkeypatch.setattr(memory, "keep", lambda item, **entry: "It could not be written.")
    assert LOSS.check("B").state == "correct" and LOSS.check("B").notes == (
        "It could not be written.",
    )
