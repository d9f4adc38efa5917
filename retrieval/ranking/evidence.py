"""Whether the first candidate holds what the question asks for: the evidence on which answering or declining rests."""

from collections.abc import Sequence

import numpy as np

from retrieval.articles import Certainty
from retrieval.questions import Asks, Question
from retrieval.ranking.candidates import Candidate
from retrieval.ranking.features import Matrix, Weights, asked_kind_stands, coverage
from retrieval.ranking.words import content_words, stem, stems

EVIDENCE = (
    "similarity",
    "article's similarity",
    "lead over second",
    "lead over second article",
    "share of score",
    "article's words",
    "cross-encoder",
    "words covered",
    "words covered around",
    "words covered by article",
    "rarest word missing",
    "words missing",
    "holds what is asked",
    "speaker clear",
    "who said",
    "what said",
    "did say",
    "number asked",
    "named speaker there",
    "named speaker absent",
)
NEARBY = 200


def evidence(
    question: Question,
    ranked: Sequence[Candidate],
    scores: Matrix,
    weights: Weights,
    crossed: float,
) -> Matrix:
    """One row of `EVIDENCE` for the first of `ranked`. `scores` are in the order of `ranked`, `crossed` is what the
    cross-encoder gave the first, 0 where there is none."""
    first = ranked[0]
    text, span, asks = first.article.text, first.span, question.asks
    whole = stems(f"{first.article.title} {text}")
    missing = sorted((weight for word, weight in weights.items() if word not in whole), reverse=True)
    elsewhere = [score for c, score in zip(ranked, scores, strict=True) if c.article.id != first.article.id]
    shares = np.exp(np.array(scores) - scores[0])
    speaker = first.quotation.speaker if first.quotation else None
    named = bool(speaker and speaker.name and question.names(speaker.name))
    return np.array(
        [
            first.similarity,
            first.article_similarity,
            min(4.0, scores[0] - scores[1]) if len(scores) > 1 else 4.0,
            min(4.0, scores[0] - elsewhere[0]) if elsewhere else 4.0,
            1 / float(shares.sum()),
            first.words_score / 20,
            crossed,
            coverage(stems(first.text), weights),
            coverage(stems(text[max(0, span.start - NEARBY) : span.end + NEARBY]), weights),
            coverage(whole, weights),
            missing[0] / 10 if missing else 0.0,
            sum(missing) / 30,
            asked_kind_stands(question, first.text),
            bool(speaker and speaker.certainty is not Certainty.UNCLEAR),
            asks is Asks.WHO_SAID,
            asks is Asks.WHAT_SAID,
            asks is Asks.DID_SAY,
            asks is Asks.NUMBER,
            question.speaker is not None and named,
            question.speaker is not None and not named,
        ],
        dtype=np.float64,
    )


def missing_words(question: Question, article_text: str, weights: Weights) -> list[str]:
    """The question's words that the article doesn't have, the most telling first, as they were asked."""
    told = stems(article_text)
    absent = dict.fromkeys(word for word in content_words(question.topic) if stem(word) not in told)
    return sorted(absent, key=lambda word: -weights.get(stem(word), 0.0))
