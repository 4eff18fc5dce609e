"""What is told of a workshop beside its room, who asks, and how often somebody may."""

from __future__ import annotations

from collections import deque
from typing import Any

from scoping.words import ms
from storage.workshops.keeping import Workshop

_KEYS_AT_MOST = 10_000


def known(one: Workshop) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "project": one.project_id,
        "code": one.code,
        "link": path(one),
        "planned_at": ms(one.planned_at),
        "made_at": ms(one.made_at),
        "made_by": one.made_by,
        "ended_at": ms(one.ended_at),
        "follows": one.follows,
        "demo": one.is_demo,
    }


def path(one: Workshop) -> str:
    """Where a browser comes in, seen from the root of the workbench."""
    return f"join?link={one.link}"


class Times:
    """When something happened lately, by who did it.

    Args:
        seconds: how long it counts.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._times: dict[str, deque[float]] = {}

    def forget(self) -> None:
        """Begin anew."""
        self._times.clear()

    def note(self, key: str, now: float) -> None:
        self._times.setdefault(key, deque()).append(now)
        if len(self._times) > _KEYS_AT_MOST:
            self._times = {k: times for k, times in self._times.items() if now - times[-1] < self._seconds}

    def wait(self, key: str, most: int, now: float) -> int:
        """For how many seconds somebody has to wait who may do it so often; 0 when they need not."""
        times = self._times.get(key)
        while times and now - times[0] >= self._seconds:
            times.popleft()
        return int(self._seconds - (now - times[-most])) + 1 if times and len(times) >= most else 0
