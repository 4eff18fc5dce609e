"""The model and its data as a bill of materials of CycloneDX, in the phase of design: what it is for, what goes into it, what is risky."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from scoping.charter import Charter
from scoping.export.packs.model_card import chosen, lacks, used
from scoping.export.packs.pack import Files, Given, Lack, Pack, Plain, lacking
from scoping.milestones import status
from scoping.places import Place
from scoping.sections.data_sources import Privacy, Source
from scoping.sections.milestones import Family
from scoping.words import count, short

VERSIONS = ("1.6", "1.7")
_PERSONAL = {
    Privacy.NONE: "no personal data",
    Privacy.PERSONAL: "personal data",
    Privacy.SENSITIVE: "sensitive personal data",
}


def to_mlbom(given: Given, version: str) -> str:
    """The bill in one version of the standard, as JSON."""
    told = {
        "$schema": f"http://cyclonedx.org/schema/bom-{version}.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": version,
        "serialNumber": _serial(given.project),
        "version": max(given.revision, 1),
        "metadata": {"timestamp": given.stamp, "lifecycles": [{"phase": "design"}], "component": _model(given)},
        "components": [_data(given, source) for source in used(given.charter)],
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _serial(project: str) -> str:
    """The number that all bills of a project share, made from its id as UUIDs of version 8 are made from anything."""
    digits = hashlib.sha256(f"scoping:{project}".encode()).hexdigest()
    return f"urn:uuid:{digits[:8]}-{digits[8:12]}-8{digits[13:16]}-8{digits[17:20]}-{digits[20:32]}"


def _model(given: Given) -> Plain:
    charter, idea = given.charter, chosen(given.charter)
    parameters = {
        "task": short(charter.data_sources.target_y, 300),
        "datasets": [{"ref": _ref(given, source)} for source in used(charter)],
        "inputs": [{"format": text}] if (text := short(charter.data_sources.input_x, 300)) else [],
        "outputs": [{"format": text}] if (text := short(charter.data_sources.target_y, 300)) else [],
    }
    card = _known(
        modelParameters=_known(**parameters),
        quantitativeAnalysis=_known(performanceMetrics=list(_metrics(given))),
        considerations=_known(
            users=_words(idea.who_acts if idea else ""),
            useCases=_words(charter.problems.decision_changed, charter.problems.in_scope),
            technicalLimitations=_words(charter.problems.out_of_scope),
            ethicalConsiderations=[
                _known(name=short(r.title, 300), mitigationStrategy=r.mitigation.strip()) for r in charter.ethics.risks
            ],
            fairnessAssessments=[
                _known(groupAtRisk=short(g.title, 300), harms=g.why.strip(), mitigationStrategy=g.measured_how.strip())
                for g in charter.ethics.groups
            ],
        ),
    )
    return _known(
        **{"type": "machine-learning-model", "bom-ref": f"model-{given.project}"},
        name=short(charter.name, 200),
        version=f"0.{given.revision}.0",
        description=charter.project.summary.strip(),
        modelCard=card,
    )


def _metrics(given: Given) -> Iterator[Plain]:
    """A row for what is asked and one for what was measured; business targets are none of the model's."""
    for milestone in status.of_plan(given.charter.milestones, given.today):
        for one in milestone.targets:
            target, last = one.target, one.latest
            if target.family is Family.BUSINESS:
                continue
            for word, value in (("asked", target.target), ("measured", last.value if last else None)):
                if value is not None:
                    name = f"{short(target.metric or target.title, 200)} ({word} for “{short(milestone.milestone.title, 100)}”)"
                    yield _known(type=name, value=status.amount(target, value), slice=target.slice.strip())


def _data(given: Given, source: Source) -> Plain:
    personal = _PERSONAL.get(source.privacy) if source.privacy else None
    told = _known(
        type="dataset",
        name=short(source.title, 200),
        classification=personal or "not classified yet",
        sensitiveData=[personal] if personal and source.privacy is not Privacy.NONE else [],
        description=short(source.contents, 1000),
        governance={"owners": [{"contact": {"name": short(source.owner, 200)}}]} if source.owner.strip() else {},
    )
    return _known(
        **{"type": "data", "bom-ref": _ref(given, source)},
        name=short(source.title, 200),
        description=source.rights.strip(),
        data=[told],
    )


def _ref(given: Given, source: Source) -> str:
    return f"data-{given.project}-{source.id}"


def _words(*texts: str) -> list[str]:
    return [text.strip() for text in texts if text.strip()]


def _known(**values: object) -> Plain:
    return {name: value for name, value in values.items() if value not in ("", [], {}, None)}


def _make(given: Given) -> Files:
    return {f"mlbom-{version}.cdx.json": to_mlbom(given, version) for version in VERSIONS}


def _told(charter: Charter) -> str:
    return (
        f"The model with its purpose and {count(len(charter.ethics.risks), 'risk')}; {count(len(used(charter)), 'data source')} "
        "with owner and whether they hold personal data."
    )


def _lacks(charter: Charter) -> list[Lack]:
    sources = used(charter)
    return [
        *(lack for lack in lacks(charter) if not (lack.place.list == "targets" or lack.place.field == "contents")),
        *lacking(
            [s for s in sources if s.privacy is None],
            "data_sources",
            "sources",
            "privacy",
            "source",
            "may hold personal data; nobody has said",
        ),
        *lacking([s for s in sources if not s.owner.strip()], "data_sources", "sources", "owner", "source", "has nobody to ask"),
    ]


MLBOM = Pack(
    name="ml-bom.zip",
    label="Bill of materials (CycloneDX)",
    feeds="Dependency-Track and whatever reads CycloneDX 1.6 or 1.7, for security and procurement.",
    use="Upload mlbom-1.6.cdx.json at the project there.",
    make=_make,
    told=_told,
    lacks=_lacks,
    start=Place("data_sources", "sources"),
)
