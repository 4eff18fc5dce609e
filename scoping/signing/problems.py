"""What conditions 1 to 3 ask of the problems: said without a solution, with numbers, and somebody who acts."""

from __future__ import annotations

from scoping.charter import Charter
from scoping.lacking import Missing, begun, lack, named, says
from scoping.sections.problems import Goal, Problem, Problems, solution_words
from scoping.signing.choice import chosen_idea


def _wanted(charter: Charter) -> tuple[Problem, ...]:
    """The problems that a goal or the chosen idea answers; while there is neither, all that are written down."""
    board: Problems = charter.problems
    one = chosen_idea(charter)
    linked = {g.problem for g in board.goals} | set(one.problems if one else ())
    return tuple(p for p in board.problems if p.id in linked) or begun(board.problems)


def said_without_a_solution(charter: Charter) -> Missing:
    board: Problems = charter.problems
    wanted = _wanted(charter)
    if not wanted:
        yield lack("problems.none", "Write down at least one problem before thinking of solutions.", board, "problems")
    for p in wanted:
        if not says(p, "statement"):
            message = "A problem has no statement yet: say what should work better, and for whom."
            yield lack("problems.statement", message, p, "statement")
        elif not says(p, "who_is_affected"):
            yield lack("problems.who", f"Say who is affected by {named(p)}.", p, "who_is_affected")
    # Words that sound like a solution are a hint for people; the condition fails only where no problem does without them.
    worded = [p for p in wanted if says(p, "statement")]
    if worded and all(solution_words(p.statement) for p in worded):
        word = solution_words(worded[0].statement)[0]
        message = f"{named(worded[0])} names “{word}”, which sounds like a solution. What would be better with it, and for whom?"
        yield lack("problems.names_solution", message, worded[0], "statement")


def top_goals(board: Problems) -> tuple[Goal, ...]:
    """The goals that count most: those of the best rank that was given, all of them while none has a rank."""
    goals = begun(board.goals)
    best = min((g.rank for g in goals if g.rank is not None), default=None)
    return tuple(g for g in goals if g.rank == best)


def goals_have_numbers(charter: Charter) -> Missing:
    board: Problems = charter.problems
    by_id = {p.id: p for p in board.problems}
    goals = top_goals(board)
    if not goals:
        message = "Turn the problems into ranked goals, so that later trade-offs have an answer."
        yield lack("problems.goals", message, board, "goals")
    for goal in goals:
        problem = by_id.get(goal.problem)
        if problem is None:
            message = f"Say which problem the goal {named(goal)} answers: its number of today is the one that should move."
            yield lack("problems.goal_problem", message, goal, "problem")
        elif not says(problem, "baseline_value"):
            message = f"{named(problem)} has no number for today. Without it nobody can tell later whether it got better."
            yield lack("problems.baseline", message, problem, "baseline_value")
        if not says(goal, "wanted"):
            yield lack("problems.wanted", f"Say which number is wanted for the goal {named(goal)}.", goal, "wanted")
        if not says(goal, "wanted_on"):
            yield lack("problems.wanted_on", f"Say by when the goal {named(goal)} should be reached.", goal, "wanted_on")


def somebody_acts(charter: Charter) -> Missing:
    board: Problems = charter.problems
    if not says(board, "decision_changed"):
        message = "Say what would be done differently with a prediction in hand."
        yield lack("problems.decision", message, board, "decision_changed")
    one = chosen_idea(charter)
    acts = any(says(a, "action") and says(a, "executed_by") for a in board.actions)
    if not acts and not (one and says(one, "who_acts")):
        listed = next((a for a in board.actions if says(a, "action")), None)
        if listed:
            yield lack("problems.nobody_acts", f"Say who takes the decision or action {named(listed)}.", listed, "executed_by")
        else:
            message = "Nobody is named who would do something differently. List one decision or action, and who takes it."
            yield lack("problems.nobody_acts", message, board, "actions")
