"""Whether the first candidate holds what the question asks for: the evidence on which answering or declining rests."""

from collections.abc import Sequence

import numpy as np

from retrieval.domain import Certainty
from retrieval.query import Asks, Question
from retrieval.ranking.answer_type import holds_what_is_asked
from retrieval.ranking.candidates import Candidate
from retrieval.ranking.features import Matrix, Weights, coverage
from retrieval.text.stemming import content_words, stem, stems

EVIDENCE = (
    "similarity",
    "cross-encoder",
    "lead over second",
    "words covered around",
    "topic covered, what said",
    "rarest word missing",
    "rarest word missing around",
    "holds what is asked",
    "speaker clear",
    "who said",
    "what said",
    "did say",
    "number asked",
    "named speaker absent",
)
NEVER_AGAINST = frozenset(name for name in EVIDENCE if "covered" in name) | {
    "similarity",
    "cross-encoder",
    "holds what is asked",
    "speaker clear",
}
"""What never makes an answer less likely to be right."""
NEVER_FOR = frozenset({"rarest word missing", "rarest word missing around", "named speaker absent"})
LEAD = 4.0  # of the first's score over the second's: more tells no more
NEARBY = 200  # characters on each side that count as what is around the candidate


def evidence(
    question: Question, ranked: Sequence[Candidate], scores: Matrix, weights: Weights, crossed: float
) -> Matrix:
    """One row of `EVIDENCE` for the first of `ranked`. `scores` are in the order of `ranked`, `crossed` is what the
    cross-encoder gave the first, 0 where there is none.

    Nothing in it grows with the archive, so that it holds for a dozen articles as for thousands.
    """
    first = ranked[0]
    text, span, asks = first.article.text, first.span, question.asks
    whole = stems(f"{first.article.title} {text}")
    near = stems(text[max(0, span.start - NEARBY) : span.end + NEARBY]) | stems(first.article.title)
    speaker = first.quotation.speaker if first.quotation else None
    named = bool(speaker and question.names(speaker))
    return np.array(
        [
            first.similarity,
            crossed,
            min(LEAD, scores[0] - scores[1]) if len(scores) > 1 else LEAD,
            coverage(near, weights),
            coverage(near, weights) * (asks is Asks.WHAT_SAID and named),
            rarest_missing(whole, weights),
            rarest_missing(near, weights),
            holds_what_is_asked(question, first.text),
            asks.speech and bool(speaker and speaker.certainty is not Certainty.UNCLEAR),
            asks is Asks.WHO_SAID,
            asks is Asks.WHAT_SAID,
            asks is Asks.DID_SAY,
            asks is Asks.NUMBER,
            question.speaker is not None and not named,
        ],
        dtype=np.float64,
    )


def rarest_missing(told: frozenset[str], weights: Weights) -> float:
    """How telling the most telling word is that isn't `told`, in relation to the question's most telling, 0..1."""
    missing = [weight for word, weight in weights.items() if word not in told]
    return max(missing) / max(weights.values()) if missing else 0.0


def missing_words(question: Question, article_text: str, weights: Weights) -> list[str]:
    """The question's words that the article doesn't have, the most telling first, as they were asked."""
    told = stems(article_text)
    absent = dict.fromkeys(word for word in content_words(question.topic) if stem(word) not in told)
    return sorted(absent, key=lambda word: -weights.get(stem(word), 0.0))
