"""What one click makes of an entry: both sides are written, and both name each other."""

from datetime import date

from scoping.charter import PART_BY_SLUG, Charter
from scoping.ethics import feeding
from scoping.ethics.demands import standard_demands
from scoping.merge import apply, entries_at, with_entries
from scoping.sections.ethics import Ethics, Group, Obligation, ObligationState
from scoping.sections.milestones import Direction, Family, Milestone, Milestones

PLAN = Milestones(milestones=(Milestone(id="m", deliverable="Pilot", kill_criteria="Too slow"),))
GROUP = Group(id="g", name="Under 25", metric="Good payers refused", gap=3, unit="points", milestone="m")
DUTY = Obligation(id="notice", demand="Tell people", state=ObligationState.TO_DO, owner="Bo", due=date(2027, 3, 1))


def after(edits, **parts):
    """The charter once the edits are made; every one of them must fit."""
    charter = Charter(**parts)
    for slug, some in edits.items():
        section, value = PART_BY_SLUG[slug], charter.part(slug)
        outcome = apply(some, entries_at(section, value, [e.key for e in some]))
        assert outcome.conflicts == []
        charter = charter.with_part(slug, with_entries(section, value, outcome.entries))
    return charter


def test_nothing_is_tied_to_a_milestone_that_is_gone():
    assert feeding.tied(DUTY, PLAN, "gone") == {}


def test_the_largest_gap_of_a_group_becomes_a_slice_target():
    c = after(feeding.slice_target(GROUP, "new"), ethics=Ethics(groups=(GROUP,)), milestones=PLAN)
    (target,) = c.milestones.targets
    assert (target.milestone, target.family, target.slice) == ("m", Family.ML, "Under 25")
    assert (target.metric, target.direction, target.target, target.unit) == (
        "Gap to all cases: Good payers refused",
        Direction.AT_MOST,
        3,
        "points",
    )
    assert c.ethics.groups[0].target == "new"


def test_an_obligation_becomes_a_milestone_and_each_names_the_other():
    c = after(feeding.milestone_of(DUTY, "new", "EUR"), ethics=Ethics(obligations=(DUTY,)))
    (made,) = c.milestones.milestones
    assert (made.deliverable, made.owner, made.due, made.currency) == ("Tell people", "Bo", date(2027, 3, 1), "EUR")
    assert made.obligations == ("notice",)
    (duty,) = c.ethics.obligations
    assert (duty.milestone, duty.state) == ("new", ObligationState.PLANNED)


def test_an_obligation_is_tied_to_a_milestone_that_is_there_already():
    c = after(feeding.tied(DUTY, PLAN, "m"), ethics=Ethics(obligations=(DUTY,)), milestones=PLAN)
    assert c.milestones.milestones[0].obligations == ("notice",)
    assert c.ethics.obligations[0].milestone == "m"


def test_all_that_is_to_do_and_unplanned_becomes_milestones_at_once():
    done = DUTY.model_copy(update={"id": "done", "state": ObligationState.DONE})
    planned = DUTY.model_copy(update={"id": "planned", "milestone": "m"})
    blank = DUTY.model_copy(update={"id": "blank", "state": None})
    parts = {"ethics": Ethics(obligations=(DUTY, done, planned, blank)), "milestones": PLAN}
    c = after(feeding.fed(Charter(**parts), "plan", ["notice", "planned", "blank"], ["x", "y"]), **parts)
    assert {o.id: o.milestone for o in c.ethics.obligations} == {"notice": "x", "done": "", "planned": "m", "blank": "y"}
    assert [m.obligations for m in c.milestones.milestones] == [(), ("notice",), ("blank",)]


def test_an_obligation_whose_milestone_is_gone_can_be_planned_again():
    parts = {"ethics": Ethics(obligations=(DUTY.model_copy(update={"milestone": "gone", "state": ObligationState.PLANNED}),))}
    c = after(feeding.fed(Charter(**parts), "plan", ["notice"], ["new"]), **parts)
    assert c.ethics.obligations[0].milestone == "new"


def test_what_came_of_an_entry_already_or_is_gone_is_left_alone():
    parts = {"ethics": Ethics(groups=(GROUP,), obligations=(DUTY,)), "milestones": PLAN}
    charter = Charter(**parts)
    c = after(feeding.fed(charter, "target", ["g", "gone"], ["new", "other"]), **parts)
    assert [t.id for t in c.milestones.targets] == ["new"]
    for what, ids in (("target", ["g"]), ("take", ["notice", "no such demand"]), ("plan", ["gone"]), ("tie", ["gone"])):
        assert feeding.fed(c, what, ids, ["x"] * len(ids), "m") == {}, what


def test_a_demand_is_taken_on_under_its_own_id_so_that_two_people_take_it_on_once():
    (demand, *_) = standard_demands()
    c = after(feeding.take_on(demand))
    assert [(o.id, o.demand, o.because, o.state) for o in c.ethics.obligations] == [
        (demand.id, demand.demand, demand.because, ObligationState.TO_DO)
    ]


def test_the_longest_words_still_fit_into_the_plan():
    long = GROUP.model_copy(update={"metric": "x" * 300, "compared_with": "y" * 300})
    assert len(feeding.slice_target(long, "new")["milestones"][0].after["metric"]) <= 300
