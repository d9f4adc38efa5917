"""Search for quotations about a topic: every one that may be listed is compared, or else those that a search finds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

import numpy as np

from retrieval.dialogue.handlers.quotation_rows import (
    QuotationFilters,
    newest_day,
    rows_among,
    rows_of_articles,
    some_rows,
)
from retrieval.domain import Filters, Kind
from retrieval.query import Period, Query, QueryKind
from retrieval.ranking.boosts import boosts
from retrieval.ranking.candidates import WORDS_WEIGHT, AnswerCandidate, citable, rerank_passage
from retrieval.ranking.features import CROSS_ENCODER, NEARBY, feature_matrix
from retrieval.ranking.pipeline import RERANKED, CandidateRanking, distinct
from retrieval.ranking.registry import FeatureMatrix
from retrieval.ranking.word_weights import ArticleCoverage, WordWeights, coverage, word_weights
from retrieval.search.engine import SearchEngine, Vector
from retrieval.store.archive import Archive
from retrieval.store.sqlite.database import read_transaction

COMPARED = 4_000
"""Quotations up to which all that the filters let through are compared with the topic."""
HITS, ARTICLES = 600, 40
"""Units near in meaning, and articles near in words, whose quotations are compared where there are more."""
RANKED = 100
"""Quotations that are ranked by all features: the most similar."""
COVERED = 0.6
"""Least share of the topic's words, weighted, that the article of a listed quotation has."""
SIMILAR = 0.2
"""Least cosine of a listed quotation to the topic."""
RATHER_SIMILAR = 0.4
"""Cosine below which the topic must be named in the title or around the words."""
NAMED = 0.5
"""Share of the topic's words, weighted, by which a title or the surroundings name it."""
SURELY_SIMILAR = 0.55
"""Cosine from which a quotation is listed whatever words its article has, short of naming none of them."""
REPORTED_PENALTY = 4.0
"""Score points that indirect speech loses: lists are asked for exact words. By hand."""
RECENT = (60, 365)
"""Days before the newest article in which the newest quotations are looked for first."""


@dataclass(frozen=True, slots=True)
class FoundQuotation:
    """A listed span with the score by which lists are ordered; higher is nearer to the topic."""

    candidate: AnswerCandidate
    score: float

    @property
    def day(self) -> str:
        """The day on which the words were said or else printed, ISO 8601; empty where neither is known."""
        said = self.candidate.quotation.said_on if self.candidate.quotation else None
        return said.isoformat() if said else (self.candidate.article.published or "")[:10]


@dataclass(frozen=True, slots=True)
class SoughtTopic:
    """What quotations should be about; `speaker` is whose they are, where one speaker is asked for by name.

    `description` are words that speakers should fit, such as "people in gaza".
    """

    topic: str
    speaker: str | None = None
    description: str | None = None

    @property
    def query(self) -> Query:
        """The topic as a question for words."""
        if self.speaker:
            text = f"what did {self.speaker} say about {self.topic}?"
            return Query(text, QueryKind.WHAT_SAID, self.topic, self.speaker)
        text = f"what was said about {self.topic}?"
        return Query(text, QueryKind.WHO_SAID, self.topic, description=self.description)


@dataclass(frozen=True, slots=True)
class QuotationSearch:
    """Finds quotations about a topic in one archive. As thread-safe as its collaborators."""

    archive: Archive
    engine: SearchEngine
    ranking: CandidateRanking

    def about(self, sought: SoughtTopic, wanted: QuotationFilters) -> list[FoundQuotation]:
        """Return the quotations about a topic, best first; none of them below the floor."""
        query = sought.query
        vector = self.ranking.encoder.encode([query.text])[0]
        weights = word_weights(
            query, partial(self.engine.frequencies, owners=wanted.owners), self.engine.unit_count(wanted.owners)
        )
        candidates = self._candidates(sought.topic, vector, wanted)
        relevant = _relevant(candidates, weights)
        if not relevant:
            return []
        scores = self._scores(query, relevant, weights)
        order = distinct(relevant, np.argsort(-scores, kind="stable"))
        return [FoundQuotation(relevant[at], float(scores[at])) for at in order]

    def _scores(self, query: Query, candidates: Sequence[AnswerCandidate], weights: WordWeights) -> FeatureMatrix:
        """Return the scores of the fitted models; the best are read by the cross-encoder and stay before the others."""
        matrix = feature_matrix(query, candidates, weights)
        added = boosts(query, candidates, weights)
        added -= REPORTED_PENALTY * np.array([_is_reported(candidate) for candidate in candidates])
        scores: FeatureMatrix = self.ranking.rankers.alone.order.score(matrix) + added
        if self.ranking.reranker is None:
            return scores
        best = np.argsort(-scores, kind="stable")[:RERANKED]
        rest = np.delete(scores, best)
        passages = [rerank_passage(candidates[at]) for at in best]
        matrix[best, CROSS_ENCODER] = self.ranking.reranker.score(query.text, passages)
        scores[best] = self.ranking.ranker.order.score(matrix[best]) + added[best]
        if len(rest):
            scores[best] += max(0.0, float(rest.max() - scores[best].min()))
        return scores

    def newest_about(self, sought: SoughtTopic, wanted: QuotationFilters, least: int) -> list[FoundQuotation]:
        """Return quotations about a topic, the latest day first; the newest `least` are looked for by themselves."""
        found: dict[tuple[int, int, int], FoundQuotation] = {}
        for recent in [*self._recent(wanted), wanted]:
            for each in self.about(sought, recent):
                found.setdefault((each.candidate.unit, each.candidate.span.start, each.candidate.span.end), each)
            if len(found) >= least and recent is not wanted:
                break
        return sorted(found.values(), key=lambda each: (each.day, each.score), reverse=True)

    def _recent(self, wanted: QuotationFilters) -> list[QuotationFilters]:
        if wanted.period is not None:
            return []
        with read_transaction(self.archive.database) as connection:
            newest = newest_day(connection, wanted.owners)
        return [replace(wanted, period=Period(_days_before(newest, days), None)) for days in RECENT] if newest else []

    def _candidates(self, topic: str, vector: Vector, wanted: QuotationFilters) -> list[AnswerCandidate]:
        by_words = self._articles_by_words(topic, wanted)
        rows = self._rows(vector, wanted, by_words)
        units = self.archive.units(rows)
        if not units:
            return []
        similarities = self.archive.vectors([unit.id for unit in units]) @ vector
        best: dict[int, float] = {}
        for unit, similarity in zip(units, similarities, strict=True):
            best[unit.article] = max(best.get(unit.article, -1.0), float(similarity))
        scores = [
            similarity + WORDS_WEIGHT.value * by_words.get(unit.article, 0.0)
            for unit, similarity in zip(units, similarities, strict=True)
        ]
        chosen = np.argsort(scores)[::-1][:RANKED]
        articles = self.archive.articles({units[at].article for at in chosen})
        return [
            AnswerCandidate(
                articles[units[at].article],
                span,
                units[at].id,
                units[at].quotation,
                float(similarities[at]),
                best[units[at].article],
                by_words.get(units[at].article, 0.0),
            )
            for at in chosen
            if units[at].article in articles
            for span in citable(articles[units[at].article].text, units[at])
        ]

    def _articles_by_words(self, topic: str, wanted: QuotationFilters) -> dict[int, float]:
        hits = [
            hit for each in _engine_filters(wanted) for hit in self.engine.search_articles(topic, each, 5 * ARTICLES)
        ]
        return {hit.unit: hit.score for hit in hits}

    def _rows(self, vector: Vector, wanted: QuotationFilters, by_words: Mapping[int, float]) -> Sequence[int]:
        if wanted.narrowed:
            with read_transaction(self.archive.database) as connection:
                every = some_rows(connection, wanted, COMPARED + 1)
            if len(every) <= COMPARED:
                return every
        near = [hit.unit for each in _engine_filters(wanted) for hit in self.engine.search_vector(vector, each, HITS)]
        named = sorted(by_words, key=lambda seq: -by_words[seq])[:ARTICLES]
        with read_transaction(self.archive.database) as connection:
            return list(
                dict.fromkeys([*rows_among(connection, wanted, near), *rows_of_articles(connection, wanted, named)])
            )


def _engine_filters(wanted: QuotationFilters) -> list[Filters]:
    """Return what an engine can narrow by, one for each spelling of the publisher.

    Words are printed on the day on which they are said, or later.
    """
    after = wanted.period.first if wanted.period else None
    publishers = (
        dict.fromkeys(name.casefold() for name in wanted.publishers) if wanted.publishers is not None else [None]
    )
    return [Filters(wanted.owners, publisher=publisher, after=after) for publisher in publishers]


def _days_before(day: date, days: int) -> date:
    """Return the day so many days before another, or the first day that there is."""
    return date.fromordinal(max(1, day.toordinal() - days))


def _is_reported(candidate: AnswerCandidate) -> bool:
    return candidate.quotation is not None and candidate.quotation.kind is Kind.REPORTED


def _relevant(candidates: Sequence[AnswerCandidate], weights: WordWeights) -> list[AnswerCandidate]:
    """Return the candidates at or above the floor."""
    known: dict[tuple[str, str], ArticleCoverage] = {}
    kept = []
    for candidate in candidates:
        key = candidate.article.owner, candidate.article.id
        if key not in known:
            known[key] = ArticleCoverage.of(candidate.article, weights)
        if _is_about(candidate, known[key], weights):
            kept.append(candidate)
    return kept


def _is_about(candidate: AnswerCandidate, covered: ArticleCoverage, weights: WordWeights) -> bool:
    """Return whether words are about the topic: by their meaning, by the text around them, or by the title above."""
    if candidate.similarity >= SURELY_SIMILAR:
        return covered.whole > 0
    if candidate.similarity < SIMILAR or covered.whole < COVERED:
        return False
    around = covered.between(candidate.span.start - NEARBY, candidate.span.end + NEARBY)
    return candidate.similarity >= RATHER_SIMILAR or covered.title >= NAMED or coverage(around, weights) >= NAMED
