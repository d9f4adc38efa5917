"""The archive's tables. `REVISION` is the migration that makes a database look like this.

Words are stored once, in `articles.text`; a unit (a passage or a quotation) is a pair of offsets into it.
The keyword indexes, `terms` of units and `article_terms` of articles, read them from there (through the view
`unit_words`, and from `articles`), so that SQLite itself can check or rebuild them.
`changes` numbers every change: an engine takes in what came after the number it holds.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
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

REVISION = "0006"

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

speaker_decisions = Table(
    "speaker_decisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("owner", Text, nullable=False),
    Column("verdict", Text, nullable=False),  # same | apart
    Column("first", Text, nullable=False),  # names as a person gave them
    Column("second", Text, nullable=False),
    Column("decided_at", Text, nullable=False),
    sqlite_autoincrement=True,
)

server_settings = Table(
    "server_settings",
    metadata,
    Column("server", BigInteger, primary_key=True, autoincrement=False),
    Column("chosen", JSON, nullable=False),
)

watches = Table(
    "watches",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person", BigInteger, nullable=False),
    Column("server", BigInteger),  # null where notices go to the person alone
    Column("channel", BigInteger),
    Column("speaker", Text),
    Column("topic", Text),
    Column("seen", Integer, nullable=False),  # the last article's row that it has been held against
    Column("language", Text),  # of the person, for direct messages
    Column("paused", Text),  # why nothing can be sent
    Index("ix_watches_person", "person"),
    sqlite_autoincrement=True,
)

watch_notices = Table(
    "watch_notices",
    metadata,
    Column("watch", Integer, ForeignKey("watches.id", ondelete="CASCADE"), primary_key=True),
    Column("article", Text, primary_key=True),  # its id: an article that went and came back is no news
)

gaps = Table(
    "gaps",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("server", BigInteger, nullable=False),
    Column("question", Text, nullable=False),
    Column("asked_on", Date, nullable=False),
    Index("ix_gaps_server", "server"),
)

versions = Table(  # earlier versions of articles; those of removed ones stay until they are purged
    "versions",
    metadata,
    Column("article", Integer, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("content", JSON, nullable=False),  # the fields of the article, its text too
    Column("stored_at", Text, nullable=False),
    Column("until", Text, nullable=False),
)

past_quotations = Table(  # quotations that an article changed, took out, or gave to another speaker
    "past_quotations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("article", Integer, nullable=False),
    Column("version", Integer, nullable=False),  # the last one that had it; `start` and `end` are offsets there
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("speaker", Text),
    Column("until", Text, nullable=False),
    Column("now_start", Integer),  # what stands in its place in the present text, null for nothing
    Column("now_end", Integer),
    Index("ix_past_quotations_article", "article"),
)

set_aside = Table(  # removed and withdrawn articles, out of every search
    "set_aside",
    metadata,
    Column("seq", Integer, primary_key=True),  # the row that it had among the articles
    Column("owner", Text, nullable=False),
    Column("digest", Text, nullable=False),  # of owner and id
    Column("why", Text, nullable=False),  # removed | withdrawn
    Column("reason", Text),
    Column("removed_at", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("id", Text),  # what follows is null once it is purged
    Column("title", Text),
    Column("content", JSON),
    Column("units", JSON),
    Column("words", Text),  # digest of a text that the operator removed; it outlives the purge
    Index("ix_set_aside_digest", "digest"),
    Index("ix_set_aside_words", "words"),
)

shown_words = Table(  # which message shows which words, so that it can be told when they change
    "shown_words",
    metadata,
    Column("message", Integer, primary_key=True, autoincrement=False),
    Column("article", Integer, primary_key=True, autoincrement=False),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("start", Integer, primary_key=True, autoincrement=False),
    Column("end", Integer, primary_key=True, autoincrement=False),
    Column("channel", Integer, nullable=False),
    Column("guild", Integer),
    Column("reference", Text, nullable=False),  # what the message's buttons call them
    Column("shown_at", Text, nullable=False),
    Column("looked", Text, nullable=False),  # the state of the article that it was held against last
    Column("noted", Text),  # digest of what the message tells about it, null for nothing
    Index("ix_shown_words_article", "article"),
    Index("ix_shown_words_shown_at", "shown_at"),
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

sources = Table(
    "sources",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("owner", Text, nullable=False),
    Column("kind", Text, nullable=False),  # folder | feed | page | sitemap
    Column("address", Text, nullable=False),
    Column("every", Integer, nullable=False),  # seconds
    Column("added_at", Text, nullable=False),
    Column("due_at", Text, nullable=False),
    Column("checked_at", Text),
    Column("read_at", Text),  # the last check that went well
    Column("etag", Text),
    Column("last_modified", Text),
    Column("failures", Integer, nullable=False),  # in a row
    Column("problem", Text),
    UniqueConstraint("owner", "address", name="uq_sources_owner_address"),
    sqlite_autoincrement=True,
)

source_items = Table(
    "source_items",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source", Integer, ForeignKey("sources.id", ondelete="CASCADE"), nullable=False),
    Column("key", Text, nullable=False),  # what the source knows it by
    Column("address", Text, nullable=False),
    Column("article", Text),  # its id in the archive, once it was read
    Column("state", Text, nullable=False),  # waiting | read | excerpt | gone | left
    Column("listed", Boolean, nullable=False),
    Column("digest", Text),  # of what the source said of it when it was last read
    Column("etag", Text),
    Column("last_modified", Text),
    Column("seen_at", Text, nullable=False),
    Column("due_at", Text, nullable=False),
    Column("failures", Integer, nullable=False),  # in a row
    Column("problem", Text),
    UniqueConstraint("source", "key", name="uq_source_items_source_key"),
    sqlite_autoincrement=True,
)

meta = Table("meta", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))

# The view and the keyword indexes are SQLite's own kinds of table, which the metadata can't describe.
unit_words = table("unit_words", column("id"), column("article"), column("title"), column("speaker"), column("words"))
terms = table("terms", column("rowid"), column("title"), column("speaker"), column("words"))
article_terms = table("article_terms", column("rowid"), column("title"), column("text"))
