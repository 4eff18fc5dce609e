"""A regional bakery chain wants fewer unsold goods: the default agenda leads from nothing to a charter that can be signed."""

from functools import cache

import pytest

from scoping.charter import PART_BY_SLUG, Charter
from scoping.section import questions as form
from scoping.sections.project import Project
from scoping.signing.asked import LEADING, asked_first
from scoping.workshop.about import targets
from scoping.workshop.agenda import Length, planned
from scoping.workshop.moves import How
from scoping.workshop.questions import Phase, questions
from tests.workshops import Workshop, met


def bakery():
    return Workshop(Charter(project=Project(name="Fewer unsold goods", currency="EUR")))


def problem(w):
    w.go("wish")
    unsold = w.write("lena", "A fifth of what we bake is unsold at closing.")
    empty = w.write("jonas", "Shelves are empty on Saturday afternoons.")
    w.turn(Phase.GROUPING)
    w.turn(Phase.VOTING)
    w.vote("lena", unsold, 2)
    w.vote("mei", unsold, 2)
    w.vote("jonas", empty, 2)
    w.turn(Phase.SHOWN)
    w.settle(chosen=[unsold])
    w.go("who")
    w.write("jonas", "People who run the shops")
    w.write("mei", "Customers who come late")
    w.settle()
    w.go("today")
    w.answer(w.target("A fifth"), baseline_metric="Unsold goods, in % of what was baked", baseline_value="21")
    w.settle()
    w.go("wanted")
    goal = w.targets[0]
    for person, number in {"lena": 10, "jonas": 12, "mei": 14}.items():
        w.estimate(person, goal.id, None, number, None)
    w.turn(Phase.SHOWN)
    w.settle()
    w.answer(goal, wanted_on="31 Dec 2027")
    w.go("acts")
    w.answer(w.target("What would"), decision_changed="Shops bake by the forecast of the evening before.")
    w.answer(w.targets[1], action="How much of each kind is baked", executed_by="The head of each shop")
    w.settle()


def ideas(w):
    w.go("ideas")
    forecast = w.write("mei", "Forecast the sales of each kind and shop.", "ml")
    w.write("jonas", "Bake in two rounds.", "process")
    w.settle()
    w.go("first")
    learnt = next(t for t in w.targets if t.title.startswith("Forecast"))
    w.vote("lena", learnt.id, 2)
    w.turn(Phase.SHOWN)
    w.settle(chosen=[learnt.id], says="It reaches every kind and shop.", who="Lena Hoff")
    w.answer(w.target("Why"), why_learning="A rule by weekday misses weather and holidays.")
    w.go("sees")
    w.answer(
        w.targets[0],
        input_x="Sales of the last weeks, weather, holidays",
        target_y="Pieces sold tomorrow, by kind and shop",
        data="structured",
        novelty="new",
    )
    w.settle()
    assert forecast


def can_it_work(w):
    w.go("known")
    w.write("mei", "Sales of last year follow weekday and weather.", "for")
    w.write("omar", "A chain in Graz halved what it threw away.", "for")
    w.settle()
    signal, precedent = w.targets
    w.answer(signal, check="features", grade="pilot", source="Trial on 3 shops, May 2026")
    w.answer(precedent, check="benchmark", grade="precedent", source="Report of the chain, 2025, page 12")
    w.go("people")
    for person, likely in {"jonas": 60, "lena": 70}.items():
        w.estimate(person, w.targets[0].id, likely - 10, likely, likely + 10)
    w.turn(Phase.SHOWN)
    w.settle()
    w.answer(w.targets[0], speaks="mixed")
    w.go("can")
    w.vote("mei", "doubtful")
    w.turn(Phase.SHOWN)
    w.settle(chosen=["doubtful"], says="Others did it; ours is tried in three shops only.", who="Mei Tan")


def worth_it(w):
    w.go("ladder")
    for metric, level, now, wanted in (
        ("Error of the forecast, in %", "model", "25", "15"),
        ("Goods unsold, in %", "business", "21", "12"),
    ):
        w.answer(w.target("Another"), metric=metric, level=level, current=now, target=wanted)
    w.settle()
    w.go("live_with")
    for target in w.targets:
        for person in ("lena", "jonas", "mei", "omar"):
            w.stand(person, target.id, 4)
    w.turn(Phase.SHOWN)
    w.settle()
    w.go("worth")
    for person, low in {"lena": 300_000, "jonas": 200_000}.items():
        w.estimate(person, w.targets[0].id, low, low * 2, low * 4)
    w.turn(Phase.SHOWN)
    w.settle()
    w.go("cost")
    for target in w.targets:
        w.estimate("mei", target.id, 20_000, 40_000, 90_000)
    w.turn(Phase.SHOWN)
    w.settle()


def right_and_data(w):
    w.go("screening")
    w.answer(w.targets[0], **dict.fromkeys(w.targets[0].fields, "no"))
    w.settle()
    w.go("worries")
    w.write("omar", "Shops are blamed when the forecast is wrong.", secret="0f" * 16)
    w.settle()
    w.answer(w.targets[0], owner="Lena Hoff")
    w.go("have")
    w.write("omar", "Till receipts of all shops", "owned")
    w.write("mei", "Weather by hour", "public")
    w.settle()
    w.go("amount")
    receipts, weather, needed = w.targets
    w.answer(receipts, unit="receipts")
    w.answer(weather, unit="hours")
    w.answer(needed, wanted_unit="receipts")
    w.estimate("omar", receipts.id, None, 4_000_000, None)
    w.estimate("omar", weather.id, None, 20_000, None)
    w.estimate("mei", needed.id, None, 1_000_000, None)
    w.turn(Phase.SHOWN)
    w.settle()
    w.answer(receipts, cost="0", days="10")
    w.answer(weather, cost="500", days="1")
    w.go("may_use")
    for target in w.targets:
        w.answer(target, privacy="none", may_use="ours", rights="Ours; head of IT approves.")
    w.settle()


def plan(w):
    w.go("first_result")
    first, launch = w.targets
    w.answer(first, deliverable="Forecast for three shops", owner="Mei Tan", start="1 Feb 2027", due="31 Mar 2027")
    w.answer(launch, deliverable="All shops bake by it", owner="Lena Hoff", start="1 Apr 2027", due="30 Sep 2027")
    w.settle()
    w.go("judged")
    assert len(w.targets) == 6
    for target in w.targets:
        w.answer(target, metric="Something counted", direction="at_most", target="15", unit="%")
    w.settle()
    w.go("stop")
    w.answer(w.targets[0], kill_criteria="Above 25 % error after eight weeks", decider="Lena Hoff")
    w.settle()
    w.go("sees_first")
    w.answer(w.targets[0], pattern="canary", start_share="5", rollback_owner="Head of each shop")
    w.settle()
    w.go("failed")
    ignored = w.write("jonas", "Nobody looked at it on busy mornings.", secret="a1" * 16)
    w.write("mei", "Prices changed and nobody told it.")
    w.turn(Phase.VOTING)
    w.vote("lena", ignored, 2)
    w.turn(Phase.SHOWN)
    w.settle(chosen=[ignored])
    w.answer(
        w.targets[0], metric="Mornings on which the forecast was opened", bound="below", threshold="80", who_reacts="Lena Hoff"
    )
    w.go("ask")
    w.answer(w.targets[0], owner="Lena Hoff", sponsor="Ana Ruiz", decision_asked="Release two people until 31 March.")
    w.settle()


@cache
def walked():
    """The workshop at its end, with the questions of its agenda."""
    w = bakery()
    assert not met(w.charter)
    asked = w.room.order()
    for part in (problem, ideas, can_it_work, worth_it, right_and_data, plan):
        part(w)
    return w, asked


def test_it_leads_to_sixteen_of_sixteen():
    w, asked = walked()
    assert met(w.charter) == set(range(1, 17))
    assert {key for key in asked if w.room.at(key).outcome is None} == set()
    assert planned(met(w.charter), Length.FULL) == ()
    assert all(w.room.at(key).outcome.how is How.TAKEN for key in asked)


def asked_in_the_room():
    """The fields that the questions of the agenda ask for or fill, by place."""
    w, asked = walked()
    found = {}
    for question in map(questions().get, asked):
        places = [t for t in targets(question, w.charter) if not t.is_option]
        for place in places:
            found.setdefault((place.part, place.list), set()).update(place.before, place.fields, place.numbers)
        if question.becomes:
            part, name, field = question.becomes.split(".")
            found.setdefault((part, name), set()).update({field, question.mark} - {""})
        for leading in map(LEADING.get, question.leads):
            for name in leading.fields:
                found.setdefault((leading.part, name), set()).update(
                    {*question.leaves} & {*leading.answered_in(leading.part, name)}
                )
    return found


def test_a_room_is_asked_for_what_drawers_show_first():
    found = asked_in_the_room()
    lacking = {
        (part.slug, name): left
        for part in PART_BY_SLUG.values()
        for name in ("", *part.lists)
        if (left := asked_first(part.slug, name) - found.get((part.slug, name), set()))
    }
    assert not lacking


def test_each_leading_question_has_its_question_on_the_agenda_and_each_of_these_leads():
    usual = [q for q in questions().values() if q.is_usual]
    assert {key for q in usual for key in q.leads} == set(LEADING)
    assert [q.key for q in usual if not q.leads] == ["screening"]


@pytest.mark.parametrize("question", [q for q in questions().values() if q.leads], ids=lambda q: q.key)
def test_what_a_question_adds_or_leaves_is_told_nowhere_else(question):
    w, _ = walked()
    led = {
        name
        for key in question.leads
        for at in LEADING[key].fields.keys() | LEADING[key].later.keys()
        for name in LEADING[key].answered_in(LEADING[key].part, at)
    }
    assert {*question.leaves} <= led
    for place in targets(question, w.charter):
        if place.fields:
            assert {*place.fields} <= {q.name for q in form(PART_BY_SLUG[place.part].model_of(place.list))}
            assert not {*question.opens, *question.also} & asked_first(place.part, place.list)
