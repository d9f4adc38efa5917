"""The archive's tables. `REVISION` is the migration that makes a database look like this.

Words are stored once, in `articles.text`; a unit (a passage or a quotation) is a pair of offsets into it.
The keyword indexes, `terms` of units and `article_terms` of articles, read them from there (through the view
`unit_words`, and from `articles`), so that SQLite itself can check or rebuild them.
`changes` numbers every change: an engine takes in what came after the number it holds.
"""

from retrieval.store.schema.archive import (
    article_terms,
    articles,
    changes,
    copy_bands,
    copy_pairs,
    meta,
    quotations,
    terms,
    unit_words,
    units,
    vectors,
)
from retrieval.store.schema.base import metadata
from retrieval.store.schema.origins import source_items, sources
from retrieval.store.schema.past import past_quotations, set_aside, shown_words, versions
from retrieval.store.schema.people import gaps, server_settings, speaker_decisions, watch_notices, watches

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

REVISION = "0007"
