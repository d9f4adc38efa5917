"""From a question to the words that answer it, or to an honest no. The main path, read top to bottom."""

import logging
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from itertools import islice
from typing import Protocol

import numpy as np

from retrieval.answering.citations import cite
from retrieval.answering.near_duplicates import Copies
from retrieval.domain import SURROUNDINGS, Answer, Citation, Filters, NearMiss, Verdict
from retrieval.embedding.encoder import Encoder
from retrieval.embedding.question_encoder import is_bundled, question_encoder
from retrieval.query import Asks, Question, understand
from retrieval.ranking.boosts import DENIAL, denial_met, lift_quoted, unfitted
from retrieval.ranking.candidates import NARROW, WIDE, Candidate, gather
from retrieval.ranking.confidence_features import LEAD, evidence
from retrieval.ranking.decline_reasons import why_not
from retrieval.ranking.features import CROSS, Weights, features, weights
from retrieval.ranking.ranker import Ranker, Rankers, Row
from retrieval.search.engine import SearchEngine
from retrieval.store.archive import Archive
from retrieval.text.alignment import nearest_window
from retrieval.text.polarity import changes_meaning
from retrieval.text.tokens import words
from retrieval.timing import timed

log = logging.getLogger(__name__)

RERANKED = 12
"""How many candidates the cross-encoder reads, the best without it."""
NEAR_MISSES = 3
WITH_COPIES = 4
"""How many times as many citations are looked at as are given, since copies are folded into one."""
SAME_MEANING = 0.62
"""The likeness from which words may be another way of saying what a candidate says."""
LEAD_TELLS = 0.04
"""What the lead of the first candidate's score over the second's, up to `LEAD`, adds to its cosine as a likeness."""
SAME_WORDS = 0.7
"""The share of a statement's words from which a candidate is held to be about just that statement."""


class Reranks(Protocol):
    def score(self, question: str, candidates: Sequence[Candidate]) -> Sequence[float]:
        """How well each candidate answers the question; higher is better."""
        ...


@dataclass(frozen=True, slots=True)
class Ranked:
    """Candidates, best first, none over another. `row` is the evidence for the first, `confidence`, 0..1, what it
    comes to; `weights` say which of the question's words are telling."""

    candidates: Sequence[Candidate]
    scores: Sequence[float]
    weights: Weights
    row: Row
    confidence: float


class Answerer:
    """Answers from one archive. As thread-safe as its collaborators.

    `encoder` is the one that embeds the archive. `boldness`, 0..1, is how unsure an answer may be: 0.5 was best on the
    questions that the rankers were fitted on.
    """

    def __init__(  # noqa: PLR0913  the collaborators of the main path
        self,
        archive: Archive,
        engine: SearchEngine,
        encoder: Encoder,
        reranker: Reranks | None = None,
        boldness: float = 0.5,
        *,
        rankers: Rankers | None = None,
        today: Callable[[], date] = lambda: datetime.now(UTC).date(),
    ) -> None:
        self._archive = archive
        self._copies = Copies(archive)
        self._engine = engine
        self._encoder = question_encoder(encoder)
        self._reranker = reranker
        self._boldness = boldness
        self._rankers = rankers or Rankers.load(is_bundled(encoder))
        self._today = today

    def answer(self, question: str, filters: Filters | None = None, limit: int = 5) -> Answer:
        """At most `limit` citations, best first, of what `filters` lets through; none if the archive doesn't say."""
        asked = understand(question, self._today())
        filters = filters or Filters()
        with timed(log, "ranked the candidates of a question") as facts:
            found = self.rank(asked, filters)
            facts["candidates"] = len(found.candidates) if found else 0
        if found is None or found.confidence < self._ranker.least_confidence(self._boldness):
            refused = declined(asked, found)
            return replace(refused, near_misses=self._copies.fold_misses(refused.near_misses, filters))
        folded = self._copies.fold(best_of(found, limit), filters)[:limit]
        return Answer(question, found.confidence, folded, verdict=verdict(asked, found.candidates[0]))

    def as_bold_as(self, boldness: float) -> "Answerer":
        """The same answerer with another boldness, 0..1."""
        other = copy(self)
        other._boldness = boldness
        return other

    def nearest(self, words: str, filters: Filters | None = None, limit: int = 5) -> Sequence[Citation]:
        """What says most nearly the same as `words` in other words, best first; none if nothing comes near."""
        filters = filters or Filters()
        found = self.rank(understand(f"who said {words}", self._today()), filters)
        if found is None or likeness(found) < SAME_MEANING:
            return []
        return self._copies.fold(best_of(found, limit), filters)[:limit]

    def rank(self, asked: Question, filters: Filters) -> Ranked | None:
        """Everything that may answer, best first; None where there is nothing that may be seen."""
        vector = self._encoder.encode([asked.text])[0]
        breadth = WIDE if self._reranker else NARROW
        candidates = gather(asked, vector, self._archive, self._engine, filters, breadth)
        if not candidates:
            return None
        frequency = partial(self._engine.frequencies, owners=filters.owners)
        telling = weights(asked, frequency, self._engine.unit_count(filters.owners))
        table = features(asked, candidates, telling)
        scores = self._rankers.alone.order.score(table) + unfitted(asked, candidates, telling)
        if self._reranker is not None:
            best = np.argsort(-scores, kind="stable")[:RERANKED]
            candidates, table = [candidates[at] for at in best], table[best]
            table[:, CROSS] = self._reranker.score(asked.text, candidates)
            scores = self._ranker.order.score(table) + unfitted(asked, candidates, telling)
        if asked.asks.speech:
            lift_quoted(candidates, scores, RERANKED)
        order = distinct(candidates, np.argsort(-scores, kind="stable"))
        ranked, scores = [candidates[at] for at in order], scores[order]
        row = evidence(asked, ranked, scores, telling, table[order[0], CROSS])
        confidence = self._ranker.confidence(row, DENIAL * denial_met(asked, ranked[0]))
        return Ranked(ranked, scores.tolist(), telling, row, confidence)

    @property
    def _ranker(self) -> Ranker:
        return self._rankers.reranked if self._reranker else self._rankers.alone


def likeness(found: Ranked) -> float:
    """How surely the first candidate says what is looked for: how near it comes, and how far ahead of the others."""
    lead = found.scores[0] - found.scores[1] if len(found.scores) > 1 else LEAD
    return found.candidates[0].similarity + LEAD_TELLS * min(LEAD, lead)


def distinct(candidates: Sequence[Candidate], order: Iterable[int]) -> list[int]:
    """`order` without what lies over, or says in the same words, what comes before."""
    kept: list[int] = []
    for at in order:
        if not any(same_words(candidates[at], candidates[other]) for other in kept):
            kept.append(int(at))
    return kept


def same_words(one: Candidate, other: Candidate) -> bool:
    if one.article is other.article:
        return one.span.overlaps(other.span)
    same_length = one.span.end - one.span.start == other.span.end - other.span.start
    return same_length and one.text == other.text


def verdict(asked: Question, first: Candidate) -> Verdict | None:
    """On "did X say …?", by who said the words that come first; None where that isn't sure enough to tell."""
    if asked.asks is not Asks.DID_SAY:
        return None
    speaker = first.quotation.speaker if first.quotation else None
    if speaker is None:
        return Verdict.NOT_FOUND
    if says_otherwise(asked, first.text):
        return None
    if asked.names(speaker):
        return Verdict.SUPPORTED
    text, span = first.article.text, first.span
    around = text[max(0, span.start - SURROUNDINGS) : span.end + SURROUNDINGS]
    return Verdict.MISATTRIBUTED if asked.names_another(speaker, around) else None


def says_otherwise(asked: Question, text: str) -> bool:
    """Whether `text` has most of the words that are asked about, and what else it has turns their sense: a "not"."""
    given, real = ([word.key for word in words(of)] for of in (asked.statement, text))
    near = real[nearest_window(given, real)]
    shared = sum(word in near for word in given)
    return shared >= SAME_WORDS * len(given) > 0 and changes_meaning(given, near)


def declined(asked: Question, found: Ranked | None) -> Answer:
    """An honest no: the nearest that there is, and what each lacks."""
    refused = Verdict.NOT_FOUND if asked.asks is Asks.DID_SAY else None
    if found is None:
        return Answer(asked.text, 0.0, verdict=refused)
    nearest = zip(found.candidates[:NEAR_MISSES], found.scores, strict=False)
    misses = [NearMiss(cited(c, score), why_not(asked, c, found.weights)) for c, score in nearest]
    return Answer(asked.text, found.confidence, near_misses=misses, verdict=refused)


def best_of(found: Ranked, limit: int) -> list[Citation]:
    """More than `limit`, since some may be copies of others."""
    ranked = zip(found.candidates, found.scores, strict=True)
    return [cited(candidate, score) for candidate, score in islice(ranked, WITH_COPIES * limit)]


def cited(candidate: Candidate, score: float) -> Citation:
    return cite(candidate.article, candidate.span, score, candidate.quotation, candidate.unit)
