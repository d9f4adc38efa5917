"""The archive's first tables.

Revision ID: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

UNIT_WORDS = """
CREATE VIEW unit_words AS
SELECT units.id AS id,
       units.article AS article,
       articles.title AS title,
       trim(coalesce(quotations.speaker_name, '') || ' ' || coalesce(quotations.speaker_role, '')) AS speaker,
       substr(articles.text, units.context + 1, units."end" - units.context) AS words
FROM units JOIN articles ON articles.seq = units.article LEFT JOIN quotations ON quotations.unit = units.id
"""

TERMS = """
CREATE VIRTUAL TABLE terms USING fts5(
    title, speaker, words,
    content='unit_words', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2'
)
"""

ARTICLE_TERMS = """
CREATE VIRTUAL TABLE article_terms USING fts5(
    title, text, content='articles', content_rowid='seq', tokenize='porter unicode61 remove_diacritics 2'
)
"""


def upgrade() -> None:
    create_articles()
    create_units()
    create_quotations()
    op.create_table(
        "changes",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("op", sa.Text, nullable=False),
        sa.Column("first_unit", sa.Integer, nullable=False),
        sa.Column("last_unit", sa.Integer, nullable=False),
        sa.Column("mark", sa.Integer, nullable=False, server_default=sa.text("(random())")),
        sqlite_autoincrement=True,
    )
    op.create_table("meta", sa.Column("key", sa.Text, primary_key=True), sa.Column("value", sa.Text, nullable=False))
    op.execute(UNIT_WORDS)
    op.execute(TERMS)
    op.execute(ARTICLE_TERMS)


def create_articles() -> None:
    op.create_table(
        "articles",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("authors", sa.JSON, nullable=False),
        sa.Column("publisher", sa.Text),
        sa.Column("published", sa.Text),
        sa.Column("modified", sa.Text),
        sa.Column("url", sa.Text),
        sa.Column("summary", sa.Text),
        sa.Column("language", sa.Text),
        sa.Column("source", sa.Text),
        sa.Column("edits", sa.JSON, nullable=False),
        sa.Column("content_hash", sa.Text, nullable=False),
        sa.Column("rules_version", sa.Integer, nullable=False),
        sa.Column("model", sa.Text, nullable=False),
        sa.Column("stored_at", sa.Text, nullable=False),
        sa.UniqueConstraint("owner", "id", name="uq_articles_owner_id"),
        sqlite_autoincrement=True,
    )


def create_units() -> None:
    op.create_table(
        "units",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("article", sa.Integer, sa.ForeignKey("articles.seq", ondelete="CASCADE"), nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("context", sa.Integer, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_units_article", "units", ["article"])
    op.create_table(
        "vectors",
        sa.Column("unit", sa.Integer, sa.ForeignKey("units.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("vector", sa.LargeBinary, nullable=False),
    )


def create_quotations() -> None:
    op.create_table(
        "quotations",
        sa.Column("unit", sa.Integer, sa.ForeignKey("units.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("utterance", sa.Integer),
        sa.Column("speaker_name", sa.Text),
        sa.Column("speaker_role", sa.Text),
        sa.Column("speaker_kind", sa.Text),
        sa.Column("confidence", sa.Float),
        sa.Column("certainty", sa.Text),
        sa.Column("reason", sa.Text),
        sa.Column("mention_start", sa.Integer),
        sa.Column("mention_end", sa.Integer),
        sa.Column("said_on", sa.Date),
        sa.Column("basis_start", sa.Integer),
        sa.Column("basis_end", sa.Integer),
    )
    op.create_index("ix_quotations_speaker_name", "quotations", ["speaker_name"])
