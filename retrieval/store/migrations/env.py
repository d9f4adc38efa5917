"""Alembic's door: migrates over the connection that the store hands in, inside the store's transaction."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
