"""What a workbook asks somebody who never opens the workbench."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Ask:
    """What somebody is asked to fill in.

    Attributes:
        steps: slugs of the parts whose sheets are shown.
        back_to: who gets the workbook back; "" for whoever has sent it.
    """

    steps: tuple[str, ...]
    back_to: str = ""
