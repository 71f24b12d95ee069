import json
import os

import pytest

from learnkit.practice import memory
from learnkit.practice.predict import Prediction

FILE = ".learnkit/other.json"


@pytest.fixture(autouse=True)
def own_folder(learners_folder):
    return learners_folder


def write_as_kept(folder, prediction, guess):
    (folder / FILE).parent.mkdir(exist_ok=True)
    (folder / FILE).write_text(f'{{"{memory.address(prediction)[1]}": {{"guess": {guess}}}}}')


def how_many():
    return Prediction("08-how-many", "How many are zero?", number=True, unit="gradients")


def where():
    return Prediction("08-where", "Where does it end?", options=["At 0.", "Above 0."])


def share(**options):
    return Prediction(
        "08-share", "Which share is left?", number=True, unit="%", least=0, most=100, **options
    )


def test_a_guess_is_committed_and_then_seen_beside_the_outcome():
    prediction = how_many()
    assert str(prediction.commit(20)) == "● Committed. Your guess: 20 gradients"
    assert (
        str(prediction.reveal(19, "Twelve are left."))
        == "Your guess: 20 gradients\nOutcome: 19 gradients\nYour guess was 1 gradients too high."
        " Twelve are left."
    )


def test_an_option_is_committed_to_by_its_letter_or_text():
    prediction = where()
    assert str(prediction.commit("a")) == "● Committed. Your guess: At 0."
    assert (
        str(prediction.reveal("Above 0."))
        == "Your guess: At 0.\nOutcome: Above 0.\nIt came out differently: what did your guess"
        " take for granted?"
    )
    assert "You predicted it." in str(prediction.reveal("A"))


def test_an_outcome_kept_with_the_question_is_shown_with_its_reason():
    prediction = share(outcome=60, why="Three fifths.")
    prediction.commit("50 %")
    said = "Your guess: 50 %\nOutcome: 60 %\nYour guess was 10 % too low. Three fifths."
    assert str(prediction.reveal()) == said
    assert "Otherwise." in str(prediction.reveal(61, "Otherwise."))


def test_without_any_outcome_it_says_where_one_belongs():
    assert (
        str(share().reveal())
        == "○ Not attempted. This outcome is computed: put it in the brackets, `.reveal(outcome)`."
    )


def test_an_outcome_of_zero_is_an_outcome():
    assert "Outcome: 0 %" in str(share(outcome=0).reveal())


@pytest.mark.parametrize("guess", ["140 %", 200, "-1", "101"])
def test_a_guess_that_cannot_be_is_refused(guess):
    verdict = share().commit(guess)
    assert verdict.state == "not attempted" and verdict.message.startswith(
        "It cannot be less than 0 %"
    )
    assert share().guess is None


def test_a_number_met_but_for_rounding_counts_as_predicted():
    prediction = how_many()
    prediction.commit(0.3)
    assert "You predicted it." in str(prediction.reveal(0.1 + 0.2))


def test_revealing_without_a_guess_works_and_says_so():
    assert (
        str(how_many().reveal(19, "So."))
        == "Outcome: 19 gradients\nYou had not committed to a guess. So."
    )
    assert "none" in how_many().reveal(19)._html()


def test_what_came_out_is_kept_beside_the_guess_and_nothing_is_without_one():
    where().reveal("B")
    assert where().kept() == {}
    where().commit("A")
    where().reveal("B")
    assert where().kept() == {"guess": "At 0.", "outcome": "Above 0.", "differently": True}


def test_a_second_guess_changes_nothing_unless_it_says_so():
    prediction = how_many()
    prediction.commit(20)
    verdict = prediction.commit(5)
    assert prediction.guess == 20
    assert verdict.notes == ("Press Change my guess, or pass `change=True`, to replace it.",)
    prediction.commit(5, change=True)
    assert prediction.guess == 5


def test_after_the_outcome_is_known_a_guess_stays_even_in_another_kernel():
    prediction = how_many()
    prediction.commit(20)
    prediction.reveal(19)
    for later in (prediction, how_many()):
        assert later.commit(19, change=True).notes == (
            "The outcome has been revealed, so it stays.",
        )
        assert later.guess == 20
    assert prediction.commit(20).notes == ()


def test_running_everything_first_leaves_a_guess_possible():
    prediction = how_many()
    prediction.reveal(19)
    prediction.commit(20)
    assert prediction.guess == 20


def test_a_guess_the_page_made_reaches_python_and_its_outcome():
    prediction = where()
    prediction.reveal("B")
    prediction.hear_from_page({"guess": "At 0."})
    assert prediction.kept() == {"guess": "At 0.", "outcome": "Above 0.", "differently": True}


@pytest.mark.parametrize(
    "entry", [{}, {"guess": None}, {"guess": []}, {"guess": "C: neither"}, {"other": 1}]
)
def test_nonsense_from_the_page_is_kept_by_nobody(entry):
    for prediction in (where(), how_many()):
        prediction.hear_from_page(entry)
        assert prediction.kept() == {}


@pytest.mark.parametrize("guess", [..., "many", "", None, "1,5"])
def test_what_is_no_guess_is_not_kept(guess):
    assert how_many().commit(guess).state == "not attempted"
    assert not os.path.exists(FILE)


def test_guesses_are_kept_in_the_learners_folder_and_found_again(own_folder):
    how_many().commit("1/2")
    where().commit("B")
    kept = json.loads((own_folder / FILE).read_text())
    assert [entry["guess"] for entry in kept.values()] == [0.5, "Above 0."]
    assert (how_many().guess, where().guess) == (0.5, "Above 0.")


def test_a_guess_that_cannot_be_written_is_kept_in_memory_and_the_learner_is_told(own_folder):
    (own_folder / ".learnkit").write_text("a file, where a folder should be")
    verdict = how_many().commit(20)
    assert "kept only until the kernel stops" in verdict.notes[0]
    assert how_many().guess == 20


@pytest.mark.parametrize("kept", ["At 0", 3, None, [1], {"a": 1}])
def test_a_kept_guess_that_no_longer_fits_is_ignored(own_folder, kept):
    write_as_kept(own_folder, where(), json.dumps(kept))
    assert where().guess is None
    write_as_kept(own_folder, how_many(), json.dumps(str(kept)))
    assert how_many().guess is None


@pytest.mark.parametrize("kept", ["NaN", "1e999"])
def test_a_kept_guess_that_is_no_number_is_ignored(own_folder, kept):
    write_as_kept(own_folder, how_many(), kept)
    assert how_many().guess is None


def test_the_plain_form_depends_on_the_guess_alone():
    assert (
        repr(where())
        == 'Where does it end?\n  A  At 0.\n  B  Above 0.\nCommit to a guess: .commit("A").'
    )
    assert repr(share()).endswith("Commit to a guess: .commit(number) in %.")
    where().commit("B")
    assert repr(where()).endswith("Your guess: Above 0.")


@pytest.mark.parametrize("options", [{}, {"options": ["a"], "number": True}])
def test_a_prediction_is_either_a_choice_or_a_number(options):
    with pytest.raises(ValueError, match="either options or number=True"):
        Prediction("key", "What?", **options)


def test_a_call_that_belongs_elsewhere_says_what_to_write_here():
    for name in ("check", "hint", "solution"):
        assert getattr(where(), name)("A").state == "not attempted"
    assert ".commit(...)" in where().check("A").message


def test_the_question_stays_as_it_is_and_the_answer_stands_in_an_output_of_its_own():
    before = where()._html()
    assert "<li" in before and where()._answer() == ""
    where().commit("B")
    assert where()._html() == before
    assert "Your guess: Above 0." in where()._answered()["text/html"]
    assert set(json.loads(json.dumps(where().kept()))) == {"guess"}
