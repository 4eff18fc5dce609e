"""What follows from parts that stay as they are is not worked out again, and nothing is taken over that has changed."""

import random

import pytest

from scoping.charter import PART_BY_SLUG, PARTS, Charter, about_rejected
from scoping.health import HEALTH_READS, health
from scoping.review import RULES, overview
from scoping.samples import samples
from scoping.section import questions
from scoping.signing.conditions import CONDITIONS
from tests.exports.signals import TODAY

CHARTERS = [Charter(), *(s.charter for s in samples())]


class Watched(Charter):
    """A charter that notes which of its parts somebody reads."""

    def __getattribute__(self, name):
        if name in PART_BY_SLUG:
            READ.add(name)
        return super().__getattribute__(name)


READ: set[str] = set()


def read_by(work, charter):
    """The slugs of the parts that something reads of a charter."""
    watched = Watched.model_construct(**{slug: charter.part(slug) for slug in PART_BY_SLUG})
    READ.clear()
    work(watched)
    return set(READ)


@pytest.mark.parametrize("charter", CHARTERS, ids=lambda c: c.name)
def test_no_rule_reads_a_part_that_it_does_not_name(charter):
    for rule in RULES:
        assert read_by(rule.findings, charter) <= set(rule.reads), rule
    for rule in CONDITIONS:
        assert read_by(rule.lacks, charter) <= {rule.part, *rule.also}, rule.sentence
    assert read_by(about_rejected, charter) <= {"solutions", "feasibility"}
    assert read_by(lambda c: health(c, TODAY, ["Something."]), charter) <= set(HEALTH_READS)
    assert read_by(lambda c: health(c, TODAY, []), charter) <= set(HEALTH_READS)


def changed(charter, chance):
    """The charter with something left out of one part: a record, or an answer of its own."""
    section = chance.choice(PARTS)
    value = charter.part(section.slug)
    filled = [name for name in section.lists if getattr(value, name)]
    if filled and chance.random() < 0.8:
        name = chance.choice(filled)
        rows = list(getattr(value, name))
        rows.pop(chance.randrange(len(rows)))
        return charter.with_part(section.slug, value.model_copy(update={name: tuple(rows)}))
    spec = chance.choice([q for q in questions(section.model) if not q.assumed] or [None])
    blank = {spec.name: section.model.model_fields[spec.name].get_default(call_default_factory=True)} if spec else {}
    return charter.with_part(section.slug, value.model_copy(update=blank))


@pytest.mark.parametrize("sample", samples(), ids=lambda s: s.slug)
def test_after_any_changes_the_overview_is_the_one_that_is_made_anew(sample):
    chance = random.Random(sample.slug)  # noqa: S311
    charter = sample.charter
    seen = overview(charter)
    for _ in range(40):
        charter = changed(charter, chance)
        seen = overview(charter, seen)
        assert seen == overview(charter)


def test_a_change_of_one_part_judges_no_other_anew():
    sample = samples()[0].charter
    before = overview(sample)
    after = overview(sample.with_part("problems", sample.problems.model_copy(update={"in_scope": "Phones"})), before)
    anew = {key for key, kept in after.judged.kept.items() if kept is not before.judged.kept[key]}
    assert anew
    assert all("problems" in parts_of(key) for key in anew)
    assert "ethics" not in {slug for key in anew for slug in parts_of(key)}


def parts_of(key):
    """The parts that something follows from, by the name it was kept under."""
    if isinstance(key, str):
        return (key,)
    return key.reads if hasattr(key, "reads") else (key.part, *key.also)
