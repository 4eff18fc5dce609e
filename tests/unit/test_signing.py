"""Sixteen conditions, never more: what reopens each of them, what asks for nothing, and what is not known yet counts as open."""

from datetime import date

import pytest

from scoping.charter import PART_BY_SLUG, SECTIONS, Charter
from scoping.review import overview
from scoping.samples import new_charter, samples
from scoping.section import questions
from scoping.sections.ethics import Concern
from scoping.sections.feasibility import Feasibility, Slice
from scoping.sections.milestones import Milestone, Target
from scoping.sections.problems import Goal, Problem, Problems
from scoping.sections.project import SignAnswer, Signature
from scoping.sections.solutions import Solution
from scoping.sections.value import Benefit
from scoping.signing.conditions import CONDITIONS, ConditionState, conditions, to_sign_words
from scoping.signing.problems import top_goals
from scoping.signing.signatures import bound

READY = next(s.charter for s in samples() if s.slug == "voice_search")
CHOSEN = "consistent_noisy"
IN_SAMPLE = [s.slug for s in SECTIONS]


def part(slug, **changes):
    """A charter that is ready, with answers of a part changed; "unknown" adds up as in the form."""
    return READY.with_part(slug, PART_BY_SLUG[slug].model(**{**dict(READY.part(slug)), **changes}))


def row(slug, name, record, **changes):
    """A charter that is ready, with one record changed."""
    rows = tuple(type(r)(**{**dict(r), **changes}) if r.id == record else r for r in getattr(READY.part(slug), name))
    return part(slug, **{name: rows})


def without(slug, name, *left):
    return part(slug, **{name: tuple(r for r in getattr(READY.part(slug), name) if r.id in left)})


def added(slug, name, *rows):
    return part(slug, **{name: (*getattr(READY.part(slug), name), *rows)})


def reopened(charter):
    """The codes of what is missing, by condition."""
    return {c.number: {f.code for f in c.missing} for c in conditions(charter) if not c.is_met}


def standing(chosen, others):
    """The ideas with one of them chosen."""
    ideas = READY.solutions.solutions
    return tuple(Solution(**{**dict(s), "standing": "chosen" if s.id == chosen else others}) for s in ideas)


def only_learning():
    ideas = READY.solutions.solutions
    return part("solutions", solutions=tuple(s for s in ideas if s.id in (CHOSEN, "accent_model")))


def only_learning_left(why=""):
    return part("solutions", solutions=standing(CHOSEN, "rejected"), why_learning=why)


BREAKS = [
    (1, "problems.none", without("problems", "problems")),
    (1, "problems.statement", row("problems", "problems", "failed_queries", statement=" ")),
    (1, "problems.who", row("problems", "problems", "failed_queries", who_is_affected="")),
    (2, "problems.goals", without("problems", "goals")),
    (2, "problems.goal_problem", row("problems", "goals", "fewer_failures", problem="")),
    (2, "problems.baseline", row("problems", "problems", "failed_queries", baseline_value=None)),
    (2, "problems.wanted", row("problems", "goals", "fewer_failures", wanted=None)),
    (2, "problems.wanted_on", row("problems", "goals", "fewer_failures", wanted_on=None)),
    (3, "problems.decision", part("problems", decision_changed="")),
    (4, "solutions.none", without("solutions", "solutions")),
    (4, "solutions.one_only", without("solutions", "solutions", CHOSEN)),
    (4, "solutions.ml_only", only_learning()),
    (4, "solutions.because", row("solutions", "solutions", "buy_recogniser", because="")),
    (5, "solutions.why_learning", part("solutions", why_learning=" ")),
    (5, "solutions.none_chosen", row("solutions", "solutions", CHOSEN, standing="rejected")),
    (5, "solutions.several_chosen", row("solutions", "solutions", "name_list", standing="chosen")),
    (5, "solutions.no_problem", row("solutions", "solutions", CHOSEN, problems=())),
    (5, "solutions.no_goal", row("solutions", "solutions", CHOSEN, problems=("inconsistent_transcripts",))),
    (6, "feasibility.no_evidence", part("feasibility", evidence=(), benchmarks=())),
    (6, "feasibility.check_missing", part("feasibility", evidence=())),
    (6, "solutions.cell", row("solutions", "solutions", CHOSEN, data=None)),
    (6, "feasibility.shares", row("feasibility", "slices", READY.feasibility.slices[1].id, share=40)),
    (7, "feasibility.no_verdict", without("feasibility", "verdicts")),
    (7, "feasibility.verdict", row("feasibility", "verdicts", "chosen", opinion="not_feasible")),
    (7, "feasibility.reason", row("feasibility", "verdicts", "chosen", reason="")),
    (8, "value.no_ladder", without("value", "rungs")),
    (8, "value.objection", row("value", "rungs", READY.value.rungs[0].id, business="objects")),
    (8, "value.not_accepted", row("value", "rungs", READY.value.rungs[0].id, technical=None)),
    (8, "value.circle", row("value", "rungs", READY.value.rungs[0].id, below=READY.value.rungs[0].id)),
    (9, "value.no_benefit", without("value", "benefits")),
    (9, "value.no_cost", part("value", costs=(), linked_costs=None)),
    (9, "value.no_range", row("value", "benefits", READY.value.benefits[0].id, high=None)),
    (9, "value.amount_range", row("value", "benefits", READY.value.benefits[0].id, low=10**12)),
    (9, "value.no_source", row("value", "benefits", READY.value.benefits[0].id, source="", evidence="estimate")),
    (9, "project.name", part("project", name=" ")),
    (9, "project.owner", part("project", owner="")),
    (9, "project.sponsor", part("project", sponsor="")),
    (9, "project.decision", part("project", decision_asked="")),
    (10, "ethics.screening_open", part("ethics", hidden_machine=None)),
    (10, "ethics.screening_unknown", part("ethics", hidden_machine=None, unknown=("hidden_machine",))),
    (10, "ethics.is_fair_no", part("ethics", is_fair="no")),
    (10, "ethics.level_open", part("ethics", could_hurt="yes", decides_people="yes")),
    (10, "ethics.class_open", part("ethics", legal_path=READY.ethics.legal_path[:1])),
    (10, "ethics.promise_broken", row("ethics", "obligations", READY.ethics.obligations[0].id, at_launch="not_kept")),
    (11, "ethics.no_concern", part("ethics", concerns=(), aired=None)),
    (11, "ethics.open_concern", added("ethics", "concerns", Concern(id="new", concern="Accents"))),
    (11, "ethics.overruled", added("ethics", "concerns", Concern(id="new", concern="Accents", outcome="overruled", owner="Ben"))),
    (12, "data_sources.none", without("data_sources", "sources")),
    (12, "data_sources.missing", row("data_sources", "sources", "owned", cost=None)),
    (12, "data_sources.wanted", part("data_sources", wanted_amount=None)),
    (12, "data_sources.too_little", part("data_sources", wanted_amount=2201)),
    (12, "data_sources.target", part("data_sources", target_y="")),
    (12, "data_sources.split", part("data_sources", train_share=60, dev_share=20, test_share=30)),
    (13, "data_sources.privacy", row("data_sources", "sources", "owned", privacy=None)),
    (13, "data_sources.rights", row("data_sources", "sources", "owned", rights="")),
    (13, "data_sources.legal_basis", row("data_sources", "sources", "owned", legal_basis="not_needed")),
    (14, "milestones.none", without("milestones", "milestones")),
    (14, "milestones.no_launch", row("milestones", "milestones", "launch", kind="other")),
    (14, "milestones.no_first", without("milestones", "milestones", "launch")),
    (14, "milestones.owner", row("milestones", "milestones", "poc", owner="")),
    (14, "milestones.no_target", part("milestones", targets=())),
    (14, "milestones.due", row("milestones", "milestones", "service", due=None)),
    (14, "milestones.dates", row("milestones", "milestones", "service", due=date(2000, 1, 1))),
    (14, "milestones.cycle", row("milestones", "milestones", "poc", depends_on=("poc",))),
    (15, "milestones.kill", row("milestones", "milestones", "poc", kill_criteria="")),
    (15, "milestones.decider", row("milestones", "milestones", "poc", decider="")),
    (15, "milestones.stopped", row("milestones", "milestones", "test_set", gate="stop", gate_on=date(2027, 2, 12))),
    (16, "rollout.pattern", part("rollout", pattern=None)),
    (16, "rollout.share", part("rollout", start_share=None, ramp=())),
    (16, "rollout.rollback", part("rollout", rollback_owner=" ")),
    (16, "rollout.no_monitor", part("rollout", monitors=())),
]


def test_the_list_has_sixteen_numbers_and_a_place_in_each_step():
    assert [c.number for c in CONDITIONS] == list(range(1, 17))
    assert [c.part for c in CONDITIONS] == sorted((c.part for c in CONDITIONS), key=IN_SAMPLE.index)
    assert {c.part for c in CONDITIONS} == set(IN_SAMPLE)
    assert all(c.sentence[0].isupper() and c.sentence.endswith(".") for c in CONDITIONS)


@pytest.mark.parametrize("charter", [Charter(), new_charter("", "", "USD")], ids=["empty", "new"])
def test_an_empty_project_has_none_of_the_sixteen(charter):
    state = overview(charter)
    assert (state.met, len(state.conditions)) == (0, 16)
    assert to_sign_words(state.met) == "To sign: 0 of 16"


def test_a_finished_charter_has_all_sixteen_and_is_no_draft():
    assert reopened(READY) == {}
    assert not overview(READY).is_draft
    assert to_sign_words(overview(READY).met) == "To sign: 16 of 16"


@pytest.mark.parametrize(("number", "code", "charter"), BREAKS, ids=[f"{n} {c}" for n, c, _ in BREAKS])
def test_what_is_missing_reopens_its_condition_and_leads_to_the_place(number, code, charter):
    assert code in reopened(charter)[number]
    assert overview(charter).is_draft
    missing = next(f for c in conditions(charter) if c.number == number for f in c.missing if f.code == code)
    section = PART_BY_SLUG[missing.part]
    names = {q.name for q in section.questions} | set(section.lists)
    for name in section.lists if missing.record else ():
        if missing.record in {r.id for r in getattr(charter.part(section.slug), name)}:
            names |= {q.name for q in section.lists[name].questions}
    assert missing.field in names
    assert missing.message[0] in "“" or missing.message[0].isupper()
    assert missing.message.rstrip("”)")[-1] in ".?"


def test_every_rule_of_the_list_can_be_broken():
    assert {number for number, _, _ in BREAKS} == {c.number for c in CONDITIONS}


# ------------------------------------------------------------------------------------------------- gates bite


def test_a_stop_at_a_gate_is_a_finding_and_ready_falls():
    charter = row("milestones", "milestones", "poc", gate="stop", gate_on=date(2027, 2, 12))
    (found,) = overview(charter).missing
    assert (found.code, found.record, found.field) == ("milestones.stopped", "poc", "gate")
    assert "12 Feb 2027" in found.message
    assert overview(charter).met == 15
    assert reopened(row("milestones", "milestones", "poc", gate="go")) == {}


def test_a_chosen_idea_that_is_rejected_is_a_finding_and_ready_falls():
    charter = row("solutions", "solutions", CHOSEN, standing="rejected")
    found = next(f for f in overview(charter).missing if f.code == "solutions.none_chosen")
    assert "no idea is chosen any more" in found.message
    assert {5, 6, 7} <= set(reopened(charter))


def test_learning_as_the_only_idea_left_needs_a_word_why():
    assert reopened(only_learning_left()) == {5: {"solutions.why_learning"}}
    assert reopened(only_learning_left("Rules fix the 50 commonest names.")) == {}


def test_a_sign_off_on_a_draft_is_a_finding_that_reopens_the_ask():
    signed = Signature(id="new", role="Sponsor", name="Ana Ruiz", answered=SignAnswer.SIGNED, signed_on=date(2027, 2, 12))
    whole = bound(added("project", "signatures", signed), 1)
    assert reopened(whole) == {}
    # What is changed afterwards is no part of what was signed, so that alone reopens nothing.
    changed = whole.with_part("rollout", READY.rollout.model_copy(update={"pattern": None}))
    assert reopened(changed) == {16: {"rollout.pattern"}}
    draft = bound(changed.with_part("project", added("project", "signatures", signed).project), 1)
    assert reopened(draft) == {16: {"rollout.pattern"}, 9: {"project.signed_draft"}}
    found = next(f for f in overview(draft).missing if f.code == "project.signed_draft")
    assert found.record == "new"
    assert "12 Feb 2027, but 1 condition is not met" in found.message


# ------------------------------------------------------------------------------------------- what asks for nothing


def test_a_rejected_idea_asks_for_nothing_but_its_reason():
    bare = Solution(id="new", name="Buy glasses", standing="rejected")
    charter = added("solutions", "solutions", bare)
    before, after = overview(READY), overview(charter)
    assert [f for f in after.missing if f.record == "new"] == list(after.missing)
    assert [f.code for f in after.missing] == ["solutions.because"]
    told = overview(added("solutions", "solutions", bare.model_copy(update={"because": "Too dear"})))
    assert (told.missing, told.findings) == ((), before.findings)


def test_evidence_and_money_of_other_ideas_keep_nobody_from_signing():
    idle = Benefit(id="new", name="Orders with the vendor's recogniser", solution="buy_recogniser", low=5, high=1)
    assert reopened(added("value", "benefits", idle)) == {}


def test_advice_on_the_evidence_about_a_rejected_idea_falls_silent():
    findings = {f.code for f in overview(row("feasibility", "evidence", "hlp_illusion", source="")).findings}
    assert "feasibility.source" in findings
    rejected = row("feasibility", "evidence", "hlp_illusion", source="", solution="buy_recogniser")
    assert not [f for f in overview(rejected).findings if f.record == "hlp_illusion"]


@pytest.mark.parametrize(
    ("slug", "name", "empty"),
    [
        ("problems", "problems", Problem(id="new")),
        ("problems", "goals", Goal(id="new")),
        ("solutions", "solutions", Solution(id="new")),
        ("value", "benefits", Benefit(id="new")),
        ("ethics", "concerns", Concern(id="new")),
        ("milestones", "milestones", Milestone(id="new")),
        ("milestones", "targets", Target(id="new")),
        ("feasibility", "slices", Slice(id="new")),
    ],
)
def test_a_colleagues_empty_card_changes_nothing(slug, name, empty):
    assert reopened(added(slug, name, empty)) == {}


def test_a_source_that_is_only_wished_for_asks_for_nothing():
    assert READY.data_sources.sources[-1].origin == "wished"
    assert READY.data_sources.sources[-1].cost is None
    assert 12 not in reopened(READY)


def test_an_idea_without_learning_needs_no_check_no_examples_and_no_learning_target():
    charter = part("solutions", solutions=standing("name_list", "parked"), why_learning="")
    charter = charter.with_part("data_sources", charter.data_sources.model_copy(update={"wanted_amount": None, "target_y": ""}))
    plan = charter.milestones
    charter = charter.with_part(
        "milestones", plan.model_copy(update={"targets": tuple(t for t in plan.targets if t.family != "ml")})
    )
    found = reopened(charter)
    assert not {4, 12, 14} & set(found)
    assert found[6] == {"feasibility.no_evidence"}


# ------------------------------------------------------------------------------------------------ known and not known


def test_what_is_not_known_yet_counts_as_open_and_is_told_apart():
    charter = row("value", "rungs", READY.value.rungs[0].id, technical=None, unknown=("technical",))
    (condition,) = [c for c in conditions(charter) if not c.is_met]
    assert (condition.number, condition.state, condition.state.label) == (8, ConditionState.UNKNOWN, "Not known yet")
    assert overview(charter).met == 15
    both = charter.with_part("value", charter.value.model_copy(update={"benefits": ()}))
    assert [c.state for c in conditions(both) if not c.is_met] == [ConditionState.UNKNOWN, ConditionState.OPEN]


@pytest.mark.parametrize("section", SECTIONS, ids=lambda s: s.slug)
def test_saying_unknown_to_everything_meets_nothing(section):
    unknown = section.model(unknown=tuple(q.name for q in questions(section.model)))
    assert overview(Charter().with_part(section.slug, unknown)).met == 0


def test_a_statement_that_names_a_solution_is_only_a_hint_while_another_does_without():
    board = Problems(problems=(Problem(id="p", statement="We need a chatbot", who_is_affected="Support"),))
    assert reopened(Charter(problems=board))[1] == {"problems.names_solution"}
    both = Problems(problems=(*board.problems, Problem(id="q", statement="Answers come late.", who_is_affected="Customers")))
    assert 1 not in reopened(Charter(problems=both))
    assert "problems.names_solution" in {f.code for f in overview(Charter(problems=both)).findings}


def test_goals_further_down_need_no_number_yet():
    goals = READY.problems.goals
    assert [g.wanted for g in goals if g.rank == 1] == [19]
    bare = tuple(g if g.rank == 1 else g.model_copy(update={"wanted": None, "wanted_on": None, "unknown": ()}) for g in goals)
    assert len(bare) > 1
    assert reopened(part("problems", goals=bare)) == {}


def test_a_goal_without_a_rank_stands_at_the_top_while_none_has_one():
    board = Problems(goals=(Goal(id="a", statement="Fewer", rank=2), Goal(id="b", statement="Faster")))
    assert [g.id for g in top_goals(board)] == ["a"]
    unranked = Problems(goals=(Goal(id="a", statement="Fewer"), Goal(id="b", statement="Faster")))
    assert [g.id for g in top_goals(unranked)] == ["a", "b"]


def test_slices_that_overlap_or_miss_a_share_are_no_wrong_sum():
    slices = READY.feasibility.slices
    more = (*slices, Slice(id="x", name="Accents", share=20))
    assert reopened(part("feasibility", slices=more)) == {6: {"feasibility.shares"}}
    assert reopened(part("feasibility", slices=more, slices_are="overlapping")) == {}
    assert reopened(part("feasibility", slices=(*slices, Slice(id="x", name="Accents")))) == {}


def test_opinion_alone_is_told_at_the_card_that_is_one():
    card = next(e for e in READY.feasibility.evidence if e.check == "history")
    charter = row("feasibility", "evidence", card.id, grade="opinion")
    found = next(f for f in overview(charter).missing if f.code == "feasibility.opinion_only")
    assert (found.record, found.field) == (card.id, "grade")


def test_a_team_may_promise_less_than_the_rules_and_never_more():
    weak = tuple(e.model_copy(update={"speaks": "against"}) for e in READY.feasibility.evidence)
    contradicted = part("feasibility", evidence=weak)
    assert reopened(contradicted)[7] == {"feasibility.contradicted"}
    found = next(f for f in overview(contradicted).missing if f.code == "feasibility.contradicted")
    assert "The team says" in found.message
    assert "the evidence says" in found.message
    assert reopened(row("feasibility", "verdicts", "chosen", opinion="doubtful")) == {}


def test_an_open_concern_needs_an_owner_or_somebody_who_accepts_it_by_name():
    concern = Concern(id="new", concern="Accents", outcome="open")
    assert 11 in reopened(added("ethics", "concerns", concern))
    assert 11 in reopened(added("ethics", "concerns", concern.model_copy(update={"accepted_by": "  "})))
    assert 11 not in reopened(added("ethics", "concerns", concern.model_copy(update={"accepted_by": "Ana Ruiz, sponsor"})))
    assert 11 not in reopened(added("ethics", "concerns", concern.model_copy(update={"owner": "Ben"})))


def test_a_high_result_stands_only_with_every_duty_taken_on():
    loan = next(s.charter for s in samples() if s.slug == "loan_approval")
    assert reopened(loan)[10] == {"ethics.level_open", "ethics.demand_left"}
    found = next(f for f in overview(loan).missing if f.code == "ethics.demand_left")
    assert "15 promises are demanded by level and class, and nobody has taken them on." in found.message


def test_a_step_has_its_tick_when_nothing_of_its_conditions_is_missing():
    state = overview(row("milestones", "milestones", "poc", gate="stop"))
    assert [s.slug for s in SECTIONS if not state.is_done(s.slug)] == ["milestones"]
    assert not any(overview(Charter()).is_done(s.slug) for s in SECTIONS)


def test_what_is_missing_is_not_told_again_as_advice():
    for sample in samples():
        state = overview(sample.charter)
        assert not {(f.code, f.record) for f in state.missing} & {(f.code, f.record) for f in state.findings}


def test_money_of_sources_and_milestones_counts_as_cost_only_where_it_is_linked():
    assert READY.value.linked_costs == "milestones"
    assert reopened(part("value", costs=())) == {}
    assert reopened(part("value", costs=(), linked_costs="none")) == {9: {"value.no_cost"}}
    assert reopened(part("value", costs=(), linked_costs="data")) == {}


def test_evidence_of_nobody_leaves_the_checks_open():
    assert reopened(READY.with_part("feasibility", Feasibility())) == {
        6: {"feasibility.no_evidence"},
        7: {"feasibility.no_verdict"},
    }
