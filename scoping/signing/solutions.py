"""What conditions 4 and 5 ask of the solutions: ideas that were compared, and one that is chosen."""

from __future__ import annotations

from scoping.charter import Charter
from scoping.lacking import Missing, begun, lack, named, says
from scoping.sections.problems import Problems
from scoping.sections.solutions import Solutions, Standing
from scoping.signing.choice import cell_unknown, learns


def ideas_are_compared(charter: Charter) -> Missing:
    board: Solutions = charter.solutions
    compared = begun(board.solutions)
    if not compared:
        yield lack("solutions.none", "Collect at least two ways to solve the problem.", board, "solutions")
        return
    if len(compared) < 2:
        message = "Compare at least two ideas; the first one is rarely the best."
        yield lack("solutions.one_only", message, board, "solutions")
    if all(learns(s) for s in compared):
        silent = [s for s in compared if s.approach is None]
        if silent and len(compared) > 1:
            message = f"Say whether {named(silent[-1])} learns from data: one idea at least should do without."
            yield lack("solutions.ml_only", message, silent[-1], "approach")
        else:
            message = "No idea does without machine learning yet. Add one, even if only to beat it."
            yield lack("solutions.ml_only", message, board, "solutions")
    for s in compared:
        if s.standing is Standing.REJECTED and not says(s, "because"):
            yield lack("solutions.because", f"Say why {named(s)} was rejected.", s, "because")


def one_idea_is_chosen(charter: Charter) -> Missing:
    board: Solutions = charter.solutions
    marked = [s for s in board.solutions if s.standing is Standing.CHOSEN]
    if len(marked) > 1:
        names = " and ".join(named(s, 40) for s in marked)
        message = f"Chosen are {names}. A charter has one solution: park the others."
        yield lack("solutions.several_chosen", message, marked[1], "standing")
        return
    if not marked:
        rejected = [s for s in board.solutions if s.standing is Standing.REJECTED]
        message = "Choose the one idea that this charter is about."
        if rejected and says(board, "why_this_one"):
            names = " and ".join(named(s, 40) for s in rejected)
            message = f"The reason of a choice is written down, but no idea is chosen any more; rejected are: {names}. Choose one."
        open_ideas = [s for s in begun(board.solutions) if s.standing is not Standing.REJECTED]
        at, field = (open_ideas[0], "standing") if open_ideas else (board, "solutions")
        yield lack("solutions.none_chosen", message, at, field)
        return
    one = marked[0]
    yield from cell_unknown(one)
    goals: Problems = charter.problems
    aimed_at = {g.problem for g in begun(goals.goals)}
    if not one.problems:
        yield lack("solutions.no_problem", f"{named(one)} answers no problem. Link it to the one it solves.", one, "problems")
    elif aimed_at.isdisjoint(one.problems):
        message = f"{named(one)} answers no goal: none of the problems it answers has one."
        yield lack("solutions.no_goal", message, one, "problems")
    if not says(board, "why_this_one") and not says(one, "because"):
        yield lack("solutions.why_this_one", f"Say why {named(one)} and not another idea.", board, "why_this_one")
    if learns(one) and not says(board, "why_learning"):
        message = "Say whether rules, or doing nothing, would be enough, and where the simpler way stops."
        yield lack("solutions.why_learning", message, board, "why_learning")
