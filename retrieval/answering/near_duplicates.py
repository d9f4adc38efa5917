"""Near-duplicates: words that several articles carry are cited once, from the earliest, with the other articles."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from retrieval.answering.citations import cite
from retrieval.domain import Article, Citation, Filters, NearMiss
from retrieval.store.archive import Archive
from retrieval.store.near_duplicates import duplicate_groups, may_be_same_speaker, owned_by
from retrieval.store.records import Unit
from retrieval.store.rows import rows_of
from retrieval.store.sqlite.database import read_transaction
from retrieval.text.diff import find_verbatim

SAME_WORDS = 85
"""Least similarity, in per cent of the characters, of words in two articles that count as the same, lightly edited."""

Group = tuple[int, ...]
"""The rows of articles that are near-duplicates of each other, the earliest first."""


@dataclass(frozen=True, slots=True)
class NearDuplicates:
    """Folds citations. Only near-duplicates that the filters' owners may see are counted."""

    archive: Archive

    def fold(self, citations: Iterable[Citation], filters: Filters) -> list[Citation]:
        """Return the citations in their order, each from the earliest article that has the words, without repetitions.

        An earlier article stands in where the filters let it through and it names the same speaker.
        """
        kept: list[tuple[Group, Citation]] = []
        for group, citation in self._grouped(list(citations), filters.owners):
            if not any(group and group == other and _repeats(citation, first) for other, first in kept):
                kept.append((group, self._earliest(citation, group, filters)))
        return [citation for _, citation in kept]

    def fold_misses(self, misses: Iterable[NearMiss], filters: Filters) -> list[NearMiss]:
        """Return near misses, folded in the same way."""
        folded = [replace(miss, citation=self.fold([miss.citation], filters)[0]) for miss in misses]
        places = {(miss.citation.article.id, miss.citation.span): miss for miss in reversed(folded)}
        return list(reversed(places.values()))

    def with_other_articles(self, citations: Iterable[Citation], owners: Collection[str]) -> list[Citation]:
        """Return the citations as they are, with the other articles that carry their words."""
        return [
            replace(
                citation,
                also_in=tuple(
                    other for _, other in self._carrying(citation, group) if not _same(other, citation.article)
                ),
            )
            for group, citation in self._grouped(list(citations), owners)
        ]

    def _grouped(self, citations: Sequence[Citation], owners: Collection[str]) -> Iterator[tuple[Group, Citation]]:
        with read_transaction(self.archive.database) as connection:
            rows = rows_of(connection, (citation.article for citation in citations))
            together = duplicate_groups(connection, owned_by(owners), set(rows.values()))
        for citation in citations:
            row = rows.get((citation.article.owner, citation.article.id), 0)
            yield together.get(row, ()), citation

    def _earliest(self, citation: Citation, group: Group, filters: Filters) -> Citation:
        carrying = self._carrying(citation, group)
        for row, article in carrying:
            mine = _same(article, citation.article)
            first = citation if mine else self._cited_from(row, article, citation, filters)
            if first:
                return replace(first, also_in=_others(carrying, article))
        return citation

    def _carrying(self, citation: Citation, group: Group) -> list[tuple[int, Article]]:
        """The articles of the group that have the words, by row, the earliest first."""
        known = self.archive.articles(group) if group else {}
        return [(row, known[row]) for row in group if row in known and find_verbatim(citation.text, known[row].text)]

    def _cited_from(self, row: int, article: Article, citation: Citation, filters: Filters) -> Citation | None:
        span = find_verbatim(citation.text, article.text)
        if span is None or not _lets_through(filters, article):
            return None
        if citation.quotation is None:
            return cite(article, span, citation.score)
        name = citation.speaker.name if citation.speaker else None
        same = (unit for unit in self.archive.units_of(row) if _quotes(unit, article, citation.text, name))
        unit = next(same, None)
        return cite(article, unit.span, citation.score, unit.quotation, unit.id) if unit else None


def _quotes(unit: Unit, article: Article, words: str, name: str | None) -> bool:
    if unit.quotation is None or unit.span.of(article.text).split() != words.split():
        return False
    speaker = unit.quotation.speaker
    return may_be_same_speaker(name, speaker.name if speaker else None)


def _repeats(citation: Citation, first: Citation) -> bool:
    """Whether a reader would read the same twice."""
    if _same(citation.article, first.article):
        return citation.span.overlaps(first.span)
    return fuzz.ratio(citation.text.casefold(), first.text.casefold(), score_cutoff=SAME_WORDS) > 0


def _others(carrying: Iterable[tuple[int, Article]], article: Article) -> tuple[Article, ...]:
    return tuple(other for _, other in carrying if not _same(other, article))


def _same(one: Article, other: Article) -> bool:
    return (one.owner, one.id) == (other.owner, other.id)


def _lets_through(filters: Filters, article: Article) -> bool:
    day = (article.published or "")[:10]
    return (
        (filters.publisher is None or article.publisher == filters.publisher)
        and (filters.after is None or day >= filters.after.isoformat())
        and (filters.before is None or "" < day <= filters.before.isoformat())
    )
