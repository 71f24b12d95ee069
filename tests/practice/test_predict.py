import json
import os

import pytest
from test_quiz import press, said, shown, widgets_in

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


def test_a_guess_is_committed_and_then_seen_beside_the_outcome():
    prediction = how_many()
    assert str(prediction.commit(20)) == "● Committed. Your guess: 20 gradients"
    assert str(prediction.reveal(19, "Twelve are left.")) == (
        "Your guess: 20 gradients\nOutcome: 19 gradients\nYour guess was 1 gradients too high. Twelve are left."
    )


def test_an_option_is_committed_to_by_its_letter_or_text():
    prediction = where()
    assert str(prediction.commit("a")) == "● Committed. Your guess: At 0."
    assert str(prediction.reveal("Above 0.")) == (
        "Your guess: At 0.\nOutcome: Above 0.\nIt came out differently: what did your guess take for granted?"
    )
    assert "You predicted it." in str(prediction.reveal("A"))


def test_a_number_met_but_for_rounding_counts_as_predicted():
    prediction = how_many()
    prediction.commit(0.3)
    assert "You predicted it." in str(prediction.reveal(0.1 + 0.2))


def test_revealing_without_a_guess_works_and_says_so():
    assert str(how_many().reveal(19, "So.")) == "Outcome: 19 gradients\nYou had not committed to a guess. So."
    assert "none" in how_many().reveal(19)._repr_mimebundle_()["text/html"]


def test_a_second_guess_changes_nothing_unless_it_says_so():
    prediction = how_many()
    prediction.commit(20)
    verdict = prediction.commit(5)
    assert prediction.guess == 20
    assert verdict.notes == ("Press Change my guess, or pass `change=True`, to replace it.",)
    prediction.commit(5, change=True)
    assert prediction.guess == 5


def test_after_the_outcome_is_known_a_guess_stays():
    prediction = how_many()
    prediction.commit(20)
    prediction.reveal(19)
    assert prediction.commit(19, change=True).notes == ("The outcome has been revealed, so it stays.",)
    assert prediction.guess == 20
    assert prediction.commit(20).notes == ()


def test_running_everything_first_leaves_a_guess_possible():
    prediction = how_many()
    prediction.reveal(19)
    prediction.commit(20)
    assert prediction.guess == 20


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
    assert repr(where()) == 'Where does it end?\n  A  At 0.\n  B  Above 0.\nCommit to a guess: .commit("A").'
    where().commit("B")
    assert repr(where()).endswith("Your guess: Above 0.")


@pytest.mark.parametrize("options", [{}, {"options": ["a"], "number": True}])
def test_a_prediction_is_either_a_choice_or_a_number(options):
    with pytest.raises(ValueError, match="either options or number=True"):
        Prediction("key", "What?", **options)


def test_pressing_an_option_commits_and_only_change_my_guess_opens_it_again():
    prediction = where()
    display = shown(prediction)
    press(display, "A")
    assert prediction.guess == "At 0." and "Committed" in said(display)
    press(display, "B")
    assert prediction.guess == "At 0." and "Change my guess" in said(display)
    press(display, "Change my guess")
    press(display, "B")
    assert prediction.guess == "Above 0."
    press(display, "A")
    assert prediction.guess == "Above 0."


def test_a_number_is_committed_by_its_button_and_not_by_leaving_the_field():
    import ipywidgets

    prediction = how_many()
    display = shown(prediction)
    widgets_in(display, ipywidgets.Text)[0].value = "7"
    assert prediction.guess is None
    press(display, "Commit")
    assert prediction.guess == 7


def test_showing_the_question_again_shows_the_guess():
    how_many().commit(7)
    assert "Your guess: 7 gradients" in said(shown(how_many()))


def test_the_still_form_lists_the_options_and_the_guess():
    still = where()._repr_mimebundle_()["text/html"]
    assert "<li>At 0.</li><li>Above 0.</li>" in still and "Your guess" not in still
    where().commit("B")
    assert "<p>Your guess: Above 0.</p>" in where()._repr_mimebundle_()["text/html"]
