"""The archive's tables, as SQLAlchemy metadata.

Words are stored once, in `articles.text`; a unit (a passage or a quotation) is a pair of offsets into it. The FTS5
tables `terms` (units) and `article_terms` (articles) have external content: the view `unit_words`, and `articles`. So
SQLite can check them, or build them again. `changes` numbers every change of units; an index takes in what came after
the number that it holds.
"""

from retrieval.store.schema.articles import (
    article_terms,
    articles,
    changes,
    copy_bands,
    copy_pairs,
    meta,
    metadata,
    quotations,
    terms,
    unit_words,
    units,
    vectors,
)
from retrieval.store.schema.guilds import gaps, server_settings, speaker_decisions, watch_notices, watches
from retrieval.store.schema.history import past_quotations, set_aside, shown_words, versions
from retrieval.store.schema.sources import source_items, sources

__all__ = [
    "REVISION",
    "article_terms",
    "articles",
    "changes",
    "copy_bands",
    "copy_pairs",
    "gaps",
    "meta",
    "metadata",
    "past_quotations",
    "quotations",
    "server_settings",
    "set_aside",
    "shown_words",
    "source_items",
    "sources",
    "speaker_decisions",
    "terms",
    "unit_words",
    "units",
    "vectors",
    "versions",
    "watch_notices",
    "watches",
]

REVISION = "0009"
"""The migration that makes a database look like these tables."""
