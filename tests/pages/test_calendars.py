"""The routes for other programs: calendars of one project and of all, kept as long as nothing changes."""

from __future__ import annotations

import http.client
from datetime import UTC, datetime

import pytest

from pages.parts import addresses
from scoping import samples
from scoping.merge import Edit
from storage.store import CharterStore

SAMPLE = samples.samples()[0].charter
SECONDS = 10


def fetch(port: int, path: str, **headers: str) -> tuple[int, http.client.HTTPMessage, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    found = answer.status, answer.headers, answer.read()
    connection.close()
    return found


def test_a_calendar_subscribes_to_a_project_and_hears_that_nothing_changed(port: int, project: str) -> None:
    path = f"/api/v1/projects/{project}/calendar.ics"
    status, headers, content = fetch(port, path)
    assert status == 200
    assert headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert content.count(b"BEGIN:VEVENT") >= len(SAMPLE.milestones.milestones)
    assert fetch(port, path, **{"If-None-Match": headers["ETag"]})[0::2] == (304, b"")


def test_a_calendar_of_a_changed_project_is_sent_anew(port: int, project: str, store: CharterStore) -> None:
    path = f"/api/v1/projects/{project}/calendar.ics"
    tag = fetch(port, path)[1]["ETag"]
    row = SAMPLE.milestones.milestones[0]
    store.save(project, "milestones", [Edit("milestones", row.id, "owner", row.owner, "Zoë")], "Ana")
    status, _, content = fetch(port, path, **{"If-None-Match": tag})
    assert status == 200
    assert "Zoë" in content.decode()


@pytest.mark.parametrize("name", ["gone", "%20", "a%2Fb"])
def test_a_calendar_of_no_project_is_a_sentence(port: int, name: str) -> None:
    status, _, said = fetch(port, f"/api/v1/projects/{name}/calendar.ics")
    assert status == 404
    assert b"Traceback" not in said


def test_one_calendar_has_the_open_milestones_of_all_projects(port: int, store: CharterStore) -> None:
    assert b"BEGIN:VEVENT" not in fetch(port, f"/{addresses.ALL_CALENDARS_URL}")[2]
    projects = [store.create(samples.samples()[i].as_of(datetime.now(UTC).date()), "Ana") for i in (0, 1)]
    found = fetch(port, f"/{addresses.ALL_CALENDARS_URL}")[2].decode().replace("\r\n ", "")
    assert all(f"-{one}@" in found for one in projects)
