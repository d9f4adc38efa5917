"""What people watch for, and what new articles bring of it."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from functools import partial

from bot.services.worker import Worker
from retrieval.guilds.watch_matcher import WatchMatcher, WatchMatches
from retrieval.guilds.watches import Watch, WatchPause, WatchRepository


class WatchService:
    """Coroutines over the stored watches and the matcher that holds them against new articles."""

    def __init__(self, watches: WatchRepository, matcher: WatchMatcher, worker: Worker) -> None:
        self._watches = watches
        self._matcher = matcher
        self._run = worker.run

    async def add(self, watch: Watch) -> Watch:
        """Begin a watch. Raises TooManyWatches."""
        return await self._run(partial(self._watches.add, watch))

    async def active(self) -> list[Watch]:
        """Return the watches that aren't paused."""
        return await self._run(self._watches.all)

    async def of_person(self, person: int) -> list[Watch]:
        """Return a person's watches, by direct message and in any channel."""
        return await self._run(partial(self._watches.of_person, person))

    async def direct_messages_of(self, person: int) -> list[Watch]:
        """Return a person's watches by direct message."""
        return await self._run(partial(self._watches.direct_messages_of, person))

    async def of_guild(self, guild: int) -> list[Watch]:
        """Return the watches in a guild's channels."""
        return await self._run(partial(self._watches.of_guild, guild))

    async def guilds(self) -> set[int]:
        """Return the guilds in whose channels something is watched for."""
        return await self._run(self._watches.guilds)

    async def remove(self, watches: Collection[int]) -> None:
        """End these watches."""
        await self._run(partial(self._watches.remove, watches))

    async def postpone(self, watch: int, due_on: date | None) -> None:
        """Note the day of a watch's next digest."""
        await self._run(partial(self._watches.postpone, watch, due_on))

    async def pause(self, watch: int, reason: WatchPause) -> None:
        """Tell a watch nothing more until it is resumed."""
        await self._run(partial(self._watches.pause, watch, reason))

    async def resume(self, watches: Collection[int]) -> None:
        """Resume those of these watches that are paused, from the newest article on."""
        await self._run(partial(self._watches.resume, watches))

    async def forget_person(self, person: int) -> None:
        """Delete all watches of a person."""
        await self._run(partial(self._watches.forget_person, person))

    async def forget_guild(self, guild: int) -> None:
        """Delete all watches in a guild's channels."""
        await self._run(partial(self._watches.forget_guild, guild))

    async def newest_article(self) -> int:
        """Return the row of the article that came in last."""
        return await self._run(self._watches.newest_article)

    async def look(
        self, watches: Sequence[Watch], newest: int, owners: Callable[[Watch], frozenset[str]]
    ) -> WatchMatches:
        """Return what a portion of the articles up to row `newest` brings; each watch sees what its `owners` have."""
        return await self._run(partial(self._matcher.match, watches, newest, owners))

    async def looked(self, watches: Collection[int], seen: int) -> None:
        """Note that these watches have seen the articles up to row `seen`, and found nothing."""
        await self._run(partial(self._watches.looked, watches, seen))

    async def notified(self, watch: int, articles: Collection[str]) -> set[str]:
        """Return which of these articles, by their ids, a watch has been told of."""
        return await self._run(partial(self._watches.notified, watch, articles))

    async def told(self, watch: int, seen: int, articles: Iterable[str]) -> None:
        """Note that a watch has seen the articles up to row `seen`, and has been told of these."""
        await self._run(partial(self._watches.told, watch, seen, articles))
