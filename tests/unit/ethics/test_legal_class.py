"""The legal class comes from the path through the tree; what is unknown leaves several classes possible."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scoping import content
from scoping.errors import PackError
from scoping.ethics import legal_rules
from scoping.ethics.legal_class import find

TREE = legal_rules.standard_tree()
BASE = {
    "algorithm": "yes",
    "kind": "system",
    "exclusion": "none",
    "role": "deployer",
    "state": "development",
    "prohibited": "none",
    "product": "no",
    "area": "none",
    "transparency": "none",
}


def result(**answers):
    found = find(TREE, {**BASE, **answers})
    assert found.result is not None, [p.words for p in found.possible]
    return found.result.legal.id, {d.id for d in found.result.duties}


@pytest.mark.parametrize(
    ("answers", "legal", "duties"),
    [
        ({}, "minimal", {"deployer"}),
        ({"algorithm": "no"}, "outside", set()),
        ({"kind": "neither"}, "outside", set()),
        ({"exclusion": "military"}, "outside", set()),
        ({"role": "both"}, "minimal", {"provider", "deployer"}),
        ({"role": "importer"}, "minimal", set()),
        ({"prohibited": "social_scoring"}, "prohibited", {"deployer"}),
        ({"prohibited": "scraping"}, "prohibited", {"deployer"}),
        ({"prohibited": "emotion", "emotion_exception": "no"}, "prohibited", {"deployer"}),
        (
            {
                "prohibited": "emotion",
                "emotion_exception": "yes",
                "area": "biometrics",
                "profiling_biometrics": "no",
                "profiling": "yes",
            },
            "high",
            {"deployer"},
        ),
        ({"prohibited": "crime", "crime_exception": "yes"}, "minimal", {"deployer"}),
        ({"product": "section_a", "conformity": "yes"}, "high", {"deployer", "third_party"}),
        ({"product": "section_a", "conformity": "no"}, "minimal", {"deployer"}),
        ({"product": "section_b", "conformity_other": "yes"}, "high_other", {"deployer"}),
        ({"area": "services", "profiling": "yes"}, "high", {"deployer"}),
        ({"area": "employment", "profiling": "no", "exception": "none"}, "high", {"deployer"}),
        ({"area": "education", "profiling": "no", "exception": "prepares"}, "exempt", {"deployer"}),
        ({"area": "biometrics", "profiling_biometrics": "yes", "profiling": "no", "exception": "narrow"}, "exempt", {"deployer"}),
        ({"transparency": "talks", "transparency_exception": "none"}, "minimal", {"deployer", "transparency"}),
        ({"transparency": "talks", "transparency_exception": "obvious"}, "minimal", {"deployer"}),
        ({"kind": "general_model", "model_exclusion": "no", "systemic": "yes"}, "model_systemic", set()),
        ({"kind": "general_model", "model_exclusion": "no", "systemic": "no", "open_source": "yes"}, "model_open", set()),
        ({"kind": "general_model", "model_exclusion": "no", "systemic": "no", "open_source": "no"}, "model", set()),
    ],
)
def test_a_whole_path_ends_in_one_class(answers, legal, duties):
    assert result(**answers) == (legal, duties)


@pytest.mark.parametrize("area", [a.id for a in TREE.nodes["area"].answers if a.id != "none"])
def test_profiling_in_a_high_risk_area_is_always_high_risk_whatever_the_exception(area):
    more = {"profiling_biometrics": "no"} if area == "biometrics" else {}
    assert result(area=area, profiling="yes", exception="narrow", **more)[0] == "high"


def test_an_unknown_answer_leaves_several_classes_and_the_path_goes_on():
    found = find(TREE, {**BASE, "area": "services", "profiling": ""})
    assert found.result is None
    assert [c.id for c in found.classes] == ["high", "exempt"]
    assert found.next.id == "exception"
    assert not found.is_certain("high")
    assert found.is_certain("deployer")


def test_nothing_answered_leaves_everything_possible():
    found = find(TREE, {})
    assert {c.id for c in found.classes} == {c.id for c in TREE.classes.values() if not c.is_duty}
    assert found.next.id == TREE.start


def test_the_path_names_each_node_with_its_source_in_the_order_it_was_asked():
    found = find(TREE, {**BASE, "area": "services", "profiling": "yes"})
    ids = ["algorithm", "kind", "exclusion", "role", "state", "prohibited", "product", "area", "profiling", "transparency"]
    assert [s.node.id for s in found.path] == ids
    assert all(s.node.source.startswith("Art.") for s in found.path)
    assert found.next is None


def test_answers_off_the_way_have_no_effect():
    assert result(algorithm="no", prohibited="scraping") == ("outside", set())


def test_an_answer_that_these_rules_lack_counts_as_unknown():
    assert len(find(TREE, {**BASE, "area": "gambling"}).classes) > 1


NODES = {name: [a.id for a in node.answers] for name, node in TREE.nodes.items()}
CALM = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
some_answers = st.fixed_dictionaries({}, optional={name: st.sampled_from(answers) for name, answers in NODES.items()})


@CALM
@given(some_answers, st.data())
def test_an_answer_more_never_makes_more_possible(answers, data):
    found = find(TREE, answers)
    if found.next is None:
        assert found.result is not None
        return
    more = data.draw(st.sampled_from(NODES[found.next.id]))
    assert set(find(TREE, {**answers, found.next.id: more}).possible) <= set(found.possible)


@CALM
@given(some_answers)
def test_unknown_says_the_same_as_not_asked(answers):
    unasked = {name: "" for name in NODES if name not in answers}
    assert find(TREE, answers | unasked).possible == find(TREE, answers).possible


TEXT = content.text("legal/eu_ai_act.toml")


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ('to = "kind"', 'to = "kid"', "leads to “kid”"),
        ('gives = ["exempt"]', 'gives = ["exemt"]', "“exception”.*“exemt”"),
        ('id = "exception"\n', 'id = "area"\n', "share an id"),
        ('otherwise = "minimal"', 'otherwise = "none"', "“otherwise”"),
        ('id = "no", words = "No", to = "exception"', 'id = "no", words = "No", to = "area"', "lead back to itself"),
        (
            'id = "no", words = "No", to = "exception"',
            'id = "no", words = "No", to = "transparency"',
            "“exception”: no answer leads there",
        ),
        ('id = "eu_ai_act"\n', "", "missing"),
        ('title = "EU AI Act"', 'title = "EU AI Act', "TOML"),
    ],
)
def test_a_mistake_in_the_rules_is_named(right, wrong, told):
    assert right in TEXT
    with pytest.raises(PackError, match=told):
        legal_rules.read("rules.toml", TEXT.replace(right, wrong, 1))
