"""All kinds of questions in one notebook, and how a learner answers each of them, wherever the
page is shown.
"""

CELLS = {
    "setup": (
        r"""
from learnkit.practice import memory
from learnkit.practice.predict import Prediction
from learnkit.practice.quiz import Cards, Choice, NumberAnswer, Option
from learnkit.practice.page import Verdict
from learnkit.widgets.guess.game import GuessingGame

slope = Choice(r"Which is $\partial L/\partial \hat y$?", [
    Option(r"Mean: $\frac{2}{n}(\hat y - y)$", "The derivative of $e^2$ is $2e$.", correct=True),
    Option("One", "Where did `2/n` go? " + "A long reason. " * 20),
    Option("Another", "Look again."),
])
count = NumberAnswer("How many?", 31, unit="parameters", feedback={24: "Those are the weights."}, least=0)
where = Prediction("1-where", "Where does it end?", options=["At 0.", "Above 0."])
many = Prediction("1-many", "How many?", number=True, unit="slopes", least=0, most=31, whole=True)
late = Prediction("1-late", "Which way?", options=["Up", "Down"], outcome="B", why="By $1/16$.")

class Square:
    key = "1-square"

square = Square()
"""
    ),
    "choice": "slope",
    "number": "count",
    "prediction": "where",
    "number predicted": "many",
    "cards": (
        'Cards([("epoch", "One pass over all."), ("batch", "Examples of one step."), ("loss $L$", '
        '"Small.")])'
    ),
    "verdict": (
        r"""
Verdict("incorrect", "For `x = 3` yours gives `6`.", hints=("Look at $x^2$.", "x times what?"),
        solution="def square(x):\n    return x * x\n", item=square)
"""
    ),
    "game": "GuessingGame(hidden=73)",
    "twin": "slope",
    "late": "late",
    "wait": (
        r"""
import time, os
deadline = time.monotonic() + 60
while os.path.exists("wait") and time.monotonic() < deadline:
    time.sleep(0.05)
"""
    ),
    "remembered": (
        "print({name: memory.recall(item) for name, item in [('c', slope), ('n', count), ('p', "
        "where)]})"
    ),
    "reveal": "late.reveal()",
}


ALL_AWAKE = """() => {
    const roots = [...document.querySelectorAll(".lkq")];
    return roots.length > 0 && roots.every((root) => "awake" in root.dataset);
}"""


def wait_until_awake(page):
    """Wait until the script has turned every question into buttons: a page is loaded some
    moments before that.
    """
    page.wait_for_function(ALL_AWAKE)


class Questions:
    """The questions of a page, wherever it is shown; each method answers one and sees what is
    said to it.
    """

    def __init__(self, page):
        self.page = page

    def root(self, name):
        return self.page.locator(".lkq").nth([*CELLS].index(name) - 1)

    def says(self, name, text):
        self.root(name).get_by_role("status").get_by_text(text).locator(
            "visible=true"
        ).first.wait_for()

    def press(self, name, label):
        self.root(name).get_by_role("button", name=label, exact=True).click()

    def choose(self, name, text):
        self.root(name).get_by_role("button").filter(has_text=text).click()

    def is_committed(self, name, text):
        self.says(name, "Your guess: ")
        option = self.root(name).locator(".lkq-option").filter(has_text=text)
        assert option.get_attribute("data-state") == "committed"

    def answer_choice(self):
        self.choose("choice", "Another")
        self.press("choice", "Check")
        self.says("choice", "Look again.")
        self.choose("choice", "Mean")
        self.page.keyboard.press("Enter")
        self.says("choice", "Correct")

    def answer_number(self):
        field = self.root("number").get_by_label("Your answer")
        field.fill("24")
        self.press("number", "Check")
        self.says("number", "Those are the weights.")
        field.fill("31 parameters")
        field.press("Enter")
        self.says("number", "Correct")

    def _reopen(self, name):
        change = self.root(name).get_by_role("button", name="Change my guess")
        if change.is_visible():
            change.click()
            self.says(name, "Another guess")

    def answer_prediction(self, guess="At 0."):
        self._reopen("prediction")
        self.choose("prediction", guess)
        self.press("prediction", "Commit")
        self.is_committed("prediction", guess)

    def answer_number_predicted(self, guess="7"):
        self._reopen("number predicted")
        field = self.root("number predicted").get_by_label("Your guess")
        field.fill("200 slopes")
        field.press("Enter")
        self.says("number predicted", "It cannot be less than 0 slopes or more than 31 slopes")
        field.fill(guess)
        field.press("Enter")
        self.says("number predicted", f"Your guess: {guess} slopes")

    def turn_cards(self):
        self.press("cards", "Next")
        self.press("cards", "Previous")
        self.root("cards").locator(".lkq-card").click()
        self.says("cards", "One pass over all.")
        self.root("cards").locator(".lkq-card").press("Space")
        assert not self.root("cards").get_by_text("One pass over all.").is_visible()

    def open_help(self):
        root = self.root("verdict")
        if not root.get_by_text("Look at").is_visible():
            self.press("verdict", "Hint 1 of 2")
        root.get_by_text("Look at").wait_for()
        self.press("verdict", "Solution")
        if not root.get_by_text("def square").is_visible():
            self.press("verdict", "Solution")
        root.get_by_text("def square").wait_for()
        for state in ("hidden", "visible"):
            self.press("verdict", "Solution")
            root.get_by_text("def square").wait_for(state=state)

    def play(self):
        self.press("game", "Step 2")
        self.choose("game", "Higher")
        self.says("game", "52 is too low")
        self.root("game").get_by_role("img", name="Guesses so far: 50 → 52").wait_for()

    def answer_all(self):
        self.answer_choice()
        self.answer_number()
        self.answer_prediction()
        self.answer_number_predicted()
        self.turn_cards()
        self.open_help()
        self.play()

    def show_what_was_answered(self):
        self.says("choice", "Correct")
        self.says("number", "Correct")
        self.is_committed("prediction", "At 0.")
        self.says("number predicted", "Your guess: 7 slopes")
