"""Problems before solutions: measurable, owned by people, and told without naming a cure."""

from datetime import date

import pytest

from scoping.sections.problems import SECTION, Goal, Problem, Problems, Side, Stakeholder, review, solution_words
from tests.told import missing, told_of


def found(**parts):
    return told_of("problems", problems=Problems(**parts))


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("We need a chatbot", ["chatbot"]),
        ("We want an AI assistant for AI people", ["AI"]),
        ("we need ai", ["ai"]),
        ("Build a recommender", ["recommender"]),
        ("Automate invoice checking", ["Automate"]),
        ("We need to automate invoices.", ["automate"]),
        ("Our team needs a platform", ["platform"]),
        ("There is no dashboard for sales", ["dashboard"]),
        ("Support answers late.\nBuild a bot", ["bot"]),
        ("Use GPT-4o for tickets", ["GPT-4o"]),
        ("An A.I. would help", ["A.I."]),
        ("Machine learning for churn, with deep learning", ["Machine learning", "deep learning"]),
    ],
)
def test_a_statement_that_already_names_a_cure_is_noticed(statement, words):
    assert solution_words(statement) == words


@pytest.mark.parametrize(
    "statement",
    [
        "",
        "One in five spoken searches shows nothing the customer asked for.",
        "Our mobile app crashes on old phones",
        "Invoices are not automated",
        "5 ml of reagent is lost per dose",
        "Three phone models fail inspection",
        "Our chatbot misunderstands accents",
        "The vendor's language model is slow",
        "Customers leave; the app is fine",
        "J'ai besoin d'aide",
        "A rag was left in the machine",
        "We use three tools and retype every order",
        "دستیار صوتی نام خیابان‌ها را اشتباه می‌فهمد",
    ],
)
def test_what_is_there_today_and_everyday_words_are_no_cure(statement):
    assert solution_words(statement) == []


def test_a_named_cure_is_advice_with_a_question_and_never_blocks():
    cure, plain = Problem(id="p", statement="We need a chatbot"), Problem(id="q", statement="Answers come late.")
    assert "problems.names_solution" not in missing(problems=Problems(problems=(cure, plain)))
    finding = found(problems=(cure, plain))["problems.names_solution"]
    assert finding.record == "p"
    assert "names “chatbot”, which sounds like a solution. What would be better with it, and for whom?" in finding.message


def test_an_empty_board_says_what_comes_first():
    codes = set(found())
    assert {
        "problems.none",
        "problems.decision",
        "problems.nobody_acts",
        "problems.goals",
        "problems.no_stakeholder",
    } == codes


def test_the_empty_board_opens_with_the_top_three_things():
    assert "three things do you wish were working better" in SECTION.lists["problems"].begin


def test_a_problem_without_a_statement_is_asked_for_one_and_nothing_else():
    codes = {f.code for f in review(Problems(problems=(Problem(id="p", baseline_value=3),))) if f.record == "p"}
    assert codes == {"problems.statement"}


def test_a_baseline_of_zero_is_a_baseline_and_an_unknown_one_is_none():
    zero = Problem(id="p", statement="Fails", baseline_value=0)
    assert "problems.baseline" not in found(problems=(zero,))
    unknown = Problem(id="p", statement="Fails", unknown=("baseline_value",))
    assert "problems.baseline" in found(problems=(unknown,))


def test_the_problem_of_the_goal_at_the_top_needs_its_number_and_others_are_advised():
    two = (Problem(id="p", statement="Fails", baseline_value=21), Problem(id="q", statement="Slow"))
    goal = Goal(id="g", statement="Fewer", rank=1, problem="p", wanted=12, wanted_on=date(2027, 5, 3))
    assert found(problems=two, goals=(goal,))["problems.baseline"].record == "q"
    assert "problems.baseline" not in missing(problems=Problems(problems=two, goals=(goal,)))
    other = goal.model_copy(update={"problem": "q"})
    assert "problems.baseline" in missing(problems=Problems(problems=two, goals=(other,)))


def test_two_goals_of_one_rank_are_noticed_and_unranked_ones_are_not():
    assert "problems.goal_ranks" in found(goals=(Goal(id="a", rank=1), Goal(id="b", rank=1)))
    assert "problems.goal_ranks" not in found(goals=(Goal(id="a", rank=1), Goal(id="b"), Goal(id="c")))


@pytest.mark.parametrize(
    ("sides", "words"),
    [
        ((Side.AFFECTED,), "business or the technical side"),
        ((Side.BUSINESS, Side.AFFECTED), "the technical side"),
        ((Side.TECHNICAL, None), "the business side"),
    ],
)
def test_the_side_that_nobody_speaks_for_is_named(sides, words):
    people = tuple(Stakeholder(id=f"s{i}", side=side) for i, side in enumerate(sides))
    assert words in found(stakeholders=people)["problems.sides"].message


def test_both_sides_are_enough():
    people = (Stakeholder(id="a", side=Side.BUSINESS), Stakeholder(id="b", side=Side.TECHNICAL))
    assert not {"problems.sides", "problems.no_stakeholder"} & set(found(stakeholders=people))
