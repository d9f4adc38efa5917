"""What may answer a question: quotations and sentences of the articles that suit it best."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from retrieval.domain import Article, Filters, Kind, Quotation, Span
from retrieval.query import Question
from retrieval.search.engine import Hit, SearchEngine, Vector
from retrieval.store.archive import Archive
from retrieval.store.records import Unit
from retrieval.text.name_matching import same_name
from retrieval.text.passages import overlapping_sentences

HITS = 200  # units that the search by meaning gives
WORDS_WEIGHT = 0.02
"""Of an article's BM25 beside a cosine; fitted roughly, and refined by the ranker."""

NAMED_WEIGHT = 0.2
"""What a unit gains, beside a cosine, for being said by the one whom the question names."""

LONGEST = 50  # words that a citation may have, else it is cut into sentences


@dataclass(frozen=True, slots=True)
class Breadth:
    """Of how many articles all units are looked at, and how many of these become candidates."""

    articles: int
    candidates: int


NARROW, WIDE = Breadth(8, 48), Breadth(14, 80)
"""WIDE is for a cross-encoder, which finds the right one among more, and beside whose time the rest is little."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch that may be cited. `similarity` is its unit's cosine to the question, `words_score` the BM25 of its
    article, `article_similarity` that of the article's most similar unit."""

    article: Article
    span: Span
    unit: int
    quotation: Quotation | None
    similarity: float
    article_similarity: float
    words_score: float

    @property
    def text(self) -> str:
        return self.span.of(self.article.text)

    @property
    def speaker(self) -> str | None:
        speaker = self.quotation.speaker if self.quotation else None
        return speaker.name if speaker else None


def gather(  # noqa: PLR0913, PLR0917  what is asked, of what, and how far to look
    asked: Question, vector: Vector, archive: Archive, engine: SearchEngine, filters: Filters, breadth: Breadth = WIDE
) -> list[Candidate]:
    """The candidates most similar to the question, best first, among all units of the best articles."""
    by_words = {hit.unit: hit.score for hit in engine.search_articles(asked.text, filters, 5 * breadth.articles)}
    rows = _best_articles(archive, engine.search_vector(vector, filters, HITS), by_words)[: breadth.articles]
    units = [
        unit
        for every in archive.units_of_all(rows).values()
        for unit in suitable(every, asked.asks.speech)
        if _may_be_shown(unit, filters)
    ]
    if not units:
        return []
    articles = archive.articles(rows)
    similarities = archive.vectors([unit.id for unit in units]) @ vector
    best: dict[int, float] = {}
    for unit, similarity in zip(units, similarities, strict=True):
        best[unit.article] = max(best.get(unit.article, -1.0), float(similarity))
    scores = [
        similarity + WORDS_WEIGHT * by_words.get(unit.article, 0.0) + NAMED_WEIGHT * _said_by_named(asked, unit)
        for unit, similarity in zip(units, similarities, strict=True)
    ]
    chosen = np.argsort(scores)[::-1][: breadth.candidates]
    return [
        Candidate(
            article=articles[units[at].article],
            span=span,
            unit=units[at].id,
            quotation=units[at].quotation,
            similarity=float(similarities[at]),
            article_similarity=best[units[at].article],
            words_score=by_words.get(units[at].article, 0.0),
        )
        for at in chosen
        for span in citable(articles[units[at].article].text, units[at])
    ]


def _best_articles(archive: Archive, hits: Sequence[Hit], by_words: dict[int, float]) -> list[int]:
    by_meaning: dict[int, float] = {}
    article_of = archive.articles_of([hit.unit for hit in hits])
    for hit in hits:
        if hit.unit in article_of:
            by_meaning.setdefault(article_of[hit.unit], hit.score)
    least = min(by_meaning.values(), default=0.0)
    scores = {row: by_meaning.get(row, least) + WORDS_WEIGHT * by_words.get(row, 0.0) for row in by_meaning | by_words}
    return sorted(scores, key=scores.__getitem__, reverse=True)


def _said_by_named(asked: Question, unit: Unit) -> bool:
    speaker = unit.quotation.speaker if asked.speaker and unit.quotation else None
    return speaker is not None and asked.names(speaker)


def _may_be_shown(unit: Unit, filters: Filters) -> bool:
    if filters.speaker is None:
        return True
    speaker = unit.quotation.speaker if unit.quotation else None
    return bool(speaker and speaker.name and same_name(filters.speaker, speaker.name))


def suitable(units: Sequence[Unit], speech: bool) -> list[Unit]:
    """Of an article's units, those that say a thing best, so that nothing is there twice.

    Where speech is asked for, quotations go before the sentences that hold them; where not, sentences go before the
    fragments and reported clauses in them. A sentence that is all quotation is cited as such.
    """
    said = [unit for unit in units if unit.quotation is not None]
    fragments = () if speech else (Kind.MIXED, Kind.REPORTED)
    most = 0.5 if speech else 0.9
    kept = [unit for unit in said if unit.quotation and unit.quotation.kind not in fragments]
    stretches = [(unit.span.start, unit.span.end) for unit in kept]
    return kept + [unit for unit in units if unit.quotation is None and _share_within(unit.span, stretches) < most]


def _share_within(span: Span, stretches: Sequence[tuple[int, int]]) -> float:
    first, last = span.start, span.end
    inside = [min(last, end) - max(first, start) for start, end in stretches if start < last and end > first]
    return sum(inside) / (last - first)


def citable(text: str, unit: Unit) -> list[Span]:
    """What of a unit may be cited: a quotation or sentence as it is; of what is longer, its sentences, and of a long
    quotation two neighbours together where they are short enough."""
    if len(unit.span.of(text).split()) <= LONGEST and unit.quotation is not None:
        return [unit.span]
    inside = [
        Span(max(line.start, unit.span.start), min(line.end, unit.span.end))
        for line in overlapping_sentences(text, unit.span)
    ]
    if unit.quotation is None:
        return inside
    pairs = [Span(first.start, second.end) for first, second in pairwise(inside)]
    return inside + [pair for pair in pairs if len(pair.of(text).split()) <= LONGEST]
