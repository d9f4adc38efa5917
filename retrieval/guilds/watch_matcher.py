"""Match watches with new articles: quotations of a speaker, and quotations on a topic."""

import logging
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sqlalchemy import select, text

from retrieval.answering.citations import cite
from retrieval.answering.near_duplicates import NearDuplicates
from retrieval.domain import Citation, Filters, Kind
from retrieval.errors import ArchiveError
from retrieval.guilds.gaps import TextEncoder
from retrieval.guilds.watches import Watch
from retrieval.search.local.term_counts import quoted
from retrieval.speakers.index import QUOTATIONS_WITH_ARTICLES, SpeakerIndex, matching_entries
from retrieval.speakers.records import SpeakerEntry
from retrieval.store.archive import Archive
from retrieval.store.schema import articles, quotations, units
from retrieval.store.sqlite.database import read_transaction
from retrieval.text.stemming import content_words

log = logging.getLogger(__name__)

ARTICLES_PER_MATCH = 200
"""New articles that are matched at once."""
NEAR_WITH_WORDS, NEAR = 0.4, 0.65
"""Cosine from which a quotation is on a topic: where its unit holds all of the topic's words, and where it doesn't.

Of 53 quotations that these find in news articles for 18 topics ("council tax", "oil prices"), 48 were on the topic.
Without the topic's words hardly anything comes nearer than 0.6.
"""
_MATCHING = text("SELECT rowid FROM terms WHERE terms MATCH :match AND rowid BETWEEN :first AND :last")
_UNSCORED = 0.0

Vectors = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class WatchMatch:
    """New quotations for one watch, in the order of the articles."""

    watch: Watch
    citations: tuple[Citation, ...]

    @property
    def articles(self) -> frozenset[str]:
        """Return the ids of the articles that are cited."""
        return frozenset(citation.article.id for citation in self.citations)


@dataclass(frozen=True, slots=True)
class WatchMatches:
    """The matches of all watches that have any; every watch has been matched with the articles up to row `seen`."""

    seen: int
    matches: tuple[WatchMatch, ...]


@dataclass(frozen=True, slots=True)
class NewQuotation:
    """A quotation of a new article; `unit` and `article` are rows."""

    unit: int
    article: int
    name: str | None


@dataclass(frozen=True, slots=True)
class WatchMatcher:
    """Matches watches with new articles. As thread-safe as its collaborators; `encoder` is the archive's."""

    archive: Archive
    people: SpeakerIndex
    encoder: TextEncoder

    def match(self, watches: Sequence[Watch], newest: int, owners: Callable[[Watch], frozenset[str]]) -> WatchMatches:
        """Match watches with articles that they haven't seen, each with the articles of its `owners`.

        At most ARTICLES_PER_MATCH articles, up to row `newest`.
        """
        begun = min((watch.seen for watch in watches), default=newest)
        last = min(newest, begun + ARTICLES_PER_MATCH)
        together: dict[frozenset[str], list[Watch]] = defaultdict(list)
        for watch in watches:
            if watch.seen < last:
                together[owners(watch)].append(watch)
        found = [news for seen, some in together.items() for news in self._each_apart(some, begun, last, seen)]
        return WatchMatches(last, tuple(found))

    def _each_apart(
        self, watches: Sequence[Watch], begun: int, last: int, owners: frozenset[str]
    ) -> Sequence[WatchMatch]:
        """Return the matches of watches; one that can't be matched spoils itself alone, and is logged."""
        try:
            return tuple(self._matches(watches, begun, last, owners))
        except ArchiveError:
            raise
        except Exception:
            if len(watches) == 1:
                log.exception("watch_not_matched", extra={"watch": watches[0].id})
                return ()
            return [news for watch in watches for news in self._each_apart([watch], begun, last, owners)]

    def _matches(self, watches: Sequence[Watch], begun: int, last: int, owners: frozenset[str]) -> Iterator[WatchMatch]:
        said = self._new_quotations(begun, last, owners)
        if not said:
            return
        said_by = self._speakers({watch.speaker for watch in watches if watch.speaker}, said, owners)
        about = self._topics({watch.topic for watch in watches if watch.topic}, said)
        for watch in watches:
            new = [one for one in said if one.article > watch.seen]
            if watch.speaker:
                new = [one for one in new if one.unit in said_by[watch.speaker]]
            if watch.topic:
                new = [one for one in new if one.unit in about[watch.topic]]
            citations = tuple(self._cited(new, owners))
            if citations:
                yield WatchMatch(watch, citations)

    def _new_quotations(self, after: int, last: int, owners: Collection[str]) -> list[NewQuotation]:
        query = (
            select(units.c.id, articles.c.seq, quotations.c.speaker_name)
            .select_from(QUOTATIONS_WITH_ARTICLES)
            .where(articles.c.seq > after, articles.c.seq <= last, articles.c.owner.in_(owners))
            .where(quotations.c.kind != Kind.MENTION.value)
            .order_by(articles.c.seq, units.c.start)
        )
        with read_transaction(self.archive.database) as connection:
            return [NewQuotation(*row) for row in connection.execute(query)]

    def _speakers(
        self, names: Collection[str], said: Sequence[NewQuotation], owners: Collection[str]
    ) -> dict[str, set[int]]:
        """Return by name the units of the quotations of the speaker that the index takes the name for."""
        if not names:
            return {}
        every = self.people.entries(owners)
        return {name: _by(next(iter(matching_entries(name, every)), None), said) for name in names}

    def _topics(self, topics: Collection[str], said: Sequence[NewQuotation]) -> dict[str, set[int]]:
        """Return by topic the units of the quotations on it."""
        if not topics:
            return {}
        rows = [one.unit for one in said]
        nearness = self.encoder.encode(list(topics)) @ self.archive.vectors(rows).T
        return {topic: self._on(topic, rows, near) for topic, near in zip(topics, nearness, strict=True)}

    def _on(self, topic: str, rows: Sequence[int], nearness: Vectors) -> set[int]:
        match = " AND ".join(map(quoted, content_words(topic)))
        with read_transaction(self.archive.database) as connection:
            beside = {"match": match, "first": min(rows), "last": max(rows)}
            with_words = set(connection.scalars(_MATCHING, beside)) if match else set()
        return {
            row
            for row, near in zip(rows, nearness, strict=True)
            if near >= NEAR or (near >= NEAR_WITH_WORDS and row in with_words)
        }

    def _cited(self, said: Sequence[NewQuotation], owners: frozenset[str]) -> Iterator[Citation]:
        """Yield citations from the earliest article with the words; none where that article isn't new."""
        found = self.archive.units_with_articles([one.unit for one in said])
        cited = (cite(article, unit.span, _UNSCORED, unit.quotation, unit.id) for unit, article in found)
        new = {article.id for _, article in found}
        for citation in NearDuplicates(self.archive).fold(cited, Filters(owners)):
            if citation.article.id in new:
                yield citation


def _by(entry: SpeakerEntry | None, said: Sequence[NewQuotation]) -> set[int]:
    places = {(appearance.article, appearance.name) for appearance in entry.appearances} if entry else set()
    return {one.unit for one in said if (one.article, one.name) in places}
