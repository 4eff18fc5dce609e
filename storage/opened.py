"""A project as it was at one revision, with what follows from it; and what a save came to."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Self, TypeVar

from scoping.charter import Charter
from scoping.health import HEALTH_READS, Health, Span, Standing, health, health_over_time
from scoping.merge import Conflict
from scoping.portfolio import figures as portfolio_figures
from scoping.portfolio.figures import Figures, figures
from scoping.review import Overview, overview
from scoping.section import Fields
from scoping.signing.signatures import SignOff, sign_off
from scoping.signing.terms import fingerprint
from storage.history import Revision, Stamp
from storage.portfolio.health import Head

_Outcome = TypeVar("_Outcome")


@dataclass(frozen=True)
class Opened:
    """A project as it was at `stamp`. Everybody who opens that revision gets the same one, so what follows from it is kept.

    Attributes:
        stamps: the last change of each part, by slug.
    """

    project_id: str
    charter: Charter
    stamp: Stamp
    stamps: dict[str, Stamp] = field(hash=False)
    is_archived: bool

    def __hash__(self) -> int:
        # That of all its fields would walk the whole charter.
        return hash((self.project_id, self.stamp.number))

    @cached_property
    def overview(self) -> Overview:
        """What is missing to sign, and advice."""
        return overview(self.charter)

    def changed(self, slug: str, value: Fields, stamp: Stamp) -> Opened:
        """The project after a save of one part. What the others came to is judged already."""
        after = Opened(self.project_id, self.charter.with_part(slug, value), stamp, {**self.stamps, slug: stamp}, self.is_archived)
        return after.judged_after(self)

    def judged_after(self, before: Opened) -> Self:
        """The same, with what follows made of what followed before: only the parts that differ are judged anew."""
        self.__dict__["overview"] = overview(self.charter, before.overview)
        if self.stands_as(before):
            self.__dict__["_healths"] = before._healths
        return self

    @property
    def is_judged(self) -> bool:
        """Whether somebody has asked for the overview already."""
        return "overview" in self.__dict__

    def health(self, today: date) -> Health:
        """How the project is today, worked out once a day for everybody who looks at this revision."""
        return _once(self._healths, today, lambda: health(self.charter, today, self.overview.missing_words))

    def standings(self, begin: date) -> tuple[Span[Standing], ...]:
        """The health of every day from `begin` on, as long as nobody saves anything."""
        return _once(self._healths, ("from", begin), lambda: health_over_time(self.charter, begin, self.overview.missing_words))

    @property
    def head(self) -> Head:
        """What decides, beside its health, where it stands among all projects."""
        return Head(saved_at=self.stamp.at, is_archived=self.is_archived)

    @property
    def figures(self) -> Figures:
        """What the portfolio shows of it in figures."""
        return self.overview.judged.once(figures, portfolio_figures.READS, figures)

    def stands_as(self, other: Opened) -> bool:
        """Whether nothing was changed that health follows from, so that it is the same on every day to come."""
        same = all(self.charter.part(slug) is other.charter.part(slug) for slug in HEALTH_READS)
        return same and self.overview.missing_words == other.overview.missing_words and self.signing == other.signing

    @cached_property
    def signing(self) -> SignOff:
        """Where everybody stands who is asked to sign."""
        return sign_off(self.charter)

    @property
    def terms(self) -> str:
        """Names what a signature would be about."""
        return fingerprint(self.charter)

    def once(self, name: Hashable, work: Callable[[Opened], _Outcome]) -> _Outcome:
        """What somebody works out of this revision, kept under a name of its own as long as the revision is."""
        return _once(self._outcomes, name, lambda: work(self))

    @cached_property
    def _outcomes(self) -> dict[Hashable, Any]:
        return {}

    @cached_property
    def _healths(self) -> dict[Hashable, Any]:
        return {}

    @cached_property
    def titles(self) -> dict[str, dict[str, str]]:
        """Titles of the records that links may refer to, as `Charter.titles` has them."""
        return self.charter.titles()


def _once(outcomes: dict[Hashable, Any], name: Hashable, work: Callable[[], _Outcome]) -> _Outcome:
    if name not in outcomes:
        outcomes[name] = work()
    outcome: _Outcome = outcomes[name]
    return outcome


@dataclass(frozen=True)
class Saved:
    """What a save came to.

    Attributes:
        project: as it is after the save, what others saved before it included.
        stamp: of the save; None when nothing changed.
        conflicts: what was left alone because others changed it.
        revisions: that were added to the history, oldest first.
    """

    project: Opened
    stamp: Stamp | None
    conflicts: tuple[Conflict, ...] = ()
    revisions: tuple[Revision, ...] = ()
