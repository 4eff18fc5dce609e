"""Laws of the workbook: any charter exports, comes back whole, and adds no formula of its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hypothesis import HealthCheck, given, settings

from scoping.charter import Charter
from tests.exports.workbooks import charter_json, exported, opened
from tests.property.strategies import charters


def _words(plain: Any) -> Iterator[str]:
    if isinstance(plain, str):
        yield plain
    elif isinstance(plain, dict):
        for value in plain.values():
            yield from _words(value)
    elif isinstance(plain, list):
        for value in plain:
            yield from _words(value)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(charters())
def test_any_charter_exports_and_comes_back(charter: Any) -> None:
    content = exported(charter)
    book = opened(content)
    assert Charter.model_validate(charter_json(book)) == charter
    written = set(_words(charter.model_dump(mode="json")))
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "e"
                assert cell.data_type != "f" or cell.value not in written
    assert exported(charter) == content
