"""Posted answers: the messages that show citations, and which of them are outdated when articles change."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from retrieval.answering.quotation_status import QuotationPointer, QuotationStatus, QuotationStatuses, QuotedSpan
from retrieval.store.archive import Archive
from retrieval.store.posted_answers import (
    PostedExcerpt,
    delete_before,
    delete_message,
    mark_checked,
    outdated_excerpts,
    save_excerpts,
)
from retrieval.store.sqlite.database import read_transaction, write_transaction
from retrieval.store.sqlite.locks import Clock

PORTION = 50
"""Messages that are looked at in one go."""


@dataclass(frozen=True, slots=True)
class PostedMessage:
    """Where an answer was posted, by Discord's ids."""

    message: int
    channel: int
    guild: int


@dataclass(frozen=True, slots=True)
class OutdatedMessage:
    """A message whose citations have changed; `statuses` has their status by the reference of their buttons."""

    message: int
    channel: int
    guild: int | None
    statuses: Mapping[str, QuotationStatus]
    words: Sequence[tuple[PostedExcerpt, str]]


@dataclass(frozen=True, slots=True)
class PostedAnswers:
    """Remembers posted answers. Synchronous, from any thread; `kept` is for how long, and with 0 none are."""

    archive: Archive
    clock: Clock
    kept: timedelta

    def remember(self, where: PostedMessage, shown: Collection[QuotationPointer], owners: Collection[str]) -> None:
        """Store what a message shows; `owners` are those whose articles may be seen there."""
        if not self.kept:
            return
        statuses = QuotationStatuses(self.archive)
        places = {place: pointer for pointer in shown if (place := statuses.find(pointer, owners))}
        rows = [
            PostedExcerpt(
                where.message, where.channel, where.guild, place.article, place.version, place.span, str(pointer)
            )
            for place, pointer in places.items()
        ]
        with write_transaction(self.archive.database) as connection:
            delete_message(connection, where.message)
            save_excerpts(connection, rows, self._moment())

    def due(self, waiting: Collection[int] = ()) -> list[OutdatedMessage]:
        """Return at most fifty outdated messages, without those in `waiting`.

        Messages whose citations are unchanged are noted as looked at.
        """
        with write_transaction(self.archive.database) as connection:
            delete_before(connection, self._moment(self.kept))
        while rows := self._affected(waiting):
            if due := self._judged(rows):
                return due
        return []

    def _affected(self, waiting: Collection[int]) -> list[tuple[PostedExcerpt, str]]:
        with read_transaction(self.archive.database) as connection:
            return outdated_excerpts(connection, PORTION, waiting)

    def _judged(self, rows: Sequence[tuple[PostedExcerpt, str]]) -> list[OutdatedMessage]:
        statuses = QuotationStatuses(self.archive)
        found: dict[int, list[tuple[PostedExcerpt, str, QuotationStatus]]] = {}
        for words, state in rows:
            status = statuses.of(QuotedSpan(words.article, words.version, words.span))
            found.setdefault(words.message, []).append((words, state, status))
        due = [_due(told) for told in found.values() if any(w.noted != s.digest for w, _, s in told)]
        for message in found.keys() - {each.message for each in due}:
            self._looked(found[message])
        return due

    def told(self, due: OutdatedMessage) -> None:
        """Note that the message was changed."""
        self._looked([(words, state, due.statuses[words.reference]) for words, state in due.words])

    def forget(self, message: int) -> None:
        """Forget a message that is gone, or can't be changed any more."""
        with write_transaction(self.archive.database) as connection:
            delete_message(connection, message)

    def _looked(self, told: Sequence[tuple[PostedExcerpt, str, QuotationStatus]]) -> None:
        with write_transaction(self.archive.database) as connection:
            for words, state, status in told:
                mark_checked(connection, words, state, status.digest)

    def _moment(self, ago: timedelta = timedelta()) -> str:
        return (self.clock() - ago).isoformat(timespec="seconds")


def _due(told: Sequence[tuple[PostedExcerpt, str, QuotationStatus]]) -> OutdatedMessage:
    first = told[0][0]
    statuses = {words.reference: status for words, _, status in told}
    return OutdatedMessage(
        first.message, first.channel, first.guild, statuses, [(words, state) for words, state, _ in told]
    )
