"""The charter as a contract: versions that are kept whole; programs that may do more than report readings. Every table and column of this release stands here."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.migrations.columns import MOMENT, WHOLE, add, choice, day, of_project, records, whole, words

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "version",
        of_project(),
        sa.Column("number", WHOLE, primary_key=True, autoincrement=False),
        sa.Column("revision", WHOLE, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("schema_version", WHOLE, nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sqlite_strict=True,
    )
    # What people answer who are asked to sign, and what was decided.
    add("project", choice("sign_order", "any", "in_turn"), choice("sign_role", "all", "one"))
    add(
        "project_signatures",
        choice("answered", "signed", "refused", "changes"),
        whole("version", 1),
        words("typed", 300),
        words("terms", 300),
    )
    # Bound to a version as soon as the charter can be read.
    op.execute("UPDATE project_signatures SET answered = 'signed' WHERE signed_on IS NOT NULL")
    records(
        "project_decisions",
        words("what", 10_000),
        words("decided_by", 300),
        day("decided_on"),
        whole("version", 1),
        words("options", 10_000),
        words("reasons", 10_000),
        words("reopened_if", 10_000),
    )
    op.create_table(
        "share",
        sa.Column("digest", sa.Text(), primary_key=True),
        sa.Column("project_id", sa.Text(), sa.ForeignKey("charter.id", ondelete="CASCADE"), nullable=False),
        sa.Column("version", WHOLE),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("revoked_at", MOMENT),
        sqlite_strict=True,
    )
    op.create_index("ix_share_project_id", "share", ["project_id"])
    # Tokens for all projects, and what they may do; those of before report readings.
    op.create_table(
        "program_token",
        sa.Column("digest", sa.Text(), primary_key=True),
        sa.Column("project_id", sa.Text(), sa.ForeignKey("charter.id", ondelete="CASCADE")),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("used_at", MOMENT),
        sqlite_strict=True,
    )
    op.execute(
        "INSERT INTO program_token (digest, project_id, label, scopes, made_at, made_by, used_at) "
        "SELECT digest, project_id, label, 'readings', made_at, made_by, used_at FROM access_token"
    )
    op.drop_table("access_token")
    op.create_index("ix_program_token_project_id", "program_token", ["project_id"])
    op.create_table(
        "program_reply",
        sa.Column("token", sa.Text(), sa.ForeignKey("program_token.digest", ondelete="CASCADE"), primary_key=True),
        sa.Column("key", sa.Text(), primary_key=True),
        sa.Column("request", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer()),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sqlite_strict=True,
    )
    op.create_index("ix_program_reply_at", "program_reply", ["at"])
