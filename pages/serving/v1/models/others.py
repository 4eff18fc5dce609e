"""All projects, files and tokens as programs are told of them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Self

from pydantic import AwareDatetime, BeforeValidator, Field

from pages.serving.v1.models.shape import In, Out
from scoping.milestones.status import State
from scoping.portfolio.sums import Sum
from scoping.section import clean
from storage.access.tokens import LABEL, Scope, Token


class FileOut(Out):
    """A file that the charter can be taken away in."""

    name: str
    label: str
    told: str
    mime: str
    is_offered: bool = Field(description="Whether there is anything to write.")


class FilesOut(Out):
    """All of them."""

    files: list[FileOut]


class SumOut(Out):
    """Projects of one currency together, in whole units of it."""

    currency: str
    projects: int
    asked: float | None
    low: float | None = Field(description="In 8 of 10 cases it is worth more than this, and less than `high`.")
    likely: float | None
    high: float | None
    guessed: float | None = Field(description="The share of it that rests on guesses.")

    @classmethod
    def of(cls, sum: Sum) -> Self:
        """What projects ask for and may be worth."""
        low, high = sum.range or (None, None)
        return cls(
            currency=sum.currency, projects=sum.projects, asked=sum.asked, low=low, likely=sum.mean, high=high, guessed=sum.guessed
        )


class OpenMilestoneOut(Out):
    """An open milestone of any project."""

    project: str
    project_name: str
    id: str
    title: str
    owner: str
    due: date | None
    state: State


class PortfolioOut(Out):
    """All live projects at once."""

    projects: int
    sums: list[SumOut]
    milestones: list[OpenMilestoneOut] = Field(description="The open ones that are due first.")


class TokenIn(In):
    """A token to be made."""

    label: Annotated[str, BeforeValidator(clean)] = Field(min_length=1, max_length=LABEL, description="Which program will use it.")
    scopes: list[Scope] = Field(min_length=1, max_length=len(Scope))


class TokenOut(Out):
    """What is known of a token."""

    id: str
    label: str
    project: str | None = Field(description="The one that it opens; null for all.")
    scopes: list[Scope]
    made_at: AwareDatetime
    made_by: str
    used_at: datetime | None

    @classmethod
    def of(cls, token: Token) -> Self:
        """A token without its secret."""
        return cls(
            id=token.digest[:16],
            label=token.label,
            project=token.project_id,
            scopes=[scope for scope in Scope if scope in token.scopes],
            made_at=token.made_at,
            made_by=token.made_by,
            used_at=token.used_at,
        )


class TokensOut(Out):
    """Tokens, newest first."""

    tokens: list[TokenOut]


class MadeOut(Out):
    """A token that was made."""

    token: str = Field(description="Shown now and never again.")
    known: TokenOut
