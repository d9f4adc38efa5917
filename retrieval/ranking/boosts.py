"""Boosts: what a candidate's score gains by hand-set values, where too few questions show the effect to fit it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from retrieval.domain import SURROUNDINGS, Span
from retrieval.query import Query, QueryKind, tells_denial
from retrieval.ranking.candidates import AnswerCandidate
from retrieval.ranking.descriptions import description_share
from retrieval.ranking.registry import FeatureMatrix, HandSetValue
from retrieval.ranking.word_weights import WordWeights, coverage
from retrieval.text.passages import context_of, overlapping_sentences
from retrieval.text.polarity import contains_negation
from retrieval.text.statements.comparison import Relation, compare_statement
from retrieval.text.stemming import stems
from retrieval.text.tokens import words


@dataclass(frozen=True, slots=True)
class Boost:
    """A hand-set value and how often, or in what share, a candidate earns it."""

    setting: HandSetValue
    amount: Callable[[Query, AnswerCandidate, WordWeights], float]

    def of(self, query: Query, candidates: Sequence[AnswerCandidate], weights: WordWeights) -> FeatureMatrix:
        """Return the points of each candidate."""
        amounts = [self.amount(query, candidate, weights) for candidate in candidates]
        return self.setting.value * np.array(amounts)


def wishes_met(query: Query, candidate: AnswerCandidate, _weights: WordWeights) -> float:
    """Return how many of the query's wishes for a source and a period the article meets, 0..2."""
    return query.wishes_met(candidate.article.publisher, candidate.article.published, _said_on(candidate))


def speaker_described(query: Query, candidate: AnswerCandidate, _weights: WordWeights) -> float:
    """Return how much of a description of the speaker fits the candidate's; see `description_share`."""
    return description_share(query, candidate)


def _said_on(candidate: AnswerCandidate) -> str | None:
    said_on = candidate.quotation.said_on if candidate.quotation else None
    return said_on.isoformat() if said_on else None


def reports_denial(query: Query, candidate: AnswerCandidate, _weights: WordWeights) -> float:
    """Return 1 where a denial is asked for, and a verb of denial stands in the words or shortly before them."""
    span = candidate.span
    before = max(0, span.start - SURROUNDINGS)
    return float(query.denies and tells_denial(candidate.article.text[before : span.end]))


def introduction_coverage(query: Query, candidate: AnswerCandidate, weights: WordWeights) -> float:
    """Return the share of the topic in the paragraph that introduces words of the speaker asked about, 0..1."""
    speaker = candidate.quotation.speaker if candidate.quotation else None
    if query.kind is not QueryKind.WHAT_SAID or speaker is None or not query.names(speaker):
        return 0.0
    text, span = candidate.article.text, candidate.span
    paragraph = Span(text.rfind("\n", 0, span.start) + 1, span.end)
    return coverage(stems(context_of(overlapping_sentences(text, paragraph), span).of(text)), weights)


def contradicts_claim(query: Query, candidate: AnswerCandidate, _weights: WordWeights) -> float:
    """Return 1 where it is asked who said something, and the words say the opposite or another number; else 0."""
    claim = query.claim
    match = compare_statement(claim, candidate.text) if claim else None
    return float(match is not None and match.relation is Relation.OPPOSITE)


SCORE_BOOSTS = (
    Boost(
        HandSetValue(
            "wish met",
            "For each of publisher and period that the query names and the article has.",
            3.0,
            "score points a wish",
            "by hand: few training questions name a source or a period",
        ),
        wishes_met,
    ),
    Boost(
        HandSetValue(
            "denial reported",
            "For words that the article calls a denial, where one is asked for.",
            1.5,
            "score points",
            "by hand: few training questions ask for a denial",
        ),
        reports_denial,
    ),
    Boost(
        HandSetValue(
            "speaker described",
            "For words of a speaker whom role and article describe as the question does.",
            1.5,
            "score points for all words of the description",
            "by hand, on the training questions of press",
        ),
        speaker_described,
    ),
    Boost(
        HandSetValue(
            "topic introduced",
            "For words of the speaker asked about whose introduction tells the topic: the words may not.",
            3.0,
            "score points for the whole topic",
            "by hand: one fitted feature looks further around, one at the words alone",
        ),
        introduction_coverage,
    ),
    Boost(
        HandSetValue(
            "claim contradicted",
            "For words that say the opposite of what is asked about: they don't tell who said it.",
            -6.0,
            "score points",
            "by hand: few training questions are answered by their opposite",
        ),
        contradicts_claim,
    ),
)
"""Added to the score that the fitted model gives."""

NEGATION_CONFIDENCE = HandSetValue(
    "negation met",
    "For a negation in the first candidate where a denial is asked for: a denial seldom repeats what it denies.",
    0.5,
    "log-odds of the confidence",
    "by hand: few training questions ask for a denial",
)
OUTSIDE_PERIOD = HandSetValue(
    "outside the period",
    "For a first candidate neither said nor published in the period asked about, whose article doesn't name its year.",
    -2.0,
    "log-odds of the confidence",
    "by hand: few training questions name a period",
)
CONTRADICTION_CONFIDENCE = HandSetValue(
    "first contradicts",
    "For a first candidate that says the opposite of what is asked about.",
    -4.0,
    "log-odds of the confidence",
    "by hand, together with the claim contradicted",
)
QUOTATION_TOLERANCE = HandSetValue(
    "quotation before its sentence",
    "How far quoted words may score below the sentence that holds them and still be put before it.",
    3.0,
    "score points",
    "by hand: words further below tell too little of what the sentence says",
)
HAND_SET_BOOSTS = (
    *(boost.setting for boost in SCORE_BOOSTS),
    NEGATION_CONFIDENCE,
    CONTRADICTION_CONFIDENCE,
    OUTSIDE_PERIOD,
    QUOTATION_TOLERANCE,
)


def boosts(query: Query, candidates: Sequence[AnswerCandidate], weights: WordWeights) -> FeatureMatrix:
    """Return what is added to the score of each candidate."""
    points = [boost.of(query, candidates, weights) for boost in SCORE_BOOSTS]
    return np.asarray(np.sum(points, axis=0), dtype=np.float64)


def confidence_boost(query: Query, first: AnswerCandidate) -> float:
    """Return what is added to the log-odds of the confidence in the first candidate."""
    negated = query.denies and contains_negation(word.key for word in words(first.text))
    outside = query.kind.speech and query.misses_period(first.article.published, _said_on(first), first.article.text)
    contradicted = contradicts_claim(query, first, {})
    return (
        NEGATION_CONFIDENCE.value * negated
        + CONTRADICTION_CONFIDENCE.value * contradicted
        + OUTSIDE_PERIOD.value * outside
    )


def prefer_quotations(candidates: Sequence[AnswerCandidate], scores: FeatureMatrix, most: int) -> None:
    """Put a quotation before the sentence that holds it where their scores are near; its speaker is asked about.

    The `most` best are looked at; `scores` is changed in place.
    """
    for at in np.argsort(-scores, kind="stable")[:most]:
        sentence = candidates[at]
        if sentence.quotation is None:
            inside = [n for n, other in enumerate(candidates) if other.speaker and _is_within(other, sentence)]
            best = max(inside, key=scores.__getitem__, default=at)
            if best != at and scores[best] > scores[at] - QUOTATION_TOLERANCE.value:
                scores[best] = max(scores[best], np.nextafter(scores[at], np.inf))


def _is_within(quoted: AnswerCandidate, sentence: AnswerCandidate) -> bool:
    return quoted.article is sentence.article and sentence.span.contains(quoted.span)
