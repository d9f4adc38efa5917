"""Search by words: BM25 over the FTS5 indexes that the store keeps."""

import json
import re
from collections.abc import Sequence
from itertools import pairwise

from sqlalchemy import Connection, text

from retrieval.search.engine import Hit
from retrieval.search.local.catalogue import ResolvedFilters

WORD = re.compile(r"[^\W_]+")

COUNT = text("""
SELECT value, (SELECT count(*) FROM (SELECT 1 FROM terms WHERE terms MATCH json_each.value LIMIT :most))
FROM json_each(:matches)
""")

WORDING_POSTINGS = 5_000
"""Rows of the index that a search for wording may score, so that it takes no longer in a large archive."""
WORDING_TERMS = 8
"""Words of a wording that are searched for, the rarest."""
SHORT_WORDING = 12
"""Words up to which pairs of words are searched for too, and the most runs of three words."""

COMMON_FREQUENCY = 1_000
"""Units. A word in so many takes long to count, and its count tells much the same a few articles later."""

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


def quoted(word: str) -> str:
    """Return a word or run of words as a string of FTS5's query language."""
    return '"' + word.replace('"', '""') + '"'


def frequencies(connection: Connection, wanted: Sequence[str], known: dict[str, int], most: int = -1) -> dict[str, int]:
    """Return in how many units each word stands, counted up to `most` if that isn't negative.

    The counts of common words are kept in `known`, and taken from there.
    """
    words_of = {quoted(word): word for word in wanted if word not in known}
    rows = connection.execute(COUNT, {"matches": json.dumps(list(words_of)), "most": most})
    counts = {words_of[match]: count for match, count in rows}
    known |= {word: count for word, count in counts.items() if count >= COMMON_FREQUENCY}
    return {word: counts[word] if word in counts else known[word] for word in wanted}


def rarest(counts: dict[str, int], common: float) -> list[str]:
    """Return the rarest words, one at least: in at most `common` units each, and in TERM_POSTINGS together.

    BM25 gives the others next to nothing, and they cost by far the most. Words that no unit holds are left out.
    """
    chosen: list[str] = []
    weighed = 0
    for word in sorted((word for word, count in counts.items() if count), key=counts.__getitem__):
        weighed += counts[word]
        if chosen and (counts[word] > common or weighed > TERM_POSTINGS):
            break
        chosen.append(word)
    return chosen


def distinctive(connection: Connection, wording: str, known: dict[str, int]) -> list[str]:
    """Return the rarest words within WORDING_POSTINGS, and runs of words where these alone don't tell enough.

    The counts of common words, up to WORDING_POSTINGS, are kept in `known`.
    """
    counts = frequencies(connection, words(wording), known, WORDING_POSTINGS)
    chosen: list[str] = []
    postings = 0
    held = (word for word, count in counts.items() if count)
    for word in sorted(held, key=counts.__getitem__)[:WORDING_TERMS]:
        postings += counts[word]
        if postings > WORDING_POSTINGS:
            break
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
