"""The samples are complete, agree with themselves and with the lecture, and a mistake in their files is named exactly."""

import math
import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from scoping.currency import Currency, words
from scoping.errors import UnreadableCharterError
from scoping.ethics import consequences
from scoping.health import Word, health
from scoping.milestones import baseline, staffing, status, tracking
from scoping.milestones import plan as milestones_plan
from scoping.portfolio.ranking import Scale
from scoping.portfolio.rubrics import standard_methods
from scoping.review import overview
from scoping.samples import name_of, read_sample, samples
from scoping.section import Answer, Kind, questions
from scoping.sections.data_sources import Origin
from scoping.sections.feasibility import Grade, checks_for, share_total
from scoping.sections.milestones import Direction, Family
from scoping.sections.rollout import Signal
from scoping.sections.solutions import Approach, Standing, chosen
from scoping.sections.value import CostKind, LinkedCosts, Period, ladder
from scoping.value.errors import judged
from scoping.value.money import Flow as MoneyKind
from scoping.value.money import likely
from scoping.value.valuation import MILESTONES, valuation

BY_SLUG = {s.slug: s for s in samples()}
OPEN = {
    "voice_search": set(),
    "online_retailer": set(),
    "phone_inspection": {7},
    "job_seekers": {7, 8, 10, 12},
    "loan_approval": {8, 10, 12},
}
"""The conditions that keep each sample from being signed."""

each_sample = pytest.mark.parametrize("sample", samples(), ids=lambda s: s.slug)


def entries(charter):
    for section, part in charter.parts():
        yield part
        for name in section.lists:
            yield from getattr(part, name)


def values(charter, *kinds):
    for entry in entries(charter):
        for spec in questions(type(entry)):
            if spec.kind in kinds and not spec.machine and getattr(entry, spec.name) is not None:
                yield getattr(entry, spec.name)


def test_the_five_samples_come_in_their_order():
    assert [s.slug for s in samples()] == list(OPEN)


@each_sample
def test_two_may_be_signed_and_each_other_one_is_a_draft_for_reasons_of_its_own(sample):
    assert {c.number for c in overview(sample.charter).conditions if not c.is_met} == OPEN[sample.slug]


@each_sample
def test_every_core_question_is_answered_or_known_to_be_unknown(sample):
    asked = [e.answer(s.name) for e in entries(sample.charter) for s in questions(type(e)) if s.core and not s.assumed]
    assert Answer.BLANK not in asked
    assert 0 < asked.count(Answer.UNKNOWN) <= 12


@each_sample
def test_its_findings_are_sentences(sample):
    state = overview(sample.charter)
    assert all(f.message.endswith((".", "?", ")")) for f in (*state.missing, *state.findings))


@each_sample
def test_it_has_enough_of_everything_to_be_worth_looking_at(sample):
    c = sample.charter
    assert sample.title
    assert sample.tagline.endswith(".")
    assert len(c.problems.problems) >= 3
    assert sorted(g.rank for g in c.problems.goals) == list(range(1, len(c.problems.goals) + 1))
    assert {"business", "technical", "affected", "oversight"} <= {s.side for s in c.problems.stakeholders}
    assert c.problems.actions
    assert len(c.solutions.solutions) >= 4
    assert {Approach.PROCESS, Approach.RULES, Approach.BUY} & {s.approach for s in c.solutions.solutions}
    assert [s for s in c.solutions.solutions if s.standing is Standing.REJECTED and s.because and s.revisit_when]
    assert len({e.grade for e in c.feasibility.evidence}) >= 3
    assert all(e.found_on for e in c.feasibility.evidence)
    assert len(c.ethics.concerns) >= 3
    assert len([i for i in c.ethics.checklist if i.pack == "checklist"]) == 25
    assert c.ethics.risks
    assert c.ethics.premortem
    assert c.ethics.groups
    assert len(c.data_sources.sources) >= 4
    assert len(c.milestones.milestones) >= 4
    assert all(m.kill_criteria and m.people and m.money for m in c.milestones.milestones)
    assert [t for t in c.milestones.targets if t.slice]
    assert len(c.rollout.monitors) >= 5
    assert {m.signal for m in c.rollout.monitors} == set(Signal)
    assert c.project.sponsor
    assert c.project.assumptions
    assert len(c.project.signatures) >= 2
    assert not any(s.signed_on for s in c.project.signatures)


@each_sample
def test_the_chosen_idea_has_evidence_for_every_check_of_its_cell(sample):
    assert [c.is_met for c in overview(sample.charter).conditions if c.number == 6] == [True]


def test_the_samples_cover_the_four_cells_of_feasibility():
    picked = [chosen(s.charter.solutions) for s in samples()]
    assert len({tuple(checks_for(one.data, one.novelty)) for one in picked}) == 4


@each_sample
def test_every_milestone_has_ml_software_and_business_targets(sample):
    plan = sample.charter.milestones
    for milestone in plan.milestones:
        assert {t.family for t in plan.targets if t.milestone == milestone.id} == set(Family)


@each_sample
def test_milestones_wait_for_each_other_in_time(sample):
    findings = {f.code for f in overview(sample.charter).findings}
    assert not findings & {"milestones.overlap", "milestones.dates", "milestones.cycle"}
    assert sum(bool(m.depends_on) for m in sample.charter.milestones.milestones) >= 3
    assert min(m.start for m in sample.charter.milestones.milestones) == sample.begins


@each_sample
def test_business_targets_are_rungs_of_the_ladder_and_ask_no_more_than_it(sample):
    rungs = {r.metric: r for r in sample.charter.value.rungs}
    for target in sample.charter.milestones.targets:
        if target.family is Family.BUSINESS:
            rung = rungs[target.metric]
            low, high = sorted((rung.current, rung.target))
            assert low <= target.target <= high, target.id
            assert target.direction is (Direction.AT_LEAST if rung.target > rung.current else Direction.AT_MOST)


@each_sample
def test_the_ladder_has_five_rungs_whose_likely_links_lead_to_the_targets(sample):
    rungs = ladder(sample.charter.value)
    assert [r.order for r in rungs] == [1, 2, 3, 4, 5]
    for below, rung in pairwise(rungs):
        step = below.target - below.current
        assert rung.target - rung.current == pytest.approx(rung.likely * step, rel=0.1), rung.metric
        assert rung.low < rung.likely < rung.high


@each_sample
def test_the_highest_rung_and_the_first_benefit_name_the_same_money(sample):
    c = sample.charter
    top, benefit = ladder(c.value)[-1], c.value.benefits[0]
    yearly = abs(top.target - top.current) * 1000 * 12
    line = valuation(c).lines["value.benefits", benefit.id]
    assert line.likely * (12 if benefit.period is Period.MONTH else 1) == pytest.approx(yearly, rel=0.01)
    assert any(
        float(amount.replace(",", "")) == pytest.approx(yearly, rel=0.01) for amount in re.findall(r"\d[\d,]+", c.project.summary)
    )


@each_sample
def test_money_of_plan_and_value_is_counted_once(sample):
    c = sample.charter
    assert c.value.linked_costs is LinkedCosts.MILESTONES
    assert CostKind.DATA not in {cost.kind for cost in c.value.costs}, "the data is paid from the money of the milestones"
    plan = sum(m.money for m in c.milestones.milestones)
    counted = [line for (ref, _), line in valuation(c).lines.items() if ref == MILESTONES]
    assert sum(line.amount.likely for line in counted) * 100 == plan
    first = min(c.milestones.milestones, key=lambda m: m.start).money
    for amount in (first, plan - first):
        assert words(amount, c.project.currency) in c.project.decision_asked
    assert words(plan, c.project.currency) in c.milestones.budget_note
    needed = [s for s in c.data_sources.sources if s.origin not in (Origin.WISHED, Origin.PURCHASED)]
    assert sum(s.cost or 0 for s in needed) <= plan


@each_sample
def test_the_value_of_a_sample_is_worked_out_whole(sample):
    worth = valuation(sample.charter)
    assert worth.problems == ()
    assert worth.plan.left_out == ()
    assert sample.charter.value.discount_rate
    case = likely(worth.of_chosen)
    assert case.npv > 0
    assert case.payback_months < worth.plan.horizon_months
    assert 0 < case.guesses < 1


@each_sample
def test_a_sample_compares_its_idea_with_ideas_that_learn_nothing(sample):
    worth, ideas = valuation(sample.charter), {s.id: s for s in sample.charter.solutions.solutions}
    others = set(worth.plan.alternatives) - {worth.chosen}
    assert {ideas[o].approach for o in others} - {Approach.ML}
    for other in others:
        kinds = {line.kind for line in worth.plan.of(other).counted}
        assert kinds == set(MoneyKind)


@each_sample
def test_links_and_amounts_of_a_sample_say_where_they_come_from(sample):
    value = sample.charter.value
    assert all(r.source for r in ladder(value)[1:])
    assert all(a.source and a.evidence for a in (*value.benefits, *value.costs))


@each_sample
def test_benefits_begin_when_the_plan_has_something_to_launch(sample):
    c = sample.charter
    worth = valuation(c)
    begin, launch = min(m.start for m in c.milestones.milestones), max(m.due for m in c.milestones.milestones)
    months = (launch.year - begin.year) * 12 + launch.month - begin.month
    mine = [b for b in c.value.benefits if not b.solution]
    assert mine
    for benefit in mine:
        assert worth.lines["value.benefits", benefit.id].starts_month >= months, benefit.id


def test_money_moves_with_the_plan_in_all_samples_but_the_one_that_waits_longer():
    told = {s.slug for s in samples() for b in s.charter.value.benefits if not b.solution and b.starts_month is not None}
    assert told == {"loan_approval"}


@each_sample
def test_a_decision_with_stakes_has_a_best_setting_that_pays(sample):
    for one in judged(sample.charter.value):
        assert not [v for v in one.points if v.problem]
        assert one.best.worth.gain > 0
        assert one.best.point.precision > one.needs


def test_yes_or_no_decisions_are_valued_where_there_are_some():
    assert {s.slug for s in samples() if s.charter.value.stakes} == {
        "voice_search",
        "phone_inspection",
        "job_seekers",
        "loan_approval",
    }


@each_sample
def test_ratings_follow_the_rubrics_have_reasons_and_some_are_left_open(sample):
    criteria = {c.id: c for method in standard_methods() for c in method.asked}
    assert {r.id: r.criterion for r in sample.charter.project.ratings} == {i: c.name for i, c in criteria.items()}
    for r in sample.charter.project.ratings:
        known = [v for v in (r.low, r.likely, r.high) if v is not None]
        assert known == sorted(known)
        top = math.inf if criteria[r.id].scale is Scale.AMOUNT else criteria[r.id].highest
        assert all(criteria[r.id].lowest <= v <= top for v in known), r.id
        assert bool(known) == bool(r.reason)
    assert sample.charter.project.people_needed


def test_some_ratings_of_the_samples_are_left_open():
    assert {s.slug for s in samples() if any(r.likely is None for r in s.charter.project.ratings)} >= {
        "voice_search",
        "job_seekers",
    }


@each_sample
def test_all_its_money_is_in_one_currency(sample):
    used = {e.currency for e in entries(sample.charter) if hasattr(e, "currency")}
    assert used == {sample.charter.project.currency}


@each_sample
def test_shares_of_slices_add_to_a_hundred(sample):
    assert share_total(sample.charter.feasibility) == 100


@each_sample
def test_every_link_leads_to_a_record(sample):
    titles = sample.charter.titles()
    for entry in entries(sample.charter):
        for spec in questions(type(entry)):
            value = getattr(entry, spec.name)
            if spec.refers_to:
                targets = value if spec.kind is Kind.LINKS else filter(None, [value])
                assert set(targets) <= set(titles[spec.refers_to]), (entry, spec.name)


@each_sample
def test_texts_name_no_calendar_days_because_only_dates_move(sample):
    months = "January|February|March|April|June|July|August|September|October|November|December"
    rules = {step.rules for step in sample.charter.ethics.legal_path}
    for text in set(values(sample.charter, Kind.TEXT, Kind.LONG)) - rules:
        assert not re.search(rf"\b(20\d\d|{months}|\d+ May|May \d+)\b", text), text


@each_sample
@pytest.mark.parametrize("day", [date(2024, 2, 29), date(2026, 3, 1), date(2026, 12, 31), date(2031, 7, 13)])
def test_a_copy_stands_in_the_week_of_the_day_and_keeps_all_distances(sample, day):
    moved = sample.as_of(day)
    (shift,) = {new - old for old, new in zip(values(sample.charter, Kind.DATE), values(moved, Kind.DATE), strict=True)}
    assert (sample.today + shift).isocalendar()[:2] == day.isocalendar()[:2]
    assert shift % timedelta(weeks=1) == timedelta()


@each_sample
def test_a_copy_differs_from_the_sample_in_nothing_but_dates(sample):
    moved = sample.as_of(sample.today + timedelta(weeks=60))
    assert moved != sample.charter
    kinds = set(Kind) - {Kind.DATE}
    assert list(values(moved, *kinds)) == list(values(sample.charter, *kinds))
    assert sample.as_of(sample.today) == sample.charter


def test_a_frozen_plan_moves_with_its_sample():
    sample = BY_SLUG["voice_search"]
    moved = sample.as_of(sample.today + timedelta(weeks=60)).milestones
    assert [m.start for m in baseline.frozen(moved).milestones] == [m.start for m in moved.milestones]


def test_a_sample_looked_at_on_a_thursday_stays_in_the_week_of_the_monday():
    sample = BY_SLUG["online_retailer"]
    thursday = replace(sample, today=sample.today + timedelta(days=3))
    assert thursday.as_of(sample.begins) == sample.charter


@each_sample
def test_a_plan_is_worked_out_whole_and_nobody_is_booked_twice(sample):
    plan = milestones_plan.plan(sample.charter.milestones, sample.today)
    assert (plan.problems, plan.notes) == ((), ())
    assert plan.is_whole
    assert {b.milestone for b in plan.bookings} == {m.id for m in sample.charter.milestones.milestones}
    assert staffing.staffing(plan).conflicts == ()


def test_one_sample_is_on_its_way_with_a_milestone_done_and_one_late():
    sample = BY_SLUG["voice_search"]
    states = {s.milestone.id: s.state for s in status.of_plan(sample.charter.milestones, sample.today)}
    assert states["poc"] is status.State.DONE
    assert states["test_set"] is status.State.LATE
    assert all(t.remarks == () for s in status.of_plan(sample.charter.milestones, sample.today) for t in s.targets)


@pytest.mark.parametrize("weekday", range(7))
def test_it_stands_so_on_every_day_of_the_week(weekday):
    day = date(2027, 3, 1) + timedelta(days=weekday)
    plan = BY_SLUG["voice_search"].as_of(day).milestones
    states = [s.state.value for s in status.of_plan(plan, day)]
    assert states == ["done", "late", "at_risk", "not_started", "not_started"]


def test_one_sample_is_late_one_is_ready_to_sign_and_the_others_are_drafts_when_they_are_opened():
    told = {s.slug: health(s.charter, s.today, overview(s.charter).missing_words).word for s in samples()}
    assert told == {
        "voice_search": Word.LATE,
        "online_retailer": Word.READY,
        "phone_inspection": Word.DRAFT,
        "job_seekers": Word.DRAFT,
        "loan_approval": Word.DRAFT,
    }


def test_its_dates_drifted_and_the_one_that_moved_has_its_reason():
    sample = BY_SLUG["voice_search"]
    found = tracking.drift(sample.charter.milestones, milestones_plan.plan(sample.charter.milestones, sample.today))
    assert [d.milestone for d in found if d.moved] == ["poc"]
    assert not any(d.lacks_reason for d in found)
    assert [d.milestone for d in found if d.days] == ["poc"]


@each_sample
def test_evidence_and_agreements_lie_before_the_plan(sample):
    c = sample.charter
    past = [e.found_on for e in c.feasibility.evidence] + [v.decided_on for v in c.feasibility.verdicts]
    past += [n.raised_on for n in c.ethics.concerns] + [r.technical_on for r in c.value.rungs if r.technical_on]
    assert max(past) < sample.begins


def test_the_slice_table_of_the_lecture_is_the_corrected_one():
    rows = {s.name: (s.model, s.hlp, s.share, s.gain) for s in BY_SLUG["voice_search"].charter.feasibility.slices}
    assert rows == {
        "Clear speech": (94, 95, 60, 0.6),
        "Car noise": (89, 93, 4, 0.16),
        "People noise": (87, 89, 30, 0.6),
        "Low bandwidth": (70, 70, 6, 0),
    }


def test_the_data_inventory_of_the_lecture_has_its_forgotten_column():
    rows = {s.id: (s.amount, s.unit, s.cost, s.days) for s in BY_SLUG["voice_search"].charter.data_sources.sources}
    assert rows["owned"] == (100, "hours", 0, 0)
    assert rows["crowd_reading"] == (1000, "hours", 10_000_00, 14)
    assert rows["paid_labels"] == (100, "hours", 6_000_00, 7)
    assert rows["purchase"] == (1000, "hours", 10_000_00, 1)


def test_the_metric_ladder_of_the_lecture_climbs_from_words_to_revenue():
    assert [r.metric for r in ladder(BY_SLUG["voice_search"].charter.value)] == [
        "Word-level accuracy",
        "Query-level accuracy",
        "Search-result quality",
        "User engagement",
        "Revenue",
    ]


def test_slices_and_ladder_of_voice_search_speak_of_the_same_accuracy():
    c = BY_SLUG["voice_search"].charter
    slices = c.feasibility.slices
    assert sum(s.model * s.share for s in slices) / 100 == pytest.approx(ladder(c.value)[0].current, abs=0.05)
    assert ladder(c.value)[0].target < sum(s.hlp * s.share for s in slices) / 100


def test_beating_people_is_shown_to_be_an_illusion():
    card = next(e for e in BY_SLUG["voice_search"].charter.feasibility.evidence if e.id == "hlp_illusion")
    assert card.value == pytest.approx(100 * (0.7**2 + 0.3**2))
    assert "70 %" in card.finding
    assert card.grade is Grade.MEASURED


def test_inspectors_agree_on_four_of_six_and_the_plan_begins_with_that():
    c = BY_SLUG["phone_inspection"].charter
    card = next(e for e in c.feasibility.evidence if e.id == "agreement")
    assert card.value == pytest.approx(100 * 4 / 6, abs=0.05)
    first = min(c.milestones.milestones, key=lambda m: m.start)
    assert "agree" in first.deliverable.lower()
    assert (c.rollout.pattern, c.rollout.automation_end) == ("shadow", "partial")


# ------------------------------------------------------------------------------------------ reading a file

SMALL = """
title = "A sample"
tagline = "Short."
begins = 2026-03-02
place = 9

[project]
name = "Small"
currency = "JPY"

[data_sources]
target_y = '''
The words
as spoken.

  Never  guessed.
'''

[[data_sources.sources]]
id = "own"
name = "Owned"
cost = "12,500"
days = "?"

[[data_sources.sources]]
id = "crowd"
name = "Crowd"
cost = "12,500.50"
currency = "USD"

[[problems.problems]]
id = "failed"
statement = "One in five fails."

[[problems.goals]]
id = "fewer"
statement = "Fewer failures"
problem = "failed"
"""


def test_money_is_read_in_major_units_of_the_project_or_the_record():
    own, crowd = read_sample("small", SMALL).charter.data_sources.sources
    assert (own.cost, own.currency) == (12_500, Currency.JPY)
    assert (crowd.cost, crowd.currency) == (12_500_50, Currency.USD)


def test_a_question_mark_is_an_answer_of_its_own():
    own, crowd = read_sample("small", SMALL).charter.data_sources.sources
    assert own.unknown == ("days",)
    assert crowd.unknown == ()


def test_lines_of_a_text_are_joined_and_paragraphs_kept():
    assert read_sample("small", SMALL).charter.data_sources.target_y == "The words as spoken.\n\nNever guessed."


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ('days = "?"', 'dais = "?"', ["data_sources", "“own”", "“dais”", "Did you mean “days”?"]),
        ('cost = "12,500.50"', 'cost = "lots"', ["data_sources", "“crowd”", "“cost”", "“lots”"]),
        ('cost = "12,500.50"', "cost = -1", ["“crowd”", "“cost”", "below 0"]),
        ('cost = "12,500.50"', 'origin = "stolen"', ["“crowd”", "“origin”", "none of"]),
        ('cost = "12,500.50"', "cost = [1]", ["“crowd”", "“cost”", "single value"]),
        ('currency = "USD"', 'currency = "XXX"', ["“crowd”", "“currency”", "none of"]),
        ('currency = "JPY"', 'currency = "Yen"', ["project", "“currency”", "none of"]),
        ('problem = "failed"', 'problem = "fialed"', ["problems", "“fewer”", "“problem”", "Did you mean “failed”?"]),
        ('id = "crowd"', 'id = "own"', ["data_sources", "share the id “own”"]),
        ('id = "crowd"\n', "", ["data_sources", "source 2 of “sources”", "“id”"]),
        ('id = "crowd"', 'id = "The crowd"', ["data_sources", "The crowd"]),
        ("[[data_sources.sources]]", "[[data_sources.source]]", ["data_sources", "“source”", "Did you mean “sources”?"]),
        ("[[problems.goals]]", "[[problem.goals]]", ["part “problem”", "Did you mean “problems”?"]),
        ("begins = 2026-03-02", 'begins = "soon"', ["“begins”"]),
        ("place = 9\n", "", ["“place”"]),
        ('name = "Small"', 'name = "Small', ["TOML", "line"]),
    ],
)
def test_a_mistake_is_told_with_file_part_record_and_field(right, wrong, told):
    assert right in SMALL
    with pytest.raises(UnreadableCharterError) as refused:
        read_sample("small", SMALL.replace(right, wrong))
    for part in ["small.toml", *told]:
        assert part in str(refused.value)


# ------------------------------------------------------------------------------------------------- ethics and risk


@each_sample
def test_its_eight_questions_are_answered_and_its_class_is_looked_for(sample):
    judged = consequences.of(sample.charter.ethics)
    assert not judged.screened.blank
    assert not judged.screened.unpromised or judged.is_high
    assert judged.legal.next is None


def test_the_loan_is_high_risk_and_three_answers_short_of_a_level():
    ethics = BY_SLUG["loan_approval"].charter.ethics
    found, legal = consequences.of(ethics).impact, consequences.of(ethics).legal
    assert [level.id for level in found.levels] == ["II", "III"]
    assert found.asked - found.answered == 3
    assert legal.result.legal.id == "high"
    assert {d.id for d in legal.result.duties} == {"provider", "deployer"}


@each_sample
def test_what_the_pre_mortem_and_the_fairness_plan_feed_is_there(sample):
    c = sample.charter
    for group in c.ethics.groups:
        if group.target:
            target = next(t for t in c.milestones.targets if t.id == group.target)
            assert (target.target, target.slice, target.milestone) == (group.gap, group.name, group.milestone)
    for obligation in c.ethics.obligations:
        if obligation.milestone:
            assert obligation.id in next(m for m in c.milestones.milestones if m.id == obligation.milestone).obligations


@pytest.mark.parametrize(
    ("wish", "name"),
    [
        ("We wish that fewer loaves were left.", "Fewer loaves were left"),
        ("Our bakery shops throw away one loaf in seven at closing time", "Our bakery shops throw away one loaf in seven"),
        ("Loaves " * 12, "Loaves Loaves Loaves Loaves Loaves Loaves Loaves Loaves…"),
    ],
)
def test_a_name_taken_from_a_wish_ends_with_a_phrase_or_says_that_it_goes_on(wish, name):
    assert name_of(wish) == name
