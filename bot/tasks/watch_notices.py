"""Tells people what new articles bring that they watch for. Whatever process stored them, the archive says so."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import TYPE_CHECKING

import aiohttp
import discord
import structlog

from bot.cards.watches import news_card
from bot.interactions.errors import BotError
from bot.interactions.replies import say
from bot.interactions.ttl_set import Lately
from bot.locales import ENGLISH, speaking
from bot.services.visibility import owners
from retrieval.errors import ArchiveError
from retrieval.guilds.watch_matcher import WatchMatch, WatchMatches
from retrieval.guilds.watches import Watch, WatchPause

if TYPE_CHECKING:
    from bot.client import OnTheRecord

INTERVAL = 60.0
"""Seconds between two looks."""
PATIENCE = 60
"""Looks in a row at which Discord fails to take a watch's news before it is paused."""

_DAY = 86_400.0

log = structlog.get_logger(__name__)


@asynccontextmanager
async def watching(bot: "OnTheRecord") -> AsyncIterator[None]:
    """Inside, people are told."""
    running = asyncio.create_task(Watching(bot).run())
    try:
        yield
    finally:
        running.cancel()


class Watching:
    def __init__(self, bot: "OnTheRecord", interval: float = INTERVAL) -> None:
        self._bot = bot
        self._interval = interval
        self._tidied = Lately(_DAY)
        self._seen: int | None = None  # every watch has seen the articles up to this row
        self._failures: Counter[int] = Counter()  # of watches, in a row

    async def run(self) -> None:
        """Until it is cancelled. What fails is logged, and tried again at the next look."""
        await self._bot.wait_until_ready()
        while True:
            try:
                await self.look()
            except (ArchiveError, BotError, discord.HTTPException, OSError) as error:
                log.warning("watching_failed", reason=str(error))
            except Exception as error:  # whatever an article holds or a connection does, the next look comes
                log.error("watching_failed", exc_info=error)
            await asyncio.sleep(self._interval)

    async def look(self) -> None:
        """Once: at every article that has come in, a portion at a time. Those that failed before hold up no other.

        Raises what Discord raises where it is worth another try; then nobody has missed anything.
        """
        run, watches = self._bot.community.worker.run, self._bot.community.watches
        newest = await run(watches.newest_article)
        if self._seen is None or self._seen < newest:
            failing = frozenset(self._failures)
            await self._all_portions(newest, lambda watch: watch.id not in failing)
            await self._all_portions(newest, lambda watch: watch.id in failing)
            self._seen = newest
        if not self._tidied.again("gaps"):
            await run(self._bot.community.gaps.forget_old)

    async def _all_portions(self, newest: int, chosen: Callable[[Watch], bool]) -> None:
        seen = 0
        while seen < newest:
            seen = await self._portion(newest, chosen)

    async def _portion(self, newest: int, chosen: Callable[[Watch], bool]) -> int:
        run, community = self._bot.community.worker.run, self._bot.community
        watches = filter(chosen, await run(community.watches.all))
        awake = [watch for watch in watches if await self._still_there(watch)]
        if not awake:
            return newest
        seen = {watch.id: owners(self._bot, watch.guild) for watch in awake}
        look = await run(partial(community.matcher.match, awake, newest, lambda watch: seen[watch.id]))
        told = {news.watch.id for news in look.matches}
        quiet = [watch.id for watch in awake if watch.id not in told and watch.seen < look.seen]
        await run(partial(community.watches.looked, quiet, look.seen))
        await self._tell_all(look)
        return look.seen

    async def _tell_all(self, look: WatchMatches) -> None:
        """Where one can't be told now, the others needn't wait for it."""
        failed: Exception | None = None
        for news in look.matches:
            try:
                await self._tell(news, look.seen)
            except (discord.HTTPException, aiohttp.ClientError) as error:
                failed = error
                await self._note_failure(news.watch, error)
            else:
                self._failures.pop(news.watch.id, None)
        if failed:
            raise failed

    async def _note_failure(self, watch: Watch, error: Exception) -> None:
        """A broken connection of ours is no failure of the channel's."""
        if not isinstance(error, discord.HTTPException):
            return
        self._failures[watch.id] += 1
        if self._failures[watch.id] >= PATIENCE:
            del self._failures[watch.id]
            await self._pause(watch, WatchPause.FAILING)

    async def _still_there(self, watch: Watch) -> bool:
        if watch.guild is None or self._bot.get_guild(watch.guild) is not None:
            return True
        await self._pause(watch, WatchPause.GONE)
        return False

    async def _tell(self, news: WatchMatch, seen: int) -> None:
        """Told first and noted then: after a crash in between Discord knows the message by its nonce."""
        run, watches, watch = self._bot.community.worker.run, self._bot.community.watches, news.watch
        known = await run(partial(watches.notified, watch.id, news.articles))
        fresh = WatchMatch(watch, tuple(cited for cited in news.citations if cited.article.id not in known))
        try:
            if fresh.citations:
                await self._send(fresh, nonce=f"{watch.id}-{seen}")
        except discord.Forbidden:
            await self._pause(watch, WatchPause.FORBIDDEN)
        except discord.NotFound:
            await self._pause(watch, WatchPause.GONE)
        except discord.HTTPException as error:
            if error.status >= 500:
                raise
            log.error("news_not_told", watch=watch.id, exc_info=error)
        await run(partial(watches.told, watch.id, seen, fresh.articles))

    async def _send(self, news: WatchMatch, nonce: str) -> None:
        watch = news.watch
        channel: discord.abc.Messageable
        if watch.channel is None:
            channel = await self._bot.create_dm(discord.Object(watch.person))
        else:
            channel = self._bot.get_partial_messageable(watch.channel, guild_id=watch.guild)
        with speaking(self._language(watch)):
            message = await say(channel, news_card(news), nonce=nonce)
        await self._bot.remember(message, watch.guild)

    def _language(self, watch: Watch) -> str:
        if watch.guild is None:
            return watch.language or ENGLISH
        guild = self._bot.get_guild(watch.guild)
        usual = guild.preferred_locale.value if guild else ENGLISH
        return self._bot.community.servers.of(watch.guild).language or usual

    async def _pause(self, watch: Watch, reason: WatchPause) -> None:
        log.info("watch_paused", watch=watch.id, reason=reason.value)
        await self._bot.community.worker.run(partial(self._bot.community.watches.pause, watch.id, reason))
