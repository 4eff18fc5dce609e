"""What can be refused, worded for the person who can act on it."""

from __future__ import annotations


class WorkbenchError(Exception):
    """An expected refusal: what happened, and what to do next."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class AnswerError(WorkbenchError):
    """An answer that its question cannot take."""


class UnreadableCharterError(WorkbenchError):
    """A file that is no charter, or none that this version can read."""


class UnknownProjectError(WorkbenchError):
    """A project that does not exist (any more)."""


class DatabaseError(WorkbenchError):
    """A database that cannot be used as it is."""


class BusyDatabaseError(DatabaseError):
    """A database that cannot be used for the moment: the same may well succeed a little later."""


class RankingError(WorkbenchError):
    """Criteria, weights or projects that cannot be ranked as they are."""


class ChoosingError(WorkbenchError):
    """Projects and conditions from which no best set can be looked for."""


class CalculationError(WorkbenchError):
    """Figures that contradict each other, so that nothing can be worked out from them."""


class PackError(WorkbenchError):
    """A pack of questions or of rules that cannot be used as it is written."""
