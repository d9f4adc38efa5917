"""Tables of articles, their units, vectors and quotations, the change log, and near-duplicates."""

from sqlalchemy import (
    JSON,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    column,
    table,
    text,
)

metadata = MetaData()

articles = Table(
    "articles",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("owner", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("authors", JSON, nullable=False),
    Column("publisher", Text),
    Column("published", Text),
    Column("modified", Text),
    Column("url", Text),
    Column("summary", Text),
    Column("language", Text),
    Column("source", Text),
    Column("edits", JSON, nullable=False),  # fields that a person corrected; they outlive the next reading
    Column("content_hash", Text, nullable=False),  # of the article as it was read, before `edits`
    Column("rules_version", Integer, nullable=False),
    Column("model", Text, nullable=False),  # sha256 of the model that made its vectors
    Column("stored_at", Text, nullable=False),
    UniqueConstraint("owner", "id", name="uq_articles_owner_id"),
    sqlite_autoincrement=True,
)

units = Table(
    "units",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("article", Integer, ForeignKey("articles.seq", ondelete="CASCADE"), nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("context", Integer, nullable=False),  # offset at which the words that are searched begin
    Index("ix_units_article", "article"),
    sqlite_autoincrement=True,  # an id is never used again, so an index can't take one unit for another
)

vectors = Table(
    "vectors",
    metadata,
    Column("unit", Integer, ForeignKey("units.id", ondelete="CASCADE"), primary_key=True),
    Column("digest", LargeBinary, nullable=False),  # of the text that was embedded
    Column("vector", LargeBinary, nullable=False),  # float16, little-endian
)

quotations = Table(
    "quotations",
    metadata,
    Column("unit", Integer, ForeignKey("units.id", ondelete="CASCADE"), primary_key=True),
    Column("kind", Text, nullable=False),
    Column("utterance", Integer),
    Column("speaker_name", Text),
    Column("speaker_role", Text),
    Column("speaker_kind", Text),
    Column("confidence", Float),  # null where there is no speaker at all
    Column("certainty", Text),
    Column("reason", Text),
    Column("channel", Text),  # the news outlet that the words were given to or came by
    Column("mention_start", Integer),
    Column("mention_end", Integer),
    Column("said_on", Date),
    Column("basis_start", Integer),
    Column("basis_end", Integer),
    Index("ix_quotations_speaker_name", "speaker_name"),
)

changes = Table(
    "changes",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("op", Text, nullable=False),  # added | removed
    Column("first_unit", Integer, nullable=False),
    Column("last_unit", Integer, nullable=False),
    Column("mark", Integer, nullable=False, server_default=text("(random())")),  # tells it from another archive's
    Column("article", Integer),  # of removed units: whose they were, and in which version
    Column("version", Integer),
    sqlite_autoincrement=True,
)

copy_bands = Table(  # MinHash bands; articles that share one may be copies
    "copy_bands",
    metadata,
    Column("hash", Integer, primary_key=True, autoincrement=False),
    Column("article", Integer, ForeignKey("articles.seq", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Index("ix_copy_bands_article", "article"),
    sqlite_with_rowid=False,
)

copy_pairs = Table(
    "copy_pairs",
    metadata,
    Column("first", Integer, ForeignKey("articles.seq", ondelete="CASCADE"), primary_key=True),  # the lower row
    Column("second", Integer, ForeignKey("articles.seq", ondelete="CASCADE"), primary_key=True),
    Column("similarity", Float, nullable=False),
    Index("ix_copy_pairs_second", "second"),
)

meta = Table("meta", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))

# The view and the keyword indexes are SQLite's own kinds of table, which the metadata can't describe.
unit_words = table("unit_words", column("id"), column("article"), column("title"), column("speaker"), column("words"))
terms = table("terms", column("rowid"), column("title"), column("speaker"), column("words"))
article_terms = table("article_terms", column("rowid"), column("title"), column("text"))
