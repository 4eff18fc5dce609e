"""What steps know is not asked again: it counts as a rating, unless somebody rated by hand."""

from __future__ import annotations

import pytest

from scoping.errors import RankingError
from scoping.ethics.state import EthicsKind
from scoping.portfolio.candidates import Candidate, known, priced, rated
from scoping.portfolio.figures import CanWork, Figures
from scoping.portfolio.ranking import rating
from scoping.portfolio.rubrics import kept_own, own, standard_methods, with_own
from scoping.sections.project import Rating

FULL = Figures(
    currency="EUR",
    asked=100.0,
    low=500.0,
    worth=1000.0,
    high=2000.0,
    people=2,
    months=3,
    can_work=CanWork.SHOWN,
    ethics=EthicsKind.CLEARED,
)
POOR = Figures(currency="EUR", asked=400.0, low=-50.0, worth=100.0, high=200.0, can_work=CanWork.DOUBTFUL, ethics=EthicsKind.OPEN)
EMPTY = Figures(currency="EUR")
SEVERAL = [Candidate("full", "Full", FULL), Candidate("poor", "Poor", POOR), Candidate("empty", "Empty", EMPTY)]


def test_value_feasibility_ethics_size_and_effort_are_taken_from_the_project_with_their_source() -> None:
    steps = known(SEVERAL, {}, "EUR")
    assert {c: (k.told, k.part) for c, k in steps["full"].items()} == {
        "feasibility": ("Shown", "feasibility"),
        "ethics": ("Cleared", "ethics"),
        "value": ("worth €500 to 2,000", "value"),
        "job_size": ("asks €100", "value"),
        "effort": ("2 people for 3 months", "milestones"),
    }
    assert steps["full"]["value"].score.likely == 5
    assert steps["poor"]["value"].score.likely == pytest.approx(3)
    assert steps["poor"]["value"].score.low == 1
    assert (steps["full"]["job_size"].score.likely, steps["poor"]["job_size"].score.likely) == (1, 4)
    assert steps["full"]["effort"].score.likely == 6


def test_what_is_not_known_is_no_rating() -> None:
    assert known(SEVERAL, {}, "EUR")["empty"] == {}
    method = standard_methods()[0]
    value = next(c for c in method.asked if c.id == "value")
    assert rating(rated(SEVERAL[2], [], {}), value).likely is None


def test_amounts_of_other_currencies_count_only_with_a_rate() -> None:
    dollars = Candidate("d", "D", Figures(currency="USD", asked=10.0, low=1.0, worth=2.0, high=3.0))
    assert set(known([*SEVERAL, dollars], {}, "EUR")["d"]) == set()
    assert set(known([*SEVERAL, dollars], {"USD": 2.0}, "EUR")["d"]) == {"value", "job_size"}
    offers, problems = priced([dollars], {}, "EUR")
    assert offers == []
    assert problems == ["“D” is in USD. Give an exchange rate to compare it."]
    ((offer,), _) = priced([dollars], {"USD": 2.0}, "EUR")
    assert (offer.low, offer.value, offer.high, offer.cost) == (200, 400, 600, 2000)


def test_a_rating_by_hand_goes_before_the_step_and_an_empty_one_does_not() -> None:
    steps = known(SEVERAL, {}, "EUR")["full"]
    by_hand = Rating(id="value", criterion="Value", likely=2)
    assert rated(SEVERAL[0], [by_hand], steps).scores["value"].likely == 2
    assert rated(SEVERAL[0], [Rating(id="value", criterion="Value")], steps).scores["value"].likely == 5


def test_every_criterion_that_a_step_knows_is_in_the_rubric() -> None:
    ids = {c.id for method in standard_methods() for c in method.asked}
    assert set(known(SEVERAL, {}, "EUR")["full"]) <= ids


LEVELS = ("Nothing is learned.", "A little.", "Some.", "Much.", "A new skill.")


def test_a_criterion_of_ones_own_is_kept_and_scored_by_weight() -> None:
    made = own("  Learning  for us ", "", LEVELS, 4.0)
    assert made.criterion.name == "Learning for us"
    (back,) = kept_own({made.criterion.id: made.kept})
    assert back == made
    method = with_own(standard_methods()[0], [made])
    assert method.criteria[-1] == made.criterion
    assert method.weights[-1] == 4.0
    rice = next(m for m in standard_methods() if m.id == "rice")
    assert with_own(rice, [made]) is rice


@pytest.mark.parametrize(("name", "levels"), [("", LEVELS), ("Learning", ("", *LEVELS[1:]))])
def test_a_criterion_that_nobody_can_rate_by_is_refused(name: str, levels: tuple[str, ...]) -> None:
    with pytest.raises(RankingError):
        own(name, "", levels, 1.0)
