"""Verifications and look-ups as coroutines; each sees only what may be seen where it is asked."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import partial
from typing import Protocol

from bot.cards.escaping import visible
from bot.cards.limits import QUOTATION, SPEAKER, fit_typed
from bot.cards.references import PAGE, Reference, TimelinePage
from bot.errors import Refused
from bot.locales import _
from bot.services.inputs import has_words, readable
from bot.services.name_directory import NameDirectory
from bot.services.reference_lookup import ReferenceLookup
from bot.services.worker import Worker
from retrieval.answering.citation_lookup import NameCounts, Timeline
from retrieval.answering.quotation_status import QuotationStatus
from retrieval.answering.verification.verifier import MessageVerification, Verification
from retrieval.domain import Article, Citation, Filters

CHECKED = 5
"""Quotations of a message that are verified and shown."""

NEAR_NAMES = 3
"""Names that are offered for one that the archive doesn't have."""

CHECK_SECONDS = 8.0
"""Seconds after which a verification ends with what it has found."""

_MORE = 5
_NAMES = 300
_CHARACTERS = 500  # of a text to verify that cost as much as a question
_QUOTATION_MARKS = re.compile('["“”„«»]')


class SupportsVerify(Protocol):
    """Verifies quotations; synchronous, from any thread."""

    def verify(self, text: str, speaker: str | None, filters: Filters, *, seconds: float) -> Verification:
        """Verify one quotation, searching for at most so many seconds."""
        ...

    def verify_message(self, message: str, filters: Filters, *, limit: int, seconds: float) -> MessageVerification:
        """Verify the first `limit` quotations of a message, in at most so many seconds."""
        ...


class SupportsLookup(Protocol):
    """Looks up names, timelines and articles; synchronous, from any thread."""

    def speakers(self) -> NameCounts:
        """Return names of speakers by owner, with counts."""
        ...

    def titles(self) -> NameCounts:
        """Return titles by owner, with counts."""
        ...

    def publishers(self) -> NameCounts:
        """Return publishers by owner, with counts."""
        ...

    def example(self, owners: Collection[str]) -> Citation | None:
        """Return a quotation to learn by."""
        ...

    def timeline(self, speaker: str, topic: str | None, filters: Filters, offset: int, limit: int) -> Timeline:
        """Return a part of what a speaker said."""
        ...

    def article(self, title: str, owners: Collection[str]) -> tuple[Article, list[Citation]] | None:
        """Return an article and its quotations."""
        ...


class QueryService:
    """Verifies and looks up. `speakers`, `titles` and `publishers` are for autocomplete.

    `checking` is the worker of verifications, which take longer than questions and mustn't hold them up.
    """

    def __init__(
        self,
        verifier: SupportsVerify,
        lookup: SupportsLookup,
        references: ReferenceLookup,
        *,
        worker: Worker,
        checking: Worker,
    ) -> None:
        self.speakers = NameDirectory(lookup.speakers, worker)
        self.titles = NameDirectory(lookup.titles, worker)
        self.publishers = NameDirectory(lookup.publishers, worker)
        self._lookup = lookup
        self._verifier = verifier
        self._references = references
        self._run = worker.run
        self._check = checking.run

    async def read_names(self) -> None:
        """Read the names for autocomplete anew."""
        for names in (self.speakers, self.titles, self.publishers):
            await names.refresh()

    async def verify(self, words: str, speaker: str | None, filters: Filters) -> Verification:
        """Verify a quotation. Raises Refused for what can't be one."""
        text = readable(words, QUOTATION)
        return await self._check(partial(self._verifier.verify, text, speaker, filters, seconds=CHECK_SECONDS))

    async def verify_message(self, message: str, filters: Filters) -> MessageVerification:
        """Verify the first quotations of `message`. Raises Refused for a message without words."""
        text = visible(message)
        if not has_words(text):
            raise Refused(_("That message has no text that I could check."))
        verify = partial(self._verifier.verify_message, text, filters, limit=CHECKED, seconds=CHECK_SECONDS)
        return await self._check(verify)

    async def timeline(self, page: TimelinePage, filters: Filters) -> Timeline:
        """Return one page of what a speaker said. Raises Refused for what can't be a name."""
        speaker, topic = readable(page.speaker, SPEAKER), readable(page.topic) if page.topic else None
        filters = replace(filters, after=page.after, before=page.before)
        return await self._run(partial(self._lookup.timeline, speaker, topic, filters, page.page * PAGE, PAGE))

    async def who(self, speaker: str, owners: frozenset[str]) -> Timeline:
        """Return whom a name means: the fullest name, how much is quoted, and whom else it may mean."""
        return await self._run(partial(self._lookup.timeline, speaker, None, Filters(owners), 0, 0))

    async def example(self, owners: frozenset[str]) -> Citation | None:
        """Return a quotation to learn by; None in an archive without one."""
        return await self._run(partial(self._lookup.example, owners))

    async def article(self, title: str, owners: frozenset[str]) -> tuple[Article, list[Citation]]:
        """Return an article and its quotations. Raises Refused if there is none with this title."""
        found = await self._run(partial(self._lookup.article, title, owners))
        if found is None:
            raise Refused(_("There is no article with that title."))
        return found

    async def titles_like(self, title: str, owners: frozenset[str]) -> list[str]:
        """Return the title itself where there is such an article; else those that hold it, or are spelled like it."""
        if await self._run(partial(self._lookup.article, title, owners)):
            return [title]
        holding = self.titles.suggest(title, owners)[:NEAR_NAMES]
        return holding or await self._run(partial(self.titles.near, title, owners, NEAR_NAMES))

    async def speakers_like(self, name: str, owners: frozenset[str]) -> list[str]:
        """Return names of speakers that are spelled like one, the nearest first."""
        return await self._run(partial(self.speakers.near, name, owners, NEAR_NAMES))

    async def known_filters(self, filters: Filters) -> Filters:
        """Return the filters with the publisher as the archive writes it.

        Raises Refused, and tells the nearest names, for a speaker or a publisher that the archive doesn't have.
        """
        owners, speaker, publisher = filters.owners, filters.speaker, filters.publisher
        if publisher:
            known = self.publishers.known(publisher, owners)
            if known is None:
                near = await self._run(partial(self.publishers.near, publisher, owners, NEAR_NAMES))
                raise _unknown(_("Here is no article of a publisher called **{name}**."), publisher, near)
            filters = replace(filters, publisher=known)
        if speaker and not (await self.who(readable(speaker, SPEAKER), owners)).total:
            near = await self.speakers_like(speaker, owners)
            raise _unknown(_("Nobody called **{name}** is quoted here."), speaker, near)
        return filters

    async def look_up(self, reference: Reference, owners: frozenset[str]) -> Citation:
        """Return a citation of the words. Raises Corrected and Stale as ReferenceLookup does."""
        return await self._run(partial(self._references.look_up, reference, owners))

    async def look_up_all(self, references: Sequence[Reference], owners: frozenset[str]) -> list[Citation]:
        """Return citations of the words that still stand where they are referred to. Raises Stale if none does."""
        return await self._run(partial(self._references.look_up_all, references, owners))

    async def standings(self, references: Collection[Reference], owners: frozenset[str]) -> dict[str, QuotationStatus]:
        """Return what became of the words, by reference."""
        return await self._run(partial(self._references.standings, references, owners))

    async def more(self, reference: Reference, owners: frozenset[str]) -> tuple[Citation, list[Citation]]:
        """Return the words, and some more by the same speaker in the article."""
        return await self._run(partial(self._references.more, reference, owners, _MORE))


def _unknown(text: str, name: str, near: Sequence[str]) -> Refused:
    told = text.format(name=fit_typed(name, SPEAKER))
    if near:
        names = fit_typed(", ".join(near), _NAMES)
        told += " " + _("The nearest: {names}.", names=names)
    return Refused(told)


def verification_cost(text: str) -> int:
    """Return what verifying a text costs, a question being 1: by its verified quotations and its length."""
    quotations = min(CHECKED, max(1, len(_QUOTATION_MARKS.findall(text)) // 2))
    return quotations + len(text) // _CHARACTERS
