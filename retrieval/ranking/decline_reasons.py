"""In a few words, why a candidate isn't an answer."""

from retrieval.domain import Certainty
from retrieval.query import Asks, Question
from retrieval.ranking.answer_type import holds_what_is_asked
from retrieval.ranking.candidates import Candidate
from retrieval.ranking.confidence_features import missing_words
from retrieval.ranking.features import Weights
from retrieval.text.stemming import stem

_LACKS = {
    Asks.NUMBER: "gives no number",
    Asks.DATE: "gives no date",
    Asks.PERSON: "names nobody",
}
TELLING = 5.0
"""The weight from which a word that is missing is worth telling: it stands in less than one text in 150."""


def why_not(question: Question, candidate: Candidate, weights: Weights) -> str:
    """What the candidate lacks, the plainest lack first."""
    article = f"{candidate.article.title} {candidate.article.text}"
    missing = [word for word in missing_words(question, article, weights)[:2] if weights.get(stem(word), 0) >= TELLING]
    speaker = candidate.quotation.speaker if candidate.quotation else None
    if question.speaker and speaker and speaker.name and not question.names(speaker):
        return f"said by {speaker.name}, not by {question.speaker}"
    if missing:
        return "the article does not mention " + " or ".join(f"'{word}'" for word in missing)
    if not holds_what_is_asked(question, candidate.text):
        return f"it is near, but {_LACKS.get(question.asks, 'does not say it')}"
    if question.asks.speech and speaker and speaker.certainty is Certainty.UNCLEAR:
        return "it is unclear who said it"
    return "it is about this, but does not quite say it"
