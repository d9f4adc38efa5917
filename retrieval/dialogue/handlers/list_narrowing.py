"""What a wish for a list comes down to: the archive's own names of speakers, publishers and members of groups."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from retrieval.answering.publisher_names import PublisherMatch, match_publisher
from retrieval.dialogue.handlers.archive_statistics import publisher_counts
from retrieval.dialogue.handlers.groups import (
    SpeakerGroup,
    describes_group,
    speaker_group,
    tells_nothing,
    tells_several,
)
from retrieval.dialogue.handlers.quotation_rows import QuotationFilters, speaker_descriptions
from retrieval.dialogue.handlers.speaker_choice import MeantSpeakers, SpeakerChoice, SpeakerWords
from retrieval.dialogue.intents import ListRequest
from retrieval.dialogue.replies import ReplyCode, ReplyText
from retrieval.domain import Filters
from retrieval.query import Period
from retrieval.store.archive import Archive
from retrieval.store.sqlite.database import read_transaction


@dataclass(frozen=True, slots=True)
class NarrowedList:
    """What a list request comes down to: filters, or the reply that says why there is nothing.

    `said` are the words of the speakers who may be meant, `group` who is described instead. `others` are those who
    bear the name too, where nothing tells whom it means.
    """

    filters: QuotationFilters
    said: tuple[SpeakerWords, ...] = ()
    group: SpeakerGroup | None = None
    did_you_mean: str | None = None
    others: tuple[str, ...] = ()
    declined: ReplyText | None = None


@dataclass(frozen=True, slots=True)
class ListNarrowing:
    """Narrows wishes for lists. As thread-safe as its collaborators."""

    archive: Archive
    choice: SpeakerChoice

    def narrow(self, request: ListRequest, filters: Filters) -> NarrowedList:
        """Return what a request, narrowed by the filters already, narrows by, in the archive's own names."""
        wanted = QuotationFilters(filters.owners, period=request.period)
        if request.publisher:
            match = self._publisher(request.publisher, filters)
            if not match.names:
                return NarrowedList(wanted, declined=_unknown_publisher(request.publisher, match))
            wanted = replace(wanted, publishers=match.names)
        names = [name for name in request.speakers if not tells_nothing(name)]
        meant = [] if request.group else [self.choice.meant(name, filters.owners) for name in names]
        if names and (request.group or _describes(meant)):
            return self._of_group(wanted, names[0])
        if missing := next((each for each in meant if not each.entries), None):
            return NarrowedList(wanted, declined=ReplyText.of(ReplyCode.NOBODY_CALLED, name=missing.name))
        entries = [entry for each in meant for entry in (each.entries if request.topic else each.entries[:1])]
        said = tuple(self.choice.words(entry) for entry in entries)
        if said:
            wanted = replace(wanted, rows=frozenset(row for words in said for row in words.rows))
        did_you_mean = next((each.did_you_mean for each in meant if each.did_you_mean), None)
        others = () if request.topic else tuple(name for each in meant for name in each.others)
        return NarrowedList(wanted, said, did_you_mean=did_you_mean, others=others)

    def _of_group(self, wanted: QuotationFilters, described: str) -> NarrowedList:
        group = speaker_group(described)
        if not group.role_words:
            return NarrowedList(wanted, group=group)
        with read_transaction(self.archive.database) as connection:
            every = speaker_descriptions(connection, wanted.owners)
        return NarrowedList(replace(wanted, descriptions=group.members(every)), group=group)

    def _publisher(self, publisher: str, filters: Filters) -> PublisherMatch:
        with read_transaction(self.archive.database) as connection:
            return match_publisher(publisher, publisher_counts(connection, filters.owners))


def with_filters(request: ListRequest, filters: Filters) -> ListRequest:
    """Return the request with what the filters narrow by: their speaker and publisher go before the request's own."""
    if filters.speaker:
        request = replace(request, speakers=(filters.speaker,), group=False)
    period = common_days(request.period, filters.after, filters.before)
    return replace(request, publisher=filters.publisher or request.publisher, period=period)


def _describes(meant: Sequence[MeantSpeakers]) -> bool:
    """Return whether the only name given describes a group, and is nobody's name or in the plural: "economists"."""
    if len(meant) != 1 or not describes_group(meant[0].name):
        return False
    return not meant[0].entries or tells_several(meant[0].name)


def common_days(period: Period | None, after: date | None, before: date | None) -> Period | None:
    """Return the days that lie in the period and between two days; None where nothing narrows them."""
    firsts = [day for day in (period and period.first, after) if day]
    lasts = [day for day in (period and period.last, before) if day]
    return Period(max(firsts, default=None), min(lasts, default=None)) if firsts or lasts else None


def _unknown_publisher(publisher: str, match: PublisherMatch) -> ReplyText:
    if match.nearest:
        return ReplyText.of(ReplyCode.PUBLISHER_NEAREST, publisher=publisher, names=", ".join(match.nearest))
    return ReplyText.of(ReplyCode.PUBLISHER_UNKNOWN, publisher=publisher)
