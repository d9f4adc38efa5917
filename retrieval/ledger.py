"""Who said what over the whole archive: the names of its speakers, and one speaker's words by date."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Select, func, select

from retrieval.articles import Answer, Article, Certainty, Citation, Filters, Kind
from retrieval.citations import cite
from retrieval.names import same_name
from retrieval.store.archive import Archive
from retrieval.store.database import read_transaction
from retrieval.store.schema import articles, quotations, units

ABOUT = 25  # the most citations that a timeline on one topic holds
LONGEST = 1000  # and any other
_EXAMPLE = (25, 120)

_published_on = func.substr(articles.c.published, 1, 10)
_SAID = quotations.c.kind != Kind.MENTION.value
_JOINED = units.join(quotations, quotations.c.unit == units.c.id).join(articles, articles.c.seq == units.c.article)


class Answers(Protocol):
    def answer(self, question: str, filters: Filters, limit: int = 5) -> Answer: ...


@dataclass(frozen=True, slots=True)
class Timeline:
    """A part of one speaker's words, the latest first. `speaker` is the fullest name, `total` counts all of them."""

    speaker: str
    total: int
    citations: Sequence[Citation]


@dataclass(frozen=True, slots=True)
class Ledger:
    """As thread-safe as its collaborators. `answers` finds what was said about a topic."""

    archive: Archive
    answers: Answers

    def speakers(self) -> Mapping[str, Mapping[str, int]]:
        """For each owner, every name that its articles quote, with the number of quotations."""
        owner, name = articles.c.owner, quotations.c.speaker_name
        counted = select(owner, name, func.count()).select_from(_JOINED).where(name.is_not(None), _SAID)
        return self._counted(counted.group_by(owner, name))

    def titles(self) -> Mapping[str, Mapping[str, int]]:
        """For each owner, the titles of its articles, with the number of articles that have it."""
        owner, title = articles.c.owner, articles.c.title
        return self._counted(select(owner, title, func.count()).group_by(owner, title))

    def timeline(self, speaker: str, topic: str | None, filters: Filters, offset: int, limit: int) -> Timeline:
        """`limit` of the words of everybody whom `speaker` may mean, from the `offset`th; on `topic`, if one is given.

        The speaker in `filters` doesn't count. What has no date comes last.
        """
        names = self._names(speaker, filters.owners)
        if not names:
            return Timeline(speaker, 0, ())
        fullest = max(names, key=len)
        if topic:
            about = self._about(names, topic, filters)
            return Timeline(fullest, len(about), about[offset : offset + limit])
        rows = self._rows(_said_by(names, filters))
        return Timeline(fullest, len(rows), self._cited(rows[offset : offset + limit]))

    def example(self, owners: Collection[str]) -> Citation | None:
        """The newest direct quotation of 25 to 120 characters whose speaker is certain and named; None without one."""
        long_enough = (units.c.end - units.c.start).between(*_EXAMPLE)
        certain = (quotations.c.certainty == Certainty.CERTAIN.value) & quotations.c.speaker_name.is_not(None)
        direct = quotations.c.kind == Kind.DIRECT.value
        rows = self._rows(articles.c.owner.in_(owners) & long_enough & certain & direct, 1)
        return next(iter(self._cited(rows)), None)

    def article(self, title: str, owners: Collection[str]) -> tuple[Article, list[Citation]] | None:
        """The newest article with this title or id, and its quotations in order; None if there is none."""
        wanted = articles.c.owner.in_(owners) & ((articles.c.title == title) | (articles.c.id == title))
        query = select(articles.c.seq).where(wanted).order_by(articles.c.published.desc(), articles.c.seq.desc())
        with read_transaction(self.archive.database) as connection:
            seq = connection.scalar(query.limit(1))
        known = {} if seq is None else self.archive.articles([seq])
        if seq not in known:
            return None
        rows = self._rows((articles.c.seq == seq) & _SAID)
        return known[seq], sorted(self._cited(rows), key=lambda citation: citation.span.start)

    def _counted(self, query: Select[Any]) -> Mapping[str, Mapping[str, int]]:
        counted: defaultdict[str, dict[str, int]] = defaultdict(dict)
        with read_transaction(self.archive.database) as connection:
            for row in connection.execute(query):
                counted[row[0]][row[1]] = row[2]
        return counted

    def _names(self, given: str, owners: Collection[str]) -> list[str]:
        known = {name for owner, names in self.speakers().items() if owner in owners for name in names}
        return [given] if given in known else sorted(name for name in known if same_name(given, name))

    def _about(self, names: Sequence[str], topic: str, filters: Filters) -> list[Citation]:
        found: dict[object, Citation] = {}
        for name in names:
            answer = self.answers.answer(f"what did {name} say about {topic}?", replace(filters, speaker=name), ABOUT)
            for citation in answer.citations:
                if citation.speaker and citation.speaker.name in names:
                    found.setdefault((citation.article.owner, citation.article.id, citation.span), citation)
        return sorted(found.values(), key=_day, reverse=True)

    def _rows(self, wanted: ColumnElement[bool], limit: int = LONGEST) -> Sequence[int]:
        day = func.coalesce(quotations.c.said_on, _published_on)
        query = select(units.c.id).select_from(_JOINED).where(wanted).order_by(day.desc(), units.c.id).limit(limit)
        with read_transaction(self.archive.database) as connection:
            return connection.scalars(query).all()

    def _cited(self, rows: Sequence[int]) -> list[Citation]:
        found = [unit for unit in self.archive.units(rows) if unit.quotation]
        known = self.archive.articles({unit.article for unit in found})
        return [
            cite(known[unit.article], unit.span, 1.0, unit.quotation, unit.id)
            for unit in found
            if unit.article in known
        ]


def _said_by(names: Sequence[str], filters: Filters) -> ColumnElement[bool]:
    wanted = quotations.c.speaker_name.in_(names) & articles.c.owner.in_(filters.owners) & _SAID
    if filters.publisher:
        wanted &= articles.c.publisher == filters.publisher
    if filters.after:
        wanted &= _published_on >= filters.after.isoformat()
    if filters.before:
        wanted &= _published_on <= filters.before.isoformat()
    return wanted


def _day(citation: Citation) -> date:
    try:
        return citation.said_on or date.fromisoformat((citation.article.published or "")[:10])
    except ValueError:
        return date.min
