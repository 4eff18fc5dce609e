"""One measure of progress: how many of the sixteen conditions for signing are met; a goal says what is wanted, and by when.

What stood here before (answers given of answers asked, open blockers) is dropped. The new number is counted by the rules
of the running version once the tables are in place, see `storage.upgrade`.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import add, day, real

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    add("problems_goals", real("wanted"), day("wanted_on"))
    add("charter", sa.Column("met", sa.Integer(), nullable=False, server_default="0"))
    for name in ("progress", "done_share", "blockers"):
        op.drop_column("charter", name)
