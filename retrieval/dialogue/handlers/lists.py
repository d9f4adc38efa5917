"""Lists of quotations: by topic, speaker, group, publisher and period, best or newest first, page by page."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from retrieval.answering.citations import cite
from retrieval.answering.near_duplicates import NearDuplicates
from retrieval.dialogue.handlers.list_narrowing import ListNarrowing, NarrowedList, with_filters
from retrieval.dialogue.handlers.opposition import OpposedSide
from retrieval.dialogue.handlers.quotation_rows import (
    QuotationFilters,
    count_rows,
    latest_rows,
    newest_day,
)
from retrieval.dialogue.handlers.quotation_search import FoundQuotation, QuotationSearch, SoughtTopic
from retrieval.dialogue.handlers.speaker_choice import SpeakerWords
from retrieval.dialogue.intents import Intent, ListOrder, ListRequest
from retrieval.dialogue.interfaces import ReplyContext
from retrieval.dialogue.replies import DialogueReply, ReplyCode, ReplyKind, ReplyText
from retrieval.domain import Answer, Citation, Filters
from retrieval.store.archive import Archive
from retrieval.store.sqlite.database import read_transaction

APIECE = 2
"""Quotations of one speaker that come before others' where nobody is asked for by name."""
LONGEST_LIST = 1_000
"""Quotations of a list that can be paged through."""


@dataclass(frozen=True, slots=True)
class ListHandler:
    """Replies to wishes for a list. As thread-safe as its collaborators."""

    archive: Archive
    search: QuotationSearch
    narrowing: ListNarrowing

    def reply(self, intent: Intent, context: ReplyContext) -> DialogueReply | None:
        """Return a page of the list, or why there is none; None where the request narrows by nothing at all.

        The reply's intent holds what the filters narrow by, too, so that other pages, a chart and an export have it.
        """
        request = with_filters(intent.listing, context.filters)
        intent = replace(intent, listing=request)
        narrowed = self.narrowing.narrow(request, context.filters)
        if narrowed.declined:
            return _declined(intent, context, narrowed.declined, narrowed.did_you_mean)
        if not (request.topic or narrowed.filters.narrowed or narrowed.group):
            return None
        limit = min(request.count or context.limit, context.limit)
        total, page = self._page(request, narrowed, context.offset, limit)
        if not total:
            return _declined(intent, context, self._nothing(request, narrowed), narrowed.did_you_mean)
        answer = Answer(intent.text, 1.0, page, did_you_mean=narrowed.did_you_mean)
        heading = [ReplyText.of(ReplyCode.QUOTATIONS_LISTED, quotations=total)]
        if narrowed.others:
            heading.append(ReplyText.of(ReplyCode.OTHERS_CALLED, names=", ".join(narrowed.others)))
        return DialogueReply(
            ReplyKind.LIST, answer, tuple(heading), intent=intent, total=total, language=context.language
        )

    def citations(self, request: ListRequest, filters: Filters) -> Sequence[Citation]:
        """Return the whole list, as an export takes it."""
        request = with_filters(request, filters)
        narrowed = self.narrowing.narrow(request, filters)
        return () if narrowed.declined else self._page(request, narrowed, 0, LONGEST_LIST)[1]

    def _page(
        self, request: ListRequest, narrowed: NarrowedList, offset: int, limit: int
    ) -> tuple[int, Sequence[Citation]]:
        """Return how many quotations there are in all, and those of the page."""
        if not request.topic and not request.opposing:
            return self._page_by_day(request, narrowed, offset, limit)
        found = self.found(request, narrowed, offset + limit)
        shown = self._cited(found, narrowed.filters)
        if request.order is ListOrder.BEST and not narrowed.said:
            shown = _spread(shown)
        return len(shown), _together(shown[offset : offset + limit], request.order)

    def found(self, request: ListRequest, narrowed: NarrowedList, least: int) -> list[FoundQuotation]:
        """Return everything on the topic, in the order that is asked for."""
        opposed = OpposedSide.of(request.opposing) if request.opposing else None
        topic = " ".join(part for part in (opposed and opposed.name, request.topic) if part)
        speaker = request.speakers[0] if narrowed.said and len(request.speakers) == 1 else None
        sought = SoughtTopic(topic, speaker, narrowed.group.description if narrowed.group else None)
        if request.order is ListOrder.NEWEST:
            found = self.search.newest_about(sought, narrowed.filters, least)
        else:
            found = self.search.about(sought, narrowed.filters)
        if opposed:
            found = [
                replace(each, score=each.score + opposed.bonus(each.candidate))
                for each in found
                if opposed.may_be_opponent(each.candidate)
            ]
            found.sort(key=lambda each: -each.score)
        return _of_the_best(found, narrowed.said) if speaker else found

    def _page_by_day(
        self, request: ListRequest, narrowed: NarrowedList, offset: int, limit: int
    ) -> tuple[int, Sequence[Citation]]:
        """Near-duplicates are folded before the page is cut; the total counts those behind the page one by one."""
        telling = request.order is ListOrder.BEST and not narrowed.said
        until, read = offset + limit, offset + limit + 1
        while True:
            with read_transaction(self.archive.database) as connection:
                total = count_rows(connection, narrowed.filters)
                rows = latest_rows(connection, narrowed.filters, 0, read, telling_first=telling)
            pairs = self.archive.units_with_articles(rows)
            cited = [cite(article, unit.span, 0.0, unit.quotation, unit.id) for unit, article in pairs]
            folded = self._folded(cited, narrowed.filters)
            if len(rows) < read:
                return len(folded), folded[offset:until]
            if len(folded) > until or read >= LONGEST_LIST:
                return len(folded) + total - len(rows), folded[offset:until]
            read *= 2

    def _cited(self, found: Iterable[FoundQuotation], wanted: QuotationFilters) -> list[Citation]:
        cited = [
            cite(each.candidate.article, each.candidate.span, each.score, each.candidate.quotation, each.candidate.unit)
            for each in found
        ]
        return self._folded(cited, wanted)

    def _folded(self, citations: Sequence[Citation], wanted: QuotationFilters) -> list[Citation]:
        """Fold near-duplicates; of a publisher or period that is asked for nothing moves to another."""
        duplicates = NearDuplicates(self.archive)
        if wanted.publishers is None and wanted.period is None:
            return duplicates.fold(citations, Filters(wanted.owners))
        known: dict[tuple[str | None, str], Citation] = {}
        for citation in citations:
            words = " ".join(citation.text.casefold().split())
            known.setdefault((citation.speaker.name if citation.speaker else None, words), citation)
        return duplicates.with_other_articles(known.values(), wanted.owners)

    def _nothing(self, request: ListRequest, narrowed: NarrowedList) -> ReplyText:
        """Say what there is nothing of: the period, the speaker on the topic, or the topic."""
        period = narrowed.filters.period
        if period is not None:
            with read_transaction(self.archive.database) as connection:
                newest = newest_day(connection, narrowed.filters.owners)
            if newest is not None and (period.first is None or period.first > newest):
                return ReplyText.of(ReplyCode.NOTHING_SO_NEW, newest=newest)
        who = narrowed.said[0].entry.name if narrowed.said else narrowed.group and narrowed.group.description
        topic = request.topic
        if who and topic:
            return ReplyText.of(ReplyCode.NOTHING_BY_ABOUT, speaker=who, topic=topic)
        if who or not topic:
            return ReplyText.of(ReplyCode.NOTHING_LISTED)
        return ReplyText.of(ReplyCode.NOTHING_ABOUT, topic=topic)


def _of_the_best(found: Sequence[FoundQuotation], said: Sequence[SpeakerWords]) -> list[FoundQuotation]:
    """Return the words of the one speaker of several of a name who says most on the topic."""
    if not found:
        return []
    best = max(found, key=lambda each: each.score)
    rows = next((set(words.rows) for words in said if best.candidate.unit in words.rows), set[int]())
    return [each for each in found if each.candidate.unit in rows]


def _spread(citations: Sequence[Citation]) -> list[Citation]:
    """Return the citations with at most APIECE of each speaker before the others."""
    counts = Counter[str | None]()
    first: list[Citation] = []
    rest: list[Citation] = []
    for citation in citations:
        name = citation.speaker.name if citation.speaker else None
        counts[name] += 1
        (first if counts[name] <= APIECE or name is None else rest).append(citation)
    return first + rest


def _together(citations: Sequence[Citation], order: ListOrder) -> list[Citation]:
    """Return the citations of a page with each speaker's words beside each other, of one day where the days count."""
    keys = [
        (citation.speaker.name if citation.speaker else None, _day(citation) if order is ListOrder.NEWEST else None)
        for citation in citations
    ]
    return [citations[at] for at in sorted(range(len(citations)), key=lambda at: keys.index(keys[at]))]


def _day(citation: Citation) -> str:
    return citation.said_on.isoformat() if citation.said_on else (citation.article.published or "")[:10]


def _declined(intent: Intent, context: ReplyContext, why: ReplyText, did_you_mean: str | None) -> DialogueReply:
    answer = Answer(intent.text, 0.0, did_you_mean=did_you_mean)
    return DialogueReply(ReplyKind.DECLINED, answer, (why,), intent=intent, language=context.language)
