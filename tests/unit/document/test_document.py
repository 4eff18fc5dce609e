from datetime import date

import pytest

from scoping.blocks import Facts, Missing, Paragraph, Table, Unknown
from scoping.charter import PARTS, Charter
from scoping.currency import Currency, about
from scoping.document.paper import Chapter, Document
from scoping.document.reader import NOT_STATED
from scoping.samples import new_charter, samples
from scoping.section import Kind, questions
from scoping.sections.data_sources import DataSources, Source
from scoping.sections.ethics import Concern, Ethics, Outcome
from scoping.sections.feasibility import Feasibility, Slice
from scoping.sections.milestones import Family, Milestone, Milestones, Target
from scoping.sections.problems import Goal, Problems
from scoping.sections.project import Project, Rating
from scoping.sections.solutions import Solution, Solutions, Standing
from scoping.sections.value import (
    Acceptance,
    Benefit,
    Cost,
    CostKind,
    LinkEvidence,
    OperatingPoint,
    Period,
    Realised,
    Rung,
    Stake,
    Value,
)
from scoping.value.money import likely
from scoping.value.valuation import simulated, valuation
from tests.exports.filled import filled_charter, paper


def chapter(document: Document, title: str) -> Chapter:
    return next(c for c in document.chapters if c.title == title)


def strings(chapters) -> list[str]:
    found = []
    for c in chapters:
        for block in c.blocks:
            match block:
                case Paragraph():
                    found.append(block.text)
                case Facts():
                    found += [block.title, *(text for row in block.rows for text in row)]
                case Table():
                    found += [block.title, *block.headers, *(cell for row in block.rows for cell in row)]
                case Missing() | Unknown():
                    found.append(block.sentence)
    return found


def tables(document: Document, title: str) -> list[Table]:
    return [b for b in chapter(document, title).blocks if isinstance(b, Table)]


def every_text(charter):
    for section, part in charter.parts():
        for entry in (part, *(row for name in section.lists for row in getattr(part, name))):
            for spec in questions(type(entry)):
                if spec.kind in (Kind.TEXT, Kind.LONG) and spec.name != "unit" and not spec.machine:
                    yield getattr(entry, spec.name)


def test_every_text_that_people_wrote_stands_in_the_document():
    charter = filled_charter()
    document = paper(charter)
    said = "\n".join([document.name, document.summary, *strings(document.chapters)])
    assert [text for text in every_text(charter) if text not in said] == []


def test_every_label_of_a_question_that_was_answered_stands_in_the_document_or_its_answer_does():
    charter = filled_charter()
    solution = charter.solutions.solutions[0].model_copy(update={"standing": Standing.CHOSEN})
    said = "\n".join(strings(paper(charter.with_part("solutions", Solutions(solutions=(solution,)))).chapters))
    for spec in questions(Solution):
        assert spec.label in said


def test_the_chapters_are_numbered_and_none_is_empty():
    for charter in (Charter(project=Project(owner="Ana", decision_asked="Two people")), filled_charter()):
        chapters = paper(charter).chapters
        assert [c.number for c in chapters] == list(range(1, len(chapters) + 1))
        assert all(any(not isinstance(b, Missing) for b in c.blocks) for c in chapters)
    assert len(chapters) > 20


def test_an_empty_charter_is_its_one_page_with_a_gap_in_every_row():
    document = paper(Charter())
    assert document.chapters == ()
    assert [row.title for row in (document.page.asked, *document.page.rows) if not row.written.startswith("Missing: ")] == []
    named = paper(new_charter("A project", "Dana Lee", "EUR"))
    assert [c.title for c in named.chapters] == ["The project"]


def test_the_chapters_follow_the_rows_of_the_one_page():
    document = paper(samples()[0].charter)
    rows = [row.title for row in (document.page.asked, *document.page.rows)]
    about = [name for name in dict.fromkeys(c.about for c in document.chapters) if name in rows]
    assert about == [name for name in rows if name in about]
    assert len(about) >= 7


def test_every_chapter_leads_to_a_part_that_exists_except_what_is_missing():
    slugs = {part.slug for part in PARTS}
    assert [c.title for c in paper(filled_charter()).chapters if c.part not in slugs] == ["What is missing to sign"]


@pytest.mark.parametrize("section", PARTS, ids=lambda s: s.slug)
def test_a_core_question_left_blank_is_named_as_missing_where_something_is_written(section):
    for spec in section.questions:
        if not spec.core or spec.assumed:
            continue
        part = filled_charter().part(section.slug)
        blank = part.model_copy(update={spec.name: type(part)().__getattribute__(spec.name)})
        document = paper(filled_charter().with_part(section.slug, blank))
        said = "\n".join(b.sentence for c in document.chapters for b in c.blocks if isinstance(b, Missing))
        assert f"“{spec.label}”" in said


@pytest.mark.parametrize("section", PARTS, ids=lambda s: s.slug)
def test_every_question_marked_unknown_is_said_twice_where_it_belongs_and_in_the_list(section):
    part = section.model(unknown=tuple(s.name for s in section.questions if not s.machine))
    document = paper(Charter(**{section.slug: part}))
    here = [b.sentence for c in document.chapters for b in c.blocks if isinstance(b, Unknown)]
    listed = [row for t in tables(document, "Assumptions and open questions") for row in t.rows]
    for name in part.unknown:
        label = next(s.label for s in section.questions if s.name == name)
        assert any(f"“{label}”" in sentence for sentence in here)
        assert any(label in row for row in listed)


def test_an_unknown_answer_of_a_record_is_shown_in_its_row():
    sources = DataSources(sources=(Source(id="a", name="Calls", unknown=("cost",)),))
    (table,) = tables(paper(Charter(data_sources=sources)), "Data plan")
    row = dict(zip(table.headers, table.rows[0], strict=True))
    assert row["Cost"] == "Not known yet"
    assert row["Amount"] == NOT_STATED


def reasons(document):
    return " ".join(f.message for c in document.open for f in c.missing)


def test_the_draft_names_its_reasons_and_a_full_charter_has_fewer():
    empty = paper(Charter())
    assert empty.is_draft
    assert (empty.to_sign, len(empty.open)) == ("To sign: 0 of 16", 16)
    assert "Name the project owner" in reasons(empty)
    assert "Name the project owner" not in reasons(paper(Charter(project=Project(owner="Ana"))))


def test_goals_come_by_rank_and_unranked_ones_last():
    goals = (Goal(id="a", statement="none"), Goal(id="b", statement="second", rank=2), Goal(id="c", statement="first", rank=1))
    (table,) = tables(paper(Charter(problems=Problems(goals=goals))), "Goals, ranked")
    assert [row[1] for row in table.rows] == ["first", "second", "none"]


def test_the_ladder_begins_with_what_is_trained():
    rungs = (Rung(id="a", order=3, metric="Revenue"), Rung(id="b", order=1, metric="Words right", current=90.0, unit="%"))
    table = tables(paper(Charter(value=Value(rungs=rungs))), "Ladder")[0]
    assert [row[1] for row in table.rows] == ["Words right", "Revenue"]
    assert "90\u00a0%" in table.rows[0]


LADDER = (
    Rung(id="a", order=1, metric="Words", current=90, target=92),
    Rung(id="b", order=2, metric="Queries", current=80, target=83, low=1, likely=1.5, high=2, evidence="guess"),
)
GAIN = Benefit(id="g", name="Gain", low=100_00, likely=200_00, high=300_00, period=Period.MONTH, starts_month=3, ramp_months=2)
BUILD = Cost(id="c", name="Build", low=900_00, likely=1_000_00, high=1_500_00, period=Period.ONCE, lasts_months=4)
CHOSEN = Solutions(solutions=(Solution(id="s", name="Learn", standing=Standing.CHOSEN), Solution(id="r", name="Rules")))


def by_title(document: Document, chapter_title: str) -> dict[str, Table]:
    return {t.title: t for t in tables(document, chapter_title)}


def test_the_ladder_says_what_its_lowest_target_implies_with_an_interval_and_a_chance():
    found = by_title(paper(Charter(value=Value(rungs=LADDER))), "Ladder")["What it means if “Words” reaches its target"]
    ((name, now, implied, interval, target, chance),) = found.rows
    assert (name, now, implied, target, chance) == ("Queries", "80", "83", "83", "50\u00a0%")
    low, high = map(float, interval.split(" to "))
    assert 82 < low < 83 < high < 84


def test_a_broken_ladder_says_what_is_missing_and_shows_the_rest():
    rungs = (*LADDER, Rung(id="c", order=3, metric="Revenue", current=10))
    document = paper(Charter(value=Value(rungs=rungs)))
    sentence = "How much one unit of the step below moves “Revenue” is not known."
    assert Missing(sentence) in chapter(document, "Ladder").blocks
    (table,) = [t for title, t in by_title(document, "Ladder").items() if title.startswith("What it means")]
    assert table.rows[1][-1] == sentence


def test_an_open_objection_stands_out_with_its_reservation():
    rung = LADDER[0].model_copy(
        update={"business": Acceptance.OBJECTS, "business_by": "Ana", "business_reservation": "Too far off."}
    )
    blocks = chapter(paper(Charter(value=Value(rungs=(rung, LADDER[1])))), "Ladder").blocks
    assert Facts((("Words", "Business side has a reservation (Ana): Too far off."),), "Open reservations") in blocks


def test_the_result_names_figures_interval_draws_and_seed():
    gain = GAIN.model_copy(update={"evidence": LinkEvidence.ESTIMATE})
    charter = Charter(value=Value(benefits=(gain,), costs=(BUILD,), horizon_years=2, discount_rate=5), solutions=CHOSEN)
    document, plan = paper(charter), valuation(charter).of_chosen
    facts = dict(next(b for b in chapter(document, "What it is worth").blocks if isinstance(b, Facts)).rows)
    assert facts["Worth over 2 years, at likely values"] == about(likely(plan).npv, "USD")
    assert about(simulated(plan).npv.p10, "USD") in facts["In 8 of 10 cases"]
    share = likely(plan).guesses
    assert facts["Resting on guesses"] == f"{100 * share:.0f}\u00a0% of the value"
    said = "\n".join(strings([chapter(document, "What it is worth")]))
    assert "20,000 draws with seed 1" in said
    assert "over 2 years" in said
    assert "discounted at 5\u00a0% a year" in said
    page = {row.title: row.written for row in document.page.rows}
    assert page["Worth it?"].startswith(
        f"{about(simulated(plan).npv.p10, 'USD')} to {about(simulated(plan).npv.p90, 'USD')} over 2 years"
    )


def test_what_another_idea_brings_is_compared_and_never_added():
    rules = GAIN.model_copy(update={"id": "r", "name": "By rules", "solution": "r", "likely": 150_00})
    alone, both = (
        paper(Charter(value=Value(benefits=rows, costs=(BUILD,)), solutions=CHOSEN)) for rows in ((GAIN,), (GAIN, rules))
    )
    assert alone.page == both.page
    ideas = [row[0] for row in by_title(both, "What it is worth")["Beside the alternatives"].rows]
    assert set(ideas) == {"Learn (chosen)", "Rules", "Do nothing"}
    costs = (BUILD, BUILD.model_copy(update={"id": "x", "solution": "r"}))
    document = paper(Charter(value=Value(costs=costs), solutions=CHOSEN))
    assert tables(document, "Budget")[1].rows[0][3:] == ("$900", "$1,000", "$1,500")
    assert Paragraph("1 cost of other ideas left out here.") in chapter(document, "Budget").blocks


def test_linked_costs_are_listed_and_counted_once():
    plan = Milestones(milestones=(Milestone(id="m", deliverable="Proof", start=date(2027, 5, 3), money=700_00),))
    sources = DataSources(sources=(Source(id="d", name="Calls", cost=400_00),))
    value = Value(costs=(BUILD,), linked_costs="milestones")
    document = paper(Charter(value=value, milestones=plan, data_sources=sources))
    (row,) = by_title(document, "What it is worth")["Costs counted besides, from other steps"].rows
    assert row == ("Milestones", "Proof", "at the start", "$700")
    assert tables(document, "Budget")
    assert "Data sources show part of the same money again." in "\n".join(strings([chapter(document, "Budget")]))


def test_what_is_not_counted_is_named_with_its_reason():
    row = GAIN.model_copy(update={"period": None})
    blocks = chapter(paper(Charter(value=Value(benefits=(row,)))), "What it is worth").blocks
    assert Missing("“Gain”: say how often the amount comes: once, per month or per year.") in blocks
    assert Missing("No amount of the chosen idea can be counted yet, so its value is not known.") in blocks


def test_what_being_wrong_costs_names_the_break_even_and_the_best_setting():
    stake = Stake(id="a", name="Block", cases_per_month=1_000, positive_share=10, value_tp=9_00, cost_fp=1_00, cost_fn=0)
    points = (
        OperatingPoint(id="p", name="Low", precision=50, recall=80, source="Validation set"),
        OperatingPoint(id="q", name="High", precision=95, recall=20),
        OperatingPoint(id="r", name="Not measured", source="Planned"),
    )
    found = by_title(paper(Charter(value=Value(stakes=(stake,), operating_points=points))), "What being wrong costs")
    assert found["When a decision pays"].rows == (("Block", "$0", "$0", "10\u00a0% precision"),)
    rows = found["What each setting is worth"].rows
    assert [(row[1], row[4], row[5], row[6]) for row in rows] == [
        ("Low", "$640", "Worth most", "Validation set"),
        ("High", "$179", "", ""),
    ]
    assert [row[0] for row in found["Settings without a value"].rows] == ["Not measured"]


def test_what_was_realised_stands_beside_the_promise():
    notes = (
        Realised(id="x", benefit="g", month=date(2027, 8, 5), amount=50_00, source="Finance"),
        Realised(id="y", benefit="g", month=date(2027, 9, 5), amount=90_00),
    )
    document = paper(Charter(value=Value(benefits=(GAIN,), realised=notes)))
    rows = by_title(document, "Promised and realised")["Promised and realised"].rows
    assert rows == (("Aug 2027", "$100", "$50"), ("Sep 2027", "$200", "$90"), ("In all", "$300", "$140"))


def test_ratings_show_what_is_rated_and_name_what_is_not():
    ratings = (Rating(id="a", criterion="Reach", likely=3, reason="Counted"), Rating(id="b", criterion="Effort"))
    document = paper(Charter(project=Project(ratings=ratings)))
    (table,) = tables(document, "Ratings for the portfolio")
    assert table.rows == (("Reach", "3", "Counted"),)
    assert Missing("Not rated yet: Effort.") in chapter(document, "Ratings for the portfolio").blocks


def test_slices_show_gap_and_gap_times_share_with_most_to_gain_first():
    slices = (
        Slice(id="a", name="Car", model=89, hlp=93, share=4),
        Slice(id="b", name="Clear", model=94, hlp=95, share=60),
        Slice(id="c", name="New", model=94),
    )
    table, order = tables(paper(Charter(feasibility=Feasibility(slices=slices))), "Feasibility")
    shown = [dict(zip(table.headers, row, strict=True)) for row in table.rows]
    assert [(s["Group"], s["Gap"], s["Gap × share"]) for s in shown] == [
        ("Clear", "1 point", "0.6 points"),
        ("Car", "4 points", "0.16 points"),
        ("New", "", ""),
    ]
    assert [row[:2] for row in order.rows] == [("1", "Clear"), ("2", "Car"), ("", "New")]


def test_each_milestone_shows_all_three_kinds_of_targets_also_those_it_lacks():
    plan = Milestones(
        milestones=(
            Milestone(id="late", deliverable="Launch", due=date(2027, 6, 1)),
            Milestone(id="soon", deliverable="Proof", due=date(2027, 3, 1)),
        ),
        targets=(
            Target(id="t", milestone="soon", family=Family.ML, metric="Words right", target=88, unit="%"),
            Target(id="u", milestone="gone", metric="Lost"),
        ),
    )
    found = tables(paper(Charter(milestones=plan)), "Milestones and targets")
    assert [t.title for t in found] == ["Milestones", "Targets of “Proof”", "Targets of “Launch”", "Targets of no milestone"]
    assert [(row[0], row[1]) for row in found[1].rows] == [
        ("ML", "Words right"),
        ("Software", NOT_STATED),
        ("Business", NOT_STATED),
    ]
    assert "88\u00a0%" in found[1].rows[0][2]


def test_the_budget_keeps_sources_and_currencies_apart():
    charter = Charter(
        value=Value(
            costs=(
                Cost(id="a", name="Labels", low=1_000_00, likely=2_000_00, high=3_000_00, kind=CostKind.DATA, period=Period.ONCE),
                Cost(id="b", name="More", low=1_00, likely=2_00, high=3_00, kind=CostKind.DATA, period=Period.ONCE),
                Cost(id="c", name="Rent", low=1_00, likely=2_00, high=3_00, kind=CostKind.DATA, period=Period.YEAR),
                Cost(id="d", name="Half", low=1_00, kind=CostKind.RUN),
            )
        ),
        data_sources=DataSources(
            sources=(Source(id="a", cost=500_00), Source(id="b", cost=70_00, currency=Currency.EUR), Source(id="c"))
        ),
        milestones=Milestones(milestones=(Milestone(id="a", money=900_00),)),
    )
    document = paper(charter)
    adds_up, table = tables(document, "Budget")
    assert adds_up.rows[-1] == ("All costs", "not known yet", "not known yet", "$2,008")
    assert list(table.rows) == [
        ("Costs (Value)", "Data and labelling", "once", "$1,001", "$2,002", "$3,003"),
        ("Costs (Value)", "Data and labelling", "per year", "$1", "$2", "$3"),
        ("Data sources", "All sources that have a cost", "", "", "$500", ""),
        ("Data sources", "All sources that have a cost", "", "", "€70", ""),
        ("Milestones", "Money needed by all milestones", "", "", "$900", ""),
    ]
    assert (
        Missing("Not in these sums: 1 cost without a complete range, 1 data source without a cost.")
        in chapter(document, "Budget").blocks
    )


def test_the_data_plan_tells_unit_costs_and_totals_apart_by_unit():
    sources = (
        Source(id="a", name="Read", amount=1000, unit="hours", cost=10_000_00),
        Source(id="b", name="Clicks", amount=100_000, unit="clips", cost=5_00),
        Source(id="c", name="Free", amount=10, unit=" Hours", cost=0),
    )
    document = paper(Charter(data_sources=DataSources(sources=sources)))
    (table,) = tables(document, "Data plan")
    at = table.headers.index("Cost per unit")
    assert [row[at] for row in table.rows] == ["$10", "under $0.01", "$0"]
    totals = next(b for b in chapter(document, "Data plan").blocks if isinstance(b, Facts) and b.title == "All sources together")
    assert totals.rows == (
        ("Total cost in USD", "$10,005"),
        ("Total amount in hours", "1,010"),
        ("Total amount in clips", "100,000"),
    )


def test_an_amount_of_nearly_nothing_has_no_unit_cost():
    sources = DataSources(sources=(Source(id="a", name="Read", amount=1e-320, cost=1),))
    (table,) = tables(paper(Charter(data_sources=sources)), "Data plan")
    assert "Cost per unit" not in table.headers


def test_rejected_ideas_keep_their_reason_and_the_condition_of_their_return():
    ideas = (
        Solution(id="a", name="Retrain", standing=Standing.CHOSEN),
        Solution(id="b", name="Buy", standing=Standing.REJECTED, because="Too dear", revisit_when="Price halves"),
    )
    document = paper(Charter(solutions=Solutions(solutions=ideas)))
    (table,) = tables(document, "Solution")
    assert table.rows == (("Buy", "Rejected", "Too dear", "Price halves"),)
    assert Facts((("Chosen idea", "Retrain"),)) in chapter(document, "Solution").blocks


def test_two_chosen_ideas_are_no_choice():
    ideas = tuple(Solution(id=i, name=i, standing=Standing.CHOSEN) for i in "ab")
    document = paper(Charter(solutions=Solutions(solutions=ideas)))
    assert any(isinstance(b, Missing) for b in chapter(document, "Solution").blocks)
    assert [row[0] for row in tables(document, "Solution")[0].rows] == ["a", "b"]


def test_an_open_concern_comes_first_and_counts_as_a_risk():
    concerns = (
        Concern(id="a", concern="Cured", outcome=Outcome.MITIGATED, owner="Ana"),
        Concern(id="b", concern="Accents", outcome=Outcome.OPEN, owner="Ben"),
    )
    document = paper(Charter(ethics=Ethics(concerns=concerns)))
    told = next(t for t in tables(document, "Ethics") if t.title.startswith("Concerns"))
    assert [row[0] for row in told.rows] == ["Accents", "Cured"]
    assert tables(document, "Risks and stop criteria")[0].rows == (("Accents", "Concern: Open", "Ben"),)


@pytest.mark.parametrize("sample", samples(), ids=lambda s: s.slug)
def test_a_sample_is_told_whole_and_lacks_no_core_answer(sample):
    document = paper(sample.charter)
    said = "\n".join([document.name, document.summary, *strings(document.chapters)])
    assert [text for text in every_text(sample.charter) if text.strip() not in said] == []
    assert [b for c in document.chapters for b in c.blocks if isinstance(b, Missing) and "not answered" in b.sentence] == []
