"""Several ideas, with and without learning, one of them chosen, the others parked or rejected with a reason."""

import pytest

from scoping.sections.problems import Goal, Problem, Problems
from scoping.sections.solutions import Approach, Data, Novelty, Solution, Solutions, Standing, chosen
from tests.told import told_of

ONE = Solution(
    id="a",
    name="Retrain",
    problems=("p",),
    approach=Approach.ML,
    data=Data.UNSTRUCTURED,
    novelty=Novelty.EXISTING,
    standing=Standing.CHOSEN,
    input_x="Audio",
    target_y="Words",
    who_acts="Search",
)
OTHER = Solution(id="b", name="Buttons", problems=("p",), approach=Approach.RULES, standing=Standing.CONSIDERED)


def found(*ideas):
    board = Problems(problems=(Problem(id="p", statement="Fails"),), goals=(Goal(id="g", statement="Fewer", problem="p"),))
    words = {"why_this_one": "It reaches most", "why_learning": "Rules fix the 50 commonest"}
    return told_of("solutions", problems=board, solutions=Solutions(solutions=ideas, **words))


def test_a_complete_comparison_leaves_nothing_open():
    assert found(ONE, OTHER) == {}


def test_no_idea_at_all_is_the_only_finding():
    assert set(found()) == {"solutions.none", "solutions.none_chosen"}


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


@pytest.mark.parametrize("name", ["data", "novelty"])
def test_the_kind_of_data_is_asked_as_soon_as_an_idea_that_learns_is_chosen(name):
    lacking = found(ONE.model_copy(update={name: None}), OTHER)["solutions.cell"]
    assert (lacking.record, lacking.field) == ("a", name)
    assert "solutions.cell" not in found(ONE.model_copy(update={name: None, "approach": Approach.RULES}), OTHER)
    assert "solutions.cell" not in found(ONE.model_copy(update={name: None, "standing": Standing.CONSIDERED}), OTHER)


def test_a_chosen_idea_that_answers_no_problem_blocks():
    assert found(ONE.model_copy(update={"problems": ()}), OTHER)["solutions.no_problem"].record == "a"


def test_a_single_idea_and_learning_only_are_told():
    assert {"solutions.one_only", "solutions.ml_only"} == set(found(ONE))
    assert "solutions.ml_only" in found(ONE, OTHER.model_copy(update={"approach": None}))


@pytest.mark.parametrize("revisit", ["", "Prices fall"])
def test_a_rejected_idea_needs_a_reason(revisit):
    rejected = OTHER.model_copy(update={"standing": Standing.REJECTED, "because": " ", "revisit_when": revisit})
    assert found(ONE, rejected)["solutions.because"].record == "b"


def test_a_rejection_with_its_reason_is_fine():
    rejected = OTHER.model_copy(update={"standing": Standing.REJECTED, "because": "Too dear"})
    assert found(ONE, rejected) == {}
