"""Search by words: BM25 over the store's FTS5 index."""

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

POSTINGS = 5_000
"""How many rows of the index a search for wording may weigh, so that it takes no longer in a large archive."""
WORDS_AT_MOST = 8
SHORT = 12  # words

KEPT = 1_000
"""A word that stands in so many units takes long to count, and its count tells much the same a few articles later."""

WEIGHED = 40_000
"""How many rows of the index a search for terms may weigh. In 400,000 units this took the slowest of 25 questions from
97 to 55 ms, and left the ten best of each as they were."""

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
    """The words of a text in their order, each once. Letters and digits alone: nothing of it is FTS5's syntax."""
    return list(dict.fromkeys(WORD.findall(terms.casefold())))


def quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'


def frequencies(connection: Connection, wanted: Sequence[str], known: dict[str, int], most: int = -1) -> dict[str, int]:
    """In how many units each word stands, counted up to `most` if that isn't negative.

    The counts of common words are kept in `known`, and taken from there.
    """
    words_of = {quoted(word): word for word in wanted if word not in known}
    rows = connection.execute(COUNT, {"matches": json.dumps(list(words_of)), "most": most})
    counts = {words_of[match]: count for match, count in rows}
    known |= {word: count for word, count in counts.items() if count >= KEPT}
    return {word: counts[word] if word in counts else known[word] for word in wanted}


def rarest(counts: dict[str, int], common: float) -> list[str]:
    """The rarest words, one at least: those in at most `common` units each, and in WEIGHED together.

    BM25 gives the others next to nothing, and they cost by far the most. Words that no unit holds are left out.
    """
    chosen: list[str] = []
    weighed = 0
    for word in sorted((word for word, count in counts.items() if count), key=counts.__getitem__):
        weighed += counts[word]
        if chosen and (counts[word] > common or weighed > WEIGHED):
            break
        chosen.append(word)
    return chosen


def distinctive(connection: Connection, wording: str, known: dict[str, int]) -> list[str]:
    """The rarest words that are held, within `POSTINGS`, and runs of words where these alone don't tell enough.

    Counts up to `POSTINGS` of common words are kept in `known`.
    """
    counts = frequencies(connection, words(wording), known, POSTINGS)
    chosen: list[str] = []
    postings = 0
    held = (word for word, count in counts.items() if count)
    for word in sorted(held, key=counts.__getitem__)[:WORDS_AT_MOST]:
        postings += counts[word]
        if postings > POSTINGS:
            break
        chosen.append(word)
    return chosen + runs_of_words(wording, chosen)


def runs_of_words(wording: str, chosen: Sequence[str]) -> list[str]:
    """What makes up for words that tell little: pairs with the chosen ones in short wording, and where few were chosen
    runs of three."""
    in_order = WORD.findall(wording.casefold())
    pairs = [f"{a} {b}" for a, b in pairwise(in_order) if a in chosen or b in chosen]
    threes = [" ".join(in_order[start : start + 3]) for start in range(len(in_order) - 2)]
    return (pairs if len(in_order) <= SHORT else []) + (threes[:SHORT] if len(chosen) < 3 else [])


def search_units(connection: Connection, chosen: list[str], allowed: ResolvedFilters, limit: int) -> list[Hit]:
    """Units that hold any of the words or runs of words."""
    return search(connection, UNITS, BY_SPEAKER, chosen, allowed, limit)


def search_articles(connection: Connection, chosen: list[str], allowed: ResolvedFilters, limit: int) -> list[Hit]:
    """Articles that hold any of the words; of those that `allowed` narrows to a speaker, the ones that quote them."""
    return search(connection, ARTICLES, QUOTING_SPEAKER, chosen, allowed, limit)


def search(  # noqa: PLR0913, PLR0917
    connection: Connection, query: str, by_speaker: str, chosen: list[str], allowed: ResolvedFilters, limit: int
) -> list[Hit]:
    if not chosen:
        return []
    conditions = ""
    if allowed.speakers is not None:
        conditions += by_speaker
    if allowed.publishers is not None:
        conditions += " AND articles.publisher IN (SELECT value FROM json_each(:publishers))"
    if allowed.after is not None:
        conditions += " AND substr(articles.published, 1, 10) >= :after"
    if allowed.before is not None:
        conditions += " AND substr(articles.published, 1, 10) <= :before"
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
