"""Runs the upgrade steps on the connection that storage.upgrade hands over, inside its transaction."""

from alembic import context

from storage.tables import Table

context.configure(connection=context.config.attributes["connection"], target_metadata=Table.metadata)
with context.begin_transaction():
    context.run_migrations()
