"""Several ideas, with and without learning, one of them chosen, the others parked or rejected with a reason."""

import pytest

from scoping.sections.solutions import Approach, Solution, Solutions, Standing, chosen, review

ONE = Solution(
    id="a",
    name="Retrain",
    problems=("p",),
    approach=Approach.ML,
    standing=Standing.CHOSEN,
    input_x="Audio",
    target_y="Words",
    who_acts="Search",
)
OTHER = Solution(id="b", name="Buttons", problems=("p",), approach=Approach.RULES, standing=Standing.CONSIDERED)


def found(*ideas):
    return {f.code: f for f in review(Solutions(solutions=ideas))}


def test_a_complete_comparison_leaves_nothing_open():
    assert found(ONE, OTHER) == {}


def test_no_idea_at_all_is_the_only_finding():
    assert set(found()) == {"solutions.none"}


def test_the_chosen_idea_is_the_only_one_marked_so():
    assert chosen(Solutions(solutions=(ONE, OTHER))) == ONE
    assert chosen(Solutions(solutions=(OTHER,))) is None
    assert chosen(Solutions(solutions=(ONE, ONE.model_copy(update={"id": "c"})))) is None


def test_two_chosen_ideas_block_and_both_are_named():
    message = found(ONE, OTHER.model_copy(update={"standing": Standing.CHOSEN}))["solutions.several_chosen"].message
    assert "“Retrain”" in message
    assert "“Buttons”" in message


def test_nothing_chosen_blocks():
    assert "solutions.none_chosen" in found(OTHER)


@pytest.mark.parametrize("name", ["input_x", "target_y", "who_acts"])
def test_a_learning_idea_says_what_goes_in_what_comes_out_and_who_acts(name):
    assert f"solutions.{name}" in found(ONE.model_copy(update={name: " "}), OTHER)
    assert f"solutions.{name}" not in found(ONE.model_copy(update={name: "", "approach": Approach.RULES}), OTHER)


def test_a_chosen_idea_that_answers_no_problem_blocks():
    assert found(ONE.model_copy(update={"problems": ()}), OTHER)["solutions.no_problem"].record == "a"


def test_a_single_idea_and_learning_only_are_told():
    assert {"solutions.one_only", "solutions.ml_only"} == set(found(ONE))
    assert "solutions.ml_only" in found(ONE, OTHER.model_copy(update={"approach": None}))


@pytest.mark.parametrize(("because", "revisit"), [("", ""), ("Too dear", ""), ("", "Prices fall")])
def test_a_rejected_idea_needs_a_reason_and_a_condition_to_come_back(because, revisit):
    rejected = OTHER.model_copy(update={"standing": Standing.REJECTED, "because": because, "revisit_when": revisit})
    assert found(ONE, rejected)["solutions.because"].record == "b"


def test_a_rejection_with_both_is_fine():
    rejected = OTHER.model_copy(update={"standing": Standing.REJECTED, "because": "Too dear", "revisit_when": "Prices fall"})
    assert found(ONE, rejected) == {}
