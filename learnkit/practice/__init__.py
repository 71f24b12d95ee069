"""What asks and what judges: exercises, questions, predictions. It knows no chapter.

    exercise  one exercise: its solution, cases, mistakes, hints; `check` is what a learner calls
    quiz      choices, numbers and cards; predict: a guess before the outcome is shown
    mixed     a round of questions from many chapters, drawn by what was answered before
    judging   from what an answer did to a Verdict
    curtain   which solutions a class has released
    handin    what a learner did, as one small file for the instructor
    authoring what is wrong with an exercise, for its author
    sources   source code as text;  plain: answers as plain data;  typed: what a learner types
    wording   how sentences speak of code

and the rooms behind them: `running` runs an answer, `diagnosis` finds what is wrong with it, `page`
shows it, `memory` keeps it, `sharing` tells a class that asks for it and `classroom` shows that,
`names` and `progress` show the way. A room is entered by its face, the
names in its `__init__`; what else is in it is its own.
"""
