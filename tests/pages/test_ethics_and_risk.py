"""The ethics step: what is asked and told, and clicks that carry over into plan and rollout."""

from __future__ import annotations

import re

import pytest

from pages.serving.becoming import Wish, save
from pages.serving.ethics import Answered, Promised, as_told, keep_promises, save_answer
from scoping import samples
from scoping.content.screening import SCREENING
from scoping.errors import AnswerError
from scoping.ethics import consequences
from scoping.ethics.becoming import Kind
from scoping.ethics.state import EthicsKind
from scoping.ethics.words import left_of, level_of
from scoping.merge import Edit, added
from scoping.sections.ethics import AtLaunch, ChecklistItem, Ethics, Obligation, QuestionPack
from storage.history import ArchivedError
from tests.pages.tabs import Tab, read
from tests.unit.ethics.short_pack import SHORT

BY_SLUG = {s.slug: s.charter for s in samples.samples()}
LOAN = next(s for s in samples.samples() if s.slug == "loan_approval").charter
OWN = 'id = "own"\ntitle = "Our own"\nversion = 1\nabout = "Ours."\n[[areas]]\nid = "ours"\nname = "Ours"\nquestions = [{ id = "own_q", ask = "Did we?", good = "yes" }]'


def open_ethics(tab: Tab, at: str, charter: object = LOAN) -> str:
    project = tab.store.create(charter, "Ana")
    tab.open(project)
    tab.go("ethics")
    turn(tab, project, at)
    return project


def turn(tab: Tab, project: str, label: str) -> None:
    assert not tab.turn_to(label).exception


def ethics(tab: Tab, project: str) -> Ethics:
    return tab.store.open(project).charter.ethics


def unfold(tab: Tab, project: str, *names: str) -> None:
    """Open an expander."""
    tab.app.session_state[".".join(("ethics", *names, project, "open"))] = True
    assert not tab.app.run().exception


def click(tab: Tab, project: str, *names: str) -> None:
    assert not tab.app.button(key=".".join(("ethics", *names, project))).click().run().exception


def test_a_pack_is_brought_as_a_file_and_its_next_version_takes_its_place(tab: Tab) -> None:
    project = open_ethics(tab, "depth")
    unfold(tab, project, "packs")
    uploader = tab.app.file_uploader(key=f"ethics.pack.file.{project}")
    assert uploader.proto.max_upload_size_mb == 1
    assert "30,000 characters" in uploader.label, "less than the least that a browser can be told"
    for version in (1, 2):
        text = OWN.replace("version = 1", f"version = {version}")
        tab.app.file_uploader(key=f"ethics.pack.file.{project}").set_value(("own.toml", text.encode(), "application/toml"))
        add = next(b for b in tab.app.button if b.label == "Add the pack")
        assert not add.click().run().exception
        (row,) = ethics(tab, project).question_packs
        assert f"version = {version}" in row.definition
    click(tab, project, "pack", row.id)
    assert ethics(tab, project).question_packs == ()


def press(tab: Tab, project: str, what: str, *ids: str, milestone: str = "") -> None:
    given = Promised.model_validate({"what": what, "ids": ids, "milestone": milestone})
    keep_promises(tab.store, project, given, "device of Ana")


def test_a_gap_becomes_a_slice_target_with_one_click(tab: Tab) -> None:
    project = open_ethics(tab, "promises")
    press(tab, project, "target", "under_25")
    charter = tab.store.open(project).charter
    target = next(t for t in charter.milestones.targets if t.slice == "Applicants under 25")
    assert (target.milestone, target.target) == ("test", 3)
    assert "Applicants under 25" not in " ".join(
        f.message for f in tab.store.open(project).overview.findings if f.code == "ethics.group_unproved"
    )


def test_all_certain_demands_are_taken_on_and_planned_with_two_clicks(tab: Tab) -> None:
    project = open_ethics(tab, "promises")
    judged = consequences.of(LOAN.ethics)
    certain = {d.id for d in judged.certain}
    taken = len(certain) - len(judged.left)
    assert 0 < taken < len(certain)
    told = as_told(tab.store.open(project))
    assert {one["id"] for one in told["due"] if one["is_certain"]} == certain
    assert f"{len(certain)} certain, {taken} of them taken on" in told["due_words"]
    press(tab, project, "take", *certain)
    assert {o.id for o in ethics(tab, project).obligations} == certain
    press(tab, project, "plan", *certain)
    charter = tab.store.open(project).charter
    by_milestone = {i: m.id for m in charter.milestones.milestones for i in m.obligations}
    assert {o.id: o.milestone for o in charter.ethics.obligations} == by_milestone
    assert set(by_milestone) == certain


def test_one_obligation_is_tied_to_a_milestone_of_the_plan(tab: Tab) -> None:
    project = open_ethics(tab, "promises")
    press(tab, project, "take", "notice")
    press(tab, project, "tie", "notice", milestone="pilot")
    charter = tab.store.open(project).charter
    assert next(m for m in charter.milestones.milestones if m.id == "pilot").obligations == ("explanation", "notice")
    assert next(o for o in charter.ethics.obligations if o.id == "notice").milestone == "pilot"


def test_promises_stand_beside_what_was_found_at_launch(tab: Tab) -> None:
    project = open_ethics(tab, "promises")
    launch = as_told(tab.store.open(project))["launch"]
    assert "Have privacy and legal counsel agreed in writing?" in [one["words"] for one in launch["promises"]]
    assert [row[0] for row in launch["rows"]] == ["At the design", "At launch"]
    tab.store.save(project, "ethics", [Edit("checklist", "asked_legal", "at_launch", None, AtLaunch.NOT_KEPT.value)], "Ana")
    assert "ethics.promise_broken" in {f.code for f in tab.store.open(project).overview.missing}
    now = as_told(tab.store.open(project))["launch"]
    assert next(one for one in now["promises"] if one["id"] == "asked_legal")["is_asked"]


def test_risks_stand_on_the_map_before_and_with_what_is_promised(tab: Tab) -> None:
    open_ethics(tab, "risks")
    html = " ".join(str(one.proto.body) for one in tab.app.get("html"))
    pictures = re.findall('<table class="heat">.*?</table>', html)
    for picture, level in zip(pictures, (level_of, left_of), strict=True):
        fields = re.findall('<td class="l[1-4]"><span class="nums">(.*?)</span><small>(.*?)</small>', picture)
        assert len(fields) == 25
        drawn = {number: said for marks, said in fields for number in re.findall(">([0-9]+)</a>", marks)}
        assert drawn == {str(number): level(risk) for number, risk in enumerate(LOAN.ethics.risks, 1)}
    assert "3 of 3 risks are high or very high; with what is promised none would be." in read(html)


def test_the_level_stands_below_the_questions_with_its_points_behind_a_fold(tab: Tab) -> None:
    project = open_ethics(tab, "depth")
    assert "Between level II and level III" in tab.texts()
    unfold(tab, project, "points")
    assert not tab.app.exception


def test_another_pack_gives_the_level_by_choice(tab: Tab) -> None:
    row = QuestionPack(id="p", name="Short", definition=SHORT)
    charter = LOAN.with_part("ethics", LOAN.ethics.model_copy(update={"question_packs": (row,)}))
    project = open_ethics(tab, "depth", charter)
    unfold(tab, project, "packs")
    tab.app.selectbox(key=f"ethics.impact_pack.{project}").set_value("quick").run()
    assert ethics(tab, project).impact_pack == "quick"


@pytest.mark.parametrize(("definition", "said"), [(OWN, "Our own"), ("id = ", "is not written in TOML")])
def test_a_pack_of_the_project_is_asked_or_its_mistake_is_told(tab: Tab, definition: str, said: str) -> None:
    row = QuestionPack(id="p", name="Our own", definition=definition)
    charter = LOAN.with_part("ethics", LOAN.ethics.model_copy(update={"question_packs": (row,)}))
    project = open_ethics(tab, "depth", charter)
    if definition == OWN:
        unfold(tab, project, "packs")
    assert said in tab.texts().replace("\\", "")
    asked = {q["id"] for q in as_told(tab.store.open(project))["depth"]}
    assert ("own_q" in asked) == (definition == OWN)


# ------------------------------------------------------------------------------------------ what browsers are told


def told(tab: Tab, project: str) -> dict:
    return as_told(tab.store.open(project))


def test_an_empty_project_is_asked_eight_questions_and_nothing_else(tab: Tab) -> None:
    project = tab.store.create(samples.new_charter("New", "", "USD"), "Ana")
    found = told(tab, project)
    assert (found["result"]["turn"], len(found["answers"]), found["law"], found["depth"]) == ("ask", 8, [], [])
    noes = [Edit("", "", name, None, "no") for name in SCREENING]
    tab.store.save(project, "ethics", noes, "Ana")
    found = told(tab, project)
    assert found["result"]["title"] == "Low risk. Nothing more to ask."
    assert (found["law"], found["depth"]) == ([], [])
    assert found["state"][0] == EthicsKind.FIRST_IMPRESSION


def test_a_yes_asks_for_the_law_one_question_after_the_other_and_then_for_a_promise(tab: Tab) -> None:
    project = tab.store.create(samples.new_charter("New", "", "USD"), "Ana")
    answers = [Edit("", "", name, None, "yes" if name == "watches_people" else "no") for name in SCREENING]
    tab.store.save(project, "ethics", answers, "Ana")
    assert (told(tab, project)["result"]["turn"], len(told(tab, project)["law"])) == ("law", 1)
    way = {row.id: row.chosen for row in BY_SLUG["phone_inspection"].ethics.legal_path}
    for number in range(1, len(way) + 1):
        question = told(tab, project)["law"][-1]
        assert (question["chosen"], len(told(tab, project)["law"])) == ("", number)
        save_answer(tab.store, project, Answered(about="law", id=question["id"], chosen=way[question["id"]], seen=""), "")
    assert told(tab, project)["result"]["turn"] == "promise"
    promise = Obligation(id="o", demand="Names are dropped", owner="Jonas", keeps_low="watches_people")
    tab.store.save(project, "ethics", [added("obligations", promise)], "Ana")
    found = told(tab, project)
    assert (found["result"]["turn"], found["answers"]["watches_people"]) == ("low", "Yes, promised away")
    assert found["promises"]["watches_people"] == [["o", "Names are dropped", "Jonas"]]


def test_a_high_risk_is_told_with_the_questions_that_decide_and_never_with_all_of_them(tab: Tab) -> None:
    project = tab.store.create(BY_SLUG["job_seekers"], "Ana")
    found = told(tab, project)
    assert found["result"]["title"] == f"High-risk by law. {len(found['deciding'])} questions: hand them to compliance."
    assert [q["id"] for q in found["depth"]][: len(found["deciding"])] == found["deciding"]
    assert len(found["deciding"]) <= 40
    assert ("It uses specially protected data", True) in found["result"]["why"]


def test_an_answer_in_depth_keeps_pack_version_and_wording_and_is_taken_back(tab: Tab) -> None:
    project = tab.store.create(BY_SLUG["job_seekers"], "Ana")

    def say(chosen: str, seen: str) -> None:
        save_answer(tab.store, project, Answered(about="depth", id="why_motive", chosen=chosen, seen=seen), "")

    def item() -> ChecklistItem:
        return next(i for i in ethics(tab, project).checklist if i.id == "why_motive")

    say("cost", "")
    assert (item().option, item().option_words[:10], item().pack, item().pack_version) == ("cost", "Lower cost", "impact", 1)
    say("?", "cost")
    assert (item().answered, item().option, item().unknown) == (None, "", ("answered",))
    say("", "?")
    assert item().unknown == ()
    with pytest.raises(AnswerError, match="Somebody has just answered"):
        say("better", "both")
    with pytest.raises(AnswerError, match="has no such answer"):
        say("nonsense", "")


def test_a_changed_wording_shows_the_old_answer_and_asks_anew(tab: Tab) -> None:
    old = [i.model_copy(update={"question": "Hard to undo?"}) if i.id == "impact_undo" else i for i in LOAN.ethics.checklist]
    charter = LOAN.with_part("ethics", LOAN.ethics.model_copy(update={"checklist": tuple(old)}))
    project = tab.store.create(charter, "Ana")
    asked = next(q for q in told(tab, project)["depth"] if q["id"] == "impact_undo")
    assert (asked["chosen"], asked["earlier"][:4]) == ("", "Hard")
    save_answer(tab.store, project, Answered(about="depth", id="impact_undo", chosen="little", seen=""), "")
    asked = next(q for q in told(tab, project)["depth"] if q["id"] == "impact_undo")
    assert (asked["chosen"], asked["earlier"]) == ("little", "")


def test_what_the_law_asks_is_taken_back_and_unknown_keeps_classes_possible(tab: Tab) -> None:
    project = tab.store.create(LOAN, "Ana")
    save_answer(tab.store, project, Answered(about="law", id="profiling", chosen="?", seen="yes"), "")
    assert told(tab, project)["class"].startswith("Not certain; possible are: High-risk")
    save_answer(tab.store, project, Answered(about="law", id="profiling", chosen="", seen="?"), "")
    assert "profiling" not in {s.id for s in ethics(tab, project).legal_path}
    with pytest.raises(AnswerError, match="do not ask this"):
        save_answer(tab.store, project, Answered(about="law", id="gone", chosen="yes", seen=""), "")


@pytest.mark.parametrize("slug", BY_SLUG)
def test_only_what_a_named_person_cleared_is_told_as_cleared(tab: Tab, slug: str) -> None:
    project = tab.store.create(BY_SLUG[slug], "Ana")
    assert told(tab, project)["state"][0] != EthicsKind.CLEARED


def test_an_entry_becomes_another_and_both_sides_are_taken_back_together(tab: Tab) -> None:
    project = tab.store.create(LOAN, "Ana")
    wish = Wish(part="ethics", list="premortem", record="recession", kind=Kind.MONITOR)
    undo = save(tab.store, project, wish, "")["undo"]
    charter = tab.store.open(project).charter
    made = next(f for f in charter.ethics.premortem if f.id == "recession").monitor
    assert made in {m.id for m in charter.rollout.monitors}
    save(tab.store, project, Wish(undo=tuple(undo)), "")
    charter = tab.store.open(project).charter
    assert made not in {m.id for m in charter.rollout.monitors}
    assert next(f for f in charter.ethics.premortem if f.id == "recession").monitor == ""


def test_words_follow_in_the_same_save_and_what_was_worked_on_since_is_not_taken_back(tab: Tab) -> None:
    project = tab.store.create(LOAN, "Ana")
    wish = Wish(part="ethics", list="premortem", record="recession", kind=Kind.MONITOR)
    undo = save(tab.store, project, wish, "")["undo"]
    failure = next(f for f in ethics(tab, project).premortem if f.id == "recession")
    tab.store.save(project, "ethics", [Edit("premortem", "recession", "story", failure.story, "Nobody saw it.")], "Ana")
    watched = {m.id: m.trouble for m in tab.store.open(project).charter.rollout.monitors}
    assert watched[failure.monitor] == "Nobody saw it."
    with pytest.raises(AnswerError, match="worked on it since"):
        save(tab.store, project, Wish(undo=tuple(undo)), "")
    assert next(f for f in ethics(tab, project).premortem if f.id == "recession").monitor == failure.monitor


def test_an_archived_project_offers_no_answers(tab: Tab) -> None:
    project = tab.store.create(LOAN, "Ana")
    tab.store.archive(project, "Ana")
    tab.open(project)
    tab.go("ethics")
    for name in ("concerns", "risks", "promises", "depth", "result"):
        turn(tab, project, name)
    with pytest.raises(ArchivedError):
        save_answer(tab.store, project, Answered(about="law", id="profiling", chosen="?", seen="yes"), "")
