"""MS Project XML says what the plan says: tasks, links, people, days off, money and the frozen plan, read as plain XML."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

from hypothesis import given, settings

from scoping.charter import PART_BY_SLUG, Charter
from scoping.export.mspdi import to_mspdi
from scoping.milestones.baseline import FrozenMilestone, freeze
from scoping.samples import samples
from scoping.sections.milestones import Assignment, Baseline, Holiday, Milestone, Milestones, Person, Target
from scoping.sections.project import Project
from tests.exports.filled import AT, filled_charter
from tests.property.strategies import HOSTILE, parts

SPACE = {"p": "http://schemas.microsoft.com/project"}
ORDER = (
    "UID",
    "ID",
    "Name",
    "Type",
    "IsNull",
    "OutlineNumber",
    "OutlineLevel",
    "Start",
    "Finish",
    "Duration",
    "DurationFormat",
    "Estimated",
    "Milestone",
    "Summary",
    "FixedCost",
    "FixedCostAccrual",
    "PercentComplete",
    "ActualStart",
    "ActualFinish",
    "ConstraintType",
    "ConstraintDate",
    "Deadline",
    "Notes",
    "PredecessorLink",
    "Baseline",
)
"""What the published schema asks of a task, as far as ours has it."""

FIRST = Milestone(
    id="a", deliverable="First", start=date(2027, 5, 3), due=date(2027, 5, 14), money=1_500_00, reached_on=date(2027, 5, 13)
)
SECOND = Milestone(id="b", deliverable="Second", start=date(2027, 5, 17), due=date(2027, 5, 21), depends_on=("a",))


def charter(*rows: Milestone, **lists: object) -> Charter:
    return Charter(project=Project(name="Voice & search"), milestones=Milestones(milestones=rows, **lists))


def read(one: Charter) -> ElementTree.Element:
    return ElementTree.fromstring(to_mspdi(one, revision=7, saved_at=AT))  # noqa: S314  it is our own


def told(element: ElementTree.Element, *names: str) -> list[str | None]:
    return [element.findtext(f"p:{name}", namespaces=SPACE) for name in names]


def tasks(one: Charter) -> dict[str, ElementTree.Element]:
    return {t.findtext("p:Name", "", SPACE): t for t in read(one).findall("p:Tasks/p:Task", SPACE)}


def test_a_milestone_is_a_task_from_its_start_until_it_is_due_in_working_days() -> None:
    task = tasks(charter(FIRST, SECOND))["First"]
    assert told(task, "Start", "Finish", "Duration", "Deadline") == [
        "2027-05-03T08:00:00",
        "2027-05-14T17:00:00",
        "PT80H0M0S",
        "2027-05-14T17:00:00",
    ]
    assert told(task, "PercentComplete", "ActualFinish") == ["100", "2027-05-13T17:00:00"]


def test_what_comes_before_is_a_link_from_finish_to_start() -> None:
    found = tasks(charter(SECOND, FIRST))
    link = found["Second"].find("p:PredecessorLink", SPACE)
    assert told(link, "PredecessorUID", "Type") == [*told(found["First"], "UID"), "1"]


def test_milestones_that_wait_for_each_other_are_told_and_not_linked() -> None:
    rows = (FIRST.model_copy(update={"depends_on": ("b",)}), SECOND, Milestone(id="c", deliverable="Third", depends_on=("b", "c")))
    found = tasks(charter(*rows))
    assert not [t for t in found.values() if t.find("p:PredecessorLink", SPACE) is not None]
    assert "in a circle" in (found["First"].findtext("p:Notes", "", SPACE))


def test_money_stands_in_hundredths_and_other_currencies_in_words() -> None:
    rows = (FIRST, SECOND.model_copy(update={"money": 2_000_00}), Milestone(id="c", deliverable="Yen", money=300, currency="JPY"))
    found = tasks(charter(*rows))
    assert told(found["First"], "FixedCost") == ["150000"]
    assert told(found["Yen"], "FixedCost") == [None]
    assert "300" in found["Yen"].findtext("p:Notes", "", SPACE)
    yen = read(charter(Milestone(id="c", deliverable="Yen", money=300, currency="JPY")))
    assert told(yen, "CurrencyCode", "CurrencyDigits") == ["JPY", "0"]
    assert yen.findtext("p:Tasks/p:Task/p:FixedCost", "", SPACE) == "30000"


def test_people_bring_their_share_their_rate_and_their_absence() -> None:
    person = Person(id="p", name="Ana", share=50, day_rate=400_00, away_from=date(2027, 5, 10), away_to=date(2027, 5, 12))
    found = read(charter(FIRST, people=(person,), assignments=(Assignment(id="x", milestone="a", person="p", share=25),)))
    resource = found.find("p:Resources/p:Resource", SPACE)
    assert told(resource, "Name", "MaxUnits") == ["Ana", "0.5"]
    assert float(resource.findtext("p:StandardRate", "", SPACE)) == 50
    assignment = found.find("p:Assignments/p:Assignment", SPACE)
    assert told(assignment, "TaskUID", "ResourceUID", "Units", "Work") == ["1", "1", "0.25", "PT20H0M0S"]
    own = next(c for c in found.findall("p:Calendars/p:Calendar", SPACE) if told(c, "Name") == ["Ana"])
    assert told(resource, "CalendarUID") == told(own, "UID")
    away = own.find("p:Exceptions/p:Exception", SPACE)
    assert told(away.find("p:TimePeriod", SPACE), "FromDate", "ToDate") == ["2027-05-10T00:00:00", "2027-05-12T23:59:00"]


def test_days_off_and_the_working_week_are_in_the_calendar() -> None:
    holiday = Holiday(id="h", day=date(2027, 5, 6), name="Ascension")
    plan = charter(FIRST, holidays=(holiday,), work_week="sun_thu")
    calendar = read(plan).find("p:Calendars/p:Calendar", SPACE)
    working = [told(d, "DayType", "DayWorking") for d in calendar.findall("p:WeekDays/p:WeekDay", SPACE)]
    assert [day for day, works in working if works == "1"] == ["1", "2", "3", "4", "5"]
    assert told(calendar.find("p:Exceptions/p:Exception", SPACE), "Name", "DayWorking") == ["Ascension", "0"]
    assert told(tasks(plan)["First"], "Duration") == ["PT64H0M0S"]  # 3 to 13 May without Fridays, Saturdays and the holiday


def test_the_frozen_plan_is_the_baseline() -> None:
    was = FrozenMilestone(id="b", start=date(2027, 5, 10), due=date(2027, 5, 14), days=5)
    frozen = Baseline(id="f", frozen_on=date(2027, 4, 1), plan=freeze([was]))
    found = tasks(charter(FIRST, SECOND, baselines=(frozen,)))
    kept = found["Second"].find("p:Baseline", SPACE)
    assert told(kept, "Number", "Start", "Finish", "Duration") == ["0", "2027-05-10T08:00:00", "2027-05-14T17:00:00", "PT40H0M0S"]
    assert found["First"].find("p:Baseline", SPACE) is None


def test_what_is_not_known_is_said_and_not_made_up() -> None:
    task = tasks(charter(Milestone(id="a", deliverable="Some day", likely_days=5), SECOND))["Some day"]
    assert told(task, "Estimated", "Deadline", "Duration", "ConstraintType") == ["1", None, "PT40H0M0S", "0"]
    assert "No due date is agreed yet." in task.findtext("p:Notes", "", SPACE)


def test_targets_and_stop_criteria_are_notes() -> None:
    row = FIRST.model_copy(update={"kill_criteria": "Below 80 %"})
    target = Target(id="t", milestone="a", metric="Words right", direction="at_least", target=85, unit="%")
    assert tasks(charter(row, targets=(target,)))["First"].findtext("p:Notes", "", SPACE).splitlines() == [
        "Stop or rework if: Below 80 %",
        "Target: Words right: at least 85\u00a0%",
    ]


def test_elements_stand_in_the_order_of_the_schema() -> None:
    for one in (filled_charter(), *(s.charter for s in samples())):
        for task in read(one).findall("p:Tasks/p:Task", SPACE):
            places = [ORDER.index(element.tag.split("}")[1]) for element in task]
            assert places == sorted(places)


def test_words_of_people_stay_words() -> None:
    rows = tuple(Milestone(id=f"m{i}", deliverable=text) for i, text in enumerate(HOSTILE))
    assert set(tasks(charter(*rows))) >= {m.title.replace("\r", "") for m in rows}


def test_the_same_revision_gives_the_same_bytes() -> None:
    one = samples()[0].charter
    assert to_mspdi(one, revision=7, saved_at=AT) == to_mspdi(one, revision=7, saved_at=AT)


@settings(max_examples=25, deadline=None)
@given(parts(PART_BY_SLUG["milestones"]))
def test_any_plan_is_written_with_every_task_once(plan: Milestones) -> None:
    found = read(Charter(milestones=plan)).findall("p:Tasks/p:Task", SPACE)
    uids = [told(t, "UID")[0] for t in found]
    assert len(set(uids)) == len(plan.milestones) == len(uids)
