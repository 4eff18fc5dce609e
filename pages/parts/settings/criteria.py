"""By what projects are ranked: what must be true to give each level."""

from __future__ import annotations

from pages.parts import markup
from pages.parts.portfolio.look import Look, View
from scoping.portfolio.ranking import Criterion, Method
from scoping.portfolio.rubrics import standard_methods
from scoping.words import number_words


def show() -> None:
    """Every method with its criteria, each to be unfolded."""
    said = (
        "Two people who do not talk give the same level by these words. Criteria of your own are added in Projects, under Compare."
    )
    rubrics = (markup.stack(markup.heading(method.name), *_criteria(method)) for method in standard_methods())
    markup.show(
        markup.stack(markup.note(said), markup.link(Look(View.RANKING).href(), "Add a criterion in Compare"), *rubrics),
    )


def _criteria(method: Method) -> list[str]:
    return [markup.fold(criterion.name, _levels(criterion)) for criterion in method.asked]


def _levels(criterion: Criterion) -> str:
    rows = [(number_words(level.value), level.text) for level in criterion.levels]
    return markup.note(criterion.question) + markup.table(("Level", "What must be true"), rows)
