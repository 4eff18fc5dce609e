"""What several projects ask for and may be worth together. Ranges are combined as chances, never end to end.

Projects are taken to succeed independently of each other, so the means, variances and third central moments of their draws add up;
the range of the sum is that of a distribution with these moments, after Cornish and Fisher (1938).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from scoping import currency as iso
from scoping.section import spelt

_Z90 = 1.2815515655446004
"""The 90 % point of the standard normal distribution."""
_MOST_SKEW = 2.0
"""Beyond it the correction for skewness would bend a range back on itself."""


@dataclass(frozen=True, kw_only=True)
class Sum:
    """Projects of one currency together, in major units.

    Attributes:
        priced: projects that say what they cost; `asked` is their sum.
        valued: projects that say what they may be worth; the moments are sums over these.
        guessed: the share of the worth that rests on guesses; None while nothing is known.
        lowest, highest: ends of the ranges; they are the range of the sum while one project is valued.
        fewest, most: years counted.
    """

    currency: str
    projects: int
    priced: int
    asked: float | None
    valued: int
    mean: float | None
    variance: float | None
    third: float | None
    guessed: float | None
    lowest: float | None
    highest: float | None
    fewest: int
    most: int

    @property
    def range(self) -> tuple[float, float] | None:
        """Where the sum lies in 8 of 10 cases; None while no project is valued."""
        if self.mean is None or self.variance is None or self.third is None or self.lowest is None or self.highest is None:
            return None
        if self.valued == 1:
            return self.lowest, self.highest
        spread = self.variance**0.5
        skew = self.third / spread**3 if spread else 0.0
        bend = (_Z90**2 - 1) / 6 * max(-_MOST_SKEW, min(skew, _MOST_SKEW))
        return self.mean + spread * (bend - _Z90), self.mean + spread * (bend + _Z90)

    def converted(self, currency: str, rate: float) -> Sum:
        """The same in another currency, of which one unit of this one buys `rate`."""

        def times(amount: float | None, power: int = 1) -> float | None:
            return None if amount is None else amount * rate**power

        return replace(
            self,
            currency=currency,
            asked=times(self.asked),
            mean=times(self.mean),
            variance=times(self.variance, 2),
            third=times(self.third, 3),
            lowest=times(self.lowest),
            highest=times(self.highest),
        )

    def plus(self, other: Sum) -> Sum:
        """Both together; they are in one currency."""
        return Sum(
            currency=self.currency,
            projects=self.projects + other.projects,
            priced=self.priced + other.priced,
            asked=_added(self.asked, other.asked),
            valued=self.valued + other.valued,
            mean=_added(self.mean, other.mean),
            variance=_added(self.variance, other.variance),
            third=_added(self.third, other.third),
            guessed=_blend((self, other)),
            lowest=min((s.lowest for s in (self, other) if s.lowest is not None), default=None),
            highest=max((s.highest for s in (self, other) if s.highest is not None), default=None),
            fewest=min(self.fewest, other.fewest),
            most=max(self.most, other.most),
        )


def _added(first: float | None, second: float | None) -> float | None:
    return first if second is None else second if first is None else first + second


def _blend(sums: Sequence[Sum]) -> float | None:
    """The share that rests on guesses, by how much is at stake."""
    known = [(s.guessed, abs(s.mean)) for s in sums if s.guessed is not None and s.mean is not None]
    total = sum(size for _, size in known)
    return sum(share * size for share, size in known) / total if total else None


def in_one(sums: Iterable[Sum], currency: str, rates: Mapping[str, float]) -> tuple[Sum, ...]:
    """The sums with those added up whose currency can be converted; the others stay beside, the one of most projects first."""
    together: dict[str, Sum] = {}
    for one in sums:
        rate = 1.0 if one.currency == currency else rates.get(one.currency)
        here = one.converted(currency, rate) if rate else one
        together[here.currency] = together[here.currency].plus(here) if here.currency in together else here
    return tuple(sorted(together.values(), key=lambda s: (-s.projects, s.currency)))


def told(sums: Sequence[Sum]) -> tuple[str, ...]:
    """The sums in sentences; `**` encloses what is set in bold. Of several currencies the first that says something is told."""
    projects = sum(s.projects for s in sums)
    if not projects:
        return ()
    live = f"**{spelt(projects).capitalize()} live {'project' if projects == 1 else 'projects'}**"
    one = next((s for s in sums if s.asked is not None or s.range), None)
    if one is None:
        return (f"{live}, and nothing is known of cost and worth yet.",)
    who = f"{live} in {spelt(len(sums))} currencies. The {spelt(one.projects)} in {one.currency}" if len(sums) > 1 else live
    said = []
    if one.asked is not None:
        said.append(f"{'asks' if one.projects == 1 else 'ask'} for **{iso.about(one.asked, one.currency)}**")
    if span := one.range:
        said.append(f"may be worth **{iso.rough(*span, one.currency)}** {_years(one)}")
    sentences = [f"{who} {' and '.join(said)}.", _guesses(one.guessed) if span else ""]
    if span and (unknown := one.projects - one.valued):
        verb = "does" if unknown == 1 else "do"
        sentences.append(f"{spelt(unknown).capitalize()} {verb} not say yet what {'it' if unknown == 1 else 'they'} may be worth.")
    if rest := projects - one.projects:
        rates = f"a rate to {one.currency} is" if len(sums) == 2 else f"rates to {one.currency} are"
        sentences.append(f"The other {spelt(rest)} {'joins' if rest == 1 else 'join'} the sum once {rates} given, under Compare.")
    return tuple(filter(None, sentences))


def _years(one: Sum) -> str:
    if one.fewest == one.most:
        return "in its years" if not one.most else f"over {spelt(one.most)} {'year' if one.most == 1 else 'years'}"
    return f"over {spelt(max(1, one.fewest))} to {spelt(one.most)} years"


_SHARES = (
    (0.02, "Hardly any of that rests on guesses."),
    (0.15, "A tenth of that still rests on guesses."),
    (0.225, "A fifth of that still rests on guesses."),
    (0.29, "A quarter of that still rests on guesses."),
    (0.415, "A third of that still rests on guesses."),
    (0.585, "Half of that still rests on guesses."),
    (0.71, "Two thirds of that still rest on guesses."),
    (0.85, "Three quarters of that still rest on guesses."),
    (0.98, "Nearly all of that still rests on guesses."),
)


def _guesses(share: float | None) -> str:
    """How much rests on guesses, in the words of a sponsor."""
    if share is None:
        return ""
    return next((words for most, words in _SHARES if share < most), "All of that still rests on guesses.")
