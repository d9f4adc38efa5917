"""What can be told of each candidate beside the question, as numbers that mean something."""

import re
from collections.abc import Callable, Mapping, Sequence
from math import log

import numpy as np
import numpy.typing as npt

from retrieval.articles import Certainty, Kind
from retrieval.questions import Asks, Question
from retrieval.ranking.candidates import Candidate
from retrieval.ranking.words import content_words, stem, stems

Matrix = npt.NDArray[np.float64]
Weights = Mapping[str, float]
"""How much each stem of the question tells: its inverse document frequency."""

NEARBY = 200  # characters on each side that count as what is around a candidate
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|dozen|hundred|half|third|quarter)\b",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\b(?:1[89]|20)\d\d\b|\b(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<=[\w,;:'\"] )[A-Z][\w'’-]+")


def weights(question: Question, frequency: Callable[[Sequence[str]], Mapping[str, int]], total: int) -> Weights:
    """`frequency` gives in how many of the archive's `total` texts a word stands."""
    words = list(dict.fromkeys(content_words(question.text)))
    found = frequency(words)
    return {stem(word): log(1 + (total + 0.5) / (found.get(word, 0) + 0.5)) for word in words}


def coverage(told: frozenset[str], weights: Weights) -> float:
    """The share of what the question's words tell that stands among the stems `told`, 0..1."""
    total = sum(weights.values())
    return sum(weight for word, weight in weights.items() if word in told) / total if total else 0.0


def asked_kind_stands(question: Question, text: str) -> bool:
    """Whether `text` holds a number, date or name where one is asked for."""
    match question.asks:
        case Asks.NUMBER:
            return _NUMBER.search(text) is not None
        case Asks.DATE:
            return _DATE.search(text) is not None
        case Asks.PERSON | Asks.PLACE:
            return _NAME.search(text) is not None
        case _:
            return True


def features(question: Question, candidates: Sequence[Candidate], weights: Weights) -> Matrix:
    """One row a candidate, one column for each of `NAMES`; the column `CROSS` is left for the cross-encoder."""
    best = max(c.similarity for c in candidates)
    best_article = max(c.article_similarity for c in candidates)
    best_words = max(c.words_score for c in candidates)
    asked = stems(question.text)
    rows = []
    for candidate in candidates:
        pool = (
            candidate.similarity,
            candidate.similarity - best,
            candidate.article_similarity - best_article,
            candidate.similarity - candidate.article_similarity,
            candidate.words_score / 20,
            (candidate.words_score - best_words) / 20,
            0.0,
        )
        rows.append((*pool, *_of_words(question, candidate, weights), *_of_speech(question, asked, candidate)))
    return np.array(rows, dtype=np.float64)


def _of_words(question: Question, candidate: Candidate, weights: Weights) -> tuple[float, ...]:
    text, span = candidate.article.text, candidate.span
    own = coverage(stems(candidate.text), weights)
    around = coverage(stems(text[max(0, span.start - NEARBY) : span.end + NEARBY]), weights)
    length = len(candidate.text.split())
    speech = question.asks.speech
    return (
        own,
        own * speech,
        around,
        around * speech,
        coverage(stems(candidate.article.title), weights),
        log(1 + length),
        log(1 + length) * speech,
        length < 4,
        length > 45,
        span.start / max(1, len(text)),
        asked_kind_stands(question, candidate.text),
    )


def _of_speech(question: Question, asked: frozenset[str], candidate: Candidate) -> tuple[float, ...]:
    quotation, asks = candidate.quotation, question.asks
    kind = quotation.kind if quotation else Kind.TEXT
    speaker = quotation.speaker if quotation else None
    sure = bool(speaker and speaker.certainty is not Certainty.UNCLEAR)
    named = bool(speaker and speaker.name and question.names(speaker.name))
    other = bool(question.speaker and speaker and speaker.name and not named)
    told = stems(f"{speaker.name or ''} {speaker.role or ''}") if speaker else frozenset()
    return (
        asks.speech * (kind is Kind.DIRECT or kind is Kind.NESTED),
        asks.speech * (kind is Kind.MIXED),
        asks.speech * (kind is Kind.REPORTED),
        (not asks.speech) * (quotation is not None),
        asks.speech * sure,
        (asks is Asks.WHAT_SAID) * named,
        (asks is Asks.WHAT_SAID) * other,
        (asks is Asks.DID_SAY) * named,
        (asks is Asks.DID_SAY) * other,
        (asks is Asks.WHO_SAID) * len(asked & told) / max(1, len(told)),
    )


NAMES = (
    "similarity",
    "similarity below best",
    "article below best article",
    "similarity below article",
    "article's words",
    "article's words below best",
    "cross-encoder",
    "words covered",
    "words covered, speech",
    "words covered around",
    "words covered around, speech",
    "words covered by title",
    "length",
    "length, speech",
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
    "other speaker, did say",
    "role asked, who said",
)
CROSS = NAMES.index("cross-encoder")
