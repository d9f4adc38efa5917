"""Candidates: the quotations and sentences of the best articles that may answer a query."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from retrieval.domain import Article, Filters, Kind, Quotation, Span
from retrieval.embedding.reranker import RerankPassage
from retrieval.query import Query
from retrieval.ranking.registry import HandSetValue
from retrieval.search.engine import Hit, SearchEngine, Vector
from retrieval.store.archive import Archive
from retrieval.store.records import Unit
from retrieval.text.passages import overlapping_sentences
from retrieval.text.person_names.matching import same_name

HITS = 200
"""Units that the search by meaning gives."""
WORDS_WEIGHT = HandSetValue(
    "article's words",
    "Weight of an article's BM25 beside a cosine while candidates are gathered.",
    0.02,
    "cosine for each point of BM25",
    "fitted roughly on the training questions; the ranker refines it",
)

NAMED_WEIGHT = HandSetValue(
    "said by the speaker named",
    "What a unit gains while candidates are gathered for being said by the speaker whom the query names.",
    0.2,
    "cosine",
    "by hand: large enough for a named speaker's words to become candidates, and the ranker orders them",
)

LONGEST_CITATION = 50
"""Words that a citation may have; what is longer is cut into sentences."""


BEFORE, AFTER = 200, 80
"""Characters of the surroundings that a cross-encoder reads."""


@dataclass(frozen=True, slots=True)
class SearchBreadth:
    """Of how many articles all units are compared with the query, and how many units become candidates."""

    articles: int
    candidates: int


NARROW, WIDE = SearchBreadth(8, 48), SearchBreadth(14, 80)
"""WIDE is for a cross-encoder, which finds the right candidate among more and takes most of the time anyway."""


@dataclass(frozen=True, slots=True)
class AnswerCandidate:
    """A span that may be cited.

    `similarity` is its unit's cosine to the query, `article_similarity` that of the article's most similar unit,
    `words_score` the article's BM25.
    """

    article: Article
    span: Span
    unit: int
    quotation: Quotation | None
    similarity: float
    article_similarity: float
    words_score: float

    @property
    def text(self) -> str:
        """The candidate's words."""
        return self.span.of(self.article.text)

    @property
    def speaker(self) -> str | None:
        """The name of its speaker; None for a plain sentence and an unclear speaker."""
        speaker = self.quotation.speaker if self.quotation else None
        return speaker.name if speaker else None


def gather_candidates(  # noqa: PLR0913, PLR0917  what is asked, of what, and how far to look
    query: Query,
    vector: Vector,
    archive: Archive,
    engine: SearchEngine,
    filters: Filters,
    breadth: SearchBreadth = WIDE,
) -> list[AnswerCandidate]:
    """Return the candidates most similar to the query, best first, among all units of the best articles.

    `vector` is the query's. What `filters` keeps out is never looked at.
    """
    by_words = {hit.unit: hit.score for hit in engine.search_articles(query.text, filters, 5 * breadth.articles)}
    rows = _best_articles(archive, engine.search_vector(vector, filters, HITS), by_words)[: breadth.articles]
    units = [
        unit
        for every in archive.units_of_all(rows).values()
        for unit in suitable(every, query.kind.speech)
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
        similarity
        + WORDS_WEIGHT.value * by_words.get(unit.article, 0.0)
        + NAMED_WEIGHT.value * _said_by_named(query, unit)
        for unit, similarity in zip(units, similarities, strict=True)
    ]
    chosen = np.argsort(scores)[::-1][: breadth.candidates]
    return [
        AnswerCandidate(
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


def rerank_passage(candidate: AnswerCandidate) -> RerankPassage:
    """Return what a cross-encoder reads: the words; then who said them, the title, and the text before and after."""
    text, span = candidate.article.text, candidate.span
    speaker = candidate.quotation.speaker if candidate.quotation else None
    who = ", ".join(part for part in (speaker.name, speaker.role) if part) if speaker else ""
    before, after = text[max(0, span.start - BEFORE) : span.start], text[span.end : span.end + AFTER]
    return RerankPassage(candidate.text, f"{who}. {candidate.article.title}. {before} … {after}")


def _best_articles(archive: Archive, hits: Sequence[Hit], by_words: dict[int, float]) -> list[int]:
    by_meaning: dict[int, float] = {}
    article_of = archive.articles_of([hit.unit for hit in hits])
    for hit in hits:
        if hit.unit in article_of:
            by_meaning.setdefault(article_of[hit.unit], hit.score)
    least = min(by_meaning.values(), default=0.0)
    scores = {
        row: by_meaning.get(row, least) + WORDS_WEIGHT.value * by_words.get(row, 0.0) for row in by_meaning | by_words
    }
    return sorted(scores, key=scores.__getitem__, reverse=True)


def _said_by_named(query: Query, unit: Unit) -> bool:
    speaker = unit.quotation.speaker if query.speaker and unit.quotation else None
    return speaker is not None and query.names(speaker)


def _may_be_shown(unit: Unit, filters: Filters) -> bool:
    if filters.speaker is None:
        return True
    speaker = unit.quotation.speaker if unit.quotation else None
    return bool(speaker and speaker.name and same_name(filters.speaker, speaker.name))


def suitable(units: Sequence[Unit], speech: bool) -> list[Unit]:
    """Return the units of an article that say a thing best, so that nothing is there twice.

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
    """Return the spans of a unit that may be cited: the unit, or the sentences of one that is too long.

    Of a long quotation, two neighbouring sentences together may be cited too where they are short enough.
    """
    if len(unit.span.of(text).split()) <= LONGEST_CITATION and unit.quotation is not None:
        return [unit.span]
    inside = [
        Span(max(line.start, unit.span.start), min(line.end, unit.span.end))
        for line in overlapping_sentences(text, unit.span)
    ]
    if unit.quotation is None:
        return inside
    pairs = [Span(first.start, second.end) for first, second in pairwise(inside)]
    return inside + [pair for pair in pairs if len(pair.of(text).split()) <= LONGEST_CITATION]
