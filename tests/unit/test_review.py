"""Rules between parts: what one promises, another must hold."""

import pytest

from scoping.charter import Charter
from scoping.ethics import consequences, questions
from scoping.ethics.legal_rules import standard_tree
from scoping.review import BETWEEN_PARTS
from scoping.samples import samples
from scoping.sections.data_sources import DataSources, Source
from scoping.sections.ethics import ChecklistItem, Ethics, Group, ItemAnswer, LegalAnswer, Obligation, ObligationState, QuestionPack
from scoping.sections.feasibility import Benchmark, Check, Evidence, Feasibility, Grade, Opinion, Speaks, Verdict
from scoping.sections.milestones import Family, Milestone, Milestones, Target
from scoping.sections.problems import Problem, Problems
from scoping.sections.project import Project
from scoping.sections.rollout import Automation, Rollout
from scoping.sections.solutions import Approach, Data, Novelty, Solution, Solutions, Standing
from scoping.sections.value import Benefit, Cost, Rate, Rung, Stake, Value
from scoping.signing.conditions import conditions
from tests.told import missing, told

CHOSEN = Solution(
    id="s",
    name="Retrain",
    approach=Approach.ML,
    standing=Standing.CHOSEN,
    data=Data.UNSTRUCTURED,
    novelty=Novelty.NEW,
    problems=("p",),
)
IDEAS = Solutions(solutions=(CHOSEN,))


def review(**parts):
    return {f.code: f for rule in BETWEEN_PARTS for f in rule.findings(Charter(**parts))}


def evidence(**given):
    return Evidence(
        **{
            "id": "e",
            "solution": "s",
            "check": Check.HLP,
            "finding": "People manage 95 %.",
            "grade": Grade.PILOT,
            "speaks": Speaks.FOR,
            **given,
        }
    )


def test_nothing_is_asked_between_empty_parts():
    assert review() == {}


def test_a_problem_without_an_idea_is_named_once_there_are_ideas():
    problems = Problems(problems=(Problem(id="p", statement="Fails"), Problem(id="q", statement="Slow")))
    assert review(problems=problems, solutions=IDEAS)["solutions.unanswered"].record == "q"
    assert "solutions.unanswered" not in review(problems=problems)


def test_the_chosen_idea_needs_the_checks_of_its_cell_and_a_verdict():
    found = told(solutions=IDEAS, feasibility=Feasibility(evidence=(evidence(check=Check.OTHER, speaks=None),)))
    assert "needs the check" in found["feasibility.check_missing"].message
    assert "feasibility.no_verdict" in found


def still_needed(*rows, benchmarks=(), ideas=IDEAS):
    """The checks of the chosen idea that have nothing better than opinion."""
    (needs,) = (
        c
        for c in conditions(Charter(solutions=ideas, feasibility=Feasibility(evidence=rows, benchmarks=benchmarks)))
        if c.number == 6
    )
    return [check for f in needs.missing for check in Check if check.label in f.message]


def test_evidence_meets_a_check_and_an_empty_card_does_not():
    other = evidence(id="o", check=Check.OTHER)
    assert still_needed(evidence()) == [Check.BENCHMARK]
    assert still_needed(evidence(finding="", value=0.0)) == [Check.BENCHMARK]
    assert still_needed(other, evidence(finding=" ")) == [Check.HLP, Check.BENCHMARK]
    assert still_needed(other, evidence(solution="other")) == [Check.HLP, Check.BENCHMARK]
    assert still_needed(evidence(grade=Grade.OPINION)) == [Check.HLP, Check.BENCHMARK]


def test_a_benchmark_in_its_own_list_makes_that_check_too():
    def needed(**fields):
        return still_needed(evidence(), benchmarks=(Benchmark(id="b", **fields),))

    assert needed(value=0.0) == []
    assert needed(name="Vendor") == [Check.BENCHMARK]
    assert needed(value=90, solution="other") == [Check.BENCHMARK]


@pytest.mark.parametrize("approach", [Approach.RULES, Approach.BUY])
def test_the_two_by_two_is_for_learning_only(approach):
    ideas = Solutions(solutions=(CHOSEN.model_copy(update={"approach": approach}),))
    assert still_needed(evidence(check=Check.OTHER), ideas=ideas) == []


def test_an_idea_whose_approach_nobody_stated_needs_the_checks_too():
    ideas = Solutions(solutions=(CHOSEN.model_copy(update={"approach": None}),))
    assert still_needed(evidence(), ideas=ideas) == [Check.BENCHMARK]


def test_strong_evidence_about_another_idea_does_not_carry_the_chosen_one():
    other = evidence(solution="other")
    assert "feasibility.no_evidence" in told(solutions=IDEAS, feasibility=Feasibility(evidence=(other,)))
    own = evidence(id="f")
    assert "feasibility.no_evidence" not in told(solutions=IDEAS, feasibility=Feasibility(evidence=(other, own)))


def test_nobody_judges_while_nothing_is_chosen():
    assert "feasibility.no_verdict" not in told(solutions=Solutions(solutions=(Solution(id="s"),)))


@pytest.mark.parametrize("opinion", [Opinion.NOT_FEASIBLE, Opinion.TOO_LITTLE])
def test_a_bad_verdict_blocks_in_its_own_words(opinion):
    verdict = Verdict(id="v", solution="s", opinion=opinion)
    found = told(solutions=IDEAS, feasibility=Feasibility(verdicts=(verdict,)))
    assert opinion.label.lower() in found["feasibility.verdict"].message
    assert "feasibility.no_verdict" not in found


def test_a_verdict_that_says_unknown_or_nothing_is_none():
    verdict = Verdict(id="v", solution="s", unknown=("opinion",))
    assert "feasibility.no_verdict" in told(solutions=IDEAS, feasibility=Feasibility(verdicts=(verdict,)))


def test_a_business_target_stands_on_the_ladder_whatever_its_case():
    value = Value(rungs=(Rung(id="r", metric="Failed searches "),))

    def plan(metric):
        targets = (Target(id="t", milestone="m", family=Family.BUSINESS, metric=metric, target=3),)
        return Milestones(milestones=(Milestone(id="m"),), targets=targets)

    assert "milestones.off_ladder" in review(value=value, milestones=plan("Revenue"))
    assert "milestones.off_ladder" not in review(value=value, milestones=plan(" failed Searches"))
    assert "milestones.off_ladder" not in review(milestones=plan("Revenue"))


def test_amounts_that_no_rate_converts_are_told_and_blank_ones_do_not_count():
    euros = DataSources(sources=(Source(id="a", cost=1, currency="EUR"),))
    pounds = Value(benefits=(Benefit(id="b", low=1, currency="GBP"),))
    message = review(data_sources=euros, value=pounds)["value.currencies"].message
    assert "EUR and GBP" in message
    assert "USD" in message
    assert "value.currencies" not in review(value=Value(benefits=(Benefit(id="b", currency="GBP"),)))
    assert "value.currencies" not in review(data_sources=euros, project=Project(currency="EUR"))
    assert "value.currencies" not in review(data_sources=euros, value=Value(rates=(Rate(id="r", foreign="EUR", rate=1.1),)))
    assert "value.currencies" in review(data_sources=euros, value=Value(rates=(Rate(id="r", foreign="EUR"),)))


def test_what_the_calculation_leaves_out_is_told_at_its_record():
    value = Value(
        costs=(Cost(id="c", name="Team", low=1, likely=2, high=3), Cost(id="d", name="Rent", low=3, likely=2, period="year")),
        linked_costs="both",
    )
    sources = DataSources(sources=(Source(id="s", name="Calls", cost=1, currency="EUR"),))
    plan = Milestones(milestones=(Milestone(id="m", deliverable="Proof", money=1, currency="GBP"),))
    found = review(value=value, data_sources=sources, milestones=plan)
    told = {code: (f.record, f.message) for code, f in found.items() if code.endswith(".left_out")}
    assert told == {
        "value.left_out": ("c", "“Team”: say how often the amount comes: once, per month or per year."),
        "data_sources.left_out": ("s", "“Calls”: it is in EUR, for which no exchange rate is given. Add one to count it."),
        "milestones.left_out": ("m", "“Proof”: it is in GBP, for which no exchange rate is given. Add one to count it."),
    }
    assert "value.left_out" not in missing(value=value, data_sources=sources, milestones=plan)


def test_a_circle_in_the_ladder_keeps_the_charter_a_draft_and_a_missing_link_does_not():
    rungs = (Rung(id="a", order=1, metric="Words"), Rung(id="b", order=2, metric="Queries"))
    assert "value.left_out" in review(value=Value(rungs=rungs))
    assert "value.circle" not in missing(value=Value(rungs=rungs))
    circle = (rungs[0].model_copy(update={"below": "b"}), rungs[1])
    found = told(value=Value(rungs=circle))["value.circle"]
    assert (found.record, found.field) == ("a", "below")
    assert found.message == "“Words” and “Queries” rest on each other in a circle. Change what it rests on."


def test_a_precision_from_which_no_flag_pays_is_told_at_the_target():
    stake = Stake(id="s", name="Block a payment", cases_per_month=1000, positive_share=1, value_tp=100, cost_fp=300)
    value = Value(stakes=(stake,))

    def plan(target, **more):
        target = Target(**{"id": "t", "family": Family.ML, "metric": "Precision", "target": target, "unit": "%", **more})
        return Milestones(targets=(target,))

    found = review(value=value, milestones=plan(74))["milestones.below_break_even"]
    assert found.record == "t"
    assert "74\u00a0%" in found.message
    assert "75\u00a0%" in found.message
    assert "milestones.below_break_even" in review(value=value, milestones=plan(0.7, unit=""))
    for fine in (plan(75), plan(0.8, unit=""), plan(74, family=Family.BUSINESS), plan(74, metric="Recall"), plan(None)):
        assert "milestones.below_break_even" not in review(value=value, milestones=fine)


# ------------------------------------------------------------------------------------------------ ethics and risk

LOAN = next(s for s in samples() if s.slug == "loan_approval").charter.ethics


def test_unknown_questions_are_counted_by_the_one_count():
    kept = LOAN.checklist
    blank, unknown = (
        i.model_copy(update={"answered": None, "unknown": u}) for i, u in zip(kept[:2], ((), ("answered",)), strict=True)
    )
    found = review(ethics=LOAN.model_copy(update={"checklist": (blank, unknown, *kept[2:])}))
    tally = consequences.of(LOAN).tally
    assert found["ethics.checklist_unknown"].message.startswith(f"{tally.unknown + 1} questions have no known answer yet.")


def level_three():
    """The loan, with the three open questions answered for the worse."""
    left = {"impact_hardest": "unmeasured", "data_coverage": "unmeasured", "data_bias": "yes"}
    items = []
    for name in left:
        asked = questions.standard_bank().asked[name]
        worst = max(asked.question.options, key=lambda o: o.points)
        blank = questions.item(asked.pack, asked.area.name, name, asked.question.ask)
        items.append(blank.model_copy(update={"answered": ItemAnswer.OPTION, "option": worst.id, "option_words": worst.words}))
    return LOAN.model_copy(update={"checklist": (*LOAN.checklist, *items)})


def test_a_level_between_two_says_so_and_what_would_decide_it():
    said = review(ethics=LOAN)["ethics.level_open"].message
    assert said.startswith("Answer what decides the impact level. Between level II and level III. These narrow it most: “")
    assert "ethics.level_open" not in review(ethics=level_three())


def test_level_and_class_are_asked_for_where_the_screening_gives_a_reason():
    assert not {"ethics.level_open", "ethics.class_open"} & set(review(ethics=Ethics(net_positive="yes", could_hurt="no")))
    assert {"ethics.class_open"} <= set(review(ethics=Ethics(hidden_machine="yes")))
    assert {"ethics.level_open", "ethics.class_open"} <= set(review(ethics=Ethics(could_hurt="yes", decides_people="yes")))


def test_a_prohibited_practice_blocks():
    path = {"algorithm": "yes", "kind": "system", "exclusion": "none", "role": "deployer", "state": "use", "prohibited": "scraping"}
    nodes = standard_tree().nodes
    rows = tuple(LegalAnswer(id=node, question=nodes[node].ask, chosen=chosen) for node, chosen in path.items())
    assert "ethics.prohibited" in missing(ethics=Ethics(legal_path=rows))


def test_a_class_that_is_not_certain_names_those_that_are_possible():
    path = tuple(s.model_copy(update={"chosen": "", "unknown": ("chosen",)}) if s.id == "profiling" else s for s in LOAN.legal_path)
    assert (
        "Possible are: high-risk, in a high-risk area, but exempt."
        in review(ethics=LOAN.model_copy(update={"legal_path": path}))["ethics.class_open"].message
    )


def test_what_is_demanded_and_not_taken_on_is_counted():
    assert review(ethics=LOAN)["ethics.demand_left"].message.startswith(
        "15 promises are demanded by level and class, and nobody has taken them on"
    )


def test_full_automation_is_blocked_where_the_level_demands_a_human():
    full = Rollout(automation_end=Automation.FULL)
    assert "rollout.human_decision" in missing(ethics=level_three(), rollout=full)
    assert "rollout.human_decision" not in missing(ethics=level_three(), rollout=Rollout(automation_end=Automation.PARTIAL))
    assert "rollout.human_decision" not in missing(ethics=LOAN, rollout=full), "the level is not certain"
    waived = Obligation(
        id="human_decision", demand="A human decides", state=ObligationState.NOT_NEEDED, reason="The board decided so"
    )
    ethics = level_three().model_copy(update={"obligations": (waived,)})
    assert "rollout.human_decision" not in missing(ethics=ethics, rollout=full)


def test_a_no_is_asked_for_a_reason_where_yes_is_the_good_answer():
    def said(name, question):
        return review(ethics=Ethics(checklist=(ChecklistItem(id=name, question=question, answered=ItemAnswer.NO),)))

    assert said("redress", "Redress?")["ethics.checklist_reason"].record == "redress"
    assert "ethics.checklist_reason" not in said("profile_stakes", "High stakes?")
    assert "ethics.checklist_reason" not in said("asked_legal", "Asked?"), "its missing points say it"
    assert "ethics.checklist_reason" in said("own", "A question of our own?")


def test_a_pack_that_cannot_be_read_is_told_with_its_mistake():
    ethics = Ethics(question_packs=(QuestionPack(id="p", name="Ours", definition="id = "),))
    assert "“Ours” is not written in TOML" in review(ethics=ethics)["ethics.pack_unreadable"].message


def test_a_gap_without_a_slice_target_is_named():
    ethics = Ethics(groups=(Group(id="g", name="Young", metric="Errors", gap=3, target="t"),))
    assert review(ethics=ethics)["ethics.group_unproved"].record == "g"
    assert "ethics.group_unproved" not in review(ethics=ethics, milestones=Milestones(targets=(Target(id="t"),)))
