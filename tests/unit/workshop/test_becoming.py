"""Every way in which a room comes to an end is written where the charter asks for it, once, and never over somebody's words."""

from datetime import date

import pytest

from scoping import editing
from scoping.charter import PART_BY_SLUG, Charter
from scoping.errors import AnswerError
from scoping.section import Answer
from scoping.sections.feasibility import Grade, Opinion, Speaks
from scoping.sections.milestones import Gate, Milestone, Milestones
from scoping.sections.problems import Goal, Problem, Problems
from scoping.sections.project import AssumptionState, Project
from scoping.sections.solutions import Approach, Solution, Solutions, Standing
from scoping.sections.value import Acceptance, LinkEvidence, Rung, Value
from scoping.workshop import moves
from scoping.workshop.about import targets
from scoping.workshop.becoming import author
from scoping.workshop.moves import How
from scoping.workshop.questions import Phase, questions
from tests.workshops import Workshop, made

CHOSEN = Solution(id="s1", name="Forecast the sales", standing=Standing.CHOSEN, approach=Approach.ML, problems=("p1",))
BAKERY = Charter(
    project=Project(name="Fewer unsold goods", currency="EUR"),
    problems=Problems(
        problems=(Problem(id="p1", statement="A fifth is unsold."),),
        goals=(Goal(id="g1", statement="Less is unsold.", problem="p1", rank=1),),
    ),
    solutions=Solutions(solutions=(CHOSEN, Solution(id="s2", name="Bake in two rounds"))),
    value=Value(
        rungs=(
            Rung(id="r1", metric="Error of the forecast", unit="%", order=1),
            Rung(id="r2", metric="Goods unsold", unit="points", order=2),
        )
    ),
    milestones=Milestones(
        milestones=(
            Milestone(id="m1", deliverable="Three shops", due=date(2027, 3, 31)),
            Milestone(id="m2", deliverable="All shops", kind="launch", due=date(2027, 9, 30)),
        )
    ),
)


def room(question, charter=BAKERY):
    """A room at a question, which somebody put into its agenda where it is no usual one."""
    w = Workshop(charter)
    block = moves.BlockIn(key="any", title="Any", minutes=15, questions=(question,))
    w.move("lena", moves.Agenda(blocks=(block,)))
    w.go(question)
    return w


def one(w, part, name, record=None):
    rows = w.rows(part, name)
    if record:
        return next(r for r in rows if r.id == record)
    (row,) = rows
    return row


# Cards


def test_groups_become_problems_ranked_by_votes_and_what_was_taken_becomes_a_goal():
    w = room("wish", Charter())
    late = w.write("lena", "Bread is late.")
    stale = w.write("mei", "Bread is stale.")
    other = w.write("omar", "Nobody knows why it is stale.")
    w.turn(Phase.GROUPING)
    w.move("lena", moves.Put(question="wish", card=other, group=stale))
    w.move("lena", moves.Title(question="wish", group=stale, title="Bread is stale when it is sold"))
    w.turn(Phase.VOTING)
    w.vote("lena", stale, 2)
    w.vote("mei", late, 1)
    w.settle(chosen=[stale], says="Bread is stale by the time it is sold.")
    first, second = sorted(w.charter.problems.problems, key=lambda p: p.rank or 99)
    assert (first.statement, first.rank) == ("Bread is stale by the time it is sold.", 1)
    assert first.observed_outcome == "Bread is stale.\nNobody knows why it is stale."
    assert (second.statement, second.rank) == ("Bread is late.", 2)
    (goal,) = w.charter.problems.goals
    assert (goal.problem, goal.rank, goal.statement) == (first.id, 1, first.statement)


def test_without_a_choice_the_most_dots_decide_and_without_votes_nothing_is_ranked():
    w = room("wish", Charter())
    w.write("lena", "Bread is late.")
    stale = w.write("mei", "Bread is stale.")
    w.turn(Phase.VOTING)
    w.vote("mei", stale, 1)
    w.settle()
    assert [g.statement for g in w.charter.problems.goals] == ["Bread is stale."]
    w = room("wish", Charter())
    w.write("lena", "Bread is late.")
    w.settle()
    assert w.charter.problems.goals == ()
    assert one(w, "problems", "problems").rank is None


def test_the_second_end_of_a_question_adds_nothing_and_leaves_what_people_wrote_since():
    w = room("wish", Charter())
    card = w.write("lena", "Bread is late.")
    w.settle(chosen=[card])
    assert w.settle(chosen=[card]) == {}
    problem = one(w, "problems", "problems")
    part = PART_BY_SLUG["problems"]
    entry = editing.entry(part, w.charter.problems, "problems", problem.id)
    edits, _, _ = editing.fill(part, "problems", entry, {"statement": "Bread comes after nine."})
    w.charter = made(w.charter, {"problems": edits})
    w.settle(chosen=[card])
    assert one(w, "problems", "problems").statement == "Bread comes after nine."


def test_who_feels_it_becomes_people_and_the_answer_of_the_problem():
    w = room("who")
    w.write("lena", "Customers who come late")
    w.write("mei", "Shop staff " + "very " * 100 + "tired")
    w.settle()
    first, second = w.charter.problems.stakeholders
    assert first.name == "Customers who come late"
    assert len(second.name) <= 300
    assert second.name.endswith("very…")
    assert second.wants.endswith("tired")
    assert one(w, "problems", "problems").who_is_affected.startswith("Customers who come late and Shop staff")


def test_ideas_answer_the_problem_at_the_top_with_the_mark_that_most_cards_carry():
    w = room("ideas")
    idea = w.write("lena", "Order by rule", "rules")
    others = [w.write(person, "Order by weekday", "process") for person in ("mei", "omar")]
    w.turn(Phase.GROUPING)
    for card in others:
        w.move("lena", moves.Put(question="ideas", card=card, group=idea))
    w.settle()
    new = w.charter.solutions.solutions[-1]
    assert (new.name, new.approach, new.standing) == ("Order by rule", Approach.PROCESS, Standing.CONSIDERED)
    assert new.problems == ("p1",)
    assert new.description == "Order by weekday"


def test_cards_for_and_against_become_dated_evidence_on_the_chosen_idea_of_whoever_wrote_it():
    w = room("known")
    w.write("mei", "It worked in Graz.", "for")
    w.settle()
    found = one(w, "feasibility", "evidence")
    assert (found.finding, found.speaks, found.solution) == ("It worked in Graz.", Speaks.FOR, "s1")
    assert (found.owner, found.found_on) == ("Mei Tan", date(2026, 11, 24))


def test_sources_come_with_how_we_get_them():
    w = room("have")
    w.write("omar", "Till receipts\nof all shops", "owned")
    w.settle()
    source = one(w, "data_sources", "sources")
    assert (source.name, source.origin) == ("Till receipts of all shops", "owned")
    assert source.contents == "Till receipts\nof all shops"


def test_what_is_left_out_becomes_lines_of_one_answer():
    w = room("outside", BAKERY.with_part("problems", BAKERY.problems.model_copy(update={"out_of_scope": "Cafés"})))
    w.write("lena", "Wholesale")
    w.write("mei", "Cakes to order")
    w.settle()
    assert w.charter.problems.out_of_scope == "Cafés\nWholesale\nCakes to order"
    assert w.settle() == {}


def test_concerns_without_a_name_have_none_anywhere():
    w = room("worries")
    w.write("omar", "Staff are blamed.", secret="0f" * 16)
    w.write("mei", "Prices are private.")
    edits = w.settle()
    nameless, named = w.charter.ethics.concerns
    assert (nameless.concern, nameless.raised_by) == ("Staff are blamed.", "")
    assert named.raised_by == "Mei Tan"
    assert "Omar" not in str(edits)
    assert author(questions()["worries"], "Lena Hoff") == ""
    assert author(questions()["wish"], "Lena Hoff") == "Lena Hoff"


def test_reasons_to_fail_are_kept_and_those_with_votes_are_watched():
    w = room("failed")
    seen = w.write("mei", "Nobody looked.")
    w.write("omar", "It rained.")
    w.turn(Phase.VOTING)
    w.vote("lena", seen, 2)
    w.settle()
    assert [f.story for f in w.charter.ethics.premortem] == ["Nobody looked.", "It rained."]
    monitor = one(w, "rollout", "monitors")
    assert monitor.trouble == "Nobody looked."
    assert [f.monitor for f in w.charter.ethics.premortem] == [monitor.id, ""]
    assert [t.record for t in w.targets] == [monitor.id]


def test_hidden_cards_and_those_taken_back_become_nothing():
    w = room("have")
    gone, hidden = w.write("mei", "Weather"), w.write("omar", "A joke")
    w.move("mei", moves.TakeBack(question="have", id=gone))
    w.move("lena", moves.Hide(question="have", card=hidden))
    w.settle()
    assert w.charter.data_sources.sources == ()


# Numbers


def test_ranges_become_amounts_as_a_guess_of_so_many_people():
    w = room("worth")
    (target,) = w.targets
    assert target.unit == "EUR per year"
    w.estimate("lena", target.id, 100_000, 200_000, 300_000)
    w.estimate("mei", target.id, 300_000, 400_000, 900_000)
    w.turn(Phase.SHOWN)
    w.settle()
    new = one(w, "value", "benefits")
    assert (new.low, new.likely, new.high) == (20_000_000, 30_000_000, 60_000_000)
    assert (new.evidence, new.source) == (LinkEvidence.GUESS, "Estimate of 2 people, 24 Nov 2026")
    assert new.name == "Less is unsold."


def test_the_range_that_was_agreed_counts_before_the_pooled_one():
    w = room("cost")
    build, run = w.targets
    w.estimate("mei", build.id, 1, 2, 3)
    w.turn(Phase.SHOWN)
    w.settle(agreed={build.id: (10_000, 20_000.5, 40_000), run.id: (1_000, 2_000, 3_000)})
    built, running = w.charter.value.costs
    assert (built.low, built.likely, built.high) == (1_000_000, 2_000_050, 4_000_000)
    assert (running.low, running.source) == (100_000, "Agreed in the workshop, 24 Nov 2026")


def test_a_range_that_cannot_be_is_refused_in_a_sentence():
    w = room("rated", BAKERY)
    target = w.targets[0]
    with pytest.raises(AnswerError, match="below 0"):
        w.settle(agreed={target.id: (-1, 2, 3)})


@pytest.mark.parametrize(
    ("question", "part", "name", "fields"),
    [
        ("links", "value", "rungs", ("low", "likely", "high")),
        ("rated", "project", "ratings", ("low", "likely", "high")),
        ("how_long", "milestones", "milestones", ("best_days", "likely_days", "worst_days")),
        ("people", "feasibility", "evidence", ("low", "value", "high")),
    ],
)
def test_links_ratings_durations_and_what_people_reach_are_three_numbers(question, part, name, fields):
    w = room(question)
    target = w.targets[0]
    w.estimate("lena", target.id, 1, 2, 4)
    w.turn(Phase.SHOWN)
    w.settle()
    row = one(w, part, name, target.record)
    assert [getattr(row, f) for f in fields] == [1, 2, 4]


def test_what_people_reach_is_an_opinion_until_somebody_says_more():
    w = room("people")
    target = w.targets[0]
    w.estimate("lena", target.id, 60, 70, 80)
    w.turn(Phase.SHOWN)
    w.settle()
    row = one(w, "feasibility", "evidence")
    assert (row.grade, row.solution) == (Grade.OPINION, "s1")
    assert row.source == "Estimate of 1 person, 24 Nov 2026"


def test_one_number_is_the_most_likely_one_and_needed_amounts_stand_with_those_there_are():
    w = room("wanted")
    w.estimate("lena", "g1", None, 12, None)
    w.turn(Phase.SHOWN)
    w.settle()
    assert one(w, "problems", "goals").wanted == 12
    w = room("amount")
    (needed,) = w.targets
    w.estimate("lena", needed.id, None, 1_000_000, None)
    w.turn(Phase.SHOWN)
    w.settle()
    assert w.charter.data_sources.wanted_amount == 1_000_000


def test_the_number_of_today_stands_beside_the_one_that_is_wanted():
    problem = Problem(id="p1", statement="A fifth is unsold.", baseline_metric="Goods unsold, in %", baseline_value=21)
    measured = BAKERY.model_copy(update={"problems": BAKERY.problems.model_copy(update={"problems": (problem,)})})
    assert [(t.now, t.unit) for t in room("wanted", measured).targets] == [(21, "Goods unsold, in %")]
    assert [t.now for t in room("wanted").targets] == [None]


# Fingers


def test_fingers_become_what_each_side_accepts_and_one_reservation_is_enough():
    w = room("live_with")
    first, _ = w.targets
    w.stand("lena", first.id, 4)
    w.stand("jonas", first.id, 2, "Too hard to read")
    w.stand("mei", first.id, 5)
    w.turn(Phase.SHOWN)
    w.settle()
    row = one(w, "value", "rungs", "r1")
    assert (row.business, row.business_by) == (Acceptance.OBJECTS, "Lena Hoff and Jonas Weber")
    assert row.business_reservation == "Jonas Weber: Too hard to read"
    assert (row.technical, row.technical_by, row.technical_on) == (Acceptance.ACCEPTS, "Mei Tan", date(2026, 11, 24))
    other = one(w, "value", "rungs", "r2")
    assert (other.business, other.technical) == (None, None)


def test_who_can_live_with_a_milestone_stands_there_and_a_reservation_is_an_open_question():
    w = room("plan_live_with")
    first = w.targets[0]
    w.stand("lena", first.id, 4)
    w.stand("mei", first.id, 1, "Holidays are in between")
    w.turn(Phase.SHOWN)
    w.settle()
    assert one(w, "milestones", "milestones", "m1").accepted_by == (
        "Business, 24 Nov 2026: Lena Hoff\nTechnical, with a reservation: Mei Tan"
    )
    left = one(w, "project", "assumptions")
    assert left.statement == "A reservation about “First result: Three shops”: Holidays are in between"
    assert (left.owner, left.state) == ("Mei Tan", AssumptionState.OPEN)


def test_how_sure_people_are_is_a_check_in():
    w = room("sure")
    (target,) = w.targets
    assert target.title == "Three shops, 31 Mar 2027"
    w.stand("lena", target.id, 2, "The data is late")
    w.stand("mei", target.id, 4)
    w.turn(Phase.SHOWN)
    w.settle()
    said = one(w, "milestones", "checkins")
    assert (said.confidence, said.risks, said.held_on) == (3, "Lena Hoff: The data is late", date(2026, 11, 24))
    assert said.author == "Lena Hoff and Mei Tan"


# Decisions and answers


def test_the_chosen_idea_goes_first_with_its_reason_and_the_others_are_parked():
    ideas = (CHOSEN.model_copy(update={"standing": None, "problems": ()}), BAKERY.solutions.solutions[1])
    w = room("first", BAKERY.with_part("solutions", Solutions(solutions=ideas)))
    w.turn(Phase.SHOWN)
    w.settle(chosen=["s1"], says="It reaches all shops.", who="Lena Hoff")
    taken, other = w.charter.solutions.solutions
    assert (taken.standing, taken.problems) == (Standing.CHOSEN, ("p1",))
    assert taken.because == "It reaches all shops. Decided by Lena Hoff, 24 Nov 2026."
    assert (other.standing, other.because) == (Standing.PARKED, "“Forecast the sales” goes first.")
    assert w.charter.solutions.why_this_one == "It reaches all shops."


def test_a_decision_needs_an_option():
    w = room("first")
    with pytest.raises(AnswerError, match="Nothing is chosen yet"):
        w.settle()


def test_the_verdict_has_its_reason_who_agreed_and_when():
    w = room("can")
    w.vote("mei", "doubtful")
    w.settle(says="Tried in three shops only.", who="Mei Tan")
    said = one(w, "feasibility", "verdicts")
    assert (said.opinion, said.reason, said.decided_by) == (Opinion.DOUBTFUL, "Tried in three shops only.", "Mei Tan")
    assert (said.solution, said.decided_on) == ("s1", date(2026, 11, 24))


def test_a_gate_is_decided_at_the_next_milestone():
    w = room("gate")
    w.settle(chosen=["rework"], says="Error is at 20 %.", who="Lena Hoff")
    stop = one(w, "milestones", "milestones", "m1")
    assert (stop.gate, stop.gate_reason, stop.decider, stop.gate_on) == (
        Gate.REWORK,
        "Error is at 20 %.",
        "Lena Hoff",
        date(2026, 11, 24),
    )


def test_what_the_idea_predicts_defines_the_data_and_whoever_pays_is_asked_to_sign():
    w = room("sees")
    w.answer(w.targets[0], input_x="Sales", target_y="Pieces sold tomorrow")
    w.settle()
    assert (w.charter.data_sources.input_x, w.charter.data_sources.target_y) == ("Sales", "Pieces sold tomorrow")
    w = room("ask")
    w.answer(w.targets[0], owner="Lena Hoff", sponsor="Ana Ruiz")
    w.settle()
    assert [(s.role, s.name, s.signed_on) for s in w.charter.project.signatures] == [
        ("Sponsor", "Ana Ruiz", None),
        ("Project owner", "Lena Hoff", None),
    ]


def test_steps_of_the_ladder_stand_by_where_they_show():
    rungs = (Rung(id="a", metric="Money", level="company"), Rung(id="b", metric="Error", level="model"))
    w = room("ladder", BAKERY.with_part("value", Value(rungs=rungs)))
    w.settle()
    assert {r.id: r.order for r in w.charter.value.rungs} == {"b": 1, "a": 2}


# Not known yet, and parked


def test_what_nobody_knows_is_marked_and_becomes_an_open_question_with_name_and_day():
    w = room("worth")
    w.settle(How.UNKNOWN, says="Finance has the figures.", who="Jonas Weber", by="2026-12-08")
    benefit = one(w, "value", "benefits")
    assert [benefit.answer(f) for f in ("low", "likely", "high")] == [Answer.UNKNOWN] * 3
    left = one(w, "project", "assumptions")
    assert left.statement == "What is it worth in a year? Finance has the figures."
    assert (left.owner, left.due, left.state) == ("Jonas Weber", date(2026, 12, 8), AssumptionState.OPEN)
    w.settle(agreed={benefit.id: (1, 2, 3)})
    assert one(w, "project", "assumptions").state is AssumptionState.CONFIRMED
    assert one(w, "value", "benefits").low == 100


def test_what_is_parked_is_an_open_question_and_marks_nothing():
    w = room("may_use")
    w.settle(How.PARKED)
    assert one(w, "project", "assumptions").statement == "What may we use?"
    assert w.charter.data_sources == BAKERY.data_sources


@pytest.mark.parametrize("question", questions().values(), ids=lambda q: q.key)
def test_every_question_can_be_left_unknown_on_any_charter(question):
    for charter in (Charter(), BAKERY):
        w = room(question.key, charter)
        w.settle(How.UNKNOWN)
        assert len(w.charter.project.assumptions) == 1


@pytest.mark.parametrize("question", questions().values(), ids=lambda q: q.key)
def test_every_place_exists_and_asks_what_is_said(question):
    found = targets(question, room(question.key).charter)
    assert len({t.id for t in found}) == len(found)
    for target in found:
        asked = set(PART_BY_SLUG[target.part].model_of(target.list).model_fields)
        assert asked >= {*target.fields, *target.numbers}
