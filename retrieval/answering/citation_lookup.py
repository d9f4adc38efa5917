"""What is looked up by name rather than asked for: one speaker's words by date, and articles by their title."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from sqlalchemy import ColumnElement, func, select

from retrieval.answering.citations import cite
from retrieval.answering.history import History
from retrieval.answering.near_duplicates import Copies
from retrieval.domain import Answer, Article, Certainty, Citation, Filters, Kind
from retrieval.errors import NotFound
from retrieval.speakers.index import QUOTATIONS_WITH_ARTICLES, SpeakerIndex
from retrieval.speakers.records import SpeakerEntry
from retrieval.store.archive import Archive
from retrieval.store.database import read_transaction
from retrieval.store.schema import articles, quotations, units
from retrieval.text.name_matching import same_name

ABOUT = 25  # the most citations that a timeline on one topic holds
LONGEST = 5_000  # and any other
_EXAMPLE = (25, 120)
_UNSCORED = 0.0

Counted = Mapping[str, Mapping[str, int]]
"""For each owner, names and how often each counts."""


class Answers(Protocol):
    def answer(self, question: str, filters: Filters, limit: int = 5) -> Answer: ...


@dataclass(frozen=True, slots=True)
class Timeline:
    """A part of one speaker's words, the latest first. `speaker` is the fullest name, `total` counts all of them.

    `others` are the names of those whom the name that was given may mean too.
    """

    speaker: str
    total: int
    citations: Sequence[Citation]
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lookup:
    """As thread-safe as its collaborators. `answers` finds what was said about a topic."""

    archive: Archive
    people: SpeakerIndex
    answers: Answers

    def speakers(self) -> Counted:
        """Every speaker's fullest name, with the number of quotations."""
        owners = {listed.owner for listed in self.archive.listing()}
        return {owner: {entry.name: entry.quotations for entry in self.people.entries({owner})} for owner in owners}

    def titles(self) -> Counted:
        """The titles of the articles, with the number of those that have it."""
        return _counted((listed.owner, listed.title) for listed in self.archive.listing())

    def publishers(self) -> Counted:
        """The publishers, with the number of their articles."""
        listing = self.archive.listing()
        return _counted((listed.owner, listed.publisher) for listed in listing if listed.publisher)

    def timeline(self, speaker: str, topic: str | None, filters: Filters, offset: int, limit: int) -> Timeline:
        """`limit` of the words of the most quoted person whom `speaker` may mean, from the `offset`th.

        On `topic`, if one is given. The speaker in `filters` doesn't count.
        """
        try:
            entry, *others = self.people.named(speaker, filters.owners)
        except NotFound:
            return Timeline(speaker, 0, ())
        names = tuple(other.name for other in others)
        if topic:
            about = self._about(entry, topic, filters)
            shown = History(self.archive).with_earlier(about[offset : offset + limit])
            return Timeline(entry.name, len(about), shown, names)
        rows = self._within(self.people.said(entry)[:LONGEST], filters)
        shown = self._told(self._cited(rows[offset : offset + limit]), filters.owners)
        return Timeline(entry.name, len(rows), shown, names)

    def example(self, owners: Collection[str]) -> Citation | None:
        """The newest direct quotation of 25 to 120 characters whose speaker is certain and named; None without one."""
        long_enough = (units.c.end - units.c.start).between(*_EXAMPLE)
        certain = (quotations.c.certainty == Certainty.CERTAIN.value) & quotations.c.speaker_name.is_not(None)
        direct = quotations.c.kind == Kind.DIRECT.value
        newest = articles.c.published.desc()
        found = self._rows(articles.c.owner.in_(owners) & long_enough & certain & direct, newest, limit=1)
        return next(iter(self._cited(found)), None)

    def article(self, title: str, owners: Collection[str]) -> tuple[Article, list[Citation]] | None:
        """The newest article with this title or id, and its quotations in order; None if there is none."""
        wanted = articles.c.owner.in_(owners) & ((articles.c.title == title) | (articles.c.id == title))
        query = select(articles.c.seq).where(wanted).order_by(articles.c.published.desc(), articles.c.seq.desc())
        with read_transaction(self.archive.database) as connection:
            seq = connection.scalar(query.limit(1))
        known = {} if seq is None else self.archive.articles([seq])
        if seq not in known:
            return None
        said = (articles.c.seq == seq) & (quotations.c.kind != Kind.MENTION.value)
        return known[seq], History(self.archive).with_earlier(self._cited(self._rows(said, units.c.start.asc())))

    def _about(self, entry: SpeakerEntry, topic: str, filters: Filters) -> list[Citation]:
        only = replace(filters, speaker=entry.name)
        answer = self.answers.answer(f"what did {entry.name} say about {topic}?", only, ABOUT)
        mine = [cited for cited in answer.citations if _is_said_by(cited, entry)]
        return sorted(mine, key=_day, reverse=True)

    def _told(self, citations: Sequence[Citation], owners: Collection[str]) -> list[Citation]:
        """With where else the words stand, and what stood in their place before."""
        return History(self.archive).with_earlier(Copies(self.archive).tell(citations, owners))

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

    def _rows(self, wanted: ColumnElement[bool], order: ColumnElement[object], limit: int = LONGEST) -> Sequence[int]:
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


def _counted(pairs: Iterable[tuple[str, str]]) -> Counted:
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
