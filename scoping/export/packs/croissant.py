"""Owned data as Croissant describes data sets: what each is, and the columns of the file that was looked at. No data travels."""

from __future__ import annotations

import json

from scoping.charter import Charter
from scoping.export.packs.data_checks import reports
from scoping.export.packs.pack import Files, Given, Lack, Pack, Plain, lacking
from scoping.measuring.profile.columns import Column, Holds
from scoping.measuring.profile.result import Result
from scoping.places import Place
from scoping.sections.data_sources import Origin, Report, Source
from scoping.words import count, short

STANDARD = "http://mlcommons.org/croissant/1.0"
_CONTEXT: Plain = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
"""The names that every description of this version declares."""
_TYPES = {Holds.WHOLE: "sc:Integer", Holds.NUMBER: "sc:Float"}
_FILE, _ROWS = "file", "rows"


def owned(charter: Charter) -> list[Source]:
    """The sources that are ours to describe."""
    return [s for s in charter.data_sources.sources if s.origin is Origin.OWNED]


def to_croissant(given: Given, source: Source, looked: tuple[Report, Result] | None) -> str:
    """One source as JSON-LD.

    Args:
        looked: the report on a file of it and its figures; None where nobody has looked at one.
    """
    told: Plain = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "@id": f"urn:scoping:{given.project}:{source.id}",
        "name": short(source.title, 200),
        "description": short(source.contents, 1000) or "Nobody has written down yet what one row is.",
        "conformsTo": STANDARD,
        "version": f"0.{given.revision}.0",
        "dateModified": given.stamp,
        **_known(
            usageInfo=source.rights.strip(),
            **{"rai:dataCollection": source.provenance.strip(), "rai:dataBiases": source.known_bias.strip()},
        ),
    }
    if looked:
        report, result = looked
        told["distribution"] = [_file(report)]
        told["recordSet"] = [_rows(result)]
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _file(report: Report) -> Plain:
    name = short(report.file_name, 200) or "data.csv"
    return {
        "@type": "cr:FileObject",
        "@id": _FILE,
        "name": name,
        "contentUrl": name,
        "encodingFormat": "text/csv",
        "sha256": report.file_hash,
    }


def _rows(result: Result) -> Plain:
    fields = [_field(number, column) for number, column in enumerate(result.columns, 1)]
    return {"@type": "cr:RecordSet", "@id": _ROWS, "name": _ROWS, "field": fields}


def _field(number: int, column: Column) -> Plain:
    return {
        "@type": "cr:Field",
        "@id": f"{_ROWS}/column-{number}",
        "name": column.name,
        "description": column.holds.label,
        "dataType": _TYPES.get(column.holds, "sc:Text"),
        "source": {"fileObject": {"@id": _FILE}, "extract": {"column": column.name}},
    }


def _known(**values: str) -> Plain:
    return {name: value for name, value in values.items() if value}


def _make(given: Given) -> Files:
    looked = {source.id: (report, result) for source, report, result in reports(given.charter)}
    return {f"{source.id}.croissant.json": to_croissant(given, source, looked.get(source.id)) for source in owned(given.charter)}


def _told(charter: Charter) -> str:
    ours = {s.id for s in owned(charter)}
    columns = sum(len(result.columns) for source, _, result in reports(charter) if source.id in ours)
    known = (
        f"with {count(columns, 'column')} of the files that were looked at"
        if columns
        else "without columns, since no file of them was looked at"
    )
    return f"{count(len(ours), 'owned source')}, {known}."


def _lacks(charter: Charter) -> list[Lack]:
    looked = {source.id for source, _, _ in reports(charter)}
    sources = owned(charter)
    bare = [s for s in sources if not s.contents.strip()]
    blind = [s for s in sources if s.id not in looked]
    says = ("does not say what one row is", "do not say what one row is")
    unseen = f"{count(len(blind), 'owned source')} {'has' if len(blind) == 1 else 'have'} no profile of a file."
    return [
        *lacking(bare, "data_sources", "sources", "contents", "owned source", *says),
        *([Lack(unseen, Place("data_sources", "reports"))] if blind else []),
    ]


CROISSANT = Pack(
    name="croissant.zip",
    label="Data set descriptions (Croissant)",
    feeds="Data catalogues and Hugging Face: what our own data are, without any of them.",
    use="mlcroissant validate --jsonld FILE.croissant.json",
    make=_make,
    told=_told,
    lacks=_lacks,
    start=Place("data_sources", "sources"),
)
