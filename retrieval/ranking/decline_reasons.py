"""Why a candidate isn't an answer."""

from retrieval.domain import Certainty
from retrieval.query import Asks, Question
from retrieval.ranking.answer_type import holds_what_is_asked
from retrieval.ranking.candidates import Candidate
from retrieval.ranking.confidence_features import missing_words
from retrieval.ranking.features import Weights
from retrieval.reasons import Reason, ReasonCode
from retrieval.text.stemming import stem

_LACKS = {
    Asks.NUMBER: ReasonCode.NO_NUMBER,
    Asks.DATE: ReasonCode.NO_DATE,
    Asks.PERSON: ReasonCode.NO_PERSON,
}
TELLING = 5.0
"""The weight from which a word that is missing is worth telling: it stands in less than one text in 150."""


def why_not(question: Question, candidate: Candidate, weights: Weights) -> Reason:
    """Return what the candidate lacks, the plainest lack first."""
    article = f"{candidate.article.title} {candidate.article.text}"
    missing = [word for word in missing_words(question, article, weights)[:2] if weights.get(stem(word), 0) >= TELLING]
    speaker = candidate.quotation.speaker if candidate.quotation else None
    if question.speaker and speaker and speaker.name and not question.names(speaker):
        return Reason.of(ReasonCode.SAID_BY_ANOTHER, speaker=speaker.name, asked=question.speaker)
    if missing:
        code = ReasonCode.WORDS_NOT_MENTIONED if len(missing) > 1 else ReasonCode.WORD_NOT_MENTIONED
        return Reason.of(code, **dict(zip(("word", "other"), missing, strict=False)))
    if not holds_what_is_asked(question, candidate.text):
        return Reason.of(_LACKS.get(question.asks, ReasonCode.NOT_SAID))
    if question.asks.speech and speaker and speaker.certainty is Certainty.UNCLEAR:
        return Reason.of(ReasonCode.SPEAKER_UNCLEAR)
    return Reason.of(ReasonCode.NOT_QUITE_SAID)
