"""A database made by any earlier version opens, with everything that was in it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from scoping.content.screening import SCREENING
from scoping.merge import Edit
from scoping.portfolio.figures import figures
from scoping.review import overview
from storage.portfolio import Which
from storage.store import CharterStore
from storage.upgrade import _STEPS, HEAD

PAST = Path(__file__).parent / "past"
SCHEMAS = sorted(path.stem for path in PAST.glob("*.sql"))


@pytest.fixture(params=SCHEMAS)
def path(request, tmp_path):
    path = tmp_path / "workbench.db"
    with closing(sqlite3.connect(path)) as database:
        database.executescript((PAST / f"{request.param}.sql").read_text("utf-8"))
    return path


def test_every_schema_before_the_present_one_is_kept():
    assert set(_STEPS[:-1]) <= set(SCHEMAS)


def test_it_opens_whole_with_its_history_and_can_be_written(path):
    store = CharterStore.at(f"sqlite:///{path}")
    (project,) = (card.project_id for card in store.portfolio.page(today=date(2020, 1, 1)).cards)
    charter = store.open(project).charter
    assert charter.name == "Better voice search"
    assert [card.health for card in store.portfolio.page(today=date(2099, 1, 1)).cards] == [
        store.open(project).health(date(2099, 1, 1))
    ]
    assert charter.problems.in_scope == "Everything, سلام"
    assert len(store.history(project)) == 3
    assert len(store.charter_at(project, 1).data_sources.sources) == len(charter.data_sources.sources) + 1
    assert store.undo(project, 3, "Ana").conflicts == ()
    assert store.save(project, "problems", [Edit("", "", "in_scope", "Everything, سلام", "English")], "Ana").stamp
    assert store.people.name("browser") == "Ana"
    store.close()


def test_lists_show_how_many_conditions_are_met_and_all_else_that_its_charter_says(path):
    store = CharterStore.at(f"sqlite:///{path}")
    (card,) = store.portfolio.page(today=date(2020, 1, 1)).cards
    charter = store.open(card.project_id).charter
    assert card.met == overview(charter).met
    assert 8 < card.met <= 16
    assert card.figures == figures(charter)
    found = store.portfolio.page(today=date(2020, 1, 1), which=Which(search="everyth سلام"))
    assert (found.total, found.cards) == (1, (card,))
    assert [s.projects for s in store.portfolio.sums(today=date(2020, 1, 1), which=Which(search="everyth"))] == [1]
    store.close()


def test_a_backup_is_left_only_where_something_was_upgraded(path, request):
    CharterStore.at(f"sqlite:///{path}").close()
    upgraded = request.node.callspec.params["path"] != HEAD
    assert len(list(path.parent.glob("*before-upgrade*"))) == upgraded


@pytest.mark.parametrize(
    ("question", "option", "answers"),
    [
        ("quick_harm", "none", {"could_hurt": "no"}),
        ("quick_harm", "nuisance", {"could_hurt": "no"}),
        ("quick_harm", "loss", {"could_hurt": "yes"}),
        ("quick_harm", "grave", {"could_hurt": "yes"}),
        ("quick_harm", "?", {"could_hurt": "?"}),
        ("quick_harm", "", {}),
        ("quick_undo", "easily", {}),
        ("quick_undo", "effort", {}),
        ("quick_undo", "never", {"hard_to_undo": "yes"}),
        ("quick_undo", "?", {"hard_to_undo": "?"}),
        ("quick_who", "machine", {}),
        ("quick_who", "human", {}),
    ],
)
def test_the_three_old_questions_answer_those_of_the_eight_that_they_truly_answer(tmp_path, question, option, answers):
    path = tmp_path / "workbench.db"
    with closing(sqlite3.connect(path)) as database:
        database.executescript((PAST / "0010.sql").read_text("utf-8"))
        database.execute("UPDATE ethics_checklist SET answered = NULL, option = '', unknown = '[]' WHERE id LIKE 'quick_%'")
        known = ("option", option, "[]") if option not in ("", "?") else (None, "", '["answered"]' if option else "[]")
        change = "UPDATE ethics_checklist SET answered = ?, option = ?, unknown = ?, note = 'So it is' WHERE id = ?"
        database.execute(change, (*known, question))
        database.commit()
    store = CharterStore.at(f"sqlite:///{path}")
    (card,) = store.portfolio.page(today=date(2020, 1, 1)).cards
    ethics = store.open(card.project_id).charter.ethics
    said = {name: "?" if name in ethics.unknown else getattr(ethics, name) for name in SCREENING}
    assert {name: answer for name, answer in said.items() if answer} == answers
    assert all(getattr(ethics, f"{name}_reason") == "So it is" for name, answer in answers.items() if answer != "?")
    assert (ethics.net_positive, bool(ethics.is_fair_reason)) == ("yes", True)
    store.close()
