"""Tables of earlier versions, deleted articles, and posted excerpts."""

from sqlalchemy import JSON, Column, Index, Integer, Table, Text

from retrieval.store.schema.articles import metadata

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
