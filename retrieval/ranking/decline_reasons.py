"""Why a candidate isn't an answer."""

from retrieval.domain import Certainty
from retrieval.query import Query, QueryKind
from retrieval.ranking.answer_type import holds_answer_type
from retrieval.ranking.candidates import AnswerCandidate
from retrieval.ranking.descriptions import is_speaker_meant
from retrieval.ranking.registry import HandSetValue
from retrieval.ranking.word_weights import WordWeights, missing_words
from retrieval.reasons import Reason, ReasonCode
from retrieval.text.stemming import stem

_LACKS = {
    QueryKind.NUMBER: ReasonCode.NO_NUMBER,
    QueryKind.DATE: ReasonCode.NO_DATE,
    QueryKind.PERSON: ReasonCode.NO_PERSON,
}
TELLING_WEIGHT = HandSetValue(
    "telling word",
    "Least weight of a missing word that is given as the reason.",
    5.0,
    "inverse document frequency, natural logarithm",
    "by hand: such a word stands in less than one text in 150",
)


def decline_reason(query: Query, candidate: AnswerCandidate, weights: WordWeights) -> Reason:
    """Return what the candidate lacks, the plainest lack first."""
    speaker = candidate.quotation.speaker if candidate.quotation else None
    if query.speaker and speaker and speaker.name and not is_speaker_meant(query, candidate):
        return Reason.of(ReasonCode.SAID_BY_ANOTHER, speaker=speaker.name, asked=query.speaker)
    if missing := _telling_words_missing(query, candidate, weights):
        code = ReasonCode.WORDS_NOT_MENTIONED if len(missing) > 1 else ReasonCode.WORD_NOT_MENTIONED
        return Reason.of(code, **dict(zip(("word", "other"), missing, strict=False)))
    if not holds_answer_type(query, candidate.text):
        return Reason.of(_LACKS.get(query.kind, ReasonCode.NOT_SAID))
    if query.kind.speech and speaker and speaker.certainty is Certainty.UNCLEAR:
        return Reason.of(ReasonCode.SPEAKER_UNCLEAR)
    return Reason.of(ReasonCode.NOT_QUITE_SAID)


def _telling_words_missing(query: Query, candidate: AnswerCandidate, weights: WordWeights) -> list[str]:
    """Return those of the two heaviest missing words that are worth telling."""
    article = f"{candidate.article.title} {candidate.article.text}"
    heaviest = missing_words(query, article, weights)[:2]
    return [word for word in heaviest if weights.get(stem(word), 0) >= TELLING_WEIGHT.value]
