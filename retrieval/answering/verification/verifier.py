"""Verification: whether a quotation stands in the archive, how it was changed, and whether its speaker is right."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from time import monotonic

from retrieval.answering.citations import cite
from retrieval.answering.interfaces import ParaphraseSearch
from retrieval.answering.near_duplicates import NearDuplicates
from retrieval.answering.verification.messages import is_statement, quotations_in
from retrieval.answering.verification.quote_comparison import LEAST_COST_AT_MOST, GivenQuote, QuoteChange, cleaned
from retrieval.answering.verification.quote_matching import (
    QuoteMatch,
    QuoteVerdict,
    interpretations,
    least_cost,
    locate,
)
from retrieval.domain import Certainty, Citation, Filters
from retrieval.search.engine import SearchEngine
from retrieval.store.archive import Archive
from retrieval.text.overlap import is_chance_overlap
from retrieval.text.person_names.matching import names_speaker, near_name

CANDIDATES = 40
"""Units that the search gives; their articles are then searched whole."""
SHOWN = 3
"""Most citations of a verdict."""
EVERYTHING = Filters()


class SpeakerVerdict(StrEnum):
    """Whether a quotation is by the speaker to whom it is given."""

    SUPPORTED = "supported"
    MISATTRIBUTED = "misattributed"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Verification:
    """The verdict on one quotation.

    `stressed` says that what was changed or left out may change the meaning. Citations show the real words.
    """

    text: str
    verdict: QuoteVerdict
    speaker_verdict: SpeakerVerdict | None = None
    stressed: bool = False
    changes: Sequence[QuoteChange] = ()
    citations: Sequence[Citation] = ()
    joined: bool = False
    """Whether words of two quotations are given as one."""
    complete: bool = True
    """False where time ran out before all candidates were compared."""


@dataclass(frozen=True, slots=True)
class MessageVerification:
    """Verdicts on the first quotations of a message; `total` says how many it has.

    None where it holds neither a quotation nor a statement.
    """

    checked: tuple[Verification, ...]
    total: int


class TimeBudget:
    """Seconds of time, after which no more work is begun; endless without `seconds`."""

    def __init__(self, seconds: float | None = None, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._end = math.inf if seconds is None else clock() + seconds

    @property
    def spent(self) -> bool:
        """Return whether the time is over."""
        return self._clock() >= self._end


@dataclass(frozen=True, slots=True)
class Verifier:
    """Checks quotations against whole articles, found through the engine. As thread-safe as its collaborators."""

    archive: Archive
    engine: SearchEngine
    answers: ParaphraseSearch

    def verify_message(
        self, message: str, filters: Filters = EVERYTHING, *, limit: int | None = None, seconds: float | None = None
    ) -> MessageVerification:
        """Verify the quotations of a message, from the first; a message without quotation marks is one itself.

        A speaker whom the message names beside a quotation is held against it. At most `limit` are verified, and none
        is begun, or searched further, after so many seconds.
        """
        quotations, budget = quotations_in(message), TimeBudget(seconds)
        if not quotations:
            whole = self._verify(message, None, filters, budget)
            stands = whole.verdict in (QuoteVerdict.EXACT, QuoteVerdict.TRIMMED, QuoteVerdict.ALTERED)
            return MessageVerification((whole,), 1) if stands or is_statement(message) else MessageVerification((), 0)
        checked: list[Verification] = []
        for quoted in quotations[:limit]:
            if checked and budget.spent:
                break
            checked.append(self._verify(quoted.words, quoted.speaker, filters, budget))
        return MessageVerification(tuple(checked), len(quotations))

    def verify(
        self, text: str, speaker: str | None = None, filters: Filters = EVERYTHING, *, seconds: float | None = None
    ) -> Verification:
        """Return the verdict on `text`, said to be by `speaker`. The speaker in `filters` doesn't count.

        No candidate is compared any more after so many `seconds`.
        """
        return self._verify(text, speaker, filters, TimeBudget(seconds))

    def _verify(self, text: str, speaker: str | None, filters: Filters, budget: TimeBudget) -> Verification:
        filters = replace(filters, speaker=None)
        ways = [way for way in interpretations(cleaned(text)) if way.length]
        if not ways:
            return Verification(text, QuoteVerdict.NOT_FOUND)
        matches = sorted(self._matches(ways, filters, budget), key=_rank)
        complete = not budget.spent
        if not matches and not complete:
            return Verification(text, QuoteVerdict.NOT_FOUND, complete=False)
        if not matches:
            return self._paraphrase(text, speaker, filters)
        best = matches[0]
        citations = [citation for match in matches if _rank(match) == _rank(best) for citation in _citations(match)]
        changes = (*best.comparison.changes, *(QuoteChange("delete", "", part) for part in best.left_out))
        verdict = _speaker_verdict(speaker, citations)
        shown = NearDuplicates(self.archive).fold(citations, filters)[:SHOWN]
        return Verification(text, best.verdict, verdict, best.stressed, changes, shown, best.joined, complete)

    def _matches(self, ways: Sequence[GivenQuote], filters: Filters, budget: TimeBudget) -> Iterator[QuoteMatch]:
        """All of the best ones: an article is left out where it can't come up to one that was found."""
        hits = self.engine.search_wording(ways[0].text, filters, CANDIDATES)
        rows = dict.fromkeys(unit.article for unit in self.archive.units([hit.unit for hit in hits]))
        least: dict[int, float] = {}
        for row, article in self.archive.articles(rows).items():
            if budget.spent:
                break
            least[row] = least_cost(ways, article.text)
        best = LEAST_COST_AT_MOST
        for row in sorted(least, key=least.__getitem__):
            if least[row] > best or budget.spent:
                return
            whole = self.archive.whole(row)
            if whole and (match := locate(ways, *whole)) and not self._by_chance(match, filters.owners):
                best = min(best, match.comparison.cost)
                yield match

    def _by_chance(self, match: QuoteMatch, owners: frozenset[str]) -> bool:
        """Whether altered words, a part of something, are so few, or so common, that others may be meant."""
        if match.verdict is not QuoteVerdict.ALTERED or not match.left_out:
            return False
        kept, missed = (
            [word.casefold() for word in words] for words in (match.comparison.kept, match.comparison.missed)
        )
        return is_chance_overlap(
            kept, missed, self.engine.frequencies([*kept, *missed], owners), self.engine.unit_count(owners)
        )

    def _paraphrase(self, text: str, speaker: str | None, filters: Filters) -> Verification:
        nearest = self.answers.paraphrases(text, filters, SHOWN)
        if not nearest:
            return Verification(text, QuoteVerdict.NOT_FOUND)
        verdict = _speaker_verdict(speaker, nearest[:1])
        return Verification(text, QuoteVerdict.PARAPHRASE, verdict, citations=nearest)


def _rank(match: QuoteMatch) -> tuple[int, float, int]:
    """Best first: the verdict, then the fewest differences, then the least left out."""
    order = (QuoteVerdict.EXACT, QuoteVerdict.TRIMMED, QuoteVerdict.ALTERED)
    return order.index(match.verdict), match.comparison.cost, sum(map(len, match.left_out))


def _citations(match: QuoteMatch) -> Iterator[Citation]:
    for place in match.places:
        quotation = place.unit.quotation if place.unit else None
        unit = place.unit.id if place.unit else None
        yield cite(match.article, place.span, match.comparison.aligned, quotation, unit)


def _speaker_verdict(speaker: str | None, citations: Sequence[Citation]) -> SpeakerVerdict | None:
    """Supported where any of the places has that speaker; misattributed only where all are certainly another's.

    A name that may be the speaker's mistyped leaves it unclear.
    """
    if speaker is None:
        return None
    speakers = [citation.speaker for citation in citations]
    if any(known and names_speaker(speaker, known) for known in speakers):
        return SpeakerVerdict.SUPPORTED
    if any(known and known.name and near_name(speaker, known.name) for known in speakers):
        return SpeakerVerdict.UNCLEAR
    if speakers and all(known and known.certainty is Certainty.CERTAIN for known in speakers):
        return SpeakerVerdict.MISATTRIBUTED
    return SpeakerVerdict.UNCLEAR
