"""The signs, words and colours of practice: one table, and the badge made from it."""

# Okabe-Ito hues, darkened until white text on them has a contrast of at least 4.5:1; each has its
# own sign and word.
SIGNS = {
    "correct": ("✓", "Correct", "#00714f"),
    "incorrect": ("✗", "Not yet", "#b34700"),
    "not attempted": ("○", "Not attempted", "#0067a3"),
    "raised an error": ("⚠", "Your code raised an error", "#9c3f77"),
    "hint": ("→", "Hint", "#0067a3"),
    "committed": ("●", "Committed", "#0067a3"),
    "revealed": ("◆", "Revealed", "#0067a3"),
}


def badge(state, word=""):
    """Return the sign and word of a state as white text on the state's own colour, readable in
    any theme.
    """
    sign, usual_word, colour = SIGNS[state]
    style = (
        f"background:{colour};color:#fff;border-radius:3px;padding:1px "
        "8px;font-weight:600;white-space:nowrap"
    )
    return f'<span style="{style}">{sign}\N{VARIATION SELECTOR-15} {word or usual_word}</span>'
