"""A short pack that gives a level, as a project may bring one of its own."""

SHORT = """\
id = "quick"
title = "Three questions"
version = 1
about = "What can happen to a person, can it be undone, and who decides: enough to see whether the long questions are due."
place = 9

[scale]
mitigation_from = 80
leaves = 85
levels = [
    { id = "I", name = "Little impact", upto = 25 },
    { id = "II", name = "Moderate impact", upto = 50 },
    { id = "III", name = "High impact", upto = 75 },
    { id = "IV", name = "Very high impact" },
]

[[areas]]
id = "quick_risk"
name = "In short"
counts = "risk"
questions = [
    { id = "quick_harm", ask = "What is the worst that a wrong result does to a person?", options = [["none", "Nothing worth mentioning", 0], ["nuisance", "A nuisance", 1], ["loss", "A loss of money, time or a chance", 3], ["grave", "Harm to health, freedom or livelihood", 4]] },
    { id = "quick_undo", ask = "Can it be undone afterwards?", options = [["easily", "Easily", 0], ["effort", "With some effort", 2], ["never", "Hardly or never", 4]] },
    { id = "quick_who", ask = "Who decides in the end?", options = [["human", "A human, who sees the reasons", 0], ["nod", "A human, who mostly nods", 2], ["machine", "The machine", 4]] },
]
"""
