"""Value questions with answers that R worked out in closed form (../shared/data/value, which is not part of the repository)."""

from __future__ import annotations

import json
from typing import Any

from tests.tools import reference


def closed_forms(kind: str) -> list[dict[str, Any]]:
    """All cases of one kind; the test is not run where the folder is missing."""
    return list(json.loads(reference("value/closed_forms.json").read_text("utf-8"))[kind].values())
