"""A part of a page that follows answers names every step it reads: what it leaves out would stand still for everybody."""

from __future__ import annotations

import functools
import gc
from typing import Any

import pytest

from pages.parts import here, live, steps
from scoping import samples
from scoping.charter import PART_BY_SLUG, PARTS, Charter
from storage.opened import Opened
from tests.pages.tabs import Tab

EVERYTHING = frozenset(PART_BY_SLUG)
PAGES = dict.fromkeys((*(steps.page(part.slug) for part in PARTS), *steps.TABS))
TABS = [(page, tab) for page in PAGES for tab in steps.TABS.get(page, {"": None})]


class Titles(dict[str, dict[str, str]]):
    """Titles of records by list, which note whose they are."""

    def __init__(self, titles: dict[str, dict[str, str]], seen: set[str]) -> None:
        super().__init__(titles)
        self._seen = seen

    def __getitem__(self, ref: str) -> dict[str, str]:
        self._seen.add(ref.partition(".")[0])
        return super().__getitem__(ref)

    def get(self, ref: str, default: Any = None) -> Any:
        self._seen.add(ref.partition(".")[0])
        return super().get(ref, default)


class Watch:
    """Stands where a page has its parts follow answers, and notes what each of them reads while it is drawn."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.named: dict[str, frozenset[str]] = {}
        self.read: dict[str, set[str]] = {}
        self._seen: set[str] | None = None
        plain, health = Charter.__getattribute__, Opened.health

        def attribute(charter: Charter, name: str) -> Any:
            self._note({name} & EVERYTHING)
            return plain(charter, name)

        def of_all(opened: Opened, *given: Any) -> Any:
            self._note(EVERYTHING)
            return health(opened, *given)

        monkeypatch.setattr(live, "follow", self.follow)
        monkeypatch.setattr(Charter, "__getattribute__", attribute)
        monkeypatch.setattr(Opened, "health", of_all)
        monkeypatch.setattr(here.Step, "overview", property(lambda step: (self._note(EVERYTHING), step.project.overview)[1]))

    def _note(self, slugs: frozenset[str] | set[str]) -> None:
        if self._seen is not None:
            self._seen |= slugs

    def follow(self, step: here.Step, key: str, draw: Any, reads: tuple[str, ...] = ()) -> None:
        assert set(reads) <= EVERYTHING
        self.named[key] = frozenset(reads) or EVERYTHING
        seen = self.read.setdefault(key, set())
        _ = step.project.overview
        step.project.__dict__["titles"] = Titles(step.project.charter.titles(), seen)
        self._seen = seen
        try:
            draw(step)
        finally:
            self._seen = None
            del step.project.__dict__["titles"]


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    # What was worked out for another test would not be read again.
    for kept in gc.get_objects():
        if isinstance(kept, functools._lru_cache_wrapper):
            kept.cache_clear()
    return Watch(monkeypatch)


@pytest.mark.parametrize(("page", "at"), TABS)
def test_a_part_of_a_step_follows_all_that_it_reads(tab: Tab, watch: Watch, page: str, at: str) -> None:
    tab.open(tab.store.create(samples.samples()[0].charter, "Ana"))
    tab.go(page)
    run = tab.turn_to(at)
    run = tab.unfold(*(fold.key for fold in run.expander if fold.key))
    assert not run.exception
    for key, read in watch.read.items():
        assert read <= watch.named[key], key


@pytest.mark.parametrize("page", ["charter", "history"])
def test_the_pages_of_the_whole_project_follow_everything(tab: Tab, watch: Watch, page: str) -> None:
    tab.open(tab.store.create(samples.samples()[0].charter, "Ana"))
    assert not tab.go(page).exception
    assert set(watch.named.values()) == {EVERYTHING}


def test_what_is_left_out_is_found(tab: Tab, watch: Watch) -> None:
    project = tab.store.create(samples.samples()[0].charter, "Ana")
    step = here.Step(PART_BY_SLUG["value"], tab.store.open(project))
    watch.follow(step, "one", lambda now: [now.charter.problems, now.project.titles["rollout.monitors"]], ("value",))
    watch.follow(step, "all", lambda now: now.overview, ("value",))
    assert watch.read == {"one": {"problems", "rollout"}, "all": EVERYTHING}
