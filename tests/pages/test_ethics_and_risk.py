"""The ethics step: one click answers a question, the band closes, clicks carry over into plan and rollout."""

from __future__ import annotations

from datetime import date
from unittest.mock import Mock

import pytest

from pages.parts import notices
from pages.parts.ethics.clearance import LOOKS
from scoping import samples
from scoping.ethics import consequences, demands, impact, legal_class
from scoping.ethics.state import EthicsKind, state
from scoping.merge import Edit, added
from scoping.sections.ethics import AtLaunch, Concern, Ethics, ItemAnswer, Obligation, QuestionPack
from tests.pages.tabs import Tab

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


def open_area(tab: Tab, project: str, pack: str, area: str) -> None:
    """Show the questions of an area."""
    unfold(tab, project, "questions")
    assert not tab.app.button_group(key=f"ethics.areas.{pack}.{project}").set_value([area]).run().exception


def areas(tab: Tab) -> list[str]:
    """The areas that are offered."""
    groups = [g for g in tab.app.get("button_group") if ".areas." in (g.key or "")]
    return [o.content.split(" · ")[0] for g in groups for o in g.proto.options]


def answer(tab: Tab, project: str, question: str, chosen: str | None, place: str = "area") -> None:
    control = tab.app.button_group(key=f"ethics.{place}.{question}.{project}")
    control.set_value(chosen)
    assert not tab.app.run().exception


def item(tab: Tab, project: str, question: str):
    return next((i for i in ethics(tab, project).checklist if i.id == question), None)


def click(tab: Tab, project: str, *names: str) -> None:
    assert not tab.app.button(key=".".join(("ethics", *names, project))).click().run().exception


# ------------------------------------------------------------------------------------------------------- questions


def test_one_click_answers_a_question_with_pack_version_and_wording(tab: Tab) -> None:
    project = open_ethics(tab, "impact")
    open_area(tab, project, "society", "purpose")
    answer(tab, project, "purpose_plain", "yes")
    found = item(tab, project, "purpose_plain")
    assert (found.answered, found.pack, found.pack_version) == (ItemAnswer.YES, "society", 1)
    assert found.question.startswith("Is the purpose written down")
    assert found.area == "Purpose"


def test_a_second_click_takes_the_answer_back_and_unknown_is_an_answer_of_its_own(tab: Tab) -> None:
    project = open_ethics(tab, "impact")
    open_area(tab, project, "impact", "reasons")
    answer(tab, project, "why_motive", "cost")
    assert (item(tab, project, "why_motive").option, item(tab, project, "why_motive").option_words[:10]) == ("cost", "Lower cost")
    answer(tab, project, "why_motive", "?")
    found = item(tab, project, "why_motive")
    assert (found.answered, found.option, found.option_words, found.unknown) == (None, "", "", ("answered",))
    answer(tab, project, "why_motive", None)
    assert item(tab, project, "why_motive").unknown == ()


def test_the_band_closes_as_the_deciding_questions_are_answered(tab: Tab) -> None:
    project = open_ethics(tab, "impact")
    assert "Between level II and level III" in tab.texts()
    unfold(tab, project, "deciding")
    for question, chosen in (("impact_hardest", "none"), ("data_coverage", "well"), ("data_bias", "no")):
        if consequences.of(ethics(tab, project)).impact.level is None:
            answer(tab, project, question, chosen, "deciding")
    assert "Level II: moderate impact" in tab.texts()
    assert not [e for e in tab.app.expander if e.label.startswith("Decide it")]


def test_does_not_apply_asks_for_a_reason_and_counts_once_it_has_one(tab: Tab) -> None:
    project = open_ethics(tab, "impact")
    open_area(tab, project, "impact", "impact")
    answer(tab, project, "impact_hardest", "not_applicable")
    assert "counts as an answer as soon as it has a reason" in tab.texts()
    before = consequences.of(ethics(tab, project)).impact.answered
    tab.store.save(project, "ethics", [Edit("checklist", "impact_hardest", "note", "", "No groups")], "Ana")
    assert consequences.of(ethics(tab, project)).impact.answered == before + 1


def test_filters_leave_only_what_is_asked_for(tab: Tab) -> None:
    project = open_ethics(tab, "impact")

    unfold(tab, project, "questions")
    assert len(areas(tab)) == 23
    tab.app.checkbox(key=f"ethics.unanswered.{project}").check().run()
    assert "Authority" not in areas(tab)
    assert "Impact on people" in areas(tab)
    tab.app.selectbox(key=f"ethics.framework.{project}").set_value("deon").run()
    assert areas(tab) == ["Analysis", "Modelling"]


def test_areas_are_folded_so_that_a_hundred_and_fifty_questions_stay_readable(tab: Tab) -> None:
    project = open_ethics(tab, "impact")
    assert any("of 150 answered" in e.label for e in tab.app.expander)
    unfold(tab, project, "questions")
    counts = [c.value.split(" answered")[0] for c in tab.app.caption if " answered" in c.value]
    assert {words.removeprefix("Impact questions: ").split(",")[0] for words in counts} == {counts[0]}, (
        "one count on the whole page"
    )
    assert not [b for b in tab.app.get("button_group") if ".area." in (b.key or "")]


def test_a_changed_wording_shows_the_old_answer_and_asks_anew(tab: Tab) -> None:
    old = [
        i.model_copy(update={"question": "Hard to undo?", "pack_version": 1}) if i.id == "impact_undo" else i
        for i in LOAN.ethics.checklist
    ]
    charter = LOAN.with_part("ethics", LOAN.ethics.model_copy(update={"checklist": tuple(old)}))
    project = open_ethics(tab, "impact", charter)
    open_area(tab, project, "impact", "impact")
    assert "Answered to an earlier wording" in tab.texts()
    assert "Hard to undo?\nHard" in tab.texts()
    answer(tab, project, "impact_undo", "little")
    assert item(tab, project, "impact_undo").question == "How hard is a wrong outcome to undo?"
    assert "Answered to an earlier wording" not in tab.texts()


def test_the_short_pack_gives_the_level_by_choice(tab: Tab) -> None:
    project = open_ethics(tab, "impact")
    unfold(tab, project, "packs")
    tab.app.selectbox(key=f"ethics.impact_pack.{project}").set_value("quick").run()
    assert ethics(tab, project).impact_pack == "quick"
    open_area(tab, project, "quick", "quick_risk")
    for question, chosen in (("quick_harm", "grave"), ("quick_undo", "never"), ("quick_who", "machine")):
        answer(tab, project, question, chosen)
    assert "Level IV: very high impact" in tab.texts()


@pytest.mark.parametrize(("definition", "said"), [(OWN, "Our own"), ("id = ", "is not written in TOML")])
def test_a_pack_of_the_project_is_asked_or_its_mistake_is_told(tab: Tab, definition: str, said: str) -> None:
    row = QuestionPack(id="p", name="Our own", definition=definition)
    charter = LOAN.with_part("ethics", LOAN.ethics.model_copy(update={"question_packs": (row,)}))
    project = open_ethics(tab, "impact", charter)
    unfold(tab, project, "questions")
    if definition == OWN:
        unfold(tab, project, "packs")
    assert said in tab.texts().replace("\\", "")
    assert ("Ours" in areas(tab)) == (definition == OWN)


def test_the_words_of_a_pack_that_people_brought_are_never_markup(tab: Tab) -> None:
    words = "![spy](https://example.org/seen.png)"
    row = QuestionPack(id="p", name="Our own", definition=OWN.replace("Did we?", words))
    charter = LOAN.with_part("ethics", LOAN.ethics.model_copy(update={"question_packs": (row,)}))
    project = open_ethics(tab, "impact", charter)
    open_area(tab, project, "own", "ours")
    asked = next(b for b in tab.app.get("button_group") if b.key == f"ethics.area.own_q.{project}")
    assert asked.label == notices.plain(words)


def test_a_pack_is_brought_as_a_file_and_its_next_version_takes_its_place(tab: Tab) -> None:
    project = open_ethics(tab, "impact")
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


# ------------------------------------------------------------------------------------------- where the project stands


def test_an_empty_project_begins_with_three_questions_and_says_on_what_its_level_rests(tab: Tab) -> None:
    project = open_ethics(tab, "impact", samples.new_charter("New", "", "USD"))
    assert "**Not assessed**" in tab.texts()
    assert "First impression: three questions" in [h.value for h in tab.app.header]
    assert len(tab.app.get("button_group")) == 3
    assert not [e for e in tab.app.expander if " answered" in e.label]
    for question, chosen in (("quick_harm", "nuisance"), ("quick_undo", "easily"), ("quick_who", "human")):
        answer(tab, project, question, chosen, "first")
    assert "**First impression**" in tab.texts()
    assert "Level I: little impact, a first impression: it rests on three screening answers" in tab.texts()


def test_a_closer_look_is_folded_away_and_asks_all_questions_once_its_pack_is_chosen(tab: Tab) -> None:
    project = open_ethics(tab, "impact", samples.new_charter("New", "", "USD"))
    unfold(tab, project, "closer")
    unfold(tab, project, "packs")
    tab.app.selectbox(key=f"ethics.impact_pack.{project}").set_value("impact").run()
    assert "Questions" in [h.value for h in tab.app.header]
    assert any("0 of 150 answered" in e.label for e in tab.app.expander)


@pytest.mark.parametrize("slug", [s.slug for s in samples.samples()])
def test_only_what_a_named_person_cleared_stands_there_in_green(tab: Tab, slug: str) -> None:
    charter = next(s for s in samples.samples() if s.slug == slug).charter
    open_ethics(tab, "obligations", charter)
    assert state(charter.ethics).kind is not EthicsKind.CLEARED
    assert LOOKS[EthicsKind.CLEARED] not in tab.texts()
    assert LOOKS[state(charter.ethics).kind] in tab.texts()


def test_a_project_is_cleared_by_whom_and_when_and_reopened_by_what_comes_up(tab: Tab) -> None:
    clear = next(s for s in samples.samples() if s.slug == "phone_inspection").charter
    duties = tuple(
        Obligation(id=d.id, demand=d.demand, owner="Katrin Vogel", due=date(2027, 3, 31))
        for d in consequences.of(clear.ethics).certain
    )
    charter = clear.with_part("ethics", clear.ethics.model_copy(update={"obligations": duties}))
    project = open_ethics(tab, "obligations", charter)
    assert "Nobody has cleared it by name" in tab.texts()
    given = [Edit("", "", "cleared_by", "", "Claire Dubois"), Edit("", "", "cleared_on", None, "2027-05-03")]
    tab.store.save(project, "ethics", given, "Ana")
    tab.app.run()
    assert f"{LOOKS[EthicsKind.CLEARED]} **Cleared by Claire Dubois on 3 May 2027**" in tab.texts()
    tab.store.save(project, "ethics", [added("concerns", Concern(id="late", concern="Night shift"))], "Ana")
    tab.app.run()
    assert LOOKS[EthicsKind.CLEARED] not in tab.texts()
    assert "“Night shift”" in tab.texts()


def test_an_answer_is_judged_once_by_page_rules_and_words(tab: Tab, monkeypatch: pytest.MonkeyPatch) -> None:
    project = open_ethics(tab, "impact")
    open_area(tab, project, "impact", "impact")
    engines = [Mock(wraps=engine) for engine in (impact.assess, legal_class.find, demands.due)]
    for module, name, engine in zip((impact, legal_class, demands), ("assess", "find", "due"), engines, strict=True):
        monkeypatch.setattr(module, name, engine)
    answer(tab, project, "impact_hardest", "little")
    assert [engine.call_count for engine in engines] == [1, 1, 1]


# ------------------------------------------------------------------------------------------------------ legal class


def test_the_tree_is_walked_by_clicks_and_unknown_keeps_classes_possible(tab: Tab) -> None:
    charter = LOAN.with_part("ethics", LOAN.ethics.model_copy(update={"legal_path": LOAN.ethics.legal_path[:-2]}))
    project = open_ethics(tab, "legal", charter)
    assert tab.app.radio(key=f"ethics.way.{project}").proto.captions[-1].startswith("**Next question**")
    answer(tab, project, "profiling", "?", "node")
    assert "2 classes are possible" in tab.texts()
    open_on_the_way(tab, project, "profiling")
    answer(tab, project, "profiling", "yes", "node")
    open_on_the_way(tab, project, "transparency")
    answer(tab, project, "transparency", "none", "node")
    assert "High-risk + duties of a deployer + duties of a provider" in tab.texts().replace("\\", "")
    step = ethics(tab, project).legal_path[-1]
    assert (step.id, step.chosen_words, step.source) == ("transparency", "None of these", "Art. 50(1) to 50(4)")
    assert step.rules.startswith("EU AI Act, version ")


def open_on_the_way(tab: Tab, project: str, node: str) -> None:
    assert not tab.app.radio(key=f"ethics.way.{project}").set_value(node).run().exception


def test_any_question_of_the_way_is_opened_and_stays_open_while_its_answer_changes(tab: Tab) -> None:
    project = open_ethics(tab, "legal")
    way = tab.app.radio(key=f"ethics.way.{project}")
    assert len(way.options) == len(LOAN.ethics.legal_path)
    assert len(tab.app.get("button_group")) == 1
    open_on_the_way(tab, project, "profiling")
    answer(tab, project, "profiling", "?", "node")
    assert tab.app.radio(key=f"ethics.way.{project}").value == "profiling"
    assert next(s for s in ethics(tab, project).legal_path if s.id == "profiling").unknown == ("chosen",)


def test_a_second_click_takes_a_legal_answer_back(tab: Tab) -> None:
    project = open_ethics(tab, "legal")
    answer(tab, project, "transparency", None, "node")
    assert "transparency" not in {s.id for s in ethics(tab, project).legal_path}


# ------------------------------------------------------------------------------ risks, fairness, obligations, launch


def test_a_failure_feeds_register_monitoring_and_stop_criteria(tab: Tab) -> None:
    project = open_ethics(tab, "risks")
    unfold(tab, project, "feeds")
    click(tab, project, "feed", "risk", "recession")
    click(tab, project, "feed", "monitor", "recession")
    tab.app.selectbox(key=f"ethics.stop.recession.which.{project}").set_value("launch").run()
    click(tab, project, "feed", "milestone", "recession")
    charter = tab.store.open(project).charter
    failure = next(f for f in charter.ethics.premortem if f.id == "recession")
    assert failure.risk in {r.id for r in charter.ethics.risks}
    assert failure.monitor in {m.id for m in charter.rollout.monitors}
    launch = next(m for m in charter.milestones.milestones if m.id == "launch")
    assert launch.kill_criteria.endswith("Loans in arrears after three months above 4\u00a0%: we change direction.")
    assert failure.milestone == "launch"


def test_a_gap_becomes_a_slice_target_with_one_click(tab: Tab) -> None:
    project = open_ethics(tab, "fairness")
    click(tab, project, "target", "under_25")
    charter = tab.store.open(project).charter
    target = next(t for t in charter.milestones.targets if t.slice == "Applicants under 25")
    assert (target.milestone, target.target) == ("test", 3)
    assert "Applicants under 25" not in " ".join(
        f.message for f in tab.store.open(project).overview.findings if f.code == "ethics.group_unproved"
    )


def test_all_certain_demands_are_taken_on_and_planned_with_two_clicks(tab: Tab) -> None:
    project = open_ethics(tab, "obligations")
    judged = consequences.of(LOAN.ethics)
    certain = {d.id for d in judged.certain}
    taken = len(certain) - len(judged.left)
    assert 0 < taken < len(certain)
    button = tab.app.button(key=f"ethics.take.all.{project}")
    assert button.label == f"Take on the other {len(judged.left)} that are certain"
    assert any(f"{len(certain)} certain, {taken} of them taken on" in e.label for e in tab.app.expander)
    click(tab, project, "take", "all")
    assert {o.id for o in ethics(tab, project).obligations} == certain
    click(tab, project, "milestones", "all")
    charter = tab.store.open(project).charter
    by_milestone = {i: m.id for m in charter.milestones.milestones for i in m.obligations}
    assert {o.id: o.milestone for o in charter.ethics.obligations} == by_milestone
    assert set(by_milestone) == certain


def test_one_obligation_is_tied_to_a_milestone_of_the_plan(tab: Tab) -> None:
    project = open_ethics(tab, "obligations")
    unfold(tab, project, "demanded")
    click(tab, project, "take", "notice")
    unfold(tab, project, "tie")
    tab.app.selectbox(key=f"ethics.tie.notice.which.{project}").set_value("pilot").run()
    click(tab, project, "tie", "notice")
    charter = tab.store.open(project).charter
    assert next(m for m in charter.milestones.milestones if m.id == "pilot").obligations == ("explanation", "notice")
    assert next(o for o in charter.ethics.obligations if o.id == "notice").milestone == "pilot"


def test_promises_stand_beside_what_was_found_at_launch(tab: Tab) -> None:
    project = open_ethics(tab, "obligations")
    unfold(tab, project, "launch")
    assert "Have privacy and legal counsel agreed in writing?" in tab.texts()
    tab.store.save(project, "ethics", [Edit("checklist", "asked_legal", "at_launch", None, AtLaunch.NOT_KEPT.value)], "Ana")
    tab.app.run()
    assert "ethics.promise_broken" in {f.code for f in tab.store.open(project).overview.missing}


def test_an_archived_project_offers_no_answers(tab: Tab) -> None:
    project = tab.store.create(LOAN, "Ana")
    tab.store.archive(project, "Ana")
    tab.open(project)
    tab.go("ethics")
    for name in ("impact", "legal", "concerns", "risks", "fairness", "obligations"):
        turn(tab, project, name)
        assert all(b.disabled for b in tab.app.get("button_group"))
