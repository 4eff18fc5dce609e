import pytest

from scoping.charter import PART_BY_SLUG, PARTS
from scoping.content import kinds
from scoping.section import questions
from scoping.sections.project import ProjectKind

TOLD = [kind for kind in ProjectKind if kind is not ProjectKind.OTHER]


@pytest.mark.parametrize(
    ("wish", "kind"),
    [
        ("Our shops throw away one loaf in seven.", ProjectKind.NUMBERS),
        ("We never know how many people to put on Saturday shifts", ProjectKind.NUMBERS),
        ("One good payer in seven is refused a loan", ProjectKind.DECISIONS),
        ("Customers leave and we learn of it too late, they just cancel", ProjectKind.DECISIONS),
        ("Inspectors miss scratches on photos of the phones", ProjectKind.PICTURES),
        ("Spoken commands in the car are not understood: the voice is drowned", ProjectKind.LANGUAGE),
        ("Letters and mails reach the wrong desk", ProjectKind.LANGUAGE),
        ("Shoppers browse our catalogue and find no similar products", ProjectKind.SEARCH),
        ("A pump breaks down every nine days without an alarm", ProjectKind.UNUSUAL),
    ],
)
def test_the_words_of_a_wish_tell_the_kind_of_project(wish: str, kind: ProjectKind) -> None:
    assert kinds.guess(wish) is kind


@pytest.mark.parametrize("wish", ["", "Things should be better", "A photo of a letter", "a contextual matter"])
def test_a_wish_that_says_nothing_or_two_things_is_not_guessed(wish: str) -> None:
    assert kinds.guess(wish) is None


@pytest.mark.parametrize("kind", TOLD)
def test_every_kind_has_examples_of_its_own(kind: ProjectKind) -> None:
    problems = PART_BY_SLUG["problems"]
    assert kinds.good(problems, kind) != problems.good
    assert kinds.poor(problems, kind) != problems.poor
    assert kind in kinds.examples("problems", "problems")["statement"]


@pytest.mark.parametrize("kind", [None, ProjectKind.OTHER])
def test_where_no_kind_is_chosen_the_examples_are_neutral(kind: ProjectKind | None) -> None:
    assert all((kinds.good(part, kind), kinds.poor(part, kind)) == (part.good, part.poor) for part in PARTS)


def test_every_example_stands_in_a_question_that_is_asked() -> None:
    asked = {(p.slug, name, q.name) for p in PARTS for name in ("", *p.lists) for q in questions(p.model_of(name))}
    told = {(p.slug, name, field) for p in PARTS for name in ("", *p.lists) for field in kinds.examples(p.slug, name)}
    assert told <= asked
    assert len(told) == len({name for told in kinds._kinds().values() for name in told["examples"]})


def test_no_example_is_about_one_project_of_others() -> None:
    asked = [q.example for p in PARTS for name in ("", *p.lists) for q in questions(p.model_of(name))]
    told = " ".join([*asked, *(p.good + p.poor for p in PARTS)]).casefold()
    assert [word for word in ("voice", "spoken", "speech", "recogni", "car noise", "credit") if word in told] == []
