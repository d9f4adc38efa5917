"""Statements by meaning: what the best words of a ranking make of "did X say …?" in other words than X's.

A ranking that is sure of words, an entailment reader that takes them for the statement, and a comparison that finds
nothing in which the two disagree must come together before other words count as the same statement.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from retrieval.answering.verification.statement_evidence import Whose, surroundings, whose_words
from retrieval.answering.verification.statement_reading import asked_statement, read_words
from retrieval.embedding.entailment import EntailmentScores
from retrieval.query import Query
from retrieval.ranking.candidates import AnswerCandidate
from retrieval.ranking.pipeline import RankedCandidates
from retrieval.ranking.registry import HandSetValue
from retrieval.text.statements.comparison import Relation, compare_statement
from retrieval.text.statements.disagreement import Disagreement, disagreements
from retrieval.text.statements.reported import asserts

LEAST_CONFIDENCE = HandSetValue(
    "paraphrase confidence",
    "Least confidence of a ranking for its first words to be the asked statement in other words.",
    0.9,
    "probability",
    "on the training questions and their changed forms, so that none that is false becomes a yes",
)
LEAST_ENTAILED = HandSetValue(
    "least entailed",
    "Least probability that words entail the asked statement for them to be it in other words.",
    0.6,
    "probability",
    "as the paraphrase confidence",
)
MOST_CONTRADICTED = HandSetValue(
    "most contradicted",
    "Probability of a contradiction above which words aren't the asked statement in other words.",
    0.3,
    "probability",
    "as the paraphrase confidence",
)
LEAST_ENTAILED_DOUBTFUL = HandSetValue(
    "least entailed, doubtful",
    "As least entailed, where a negation, an opposite or a change of words makes it doubtful.",
    0.6,
    "probability",
    "as the paraphrase confidence",
)
MOST_CONTRADICTED_DOUBTFUL = HandSetValue(
    "most contradicted, doubtful",
    "As most contradicted, where a negation, an opposite or a change of words makes it doubtful.",
    0.2,
    "probability",
    "as the paraphrase confidence",
)
LEAST_ENTAILED_REWORDED = HandSetValue(
    "least entailed, reworded",
    "As least entailed, where most of the words are the same and some differ.",
    0.75,
    "probability",
    "as the paraphrase confidence",
)
LEAST_CONTRADICTED = HandSetValue(
    "least contradicted",
    "Least probability of a contradiction for words that disagree in a negation or direction to be the opposite.",
    0.85,
    "probability",
    "on the training questions and their changed forms",
)
_TURNED = frozenset({Disagreement.NEGATION, Disagreement.DIRECTION})
"""Disagreements of words that may say the opposite, or the same by two turns."""
_DOUBTFUL = _TURNED | {Disagreement.REWORDED}
"""Disagreements that a reader may overrule where it is surer."""


class StatementReader(Protocol):
    """Reads texts and a statement together."""

    def read(self, statement: str, texts: Sequence[str]) -> Sequence[EntailmentScores]:
        """Return what each text makes of `statement`."""
        ...


@dataclass(frozen=True, slots=True)
class StatementReading:
    """The first words of a ranking, whose they are, and how they relate to the statement in meaning."""

    candidate: AnswerCandidate
    whose: Whose
    relation: Relation


@dataclass(frozen=True, slots=True)
class StatementMeaning:
    """Judges words by their meaning. `reader` is None to do without one: then nothing is the same or the opposite."""

    reader: StatementReader | None

    def read(self, query: Query, found: RankedCandidates) -> StatementReading:
        """Return the reading of the first candidate; UNTOLD where its meaning isn't sure."""
        first = found.candidates[0]
        whose = owner_of(query, first)
        return StatementReading(first, whose, self._relation(query, found))

    def _relation(self, query: Query, found: RankedCandidates) -> Relation:
        first = found.candidates[0]
        if self.reader is None or found.confidence < LEAST_CONFIDENCE.value or not asserts(query.verb or ""):
            return Relation.UNTOLD
        if compare_statement(query.statement, first.text):
            return Relation.UNTOLD  # the words themselves have told
        words = read_words(first.article, first.span, first.quotation)
        differ = disagreements(query.statement, words, f"{first.article.title} {first.article.text}")
        if differ - _DOUBTFUL:
            return Relation.UNTOLD
        scores = self.reader.read(asked_statement(query), [words])[0]
        return _relation(scores, differ)


def _relation(scores: EntailmentScores, differ: Collection[Disagreement]) -> Relation:
    least = LEAST_ENTAILED_DOUBTFUL if differ else LEAST_ENTAILED
    least = LEAST_ENTAILED_REWORDED if Disagreement.REWORDED in differ else least
    most = MOST_CONTRADICTED_DOUBTFUL if differ else MOST_CONTRADICTED
    if scores.entails >= least.value and scores.contradicts <= most.value:
        return Relation.SAME
    opposite = not _TURNED.isdisjoint(differ) and scores.contradicts >= LEAST_CONTRADICTED.value
    return Relation.OPPOSITE if opposite else Relation.UNTOLD


def owner_of(query: Query, candidate: AnswerCandidate) -> Whose:
    """Return whose words a candidate's are, compared with the speaker who is asked about."""
    speaker = candidate.quotation.speaker if candidate.quotation else None
    return whose_words(query, speaker, surroundings(candidate.article.text, candidate.span))
