"""What buttons look up in the archive: the words that a reference means, and more by the same speaker."""

from collections.abc import Collection, Iterable, Sequence
from typing import Protocol

from bot.errors import Stale
from bot.references import Reference
from retrieval.articles import Article, Citation, Kind
from retrieval.citations import cite
from retrieval.store.values import Unit

_UNSCORED = 0.0


class Store(Protocol):
    """The part of `retrieval.store.archive.Archive` that is used here."""

    def articles(self, seqs: Iterable[int]) -> dict[int, Article]: ...
    def find(self, id_: str, owners: Collection[str]) -> tuple[int, Article] | None: ...
    def units(self, ids: Sequence[int]) -> list[Unit]: ...
    def units_of(self, seq: int) -> list[Unit]: ...


class Library:
    """Sees the articles of the owners that are handed in with each call, and no others."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def look_up(self, reference: Reference, owners: Collection[str]) -> Citation:
        """Raises Stale if the words are gone, have changed, or may not be seen."""
        return self._place(reference, owners)[1]

    def more(self, reference: Reference, owners: Collection[str], limit: int) -> tuple[Citation, list[Citation]]:
        """What `reference` means, and other quotations in its article, by the same speaker where there is one.

        In the article's order, those that follow the known words first. Raises as `look_up` does.
        """
        seq, known = self._place(reference, owners)
        name = known.speaker.name if known.speaker else None
        others = [
            cite(known.article, unit.span, _UNSCORED, unit.quotation, unit.id)
            for unit in self._store.units_of(seq)
            if unit.quotation and unit.quotation.kind is not Kind.MENTION and not unit.span.overlaps(known.span)
        ]
        wanted = [other for other in others if name is None or (other.speaker and other.speaker.name == name)]
        wanted.sort(key=lambda other: (other.span.start < known.span.start, other.span.start))
        return known, wanted[:limit]

    def _place(self, reference: Reference, owners: Collection[str]) -> tuple[int, Citation]:
        seq, article, unit = self._find(reference, owners)
        row = unit.id if unit else None
        citation = cite(article, reference.span, _UNSCORED, unit.quotation if unit else None, row)
        if not reference.still_means(citation.text):
            raise Stale
        return seq, citation

    def _find(self, reference: Reference, owners: Collection[str]) -> tuple[int, Article, Unit | None]:
        if reference.quotation is None:
            found = self._store.find(reference.article or "", owners)
            if found is None:
                raise Stale
            return (*found, None)
        units = self._store.units([reference.quotation])
        articles = self._store.articles([unit.article for unit in units])
        unit = units[0] if units else None
        article = articles.get(unit.article) if unit else None
        if unit is None or article is None or article.owner not in owners or not unit.span.contains(reference.span):
            raise Stale
        return unit.article, article, unit
