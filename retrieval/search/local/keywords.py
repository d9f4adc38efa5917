"""Search by words: BM25 over the FTS5 indexes that the store keeps."""

import json
import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from sqlalchemy import Connection, text

from retrieval.search.engine import Hit
from retrieval.search.local.catalogue import ResolvedFilters
from retrieval.search.local.term_counts import TermCount, quoted

WORD = re.compile(r"[^\W_]+")

WORDING_POSTINGS = 5_000
"""Rows of the index that a search for wording may score, so that it takes no longer in a large archive."""
WORDING_TERMS = 8
"""Words of a wording that are searched for, the rarest."""
SHORT_WORDING = 12
"""Words up to which pairs of words are searched for too, and the most runs of three words."""

TERM_POSTINGS = 40_000
"""Rows of the index that a search for terms may score. In 400,000 units this took the slowest of 25 questions from 97
to 55 ms, and left the ten best of each as they were."""

# CROSS JOIN keeps SQLite from turning the loops round and asking the keyword index once a unit.
UNITS = """
SELECT terms.rowid, -terms.rank
FROM terms
CROSS JOIN units ON units.id = terms.rowid
CROSS JOIN articles ON articles.seq = units.article
LEFT JOIN quotations ON quotations.unit = units.id
WHERE terms MATCH :match AND articles.owner IN (SELECT value FROM json_each(:owners)){conditions}
ORDER BY terms.rank, terms.rowid
LIMIT :limit
"""
BY_SPEAKER = " AND quotations.speaker_name IN (SELECT value FROM json_each(:speakers))"

ARTICLES = """
SELECT article_terms.rowid, -article_terms.rank
FROM article_terms
CROSS JOIN articles ON articles.seq = article_terms.rowid
WHERE article_terms MATCH :match AND articles.owner IN (SELECT value FROM json_each(:owners)){conditions}
ORDER BY article_terms.rank, article_terms.rowid
LIMIT :limit
"""
QUOTING_SPEAKER = """ AND EXISTS (
    SELECT 1 FROM units JOIN quotations ON quotations.unit = units.id
    WHERE units.article = articles.seq AND quotations.speaker_name IN (SELECT value FROM json_each(:speakers))
)"""


def words(terms: str) -> list[str]:
    """Return the words of a text in their order, each once: letters and digits alone, nothing of FTS5's syntax."""
    return list(dict.fromkeys(WORD.findall(terms.casefold())))


def rarest(counts: Mapping[str, TermCount], common: float) -> list[str]:
    """Return the rarest words, one at least: in at most `common` units each, and in TERM_POSTINGS together.

    BM25 gives the others next to nothing, and they cost by far the most. Words in no visible unit are left out.
    """
    held = [word for word, count in counts.items() if count.visible]
    chosen: list[str] = []
    postings = 0
    for word in sorted(held, key=lambda word: counts[word].visible):
        total = counts[word].total
        if total <= common and postings + total <= TERM_POSTINGS:
            postings += total
            chosen.append(word)
    return chosen or sorted(held, key=lambda word: counts[word].total)[:1]


def distinctive(counts: Mapping[str, TermCount], wording: str) -> list[str]:
    """Return the rarest words within WORDING_POSTINGS, and runs of words where these alone don't tell enough."""
    held = [word for word, count in counts.items() if count.visible]
    chosen: list[str] = []
    postings = 0
    for word in sorted(held, key=lambda word: counts[word].visible)[:WORDING_TERMS]:
        if postings + counts[word].total <= WORDING_POSTINGS:
            postings += counts[word].total
            chosen.append(word)
    return chosen + runs_of_words(wording, chosen)


def runs_of_words(wording: str, chosen: Sequence[str]) -> list[str]:
    """Return runs that make up for common words: pairs in short wording, threes where few words are chosen."""
    in_order = WORD.findall(wording.casefold())
    pairs = [f"{a} {b}" for a, b in pairwise(in_order) if a in chosen or b in chosen]
    threes = [" ".join(in_order[start : start + 3]) for start in range(len(in_order) - 2)]
    return (pairs if len(in_order) <= SHORT_WORDING else []) + (threes[:SHORT_WORDING] if len(chosen) < 3 else [])


def search_units(connection: Connection, chosen: list[str], allowed: ResolvedFilters, limit: int) -> list[Hit]:
    """Return units that hold any of the words or runs of words, best first."""
    return search(connection, UNITS, BY_SPEAKER, chosen, allowed, limit)


def search_articles(connection: Connection, chosen: list[str], allowed: ResolvedFilters, limit: int) -> list[Hit]:
    """Return articles that hold any of the words, best first; with a speaker in `allowed` those that quote them."""
    return search(connection, ARTICLES, QUOTING_SPEAKER, chosen, allowed, limit)


def search(  # noqa: PLR0913, PLR0917
    connection: Connection, query: str, by_speaker: str, chosen: list[str], allowed: ResolvedFilters, limit: int
) -> list[Hit]:
    """Run `query` with the conditions that the filters need; `by_speaker` is the one for speakers."""
    if not chosen:
        return []
    optional = {
        by_speaker: allowed.speakers,
        " AND articles.publisher IN (SELECT value FROM json_each(:publishers))": allowed.publishers,
        " AND substr(articles.published, 1, 10) >= :after": allowed.after,
        " AND substr(articles.published, 1, 10) <= :before": allowed.before,
    }
    conditions = "".join(condition for condition, value in optional.items() if value is not None)
    values = {
        "match": " OR ".join(map(quoted, chosen)),
        "owners": json.dumps(sorted(allowed.owners)),
        "speakers": json.dumps(sorted(allowed.speakers or ())),
        "publishers": json.dumps(sorted(allowed.publishers or ())),
        "after": allowed.after and allowed.after.isoformat(),
        "before": allowed.before and allowed.before.isoformat(),
        "limit": limit,
    }
    return [Hit(row, score) for row, score in connection.execute(text(query.format(conditions=conditions)), values)]
