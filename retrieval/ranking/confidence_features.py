"""The features of a ranking's first candidate from which the confidence in it is worked out.

None of them grows with the archive, so that the confidence holds for a dozen articles as for thousands.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

import numpy as np

from retrieval.domain import Certainty
from retrieval.query import Query, QueryKind
from retrieval.ranking.answer_type import holds_answer_type
from retrieval.ranking.candidates import AnswerCandidate
from retrieval.ranking.descriptions import is_speaker_meant
from retrieval.ranking.features import NAMES, NEARBY
from retrieval.ranking.registry import FeatureMatrix, RankingFeature, Sign, names_of, row_of
from retrieval.ranking.word_weights import WordWeights, coverage, rarest_missing
from retrieval.text.stemming import stems

NEAREST = 8
"""Candidates with whose mean cosine that of the first is compared."""
LARGEST_LEAD = 4.0
"""Lead of the first score over the second beyond which more tells no more."""


@dataclass(frozen=True, slots=True)
class FirstCandidateFacts:
    """What the confidence features look at. `ranking` holds the candidate's features by which it was ranked, by name.

    `likeness_lead` is by how much its cosine is above the mean of the first NEAREST candidates, itself among them.
    `whole` and `near` are the stems of the article and of the candidate's surroundings, title included.
    """

    query: Query
    candidate: AnswerCandidate
    ranking: Mapping[str, float]
    lead: float
    likeness_lead: float
    weights: WordWeights
    whole: frozenset[str]
    near: frozenset[str]

    @property
    def covered(self) -> float:
        """The share of the query's words that the surroundings cover."""
        return coverage(self.near, self.weights)

    @property
    def speaker_known(self) -> bool:
        """Whether the candidate has a speaker who isn't unclear."""
        speaker = self.candidate.quotation.speaker if self.candidate.quotation else None
        return bool(speaker and speaker.certainty is not Certainty.UNCLEAR)

    @property
    def speaker_named(self) -> bool:
        """Whether the query names the candidate's speaker."""
        return is_speaker_meant(self.query, self.candidate)


F = RankingFeature[FirstCandidateFacts]

CONFIDENCE_FEATURES = (
    F(
        "similarity",
        "Cosine of the candidate's unit to the query.",
        lambda f: f.candidate.similarity,
        Sign.NEVER_AGAINST,
    ),
    F("cross-encoder", "Log-odds of the cross-encoder.", lambda f: f.ranking["cross-encoder"], Sign.NEVER_AGAINST),
    F(
        "article's words",
        "BM25 of its article, the best candidate's being 1.",
        lambda f: f.ranking["article's words"],
        Sign.NEVER_AGAINST,
    ),
    F(
        "words covered by title",
        "Share that the title covers: it tells that the article is about this, and not that it answers.",
        lambda f: f.ranking["words covered by title"],
    ),
    F("lead in similarity", "How far its cosine is above the mean of the first eight.", lambda f: f.likeness_lead),
    F("quotation", "It is a quotation.", lambda f: f.candidate.quotation is not None),
    F("lead over second", "How far its score is above the second's, at most 4.", lambda f: f.lead),
    F("words covered around", "Share that the surroundings cover.", lambda f: f.covered, Sign.NEVER_AGAINST),
    F(
        "topic covered, what said",
        "The same, where the query asks what this speaker said.",
        lambda f: f.covered * (f.query.kind is QueryKind.WHAT_SAID and f.speaker_named),
        Sign.NEVER_AGAINST,
    ),
    F(
        "rarest word missing",
        "Weight of the rarest word that the article lacks, 0..1.",
        lambda f: rarest_missing(f.whole, f.weights),
        Sign.NEVER_FOR,
    ),
    F(
        "rarest word missing around",
        "Weight of the rarest word that the surroundings lack, 0..1.",
        lambda f: rarest_missing(f.near, f.weights),
        Sign.NEVER_FOR,
    ),
    F(
        "holds what is asked",
        "It holds a number, day or name where one is asked for.",
        lambda f: holds_answer_type(f.query, f.candidate.text),
        Sign.NEVER_AGAINST,
    ),
    F(
        "speaker clear",
        "Its speaker isn't unclear, where speech is asked for.",
        lambda f: f.query.kind.speech and f.speaker_known,
        Sign.NEVER_AGAINST,
    ),
    F("who said", "It is asked who said something.", lambda f: f.query.kind is QueryKind.WHO_SAID),
    F("what said", "It is asked what a speaker said.", lambda f: f.query.kind is QueryKind.WHAT_SAID),
    F("did say", "It is asked whether a speaker said something.", lambda f: f.query.kind is QueryKind.DID_SAY),
    F("number asked", "A number is asked for.", lambda f: f.query.kind is QueryKind.NUMBER),
    F(
        "named speaker absent",
        "The query names a speaker, and it isn't this one.",
        lambda f: f.query.speaker is not None and not f.speaker_named,
        Sign.NEVER_FOR,
    ),
)
CONFIDENCE_NAMES = names_of(CONFIDENCE_FEATURES)


def confidence_row(
    query: Query,
    ranked: Sequence[AnswerCandidate],
    scores: FeatureMatrix,
    weights: WordWeights,
    ranking_row: FeatureMatrix,
) -> FeatureMatrix:
    """Return the confidence features of the first of `ranked`, whose features in the ranking are `ranking_row`.

    `scores` are in the order of `ranked`.
    """
    first = ranked[0]
    text, span = first.article.text, first.span
    title = stems(first.article.title)
    facts = FirstCandidateFacts(
        query,
        first,
        ranking=dict(zip(NAMES, ranking_row.tolist(), strict=True)),
        likeness_lead=first.similarity - fmean(candidate.similarity for candidate in ranked[:NEAREST]),
        lead=min(LARGEST_LEAD, scores[0] - scores[1]) if len(scores) > 1 else LARGEST_LEAD,
        weights=weights,
        whole=stems(f"{first.article.title} {text}"),
        near=stems(text[max(0, span.start - NEARBY) : span.end + NEARBY]) | title,
    )
    return np.array(row_of(CONFIDENCE_FEATURES, facts), dtype=np.float64)
