"""Citation lookup: by name rather than by a question; a speaker's words by date, and articles by their title."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement, func, select

from retrieval.answering.citations import cite
from retrieval.answering.history import VersionHistory
from retrieval.answering.interfaces import QueryAnswerer
from retrieval.answering.near_duplicates import NearDuplicates
from retrieval.answering.questions.understanding import speech_about
from retrieval.domain import Article, Certainty, Citation, Filters, Kind
from retrieval.errors import NotFound
from retrieval.speakers.index import QUOTATIONS_WITH_ARTICLES, SpeakerIndex
from retrieval.speakers.records import SpeakerEntry
from retrieval.store.archive import Archive
from retrieval.store.schema import articles, quotations, units
from retrieval.store.sqlite.database import read_transaction
from retrieval.text.person_names.matching import same_name

TOPIC_CITATIONS = 25
"""Most citations of a timeline on one topic."""
TIMELINE_CITATIONS = 5_000
"""Most citations of any other timeline."""
EXAMPLE_LENGTH = (25, 120)
"""Least and most characters of an example."""
_UNSCORED = 0.0

NameCounts = Mapping[str, Mapping[str, int]]
"""For each owner, the number of each name."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """A page of one speaker's words, the latest first.

    `speaker` is the fullest name, `total` counts all of the words; `others` are the names of other speakers whom the
    given name may mean.
    """

    speaker: str
    total: int
    citations: Sequence[Citation]
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CitationLookup:
    """Looks citations up in one archive. As thread-safe as its collaborators.

    `answers` finds what was said about a topic.
    """

    archive: Archive
    people: SpeakerIndex
    answers: QueryAnswerer

    def speakers(self) -> NameCounts:
        """Return every speaker's fullest name, with the number of quotations."""
        owners = {listed.owner for listed in self.archive.listing()}
        return {owner: {entry.name: entry.quotations for entry in self.people.entries({owner})} for owner in owners}

    def titles(self) -> NameCounts:
        """Return the titles of the articles, with the number of articles of each."""
        return _counted((listed.owner, listed.title) for listed in self.archive.listing())

    def publishers(self) -> NameCounts:
        """Return the publishers, with the number of their articles."""
        listing = self.archive.listing()
        return _counted((listed.owner, listed.publisher) for listed in listing if listed.publisher)

    def timeline(self, speaker: str, topic: str | None, filters: Filters, offset: int, limit: int) -> Timeline:
        """Return a page of the words of the most quoted person whom `speaker` may mean.

        The page has `limit` citations from the `offset`th on; those about `topic`, if one is given. The speaker in
        `filters` doesn't count.
        """
        try:
            entry, *others = self.people.named(speaker, filters.owners)
        except NotFound:
            return Timeline(speaker, 0, ())
        names = tuple(other.name for other in others)
        if topic:
            about = self._about(entry, topic, filters)
            shown = VersionHistory(self.archive).with_earlier(about[offset : offset + limit])
            return Timeline(entry.name, len(about), shown, names)
        rows = self._within(self.people.said(entry)[:TIMELINE_CITATIONS], filters)
        shown = self._with_context(self._cited(rows[offset : offset + limit]), filters.owners)
        return Timeline(entry.name, len(rows), shown, names)

    def example(self, owners: Collection[str]) -> Citation | None:
        """Return the newest direct quotation of 25 to 120 characters whose speaker is certain; None without one."""
        long_enough = (units.c.end - units.c.start).between(*EXAMPLE_LENGTH)
        certain = (quotations.c.certainty == Certainty.CERTAIN.value) & quotations.c.speaker_name.is_not(None)
        direct = quotations.c.kind == Kind.DIRECT.value
        newest = articles.c.published.desc()
        found = self._rows(articles.c.owner.in_(owners) & long_enough & certain & direct, newest, limit=1)
        return next(iter(self._cited(found)), None)

    def article(self, title: str, owners: Collection[str]) -> tuple[Article, list[Citation]] | None:
        """Return the newest article with this title or id, and its quotations in order; None if there is none."""
        wanted = articles.c.owner.in_(owners) & ((articles.c.title == title) | (articles.c.id == title))
        query = select(articles.c.seq).where(wanted).order_by(articles.c.published.desc(), articles.c.seq.desc())
        with read_transaction(self.archive.database) as connection:
            seq = connection.scalar(query.limit(1))
        known = {} if seq is None else self.archive.articles([seq])
        if seq not in known:
            return None
        said = (articles.c.seq == seq) & (quotations.c.kind != Kind.MENTION.value)
        return known[seq], VersionHistory(self.archive).with_earlier(self._cited(self._rows(said, units.c.start.asc())))

    def _about(self, entry: SpeakerEntry, topic: str, filters: Filters) -> list[Citation]:
        only = replace(filters, speaker=entry.name)
        query = speech_about(entry.name, topic, self.answers.today())
        answer = self.answers.answer_query(query, only, TOPIC_CITATIONS)
        mine = [cited for cited in answer.citations if _is_said_by(cited, entry)]
        return sorted(mine, key=_day, reverse=True)

    def _with_context(self, citations: Sequence[Citation], owners: Collection[str]) -> list[Citation]:
        """Add to each citation the near-duplicates that carry it, and its earlier wording."""
        return VersionHistory(self.archive).with_earlier(
            NearDuplicates(self.archive).with_other_articles(citations, owners)
        )

    def _within(self, rows: Sequence[int], filters: Filters) -> Sequence[int]:
        """Those of `rows`, in their order, whose articles the filters let through."""
        if not (filters.publisher or filters.after or filters.before):
            return rows
        published_on = func.substr(articles.c.published, 1, 10)
        wanted: ColumnElement[bool] = units.c.id.in_(rows)
        if filters.publisher:
            wanted &= articles.c.publisher == filters.publisher
        if filters.after:
            wanted &= published_on >= filters.after.isoformat()
        if filters.before:
            wanted &= published_on <= filters.before.isoformat()
        kept = set(self._rows(wanted, units.c.id.asc()))
        return [row for row in rows if row in kept]

    def _rows(
        self, wanted: ColumnElement[bool], order: ColumnElement[object], limit: int = TIMELINE_CITATIONS
    ) -> Sequence[int]:
        query = (
            select(units.c.id)
            .select_from(QUOTATIONS_WITH_ARTICLES)
            .where(wanted)
            .order_by(order, units.c.id)
            .limit(limit)
        )
        with read_transaction(self.archive.database) as connection:
            return connection.scalars(query).all()

    def _cited(self, rows: Sequence[int]) -> list[Citation]:
        found = self.archive.units_with_articles(rows)
        return [cite(article, unit.span, _UNSCORED, unit.quotation, unit.id) for unit, article in found]


def _counted(pairs: Iterable[tuple[str, str]]) -> NameCounts:
    counted: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for owner, name in pairs:
        counted[owner][name] += 1
    return counted


def _is_said_by(cited: Citation, entry: SpeakerEntry) -> bool:
    """The earliest copy of an article may give the name otherwise than the one that was found."""
    name = cited.speaker.name if cited.speaker else None
    return name is not None and any(same_name(name, known) for known in entry.names)


def _day(citation: Citation) -> date:
    try:
        return citation.said_on or date.fromisoformat((citation.article.published or "")[:10])
    except ValueError:
        return date.min
