"""The feasibility step judges by its rules, reads history and benchmarks, and ranks slices; all follow what is typed."""

from __future__ import annotations

import re
import time
from datetime import date, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import here
from scoping import samples
from scoping.charter import Charter
from scoping.feasibility.verdict import verdicts
from scoping.merge import Edit, added
from scoping.sections.feasibility import (
    Benchmark,
    Better,
    Check,
    Evidence,
    Feasibility,
    Grade,
    HistoryPoint,
    Opinion,
    Similarity,
    Slice,
    Slices,
    Speaks,
    Verdict,
)
from scoping.sections.solutions import Approach, Data, Novelty, Solution, Solutions, Standing
from tests.pages.tabs import Tab, read

IDEA = Solution(
    id="cam", name="Camera *help*", approach=Approach.ML, standing=Standing.CHOSEN, data=Data.UNSTRUCTURED, novelty=Novelty.NEW
)
METRIC = "Defects found, in %"


def open_step(tab: Tab, at: str = "verdict", **parts: object) -> str:
    value = Feasibility(asked_metric=METRIC, asked_value=97, asked_better=Better.HIGHER).model_copy(update=parts)
    charter = Charter().with_part("solutions", Solutions(solutions=(IDEA,))).with_part("feasibility", value)
    return opened(tab, charter, at)


def opened(tab: Tab, charter: Charter, at: str = "verdict") -> str:
    project = tab.store.create(charter, "Ana")
    tab.open(project)
    tab.go("feasibility")
    assert not tab.turn_to(at).exception
    return project


def feasibility(tab: Tab, project: str) -> Feasibility:
    return tab.store.open(project).charter.feasibility


def said(tab: Tab) -> str:
    """All that the page says, as people read it."""
    return tab.texts().replace("\\", "")


def press(tab: Tab, key: str) -> None:
    tab.app.button(key=key).click().run()
    assert not tab.app.exception


def frame_with(tab: Tab, column: str):
    return next(d.value for d in tab.app.dataframe if column in d.value)


def sound(name: str = "people", **fields: object) -> Evidence:
    given = {
        "solution": "cam",
        "check": Check.OTHER,
        "finding": "People find them.",
        "grade": Grade.MEASURED,
        "speaks": Speaks.AGAINST,
        "source": "Sheet 4",
        "found_on": date.today(),  # noqa: DTZ011  any recent day
    }
    return Evidence(id=name, **{**given, **fields})


def readings(values: list[float], metric: str = METRIC) -> tuple[HistoryPoint, ...]:
    day = date(2024, 1, 1)
    return tuple(
        HistoryPoint(id=f"h{i}", when=day + timedelta(days=182 * i), value=v, metric=metric, better=Better.HIGHER, hlp=96)
        for i, v in enumerate(values)
    )


def test_an_idea_without_evidence_is_not_called_safe(tab: Tab) -> None:
    open_step(tab)
    words = said(tab)
    assert "No evidence counts yet." in words
    assert "spoke for it" in words
    assert "Nobody can tell yet: there is no evidence." in words


def test_the_verdict_follows_a_change_of_the_evidence(tab: Tab) -> None:
    project = open_step(tab, evidence=(sound(),))
    assert "speaks against it, and nothing speaks for it" in said(tab)
    edit = Edit("evidence", "people", "speaks", Speaks.AGAINST, Speaks.FOR)
    assert tab.store.save(project, "feasibility", [edit], "Bo").stamp
    tab.app.run()
    assert "nothing more than opinion supports it on: how well people do it" in said(tab)


def test_a_verdict_is_taken_over_and_changed_again_without_losing_own_words(tab: Tab) -> None:
    project = open_step(tab, evidence=(sound(),))
    press(tab, f"feasibility.take.cam.{project}")
    (row,) = feasibility(tab, project).verdicts
    assert (row.solution, row.opinion) == ("cam", Opinion.NOT_FEASIBLE)
    assert "(V" not in row.reason
    assert "That fits the evidence." in said(tab)
    own = f"We looked at it twice.\n{row.reason}"
    edits = [
        Edit("verdicts", row.id, "reason", row.reason, own),
        Edit("evidence", "people", "speaks", Speaks.AGAINST, Speaks.MIXED),
    ]
    assert tab.store.save(project, "feasibility", edits, "Bo").stamp
    tab.app.run()
    assert "The team says: not feasible" in said(tab)
    press(tab, f"feasibility.take.cam.{project}")
    (row,) = feasibility(tab, project).verdicts
    assert row.opinion is Opinion.DOUBTFUL
    assert row.reason.startswith("We looked at it twice.")
    assert row.reason.count("From the evidence") == 1


def test_what_somebody_else_decided_meanwhile_is_not_overwritten(tab: Tab) -> None:
    theirs = Verdict(id="v", solution="cam", opinion=Opinion.FEASIBLE, reason="Tried it")
    project = open_step(tab, evidence=(sound(),), verdicts=(theirs,))
    edit = Edit("verdicts", "v", "opinion", Opinion.FEASIBLE, Opinion.TOO_LITTLE)
    button = tab.app.button(key=f"feasibility.take.cam.{project}").click()
    assert tab.store.save(project, "feasibility", [edit], "Bo").stamp
    button.run()
    assert feasibility(tab, project).verdicts[0].opinion is Opinion.TOO_LITTLE


@pytest.mark.parametrize("sample", samples.samples(), ids=lambda s: s.charter.name)
def test_every_idea_of_a_sample_is_judged_as_the_rules_say(tab: Tab, sample) -> None:
    opened(tab, sample.charter)
    words = said(tab)
    for judged in verdicts(sample.charter, date.today()):  # noqa: DTZ011
        assert judged.ruling.sentence in words
    assert not re.search(r"\b[VW]\d", words)


def test_history_tells_rate_range_and_when_the_target_is_reached(tab: Tab) -> None:
    project = open_step(tab, "measure", history=readings([80, 85, 89, 92]))
    words = said(tab)
    assert "per half-year" in words
    assert "the target 97 is reached around" in words
    assert "lies at or beyond what people reach: never" in words
    assert len(frame_with(tab, "8 of 10 cases")) == 4
    press(tab, f"feasibility.history.keep.{project}")
    (row,) = feasibility(tab, project).evidence
    assert (row.check, row.grade, row.speaks, row.solution) == (Check.HISTORY, Grade.MEASURED, Speaks.FOR, "cam")
    assert "per half-year" in row.finding


def test_three_readings_are_too_few(tab: Tab) -> None:
    open_step(tab, "measure", history=readings([80, 85, 89]))
    assert "Too few readings to tell a rate" in said(tab)


def test_a_target_on_another_metric_is_not_compared_with_history(tab: Tab) -> None:
    open_step(tab, "measure", history=readings([80, 85, 89, 92], "Scratches found, in %"))
    assert "The target is not compared" in said(tab)
    assert "is reached around" not in said(tab)


def test_readings_that_contradict_themselves_are_named(tab: Tab) -> None:
    open_step(tab, "measure", history=readings([80, 120]))
    assert "has the value 120" in said(tab)


def test_benchmarks_on_another_metric_are_said_not_to_be_compared(tab: Tab) -> None:
    alike = {"data_similarity": Similarity.HIGH, "setting_similarity": Similarity.HIGH}
    rows = (
        Benchmark(id="a", name="Vendor", metric=METRIC, value=98, **alike),
        Benchmark(id="b", name="Paper", metric="Scratches found", value=99, **alike),
    )
    open_step(tab, "measure", benchmarks=rows)
    (table,) = (h.proto.body for h in tab.app.get("html") if "As good as asked" in h.proto.body)
    assert table.index("as good as the 97 asked for") < table.index("not compared") < table.index("asked for is")


def test_groups_stand_in_the_order_of_work_with_their_reasons(tab: Tab) -> None:
    rows = (
        Slice(id="a", name="Clear", model=94, hlp=95, share=60, ease=2),
        Slice(id="b", name="Car", model=89, hlp=93, share=4, must_not_fail="yes", importance_why="Drivers look away"),
        Slice(id="c", name="Weak", model=71, hlp=70, share=36, ease=1),
    )
    open_step(tab, "groups", slices=rows, slices_are=Slices.EXCLUSIVE)
    words = said(tab)
    assert "Work on “Car” first." in words
    assert words.index("Drivers look away") < words.index("1 point behind people") < words.index("Already better than people")
    assert "Closing every gap would bring 0.76 points" in words


def test_a_protected_slice_with_few_cases_and_a_hidden_bad_slice_are_told(tab: Tab) -> None:
    rows = (
        Slice(id="a", name="Day", cases=2000, errors=60, share=90),
        Slice(id="b", name="Night", cases=200, errors=60, share=9),
        Slice(id="c", name="Foreign", cases=12, errors=1, share=1, kind="protected"),
    )
    open_step(tab, "groups", slices=rows)
    words = said(tab)
    assert "hides “Night”" in words
    assert "12 cases: too few to say" in words


def predictions() -> bytes:
    """A hundred cases; the model errs on half of those in a car and on no other but one."""
    rows = ["id,truth,prediction,car,new"]
    rows += [f"{i},yes,{'no' if i < 20 or i == 60 else 'yes'},{int(i < 40)},{int(30 <= i < 33)}" for i in range(100)]
    return "\n".join(rows).encode()


def _bench(project: str) -> None:
    """A page with the slices alone. It runs as a script of its own."""
    from pages.parts import here
    from pages.parts.feasibility import slices
    from scoping.sections.feasibility import SECTION

    slices.show(here.Step(SECTION, here.store().open(project)))


def measured(project: str, hlp: float | None = 95) -> AppTest:
    app = AppTest.from_function(_bench, args=(project,), default_timeout=30)
    app.session_state["desk"] = "ana"  # stands for the cookie of a browser
    app.run()
    app.file_uploader[0].upload("cases.csv", predictions(), "text/csv").run()
    wait(app)
    if hlp is not None:
        next(n for n in app.number_input if n.label.startswith("People get right")).set_value(hlp).run()
    next(b for b in app.button if b.label == "Measure").click().run()
    wait(app)
    return app


def wait(app: AppTest) -> None:
    """Look again, as the page does by itself, until no work goes on."""
    deadline = time.monotonic() + 30
    while app.get("progress") and time.monotonic() < deadline:
        time.sleep(0.05)
        app.run()
    assert not app.get("progress")
    assert not app.exception


def test_slices_of_a_file_are_measured_and_taken_over_into_the_list(tab: Tab) -> None:
    there = Slice(id="a", name="CAR ", model=70, importance=5, kind="protected")
    value = Feasibility(slices=(there,))
    project = here.store().create(Charter().with_part("feasibility", value), "Ana")
    app = measured(project)
    words = "\n".join(read(e.proto.body) for e in app.get("html"))
    assert "79\u00a0% of 100 cases right" in words
    assert "hides “car”: 50\u00a0% right" in words
    frame = next(d.value for d in app.dataframe if "Points to gain" in d.value)
    assert list(frame["Group"]) == ["car", "new"]
    for _ in range(2):
        next(b for b in app.button if b.label.startswith("Take over")).click().run()
        assert not app.exception
    found = here.store().open(project).charter.feasibility
    rows = {r.title.strip(): r for r in found.slices}
    assert rows.keys() == {"CAR", "new"}
    car = rows["CAR"]
    assert (car.model, car.hlp, car.share, car.cases, car.errors) == (50, 95, 40, 40, 20)
    assert (car.importance, car.kind) == (5, "protected")
    assert rows["new"].kind == "rare"
    assert found.slices_are is Slices.OVERLAPPING


def test_without_overlap_the_cases_without_a_tag_make_the_shares_whole() -> None:
    from pages.parts.feasibility import slices
    from scoping.measuring.slices.result import Result, TagResult

    tags = (TagResult(name="Car", cases=40, errors=20, kind="ordinary", hlp=0.9),)
    result = Result(
        cases=100, errors=22, skipped=0, untagged_cases=60, untagged_errors=2, overlap=False, hlp=None, tags=tags, pairs=(),
        pairs_left_out=0, covers=(), left_out=(), tags_left_out=0,
    )  # fmt: skip
    (rest,) = slices._rest(result)
    assert (rest.name, rest.share, rest.errors) == ("No tag", 0.6, 2)
    assert slices._rest(result.model_copy(update={"overlap": True})) == []


def test_removing_the_last_idea_leaves_a_way_on(tab: Tab) -> None:
    opened(tab, Charter())
    assert "Collect ideas" in said(tab)


def test_evidence_that_names_no_idea_is_listed(tab: Tab) -> None:
    project = open_step(tab, evidence=(sound(solution=""),))
    assert "Evidence that names no idea counts for none" in said(tab)
    row = sound("other", solution="cam")
    assert tab.store.save(project, "feasibility", [added("evidence", row)], "Bo").stamp
    tab.app.run()
    assert "speaks against it" in said(tab)
