"""The first page: a name, an owner, a decision, and people who sign."""

from scoping.sections.project import Assumption, AssumptionState, Project, Signature, review
from tests.told import told_of


def codes(project):
    return [f.code for f in review(project)]


def test_name_owner_and_decision_are_needed_and_blanks_are_none():
    needed = ["project.name", "project.owner", "project.sponsor", "project.decision"]
    assert list(told_of("project", project=Project(name=" "))) == [*needed, "project.signatures"]


def test_two_signers_are_asked_for():
    project = Project(name="Voice", owner="Dana", decision_asked="Two engineers", signatures=(Signature(id="a"), Signature(id="b")))
    assert codes(project) == []
    assert codes(project.model_copy(update={"signatures": (Signature(id="a"),)})) == ["project.signatures"]


def test_an_assumption_that_turned_out_wrong_is_named():
    wrong = Assumption(id="a", statement="Customers accept being recorded", state=AssumptionState.WRONG)
    (found,) = (f for f in review(Project(assumptions=(wrong,))) if f.code == "project.assumption_wrong")
    assert "“Customers accept being recorded”" in found.message
    assert found.record == "a"
