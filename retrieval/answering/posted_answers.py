"""The answers that were shown, and what has to be told of them when articles change."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from retrieval.answering.quotation_status import Place, Pointer, Standing, Standings
from retrieval.store.archive import Archive
from retrieval.store.database import read_transaction, write_transaction
from retrieval.store.locks import Clock
from retrieval.store.posted_answers import (
    PostedExcerpt,
    delete_before,
    delete_message,
    mark_checked,
    outdated_excerpts,
    save_excerpts,
)

PORTION = 50  # messages looked at in one go


@dataclass(frozen=True, slots=True)
class Where:
    message: int
    channel: int
    guild: int


@dataclass(frozen=True, slots=True)
class Due:
    """A message that has something else to tell now. `standings` has, for each reference of its buttons, how the
    words stand."""

    message: int
    channel: int
    guild: int | None
    standings: Mapping[str, Standing]
    words: Sequence[tuple[PostedExcerpt, str]]


@dataclass(frozen=True, slots=True)
class ShownAnswers:
    """Synchronous, from any thread. `kept` says for how long messages are remembered; for no time none are."""

    archive: Archive
    clock: Clock
    kept: timedelta

    def remember(self, where: Where, shown: Collection[Pointer], owners: Collection[str]) -> None:
        """What a message shows now; `owners` are those whose articles may be seen there."""
        if not self.kept:
            return
        standings = Standings(self.archive)
        places = {place: pointer for pointer in shown if (place := standings.find(pointer, owners))}
        rows = [
            PostedExcerpt(
                where.message, where.channel, where.guild, place.article, place.version, place.span, str(pointer)
            )
            for place, pointer in places.items()
        ]
        with write_transaction(self.archive.database) as connection:
            delete_message(connection, where.message)
            save_excerpts(connection, rows, self._moment())

    def due(self, waiting: Collection[int] = ()) -> list[Due]:
        """At most fifty messages that must be changed, but for those in `waiting`.

        Those that have nothing new to tell are noted as looked at.
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

    def _judged(self, rows: Sequence[tuple[PostedExcerpt, str]]) -> list[Due]:
        standings = Standings(self.archive)
        found: dict[int, list[tuple[PostedExcerpt, str, Standing]]] = {}
        for words, state in rows:
            standing = standings.of(Place(words.article, words.version, words.span))
            found.setdefault(words.message, []).append((words, state, standing))
        due = [_due(told) for told in found.values() if any(w.noted != s.digest for w, _, s in told)]
        for message in found.keys() - {each.message for each in due}:
            self._looked(found[message])
        return due

    def told(self, due: Due) -> None:
        """The message tells it now."""
        self._looked([(words, state, due.standings[words.reference]) for words, state in due.words])

    def forget(self, message: int) -> None:
        """A message that is gone, or can't be changed any more."""
        with write_transaction(self.archive.database) as connection:
            delete_message(connection, message)

    def _looked(self, told: Sequence[tuple[PostedExcerpt, str, Standing]]) -> None:
        with write_transaction(self.archive.database) as connection:
            for words, state, standing in told:
                mark_checked(connection, words, state, standing.digest)

    def _moment(self, ago: timedelta = timedelta()) -> str:
        return (self.clock() - ago).isoformat(timespec="seconds")


def _due(told: Sequence[tuple[PostedExcerpt, str, Standing]]) -> Due:
    first = told[0][0]
    standings = {words.reference: standing for words, _, standing in told}
    return Due(first.message, first.channel, first.guild, standings, [(words, state) for words, state, _ in told])
