"""Alembic's environment, and the migrations from each version of the archive's schema to the next."""
