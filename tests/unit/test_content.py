"""A new charter asks the standard questions and answers none; every empty step says what is missing."""

import pytest

from scoping.charter import SECTIONS, Charter
from scoping.ethics.questions import standard_bank
from scoping.portfolio.rubrics import standard_methods
from scoping.review import overview
from scoping.samples import new_charter
from scoping.section import Answer

NEW = new_charter("Better voice search", "Dana Lee", "JPY")
DEON = {
    "Collection": {"informed_consent", "collection_bias", "limit_personal_data", "testable_outcomes"},
    "Storage": {"security", "right_to_be_forgotten", "retention"},
    "Analysis": {"missing_perspectives", "dataset_bias", "honest_representation", "analysis_privacy", "auditability"},
    "Modelling": {"proxy_discrimination", "fairness_groups", "metric_selection", "explainability", "communicate_limits"},
    "Deployment": {"monitoring", "redress", "roll_back", "unintended_use"},
}
IMPACT = {"reversible", "hit_hardest", "left_out", "misuse"}


def test_a_new_charter_knows_its_name_owner_and_currency_and_nothing_else():
    assert (NEW.name, NEW.project.owner, NEW.project.currency) == ("Better voice search", "Dana Lee", "JPY")
    assert NEW.data_sources.currency == "JPY"
    bare = NEW.with_part("data_sources", NEW.data_sources.model_copy(update={"currency": Charter().data_sources.currency}))
    assert bare.with_part("project", Charter().project).with_part("ethics", Charter().ethics) == Charter()


def test_a_new_charter_has_an_open_rating_for_every_criterion_of_the_rubrics():
    asked = [c for method in standard_methods() for c in method.asked]
    assert {r.id: r.criterion for r in NEW.project.ratings} == {c.id: c.name for c in asked}
    assert not any(rated(r) for r in NEW.project.ratings)


def rated(rating):
    return [n for n in ("low", "likely", "high", "reason") if rating.answer(n) is not Answer.BLANK]


def test_the_checklist_asks_the_21_common_questions_and_four_about_impact():
    asked = {
        area.name: {q.id for q in area.questions} for pack in standard_bank().packs if pack.id == "checklist" for area in pack.areas
    }
    assert asked == {"Impact": IMPACT, **DEON}
    assert sum(map(len, DEON.values())) == 21


def test_no_question_of_ethics_counts_as_answered_in_a_new_project():
    assert not NEW.ethics.checklist
    assert "ethics.screening_open" in {f.code for f in overview(NEW).missing}


@pytest.mark.parametrize("section", SECTIONS, ids=lambda s: s.slug)
def test_an_empty_step_says_in_sentences_what_is_missing(section):
    state = overview(Charter())
    found = [f for c in state.conditions if c.part == section.slug for f in c.missing] + [*state.of(section.slug)]
    assert found
    assert all(f.message.endswith((".", "?", "?”")) for f in found)
