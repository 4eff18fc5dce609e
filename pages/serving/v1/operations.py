"""Every operation of the API, in the order of its document."""

from __future__ import annotations

from pages.serving.v1 import bringing, changing, contract, others, plans, projects, readings
from pages.serving.v1.table import Operation

OPERATIONS: tuple[Operation, ...] = (
    *projects.OPERATIONS,
    *changing.OPERATIONS,
    *bringing.OPERATIONS,
    *contract.OPERATIONS,
    *plans.OPERATIONS,
    *readings.OPERATIONS,
    *others.OPERATIONS,
)
