"""From a question to the citations that answer it, or to a decline with what comes nearest."""

import logging
from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import islice

from retrieval.answering.citations import cite
from retrieval.answering.near_duplicates import NearDuplicates
from retrieval.answering.near_names import meant_instead
from retrieval.answering.understanding import statement_query, understand
from retrieval.domain import SURROUNDINGS, Answer, Citation, Filters, NearMiss, Verdict
from retrieval.embedding.encoder import Encoder
from retrieval.embedding.question_encoder import is_bundled, question_encoder
from retrieval.query import Query, QueryKind
from retrieval.ranking.candidates import AnswerCandidate
from retrieval.ranking.decline_reasons import decline_reason
from retrieval.ranking.pipeline import CandidateRanking, RankedCandidates, Reranker
from retrieval.ranking.ranker import AnswerRankers
from retrieval.ranking.registry import HandSetValue
from retrieval.search.engine import SearchEngine
from retrieval.store.archive import Archive
from retrieval.text.alignment import nearest_window
from retrieval.text.polarity import changes_meaning
from retrieval.text.tokens import words
from retrieval.timing import timed

log = logging.getLogger(__name__)

NEAR_MISSES = 3
"""Near misses that a declined question comes with."""
WITH_DUPLICATES = 4
"""How many times as many citations are looked at as are given, since near-duplicates are folded into one."""
PARAPHRASE_THRESHOLD = HandSetValue(
    "paraphrase threshold",
    "Least likeness of the first candidate for the words looked for to be another wording of it.",
    0.62,
    "cosine, with the margin bonus",
    "by hand, together with the margin bonus",
)
SAME_STATEMENT = HandSetValue(
    "same statement",
    "Least share of a statement's words that a candidate has for a negation in it to contradict the statement.",
    0.7,
    "share of words",
    "by hand",
)


class Answerer:
    """Answers from one archive. As thread-safe as its collaborators.

    `encoder` is the one that embeds the archive. `boldness`, 0..1, is how unsure an answer may be: 0.5 was best on the
    questions that the rankers were fitted on.
    """

    def __init__(  # noqa: PLR0913  the collaborators of the main path
        self,
        archive: Archive,
        engine: SearchEngine,
        encoder: Encoder,
        reranker: Reranker | None = None,
        boldness: float = 0.5,
        *,
        rankers: AnswerRankers | None = None,
        today: Callable[[], date] = lambda: datetime.now(UTC).date(),
    ) -> None:
        """Without `reranker` no cross-encoder is used; `rankers` are the fitted ones unless others are given."""
        rankers = rankers or AnswerRankers.load(is_bundled(encoder))
        self._ranking = CandidateRanking(archive, engine, question_encoder(encoder), reranker, rankers)
        self._archive = archive
        self._duplicates = NearDuplicates(archive)
        self._boldness = boldness
        self.today = today

    def answer(self, question: str, filters: Filters | None = None, limit: int = 5) -> Answer:
        """Return the answer to a question as a person asks it; see `answer_query`."""
        return self.answer_query(understand(question, self.today()), filters, limit)

    def answer_query(self, query: Query, filters: Filters | None = None, limit: int = 5) -> Answer:
        """Return at most `limit` citations, best first, of what `filters` lets through.

        Where the archive doesn't say, the answer has near misses instead.
        """
        filters = filters or Filters()
        meant = meant_instead(query, self._archive, filters.owners)
        if meant and query.speaker:
            asked = query.asked_of(meant, instead_of=query.speaker)
            return replace(self._answer(asked, filters, limit), question=query.text, did_you_mean=meant)
        return self._answer(query, filters, limit)

    def _answer(self, query: Query, filters: Filters, limit: int) -> Answer:
        with timed(log, "ranked the candidates of a question") as facts:
            found = self._ranking.rank(query, filters)
            facts["candidates"] = len(found.candidates) if found else 0
        if found is None or found.confidence < self._ranking.ranker.least_confidence(self._boldness):
            near_misses = self._duplicates.fold_misses(_near_misses(query, found), filters)
            refused = Verdict.NOT_FOUND if query.kind is QueryKind.DID_SAY else None
            return Answer(query.text, found.confidence if found else 0.0, near_misses=near_misses, verdict=refused)
        folded = self._duplicates.fold(_citations(found, limit), filters)[:limit]
        return Answer(query.text, found.confidence, folded, verdict=speech_verdict(query, found.candidates[0]))

    def paraphrases(self, words: str, filters: Filters | None = None, limit: int = 5) -> Sequence[Citation]:
        """Return what says most nearly the same as `words`, best first; none if nothing comes near."""
        filters = filters or Filters()
        found = self._ranking.rank(statement_query(words), filters)
        if found is None or found.likeness < PARAPHRASE_THRESHOLD.value:
            return []
        return self._duplicates.fold(_citations(found, limit), filters)[:limit]

    def as_bold_as(self, boldness: float) -> "Answerer":
        """Return the same answerer with another boldness, 0..1."""
        other = copy(self)
        other._boldness = boldness
        return other


def speech_verdict(query: Query, first: AnswerCandidate) -> Verdict | None:
    """Return the verdict on "did X say …?", by who said the words that come first.

    None for other questions, and where it isn't sure enough to tell.
    """
    if query.kind is not QueryKind.DID_SAY:
        return None
    speaker = first.quotation.speaker if first.quotation else None
    if speaker is None:
        return Verdict.NOT_FOUND
    if _contradicts(query, first.text):
        return None
    if query.names(speaker):
        return Verdict.SUPPORTED
    text, span = first.article.text, first.span
    around = text[max(0, span.start - SURROUNDINGS) : span.end + SURROUNDINGS]
    return Verdict.MISATTRIBUTED if query.names_another(speaker, around) else None


def _contradicts(query: Query, text: str) -> bool:
    """Whether `text` has most words of the statement, and the others change its meaning: a "not", for example."""
    given, real = ([word.key for word in words(of)] for of in (query.statement, text))
    near = real[nearest_window(given, real)]
    shared = sum(word in near for word in given)
    return shared >= SAME_STATEMENT.value * len(given) > 0 and changes_meaning(given, near)


def _near_misses(query: Query, found: RankedCandidates | None) -> list[NearMiss]:
    if found is None:
        return []
    nearest = zip(found.candidates[:NEAR_MISSES], found.scores, strict=False)
    return [NearMiss(_cited(c, score), decline_reason(query, c, found.weights)) for c, score in nearest]


def _citations(found: RankedCandidates, limit: int) -> list[Citation]:
    """More than `limit`, since some may be near-duplicates of others."""
    ranked = zip(found.candidates, found.scores, strict=True)
    return [_cited(candidate, score) for candidate, score in islice(ranked, WITH_DUPLICATES * limit)]


def _cited(candidate: AnswerCandidate, score: float) -> Citation:
    return cite(candidate.article, candidate.span, score, candidate.quotation, candidate.unit)
