"""The guessing game as a learner plays it: real JupyterLab, mouse and keyboard."""

import nbformat
import pytest
from browser import OpenNotebook

GAME = "from learnkit.widgets.guess.game import GuessingGame\nGuessingGame(hidden=73)"


@pytest.fixture
def game(browser, lab):
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(GAME)])
    notebook.metadata.kernelspec = {
        "name": "python3",
        "display_name": "Python 3",
        "language": "python",
    }
    nbformat.write(notebook, lab.folder / "game.ipynb")
    opened = OpenNotebook(browser.new_page(), lab, "game.ipynb")
    opened.run_all()
    yield opened
    opened.close()


def test_the_game_is_played_by_mouse_and_by_keyboard_and_draws_every_guess(game):
    output = game.page.locator(".jp-OutputArea-output")
    output.get_by_role("button", name="Higher").click()
    output.get_by_text("60 is too low").wait_for()
    output.get_by_role("img", name="Guesses so far: 50 → 60").wait_for()
    output.get_by_role("button", name="Step 2", exact=True).press("Enter")
    output.get_by_text("50 is too low").wait_for()
    for guess in range(52, 74, 2):
        output.get_by_role("button", name="Higher").press("Enter")
        output.get_by_text(
            f"{guess} is too low" if guess < 71 else "Found with guess 12"
        ).wait_for()
    assert output.locator("circle").count() == 12
    assert game.accessibility_faults() == []
    output.get_by_role("button", name="Hide another number").press("Enter")
    output.get_by_text("Guess 1, step 2").wait_for()
