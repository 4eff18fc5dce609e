"""Value questions with answers that R worked out in closed form (../shared/data/value, which is not part of the repository)."""

from __future__ import annotations

import json
from typing import Any

from tests.tools import SHARED, need

FILE = SHARED / "data" / "value" / "closed_forms.json"


def closed_forms(kind: str) -> list[dict[str, Any]]:
    """All cases of one kind; the test is not run where the folder is missing."""
    found = need(FILE if FILE.exists() else None, str(FILE))
    return list(json.loads(found.read_text("utf-8"))[kind].values())
