"""The features of each candidate by which candidates are put in order.

None of them grows with the archive: words count in relation to the best candidate, or to all that is asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

import numpy as np

from retrieval.domain import Certainty, Kind
from retrieval.query import Query, QueryKind
from retrieval.ranking.answer_type import holds_answer_type
from retrieval.ranking.candidates import AnswerCandidate
from retrieval.ranking.descriptions import is_speaker_meant
from retrieval.ranking.registry import FeatureMatrix, RankingFeature, Sign, names_of, row_of
from retrieval.ranking.word_weights import ArticleCoverage, WordWeights, coverage

NEARBY = 200
"""Characters on each side of a candidate that count as its surroundings."""
SHORT, LONG = 4, 45
"""Words below which a candidate is tiny, and above which it is long."""


@dataclass(frozen=True, slots=True)
class CandidateFacts:
    """What the features of one candidate look at; worked out once.

    `words_share` is its article's BM25 in relation to the best candidate's; `own` and `around` are the shares of the
    query's words that the candidate and its surroundings cover; `length` is in words; `speaker_named` says whether the
    query names the candidate's speaker.
    """

    query: Query
    candidate: AnswerCandidate
    article: ArticleCoverage
    words_share: float
    own: float
    around: float
    length: int
    speaker_named: bool

    @property
    def speech(self) -> bool:
        """Whether the query asks for speech."""
        return self.query.kind.speech

    @property
    def what_said(self) -> bool:
        """Whether the query asks what a speaker said."""
        return self.query.kind is QueryKind.WHAT_SAID

    @property
    def kind(self) -> Kind:
        """The kind of the candidate's quotation, TEXT for a plain sentence."""
        return self.candidate.quotation.kind if self.candidate.quotation else Kind.TEXT

    @property
    def speaker_known(self) -> bool:
        """Whether the candidate has a speaker who isn't unclear."""
        speaker = self.candidate.quotation.speaker if self.candidate.quotation else None
        return bool(speaker and speaker.certainty is not Certainty.UNCLEAR)


F = RankingFeature[CandidateFacts]

FEATURES = (
    F(
        "similarity",
        "Cosine of the candidate's unit to the query.",
        lambda f: f.candidate.similarity,
        Sign.NEVER_AGAINST,
    ),
    F(
        "article's similarity",
        "Cosine of the article's most similar unit.",
        lambda f: f.candidate.article_similarity,
        Sign.NEVER_AGAINST,
    ),
    F(
        "article's words",
        "BM25 of the article, the best candidate's being 1.",
        lambda f: f.words_share,
        Sign.NEVER_AGAINST,
    ),
    F(
        "cross-encoder",
        "Log-odds of the cross-encoder; filled in after it has read.",
        lambda _: 0.0,
        Sign.NEVER_AGAINST,
    ),
    F("words covered by title", "Share that the title covers.", lambda f: f.article.title, Sign.NEVER_AGAINST),
    F("words covered by article", "Share that title and text cover.", lambda f: f.article.whole, Sign.NEVER_AGAINST),
    F(
        "words covered, what said",
        "Share that the candidate covers, where it is asked what a speaker said.",
        lambda f: f.own * f.what_said,
        Sign.NEVER_AGAINST,
    ),
    F(
        "words covered, fact",
        "Share that the candidate covers, where no speech is asked for.",
        lambda f: f.own * (not f.speech),
        Sign.NEVER_AGAINST,
    ),
    F(
        "words covered around, speech",
        "Share that the surroundings cover, for other questions about speech.",
        lambda f: f.around * (f.speech and not f.what_said),
        Sign.NEVER_AGAINST,
    ),
    F(
        "words covered around, what said",
        "Share that the surroundings cover, where it is asked what a speaker said.",
        lambda f: f.around * f.what_said,
        Sign.NEVER_AGAINST,
    ),
    F(
        "words covered around, fact",
        "Share that the surroundings cover, where no speech is asked for.",
        lambda f: f.around * (not f.speech),
        Sign.NEVER_AGAINST,
    ),
    F("length, speech", "Logarithm of the words, where speech is asked for.", lambda f: log(1 + f.length) * f.speech),
    F("length, fact", "Logarithm of the words, elsewhere.", lambda f: log(1 + f.length) * (not f.speech)),
    F("tiny", "Fewer than four words.", lambda f: f.length < SHORT),
    F("long", "More than 45 words.", lambda f: f.length > LONG),
    F("position", "How far into the article it begins, 0..1.", lambda f: _position(f.candidate)),
    F(
        "holds what is asked",
        "It holds a number, day or name where one is asked for.",
        lambda f: holds_answer_type(f.query, f.candidate.text),
        Sign.NEVER_AGAINST,
    ),
    F(
        "direct quotation, speech",
        "A direct or nested quotation, where speech is asked for.",
        lambda f: f.speech * (f.kind is Kind.DIRECT or f.kind is Kind.NESTED),
    ),
    F(
        "mixed quotation, speech",
        "A quoted fragment, where speech is asked for.",
        lambda f: f.speech * (f.kind is Kind.MIXED),
    ),
    F(
        "reported, speech",
        "Indirect speech, where speech is asked for.",
        lambda f: f.speech * (f.kind is Kind.REPORTED),
    ),
    F(
        "quotation, fact",
        "Any quotation, where no speech is asked for.",
        lambda f: (not f.speech) * (f.candidate.quotation is not None),
    ),
    F(
        "speaker clear, speech",
        "Its speaker isn't unclear, where speech is asked for.",
        lambda f: f.speech * f.speaker_known,
        Sign.NEVER_AGAINST,
    ),
    F(
        "named speaker, what said",
        "The query asks what its speaker said.",
        lambda f: f.what_said * f.speaker_named,
        Sign.NEVER_AGAINST,
    ),
    F(
        "other speaker, what said",
        "The query asks what another speaker said.",
        lambda f: f.what_said * (f.speaker_known and not f.speaker_named),
    ),
    F(
        "named speaker, did say",
        "The query asks whether its speaker said something.",
        lambda f: (f.query.kind is QueryKind.DID_SAY) * f.speaker_named,
    ),
)
NAMES = names_of(FEATURES)
CROSS_ENCODER = NAMES.index("cross-encoder")
"""The column that is left for the cross-encoder's scores."""


def feature_matrix(query: Query, candidates: Sequence[AnswerCandidate], weights: WordWeights) -> FeatureMatrix:
    """Return one row a candidate, one column a feature; the cross-encoder's column is 0."""
    best_words = max(c.words_score for c in candidates) or 1.0
    known: dict[tuple[str, str], ArticleCoverage] = {}
    rows = []
    for candidate in candidates:
        article = candidate.article
        key = article.owner, article.id
        covered = known.get(key) or known.setdefault(key, ArticleCoverage.of(article, weights))
        rows.append(row_of(FEATURES, _facts(query, candidate, covered, weights, best_words)))
    return np.array(rows, dtype=np.float64)


def _facts(
    query: Query, candidate: AnswerCandidate, article: ArticleCoverage, weights: WordWeights, best_words: float
) -> CandidateFacts:
    span = candidate.span
    return CandidateFacts(
        query,
        candidate,
        article,
        words_share=candidate.words_score / best_words,
        own=coverage(article.between(span.start, span.end), weights),
        around=coverage(article.between(span.start - NEARBY, span.end + NEARBY), weights),
        length=len(candidate.text.split()),
        speaker_named=is_speaker_meant(query, candidate),
    )


def _position(candidate: AnswerCandidate) -> float:
    return candidate.span.start / max(1, len(candidate.article.text))
