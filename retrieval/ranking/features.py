"""What can be told of each candidate beside the question, as numbers that mean something."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
import numpy.typing as npt

from retrieval.domain import Article, Certainty, Kind
from retrieval.query import Asks, Question
from retrieval.ranking.answer_type import holds_what_is_asked
from retrieval.ranking.candidates import Candidate
from retrieval.text.stemming import content_words, located_stems, stem, stems

Matrix = npt.NDArray[np.float64]
Weights = Mapping[str, float]
"""How much each stem of the question tells: its inverse document frequency."""

NEARBY = 200  # characters on each side that count as what is around a candidate


def weights(question: Question, frequency: Callable[[Sequence[str]], Mapping[str, int]], total: int) -> Weights:
    """Of what is asked, without whom it is asked of. `frequency` gives in how many of the archive's `total` texts a
    word stands."""
    words = list(dict.fromkeys(content_words(question.topic)))
    found = frequency(words)
    return {stem(word): log(1 + (total + 0.5) / (found.get(word, 0) + 0.5)) for word in words}


def coverage(told: frozenset[str], weights: Weights) -> float:
    """The share of what the question's words tell that stands among the stems `told`, 0..1; 1 for a question without
    such words."""
    total = sum(weights.values())
    return sum(weight for word, weight in weights.items() if word in told) / total if total else 1.0


@dataclass(frozen=True, slots=True)
class Told:
    """What an article has of the question's words: the shares that `title` and the `whole` cover, and where in the text
    each stands."""

    title: float
    whole: float
    places: Sequence[tuple[int, str]]

    @classmethod
    def by(cls, article: Article, weights: Weights) -> "Told":
        places = [(start, word) for start, word in located_stems(article.text) if word in weights]
        title = stems(article.title)
        return cls(coverage(title, weights), coverage(title.union(word for _, word in places), weights), places)

    def between(self, start: int, end: int) -> frozenset[str]:
        return frozenset(word for at, word in self.places if start <= at < end)


def features(question: Question, candidates: Sequence[Candidate], weights: Weights) -> Matrix:
    """One row a candidate, one column for each of `NAMES`; the column `CROSS` is left for the cross-encoder.

    Nothing in it grows with the archive: words count in relation to the best candidate, or to all that is asked.
    """
    best_words = max(c.words_score for c in candidates) or 1.0
    known: dict[str, Told] = {}
    rows = []
    for candidate in candidates:
        article = candidate.article
        key = f"{article.owner} {article.id}"
        told = known.get(key) or known.setdefault(key, Told.by(article, weights))
        near = candidate.similarity, candidate.article_similarity, candidate.words_score / best_words, 0.0
        words = _of_words(question, candidate, told, weights)
        rows.append((*near, told.title, told.whole, *words, *_of_speech(question, candidate)))
    return np.array(rows, dtype=np.float64)


def _of_words(question: Question, candidate: Candidate, told: Told, weights: Weights) -> tuple[float, ...]:
    text, span = candidate.article.text, candidate.span
    own = coverage(told.between(span.start, span.end), weights)
    around = coverage(told.between(span.start - NEARBY, span.end + NEARBY), weights)
    length = len(candidate.text.split())
    speech, what = question.asks.speech, question.asks is Asks.WHAT_SAID
    return (
        own * what,
        own * (not speech),
        around * (speech and not what),
        around * what,
        around * (not speech),
        log(1 + length) * speech,
        log(1 + length) * (not speech),
        length < 4,
        length > 45,
        span.start / max(1, len(text)),
        holds_what_is_asked(question, candidate.text),
    )


def _of_speech(question: Question, candidate: Candidate) -> tuple[float, ...]:
    quotation, asks = candidate.quotation, question.asks
    kind = quotation.kind if quotation else Kind.TEXT
    speaker = quotation.speaker if quotation else None
    sure = bool(speaker and speaker.certainty is not Certainty.UNCLEAR)
    named = bool(speaker and question.names(speaker))
    return (
        asks.speech * (kind is Kind.DIRECT or kind is Kind.NESTED),
        asks.speech * (kind is Kind.MIXED),
        asks.speech * (kind is Kind.REPORTED),
        (not asks.speech) * (quotation is not None),
        asks.speech * sure,
        (asks is Asks.WHAT_SAID) * named,
        (asks is Asks.WHAT_SAID) * (sure and not named),
        (asks is Asks.DID_SAY) * named,
    )


NAMES = (
    "similarity",
    "article's similarity",
    "article's words",
    "cross-encoder",
    "words covered by title",
    "words covered by article",
    "words covered, what said",
    "words covered, fact",
    "words covered around, speech",
    "words covered around, what said",
    "words covered around, fact",
    "length, speech",
    "length, fact",
    "tiny",
    "long",
    "position",
    "holds what is asked",
    "direct quotation, speech",
    "mixed quotation, speech",
    "reported, speech",
    "quotation, fact",
    "speaker clear, speech",
    "named speaker, what said",
    "other speaker, what said",
    "named speaker, did say",
)
NEVER_AGAINST = frozenset(name for name in NAMES if "similarity" in name or "words" in name) | {
    "cross-encoder",
    "holds what is asked",
    "speaker clear, speech",
    "named speaker, what said",
}
"""What never counts against a candidate, whatever a fit makes of questions that avoid the words they ask for."""
CROSS = NAMES.index("cross-encoder")
