"""The chapter on ethics."""

from __future__ import annotations

from scoping.blocks import Block, Facts
from scoping.document.reader import Column, Reader
from scoping.ethics import words as ethics_words
from scoping.ethics.state import EthicsKind, state
from scoping.section import Answer, questions
from scoping.sections.ethics import Ethics, ItemAnswer, is_open


def ethics(r: Reader) -> list[Block]:
    part = r.charter.ethics
    eight = [q.name for q in questions(Ethics) if q.topic == "screening"]
    others = [q.name for q in questions(Ethics) if q.topic != "screening" and not q.machine]
    concerns = sorted(part.concerns, key=lambda c: not is_open(c))
    answer = Column(
        "Answer",
        lambda i: r.joined(i, *(() if i.answered is ItemAnswer.OPTION else ("answered",)), "option_words", by=": "),
        ("answered", "option_words", "option"),
    )
    why = Column("Reason or evidence", lambda i: r.joined(i, "note", "evidence", by="\n"), ("note", "evidence"))
    pack = Column("Asked by", lambda i: r.joined(i, "pack", "pack_version", by=", version "), ("pack", "pack_version"))
    before = Column(
        "Before",
        lambda k: r.joined(k, "likelihood", "severity", by=" × ") + f": {ethics_words.level_of(k)}",
        ("likelihood", "severity"),
    )
    after = Column(
        "Then",
        lambda k: r.joined(k, "likelihood_left", "severity_left", by=" × ") + f": {ethics_words.left_of(k)}",
        ("likelihood_left", "severity_left"),
    )
    at_launch = Column("At launch", lambda i: r.joined(i, "at_launch", "launch_note", by=": "), ("at_launch", "launch_note"))
    alarm = Column("Alarm", lambda f: r.joined(f, "bound", "threshold"), ("bound", "threshold"))
    is_begun = state(part).kind is not EthicsKind.NOT_ASSESSED
    return [
        *(ethics_words.outcome(part) if is_begun else ()),
        *r.said("ethics", *others),
        *(block for block in r.said("ethics", *eight) if not isinstance(block, Facts)),
        *r.entries(
            "ethics",
            "legal_path",
            ("The way through the decision tree", ("question", "chosen_words", "source", "note", "rules")),
            rows=ethics_words.in_tree_order(part.legal_path),
            elsewhere=["chosen"],
        ),
        *r.entries("ethics", "concerns", ("Concerns, open ones first", ("concern", "outcome", "owner", "reason")), rows=concerns),
        *r.entries("ethics", "risks", ("Risks", ("risk", before, "mitigation", "owner", "due", after))),
        *r.entries("ethics", "premortem", ("It failed: why?", ("story", "signal", alarm, "commitment", "decider"))),
        *r.entries("ethics", "groups", ("Who must be served", ("name", "why", "metric", "gap", "compared_with", "milestone"))),
        *r.entries(
            "ethics",
            "obligations",
            ("Promises", ("demand", "keeps_low", "because", "state", "owner", "due", "milestone", "reason")),
            elsewhere=["at_launch", "launch_note"],
        ),
        *([] if r.is_brief else ethics_words.promises(part)),
        *r.entries(
            "ethics",
            "checklist",
            ("Questions in depth", ("question", answer, why, "owner", "area", pack, at_launch)),
            rows=[i for i in part.checklist if i.answer("answered") is not Answer.BLANK or i.note.strip()],
        ),
        *r.entries("ethics", "question_packs", ("Question packs of this project", ("name",)), elsewhere=["definition"]),
        *([] if r.is_brief else ethics_words.coverage(part)),
    ]
