"""What the address asks of the portfolio: the view, and the projects it is about. One filter for all views."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from pages.parts.steps import VIEW_PARAM
from scoping.health import Word
from scoping.words import count
from storage.portfolio import Which

PER_PAGE = 24
MOST = 240
"""Projects on one page; whoever looks for another searches."""
SEARCH, STATE, SHOWN = "find", "state", "shown"
ARCHIVED = "archived"


class View(StrEnum):
    """The ways to look at the same projects, the first of them without being asked."""

    CARDS = "cards"
    MAP = "map"
    TIMELINE = "timeline"
    RANKING = "ranking"
    BEST = "best"


COMPARING = (View.RANKING, View.BEST)


@dataclass(frozen=True)
class Look:
    """What is looked at.

    Attributes:
        shown: how many projects at most.
    """

    view: View = View.CARDS
    which: Which = field(default_factory=Which)
    shown: int = PER_PAGE

    @classmethod
    def asked(cls) -> Look:
        """What the address asks for; what it cannot mean is left out."""
        said = {name: st.query_params.get(name, "") for name in (VIEW_PARAM, SEARCH, STATE, SHOWN)}
        word = Word(said[STATE]) if said[STATE] in {w.value for w in Word} else None
        which = Which(search=said[SEARCH].strip()[:200], word=word, archived=said[STATE] == ARCHIVED)
        shown = int(said[SHOWN]) if said[SHOWN].isdecimal() and len(said[SHOWN]) < 6 else PER_PAGE
        view = View(said[VIEW_PARAM]) if said[VIEW_PARAM] in set(View) else View.CARDS
        return cls(view, which, min(max(shown, PER_PAGE), MOST))

    @property
    def state(self) -> str:
        """The choice among states, as the address says it; "" for all."""
        return ARCHIVED if self.which.archived else self.which.word.value if self.which.word else ""

    @property
    def is_narrowed(self) -> bool:
        """Whether projects are left out."""
        return self.which != Which()

    def params(self) -> dict[str, str]:
        """The look as parameters of an address, without what goes without saying."""
        view = "" if self.view is View.CARDS else self.view.value
        shown = "" if self.shown == PER_PAGE else str(self.shown)
        told = {VIEW_PARAM: view, SEARCH: self.which.search, STATE: self.state, SHOWN: shown}
        return {name: value for name, value in told.items() if value}

    def href(self, **changes: Any) -> str:
        """The address of this look with something changed, below the address of the workbench."""
        return f"./?{urlencode(replace(self, **changes).params())}".removesuffix("?")

    def more(self, total: int) -> Look | None:
        """The look with more projects; None where all are shown, or as many as can be."""
        return replace(self, shown=min(self.shown + PER_PAGE, MOST)) if total > self.shown < MOST else None


def found_words(look: Look, total: int) -> str:
    """How many projects are found, where some are left out."""
    return f"{count(total, 'project')} found" if look.is_narrowed else ""
