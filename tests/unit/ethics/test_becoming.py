"""One entry becomes others: both sides are written, the words follow, and nobody's own words are ever overwritten."""

import pytest

from scoping.charter import PART_BY_SLUG, Charter
from scoping.errors import AnswerError
from scoping.ethics.becoming import SOURCES, Kind, become, following, kinds, stop_words
from scoping.merge import Edit, apply, entries_at, with_entries
from scoping.sections.ethics import Bound as AlarmBound
from scoping.sections.ethics import Commitment, Concern, Ethics, Failure, Risk
from scoping.sections.milestones import Milestone, Milestones
from scoping.sections.rollout import Monitor, Rollout

WORDS = "Clerks nodded."
FAILURE = Failure(
    id="f",
    story=WORDS,
    signal="Proposals overruled",
    bound=AlarmBound.BELOW,
    threshold=3,
    unit="%",
    commitment=Commitment.KILL,
    decider="Ana",
)
START = Charter(
    ethics=Ethics(
        premortem=(FAILURE,),
        concerns=(Concern(id="c", concern=WORDS, owner="Ben"),),
        risks=(Risk(id="r", risk=WORDS, owner="Eva"),),
    ),
    rollout=Rollout(monitors=(Monitor(id="m", trouble=WORDS, who_reacts="Ops"),)),
    milestones=Milestones(milestones=(Milestone(id="pilot", deliverable="Pilot", kill_criteria="Too slow"),)),
)
RECORDS = {("ethics", "premortem"): "f", ("ethics", "concerns"): "c", ("ethics", "risks"): "r", ("rollout", "monitors"): "m"}
EVERY = [(*place, RECORDS[place], kind) for place in SOURCES for kind in kinds(*place)]


def made(charter, edits):
    """The charter once the edits are made; every one of them must fit."""
    for slug, some in edits.items():
        section, value = PART_BY_SLUG[slug], charter.part(slug)
        outcome = apply(some, entries_at(section, value, [e.key for e in some]))
        assert outcome.conflicts == []
        charter = charter.with_part(slug, with_entries(section, value, outcome.entries))
    return charter


def row(charter, part, name, record):
    return next(r for r in getattr(charter.part(part), name) if r.id == record)


def shown(charter, part, name, record, kind):
    """What an entry became, in words."""
    link = getattr(row(charter, part, name, record), kind.value)
    match kind:
        case Kind.RISK:
            return row(charter, "ethics", "risks", link).risk
        case Kind.MONITOR:
            return row(charter, "rollout", "monitors", link).trouble
        case Kind.STOP:
            return row(charter, "milestones", "milestones", link).kill_criteria
        case Kind.MILESTONE:
            return row(charter, "milestones", "milestones", link).deliverable


def said_anew(charter, part, name, record, words):
    field = SOURCES[(part, name)]
    return made(charter, {part: [Edit(name, record, field, getattr(row(charter, part, name, record), field), words)]})


@pytest.mark.parametrize(("part", "name", "record", "kind"), EVERY)
def test_each_becomes_each_other_with_its_words_and_a_link_and_only_once(part, name, record, kind):
    after = made(START, become(START, (part, name, record), kind, "new", "pilot"))
    assert WORDS.rstrip(".") in shown(after, part, name, record, kind) or kind is Kind.STOP
    assert getattr(row(after, part, name, record), kind.value) == ("pilot" if kind is Kind.STOP else "new")
    with pytest.raises(AnswerError, match="become that already"):
        become(after, (part, name, record), kind, "again", "pilot")


@pytest.mark.parametrize(("part", "name", "record", "kind"), EVERY)
def test_its_words_follow_until_somebody_writes_others(part, name, record, kind):
    linked = made(START, become(START, (part, name, record), kind, "new", "pilot"))
    anew = said_anew(linked, part, name, record, "Clerks slept.")
    followed = made(anew, following(linked, anew))
    if kind is Kind.STOP and name == "premortem":
        assert followed == anew
    else:
        assert "Clerks slept." in shown(followed, part, name, record, kind)
    own = {Kind.RISK: "risk", Kind.MONITOR: "trouble", Kind.STOP: "kill_criteria", Kind.MILESTONE: "deliverable"}[kind]
    target = {
        Kind.RISK: ("ethics", "risks", "new"),
        Kind.MONITOR: ("rollout", "monitors", "new"),
        Kind.STOP: ("milestones", "milestones", "pilot"),
        Kind.MILESTONE: ("milestones", "milestones", "new"),
    }[kind]
    edited = made(linked, {target[0]: [Edit(*target[1:], own, getattr(row(linked, *target), own), "Our own words")]})
    anew = said_anew(edited, part, name, record, "Clerks slept.")
    assert following(edited, anew) == {}


def test_nothing_follows_what_is_blanked_or_removed_or_was_not_changed():
    linked = made(START, become(START, ("ethics", "concerns", "c"), Kind.RISK, "new"))
    assert following(linked, linked) == {}
    assert following(linked, said_anew(linked, "ethics", "concerns", "c", "")) == {}
    concerns = linked.ethics.model_copy(update={"concerns": ()})
    assert following(linked, linked.with_part("ethics", concerns)) == {}
    risks = linked.ethics.model_copy(update={"risks": ()})
    gone = linked.with_part("ethics", risks)
    assert following(gone, said_anew(gone, "ethics", "concerns", "c", "Other")) == {}


def test_the_sign_of_a_failure_becomes_a_monitor_with_threshold_and_somebody_who_reacts():
    after = made(START, become(START, ("ethics", "premortem", "f"), Kind.MONITOR, "new"))
    watched = row(after, "rollout", "monitors", "new")
    found = (watched.metric, watched.bound, watched.threshold, watched.unit, watched.who_reacts, watched.reaction)
    assert found == ("Proposals overruled", "below", 3, "%", "Ana", "We stop the project")


def test_a_risk_made_of_something_is_not_rated_for_anybody():
    after = made(START, become(START, ("ethics", "concerns", "c"), Kind.RISK, "new"))
    risk = row(after, "ethics", "risks", "new")
    assert (risk.owner, risk.likelihood, risk.severity) == ("Ben", None, None)


def test_what_was_committed_to_becomes_a_stop_rule_beside_those_there_are_and_follows_its_sign():
    linked = made(START, become(START, ("ethics", "premortem", "f"), Kind.STOP, "", "pilot"))
    stop = row(linked, "milestones", "milestones", "pilot").kill_criteria
    assert stop == "Too slow\nProposals overruled below 3\u00a0%: we stop the project."
    anew = made(linked, {"ethics": [Edit("premortem", "f", "threshold", 3, 5)]})
    stop = row(made(anew, following(linked, anew)), "milestones", "milestones", "pilot").kill_criteria
    assert stop == "Too slow\nProposals overruled below 5\u00a0%: we stop the project."


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"threshold": None}, "Proposals overruled: we stop the project."),
        ({"signal": "", "threshold": None, "commitment": None}, "Clerks nodded."),
    ],
)
def test_a_stop_rule_says_no_more_than_is_known(change, words):
    assert stop_words(FAILURE.model_copy(update=change)) == words


@pytest.mark.parametrize(
    ("place", "kind", "milestone", "told"),
    [
        (("ethics", "concerns", "gone"), Kind.RISK, "", "gone"),
        (("ethics", "risks", "r"), Kind.RISK, "", "cannot become that"),
        (("problems", "goals", "g"), Kind.RISK, "", "cannot become that"),
        (("ethics", "concerns", "c"), Kind.STOP, "gone", "milestone is gone"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(place, kind, milestone, told):
    with pytest.raises(AnswerError, match=told):
        become(START, place, kind, "new", milestone)


def test_nothing_is_made_of_an_entry_that_says_nothing():
    blank = START.with_part("ethics", Ethics(concerns=(Concern(id="c"),)))
    with pytest.raises(AnswerError, match="Write the sentence first"):
        become(blank, ("ethics", "concerns", "c"), Kind.RISK, "new")
