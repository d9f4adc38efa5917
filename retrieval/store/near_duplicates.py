"""Near-duplicates: which articles are copies of which, found by MinHash and confirmed by exact Jaccard similarity.

Pairs are stored, so that nobody learns of an article between two that they may see. Groups are made of the pairs that
the owners who ask may see.
"""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, Select, column, delete, func, insert, or_, select

from retrieval.domain import Kind
from retrieval.store.schema import articles, copy_bands, copy_pairs, quotations, units
from retrieval.text.minhash import jaccard, minhash_bands, shingles
from retrieval.text.person_names.matching import same_name

LEAST_SIMILARITY = 0.5
"""Jaccard similarity of shingles, 0..1, from which articles are near-duplicates; docs/benchmarks.md has the data."""
LEAST_SHINGLES = 20
"""Shorter texts, such as what stands before a paywall, are alike without having anything in common."""
MOST_CANDIDATES = 50
"""Articles that are compared exactly: those that share most bands."""

_NOT_WORDS = re.compile(r"[\W_]+")

DuplicateGroups = Mapping[int, tuple[int, ...]]
"""For each article with near-duplicates the rows of its whole group, its own too, the earliest first."""

Visible = Callable[[int, str], bool]
"""Takes the row and the owner of an article; returns whether it may be seen."""


def find_duplicates(connection: Connection, seq: int, text: str) -> None:
    """Store the pairs of near-duplicates that an article makes with those that are stored, in place of earlier ones."""
    mine = shingles(text)
    hashes = minhash_bands(mine)
    connection.execute(delete(copy_bands).where(copy_bands.c.article == seq))
    connection.execute(delete(copy_pairs).where(or_(copy_pairs.c.first == seq, copy_pairs.c.second == seq)))
    texts = select(articles.c.seq, articles.c.text).where(articles.c.seq.in_(_sharing_bands(hashes)))
    similar = [(other, jaccard(mine, shingles(theirs))) for other, theirs in connection.execute(texts)]
    connection.execute(insert(copy_bands), [{"hash": hash_, "article": seq} for hash_ in set(hashes)])
    pairs = [
        {"first": min(seq, other), "second": max(seq, other), "similarity": similarity}
        for other, similarity in similar
        if similarity >= LEAST_SIMILARITY and len(mine) >= LEAST_SHINGLES
    ]
    if pairs:
        connection.execute(insert(copy_pairs), pairs)


def _sharing_bands(hashes: Collection[int]) -> Select[int]:
    return (
        select(copy_bands.c.article)
        .where(copy_bands.c.hash.in_(hashes))
        .group_by(copy_bands.c.article)
        .order_by(func.count().desc(), copy_bands.c.article)
        .limit(MOST_CANDIDATES)
    )


def find_duplicates_of(connection: Connection, seq: int) -> None:
    """Do the same for an article by its row; nothing where it has gone."""
    words_of_it = connection.scalar(select(articles.c.text).where(articles.c.seq == seq))
    if words_of_it is not None:
        find_duplicates(connection, seq, words_of_it)


def without_bands(connection: Connection) -> list[int]:
    """Return the rows of articles that a version of the program without near-duplicates stored."""
    known = select(copy_bands.c.hash).where(copy_bands.c.article == articles.c.seq).exists()
    return list(connection.scalars(select(articles.c.seq).where(~known)))


def owned_by(owners: Collection[str]) -> Visible:
    """Let the articles of `owners` be seen."""
    return lambda _, owner: owner in owners


def in_rows(rows: Collection[int]) -> Visible:
    """Let the articles in `rows` be seen."""
    return lambda row, _: row in rows


def duplicate_groups(connection: Connection, visible: Visible, seqs: Collection[int] | None = None) -> DuplicateGroups:
    """Return the groups of the articles `seqs` (None: of all), made of the pairs of which both may be seen."""
    found: dict[int, list[int]] = {}
    reached, frontier = set(seqs or ()), seqs
    while frontier is None or frontier:
        pairs = list(_visible_pairs(connection, visible, frontier))
        for first, second in pairs:
            _join(found, first, second)
        if frontier is None:
            break
        frontier = {seq for pair in pairs for seq in pair} - reached
        reached |= frontier
    order = _by_age(connection, found)
    return {seq: tuple(sorted(group, key=order.__getitem__)) for seq, group in found.items()}


def _join(found: dict[int, list[int]], first: int, second: int) -> None:
    """Join two groups; the smaller one moves, so that many pairs take little time."""
    more, fewer = found.setdefault(first, [first]), found.setdefault(second, [second])
    if more is fewer:
        return
    if len(more) < len(fewer):
        more, fewer = fewer, more
    more += fewer
    found |= dict.fromkeys(fewer, more)


def _visible_pairs(connection: Connection, visible: Visible, seqs: Collection[int] | None) -> Iterator[tuple[int, int]]:
    one, other = articles.alias(), articles.alias()
    query = (
        select(copy_pairs.c.first, one.c.owner, copy_pairs.c.second, other.c.owner)
        .join(one, one.c.seq == copy_pairs.c.first)
        .join(other, other.c.seq == copy_pairs.c.second)
    )
    if seqs is not None:
        query = query.where(or_(copy_pairs.c.first.in_(seqs), copy_pairs.c.second.in_(seqs)))
    for first, its_owner, second, their_owner in connection.execute(query):
        if visible(first, its_owner) and visible(second, their_owner):
            yield first, second


def _by_age(connection: Connection, seqs: Iterable[int]) -> dict[int, tuple[str, int]]:
    """Return sort keys: the time of publication, undated articles last, then the order of storing."""
    query = select(articles.c.seq, articles.c.published).where(articles.c.seq.in_(numbers_table(seqs)))
    return {seq: (published or "9", seq) for seq, published in connection.execute(query)}


def numbers_table(numbers: Iterable[int]) -> Select[int]:
    """Return a subquery for `in_` that takes any number of values, where bound parameters are limited."""
    each = func.json_each(json.dumps(list(numbers))).table_valued(column("value"))
    return select(each.c.value)


@dataclass(frozen=True, slots=True)
class QuotedText:
    """A quotation's normalised text with its rows and speaker, to be compared with those of near-duplicates."""

    unit: int
    article: int
    speaker: str | None
    words: str


def repeated_quotations(connection: Connection, visible: Visible) -> list[int]:
    """Return the units of quotations that repeat an earlier near-duplicate's quotation of the same speaker."""
    together = duplicate_groups(connection, visible)
    firsts: dict[tuple[int, str], list[QuotedText]] = defaultdict(list)
    repeats: list[int] = []
    for said in _quoted_texts(connection, together):
        known = firsts[together[said.article][0], said.words]
        if any(_repeats(said, first) for first in known):
            repeats.append(said.unit)
        else:
            known.append(said)
    return repeats


def _quoted_texts(connection: Connection, together: DuplicateGroups) -> list[QuotedText]:
    """Return the quotations of the grouped articles, those of the earliest articles first."""
    text = func.substr(articles.c.text, units.c.start + 1, units.c.end - units.c.start)
    query = (
        select(units.c.id, units.c.article, quotations.c.speaker_name, text)
        .join(quotations, quotations.c.unit == units.c.id)
        .join(articles, articles.c.seq == units.c.article)
        .where(units.c.article.in_(numbers_table(together)), quotations.c.kind != Kind.MENTION.value)
        .order_by(units.c.id)
    )
    found = [
        QuotedText(unit, article, speaker, _NOT_WORDS.sub("", said).casefold())
        for unit, article, speaker, said in connection.execute(query)
    ]
    return sorted(found, key=lambda said: together[said.article].index(said.article))


def _repeats(said: QuotedText, first: QuotedText) -> bool:
    if said.article == first.article:
        return False
    return said.speaker is None or may_be_same_speaker(said.speaker, first.speaker)


def may_be_same_speaker(one: str | None, other: str | None) -> bool:
    """Return whether two articles' names for a speaker may mean one person; two without a name may."""
    if one is None or other is None:
        return one is other
    return same_name(one, other)
