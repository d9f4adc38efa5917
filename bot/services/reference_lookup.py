"""Look up the words that a button's reference means, and more by the same speaker."""

from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from typing import Protocol

from bot.cards.references import Reference
from bot.errors import Corrected, Stale
from retrieval.answering.citations import cite
from retrieval.answering.quotation_status import QuotationFate, QuotationStatus, QuotationStatuses
from retrieval.domain import Article, Citation, Kind, Span
from retrieval.store.records import Unit

_UNSCORED = 0.0


class SupportsUnits(Protocol):
    """The part of `retrieval.store.archive.Archive` that is used here."""

    def articles(self, seqs: Iterable[int]) -> dict[int, Article]:
        """Return articles by their rows."""
        ...

    def find(self, id_: str, owners: Collection[str]) -> tuple[int, Article] | None:
        """Return the row and the article with an id."""
        ...

    def units(self, ids: Sequence[int]) -> list[Unit]:
        """Return units by their rows."""
        ...

    def units_of(self, seq: int) -> list[Unit]:
        """Return the units of an article."""
        ...


class ReferenceLookup:
    """Looks up references among the articles of the owners that are handed in with each call.

    `standings` knows what has become of words that articles don't have any more.
    """

    def __init__(self, store: SupportsUnits, standings: QuotationStatuses) -> None:
        self._store = store
        self._standings = standings

    def standings(self, references: Iterable[Reference], owners: Collection[str]) -> dict[str, QuotationStatus]:
        """Return what became of the words, by reference; those of which nothing is known are left out."""
        found = {reference: self._standings.find(reference, owners) for reference in references}
        return {str(reference): self._standings.of(place) for reference, place in found.items() if place}

    def look_up(self, reference: Reference, owners: Collection[str]) -> Citation:
        """Return a citation of the words, wherever the article has them.

        Raises Corrected if they have changed or are gone, and Stale if nothing is known of them, or they are hidden.
        """
        return self._place(reference, owners)[1]

    def look_up_all(self, references: Iterable[Reference], owners: Collection[str]) -> list[Citation]:
        """Return citations of those words that can be looked up. Raises Stale if none can."""
        found = []
        for reference in references:
            with suppress(Stale):
                found.append(self.look_up(reference, owners))
        if not found:
            raise Stale
        return found

    def more(self, reference: Reference, owners: Collection[str], limit: int) -> tuple[Citation, list[Citation]]:
        """Return what `reference` means, and other quotations in its article, by the same speaker where there is one.

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
        found = self._find(reference, owners)
        if found is None:
            return self._moved(reference, owners)
        seq, article, unit = found
        row = unit.id if unit else None
        return seq, cite(article, reference.span, _UNSCORED, unit.quotation if unit else None, row)

    def _moved(self, reference: Reference, owners: Collection[str]) -> tuple[int, Citation]:
        place = self._standings.find(reference, owners)
        if place is None:
            raise Stale
        standing = self._standings.of(place)
        article = self._store.articles([place.article]).get(place.article)
        if standing.fate is not QuotationFate.STANDS:
            raise Corrected(standing)
        if standing.span is None or article is None:
            raise Stale
        unit = standing.unit
        if reference.quotation is None or unit is None or not unit.span.contains(standing.span):
            return place.article, cite(article, standing.span, _UNSCORED)
        return place.article, cite(article, standing.span, _UNSCORED, unit.quotation, unit.id)

    def _find(self, reference: Reference, owners: Collection[str]) -> tuple[int, Article, Unit | None] | None:
        """Return the article with the words at the referenced place, and the quotation; None if they aren't there."""
        if reference.quotation is not None:
            found = self._quotation(reference.quotation, reference.span, owners)
        else:
            known = self._store.find(reference.article or "", owners)
            found = (*known, None) if known else None
        return found if found and reference.still_means(reference.span.of(found[1].text)) else None

    def _quotation(self, row: int, span: Span, owners: Collection[str]) -> tuple[int, Article, Unit | None] | None:
        units = self._store.units([row])
        articles = self._store.articles([unit.article for unit in units])
        unit = units[0] if units else None
        article = articles.get(unit.article) if unit else None
        if unit is None or article is None or article.owner not in owners or not unit.span.contains(span):
            return None
        return unit.article, article, unit
