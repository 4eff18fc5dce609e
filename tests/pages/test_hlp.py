"""Labels are uploaded, what people reach is shown with its interval, and a target is taken from it into a milestone."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts import here
from scoping.charter import Charter
from scoping.measuring.hlp.labels import Level
from scoping.sections.feasibility import Feasibility
from scoping.sections.milestones import Milestone, Milestones
from tests.pages.tabs import figures, read

ITEMS = 40
PEOPLE = ("Ana", "Bo", "Cy")


def labels(wrong_every: int = 10) -> bytes:
    """Three people on forty clips; each errs on another tenth of them."""
    lines = ["clip,labeller,label,truth"]
    for item in range(ITEMS):
        truth = "scratch" if item % 2 else "dent"
        other = "dent" if item % 2 else "scratch"
        lines += [
            f"c{item},{who},{other if (item + place) % wrong_every == 0 else truth},{truth}" for place, who in enumerate(PEOPLE)
        ]
    return "\n".join(lines).encode()


def _page(project: str) -> None:
    """A page with the bench alone. It runs as a script of its own."""
    from pages.parts import here
    from pages.parts.feasibility import hlp
    from scoping.sections.feasibility import SECTION

    hlp.show(here.Step(SECTION, here.store().open(project)))


class Bench:
    """One person at the bench."""

    def __init__(self, project: str) -> None:
        self.project = project
        self.app = AppTest.from_function(_page, args=(project,), default_timeout=30)
        # Stands for the cookie of a browser.
        self.app.session_state["desk"] = "ana"
        self.run()

    def run(self) -> None:
        self.app.run()
        assert not self.app.exception

    def upload(self, content: bytes) -> None:
        self.app.file_uploader[0].upload("labels.csv", content, "text/csv").run()
        self.wait()

    def measure(self) -> None:
        self.press(next(b.label for b in self.app.button if b.label.startswith("Measure")))
        self.wait()

    def wait(self) -> None:
        """Look again, as the page does by itself, until no work goes on."""
        deadline = time.monotonic() + 30
        while self.app.get("progress") and time.monotonic() < deadline:
            time.sleep(0.05)
            self.app.run()
        assert not self.app.get("progress")
        assert not self.app.exception

    def press(self, label: str) -> None:
        next(b for b in self.app.button if b.label == label).click().run()
        assert not self.app.exception

    def box(self, label: str) -> Any:
        return next(
            box for kind in ("selectbox", "number_input", "text_input", "radio") for box in self.app.get(kind) if box.label == label
        )

    def texts(self) -> str:
        kinds = ("markdown", "caption", "error")
        said = [f"{e.value}" for kind in kinds for e in self.app.get(kind)]
        return "\n".join((*said, *map(read, (e.proto.body for e in self.app.get("html"))))).replace("\\", "")

    @property
    def plan(self) -> Milestones:
        return here.store().open(self.project).charter.milestones


@pytest.fixture
def bench(new_tab: Callable[[], Any]) -> Callable[..., Bench]:
    new_tab()

    def begin(**answers: Any) -> Bench:
        charter = Charter().with_part("feasibility", Feasibility(**answers))
        plan = Milestones(milestones=(Milestone(id="m", deliverable="First pilot"),))
        return Bench(here.store().create(charter.with_part("milestones", plan), "Ana"))

    return begin


def test_columns_are_guessed_and_the_figures_come_with_their_interval(bench: Callable[..., Bench]) -> None:
    page = bench()
    page.upload(labels())
    assert [page.box(label).value for label in ("Item", "Labeller", "Label", "Truth")] == ["clip", "labeller", "label", "truth"]
    page.measure()
    share = dict(figures(page.app))["People are right, 95 % interval"]
    assert "% to " in share
    assert "People are right in 90\u00a0%" in page.texts()
    assert "Nobody has said yet whether people saw only what the model will see" in page.texts()


def test_what_is_asked_for_in_the_step_is_judged_at_once(bench: Callable[..., Bench]) -> None:
    page = bench(asked_metric="Damage named right, in %", asked_value=99)
    page.upload(labels())
    assert page.box("What somebody asks for, in %").value == 99
    page.measure()
    assert dict(figures(page.app))["Chance that people reach 99\u00a0%"] == "below 1\u00a0%"
    assert "99\u00a0% is asked for" in page.texts()
    assert page.box("Metric").value == "Damage named right"


def test_the_proposed_target_becomes_one_of_the_chosen_milestone_and_can_be_taken_back(bench: Callable[..., Bench]) -> None:
    page = bench()
    page.upload(labels())
    page.measure()
    proposed = page.box("Target, in %").value
    page.box("Metric").set_value("Scratches found").run()
    page.press("Use as target")
    (target,) = page.plan.targets
    assert (target.milestone, target.metric, target.target, target.unit) == ("m", "Scratches found", proposed, "%")
    assert proposed == int(proposed) < 90
    assert "95" in page.texts()
    assert "labels.csv" in target.measured_how
    assert "is a target in Milestones now" in page.texts()
    store = here.store()
    store.undo(page.project, store.open(page.project).stamp.number, "Ana")
    assert not page.plan.targets


def test_a_chosen_number_counts_and_a_milestone_is_begun_where_there_is_none(bench: Callable[..., Bench]) -> None:
    page = bench()
    page.upload(labels())
    page.measure()
    page.box("Target, in %").set_value(75.0).run()
    page.box("Milestone").select("new").run()
    page.press("Use as target")
    (target,) = page.plan.targets
    assert target.target == 75
    assert [m.id for m in page.plan.milestones][1:] == [target.milestone]


def test_too_few_labels_propose_no_target(bench: Callable[..., Bench]) -> None:
    page = bench()
    page.upload(b"item,labeler,label,truth\n1,I,1,1\n2,I,0,1\n3,I,1,1\n4,I,0,0\n5,I,0,0\n6,I,1,0\n")
    page.measure()
    assert page.box("Target, in %").value is None
    assert next(b for b in page.app.button if b.label == "Use as target").disabled
    assert "Too few to tell" in page.texts()
    assert "30\u00a0% to 90.3\u00a0%" in page.texts()


def test_without_a_truth_agreement_is_never_called_accuracy(bench: Callable[..., Bench]) -> None:
    page = bench()
    page.upload(b"\n".join(line.rsplit(b",", 1)[0] for line in labels().split(b"\n")))
    page.measure()
    assert "This is agreement, not accuracy" in page.texts()
    assert page.box("Metric").value == "Agreement with most others"


def test_a_column_per_labeller_is_understood(bench: Callable[..., Bench]) -> None:
    page = bench()
    rows = ["clip,Ana,Bo", *(f"c{i},yes,{'no' if i % 4 == 0 else 'yes'}" for i in range(ITEMS))]
    page.upload("\n".join(rows).encode())
    assert page.box("The table has").value == "wide"
    page.measure()
    assert "80 labels by 2 labellers" in page.texts()


def test_grades_without_an_order_are_refused_by_name_and_measured_once_it_is_given(bench: Callable[..., Bench]) -> None:
    page = bench()
    page.upload(labels())
    page.box("Labels are").select(Level.ORDINAL).run()
    page.measure()
    assert "The order of the grades does not name: dent; scratch" in page.texts()
    page.box("Grades from low to high").set_value("scratch; dent").run()
    page.measure()
    assert "People are right in 90\u00a0%" in page.texts()


def test_words_of_people_are_never_markup(bench: Callable[..., Bench]) -> None:
    page = bench()
    page.upload(labels().replace(b"scratch", b"**bold** $x$ <b>").replace(b"Ana", b"=1+1"))
    page.measure()
    marked = [e.value for kind in ("markdown", "caption") for e in page.app.get(kind)]
    assert not any("**bold**" in text or "$x$" in text or "<b>" in text for text in marked)


def test_a_kept_result_is_evidence_with_interval_and_people(bench: Callable[..., Bench]) -> None:
    page = bench()
    page.upload(labels())
    page.measure()
    page.press("Take as evidence")
    part = here.store().open(page.project).charter.feasibility
    (evidence,) = part.evidence
    assert (evidence.check, evidence.labellers, evidence.items, evidence.value) == ("hlp", 3, ITEMS, 90.0)
    assert evidence.low < 90 < evidence.high
    assert [m.id for m in part.measurements] == [evidence.measurement]


def test_what_is_typed_just_before_the_button_is_pressed_is_kept(bench: Callable[..., Bench]) -> None:
    page = bench()
    page.upload(labels())
    page.measure()
    # Both reach the server together, as they do when the page is slow.
    page.app.text_area[0].set_value("Our own words")
    page.press("Take as evidence")
    (evidence,) = here.store().open(page.project).charter.feasibility.evidence
    assert evidence.finding == "Our own words"
    page.box("Target, in %").set_value(71.0)
    page.press("Use as target")
    assert [target.target for target in page.plan.targets] == [71]


def test_a_choice_of_columns_too_long_to_be_kept_is_said(bench: Callable[..., Bench]) -> None:
    page = bench()
    people = [f"labeller {i} {'of the second floor ' * 4}" for i in range(350)]
    rows = [",".join(["clip", *people]), *(",".join([f"c{i}", *("ab"[i % 2] for _ in people)]) for i in range(5))]
    page.upload("\n".join(rows).encode())
    page.measure()
    assert next(b for b in page.app.button if b.label == "Take as evidence").disabled
    assert "So many columns are chosen above that they cannot be kept" in page.texts()
