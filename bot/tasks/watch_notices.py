"""Tells people what new articles bring that they watch for, whatever process stored them."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import aiohttp
import discord
import structlog

from bot.cards.guilds.watches import news_card
from bot.errors import BotError
from bot.interactions.interface import BotInterface
from bot.interactions.replies import say
from bot.locales import ENGLISH, speaking
from bot.services.visibility import visible_owners
from bot.tasks.loops import SteadyLoop, every
from retrieval.domain import Citation
from retrieval.errors import ArchiveError
from retrieval.guilds.watch_matcher import WatchMatch, WatchMatches
from retrieval.guilds.watches import Watch, WatchPause

INTERVAL = 60.0
"""Seconds between two looks."""
PATIENCE = 60
"""Looks in a row at which Discord fails to take a watch's news before it is paused."""

log = structlog.get_logger(__name__)


def _today() -> date:
    return datetime.now(UTC).date()


class WatchNotices:
    """Looks at new articles for every watch, and tells what they bring. `loop` does so again and again."""

    def __init__(self, bot: BotInterface, interval: float = INTERVAL, today: Callable[[], date] = _today) -> None:
        self._bot = bot
        self._today = today
        self._watches = bot.services.watches
        self.loop: SteadyLoop = every(interval, self.look, failed="watching_failed", first=bot.wait_until_ready)
        self._seen: int | None = None  # every watch has seen the articles up to this row
        self._failures: Counter[int] = Counter()  # of watches, in a row

    async def look(self) -> None:
        """Look at every article that has come in, a portion at a time; watches that failed before come last.

        Raises what Discord raises where it is worth another try; then nobody has missed anything.
        """
        newest = await self._watches.newest_article()
        if self._seen is None or self._seen < newest:
            failing = frozenset(self._failures)
            await self._all_portions(newest, lambda watch: watch.id not in failing)
            await self._all_portions(newest, lambda watch: watch.id in failing)
            self._seen = newest
            await self._forget_ended()
        await self._digests(newest)

    async def _digests(self, newest: int) -> None:
        """Tell what is due today or since, each watch all together; a quiet one waits for its next day."""
        today = self._today()
        due = [watch for watch in await self._watches.active() if watch.due_on is not None and watch.due_on <= today]
        failed: Exception | None = None
        for watch in due:
            try:
                if await self._still_there(watch):
                    await self._tell_digest(watch, newest)
                    await self._watches.postpone(watch.id, watch.frequency.after(today))
            except (discord.HTTPException, aiohttp.ClientError) as error:
                failed = error
        if failed:
            raise failed

    async def _tell_digest(self, watch: Watch, newest: int) -> None:
        if citations := await self._all_new(watch, newest):
            await self._tell_all(WatchMatches(newest, (WatchMatch(watch, citations),)))
        else:
            await self._watches.looked([watch.id], newest)

    async def _all_new(self, watch: Watch, newest: int) -> tuple[Citation, ...]:
        """Return what all articles bring that a watch hasn't seen."""
        owners = visible_owners(self._bot, watch.guild)
        found: list[Citation] = []
        while watch.seen < newest:
            look = await self._watches.look([watch], newest, lambda _watch: owners)
            found += [citation for match in look.matches for citation in match.citations]
            watch = replace(watch, seen=look.seen)
        return tuple(found)

    async def _all_portions(self, newest: int, chosen: Callable[[Watch], bool]) -> None:
        seen = 0
        while seen < newest:
            seen = await self._portion(newest, chosen)

    async def _portion(self, newest: int, chosen: Callable[[Watch], bool]) -> int:
        watches = filter(chosen, await self._watches.active())
        awake = [watch for watch in watches if watch.due_on is None and await self._still_there(watch)]
        if not awake:
            return newest
        seen = {watch.id: visible_owners(self._bot, watch.guild) for watch in awake}
        look = await self._watches.look(awake, newest, lambda watch: seen[watch.id])
        told = {news.watch.id for news in look.matches}
        quiet = [watch.id for watch in awake if watch.id not in told and watch.seen < look.seen]
        await self._watches.looked(quiet, look.seen)
        await self._tell_all(look)
        return look.seen

    async def _tell_all(self, look: WatchMatches) -> None:
        """Tell all; where one can't be told now, the others needn't wait for it."""
        failed: Exception | None = None
        for news in look.matches:
            try:
                await self._tell(news, look.seen)
            except (discord.HTTPException, aiohttp.ClientError) as error:
                failed = error
                await self._note_failure(news.watch, error)
            except (ArchiveError, BotError):
                raise
            except Exception as error:  # whatever is odd about one watch's news, the others are told theirs
                log.error("news_not_told", watch=news.watch.id, exc_info=error)
                await self._watches.looked([news.watch.id], look.seen)
            else:
                self._failures.pop(news.watch.id, None)
        if failed:
            raise failed

    async def _note_failure(self, watch: Watch, error: Exception) -> None:
        """Count a failure of Discord's; a broken connection of ours is no failure of the channel's."""
        if not isinstance(error, discord.HTTPException):
            return
        self._failures[watch.id] += 1
        if self._failures[watch.id] >= PATIENCE:
            del self._failures[watch.id]
            await self._pause(watch, WatchPause.FAILING)

    async def _forget_ended(self) -> None:
        """Forget the failures of watches that were ended, so that what is counted doesn't grow for ever."""
        active = {watch.id for watch in await self._watches.active()} if self._failures else set()
        for watch in [watch for watch in self._failures if watch not in active]:
            del self._failures[watch]

    async def _still_there(self, watch: Watch) -> bool:
        if watch.guild is None or self._bot.get_guild(watch.guild) is not None:
            return True
        await self._pause(watch, WatchPause.GONE)
        return False

    async def _tell(self, news: WatchMatch, seen: int) -> None:
        """Tell first and note it then: after a crash in between Discord knows the message by its nonce."""
        watch = news.watch
        known = await self._watches.notified(watch.id, news.articles)
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
        await self._watches.told(watch.id, seen, fresh.articles)

    async def _send(self, news: WatchMatch, nonce: str) -> None:
        watch = news.watch
        channel: discord.abc.Messageable
        if watch.channel is None:
            channel = await self._bot.create_dm(discord.Object(watch.person))
        else:
            channel = self._bot.get_partial_messageable(watch.channel, guild_id=watch.guild)
        with speaking(self._language(watch)):
            card = news_card(news)
            message = await say(channel, card, nonce=nonce)
        await self._bot.responder.remember(message, card.references, watch.guild)

    def _language(self, watch: Watch) -> str:
        if watch.guild is None:
            return watch.language or ENGLISH
        guild = self._bot.get_guild(watch.guild)
        default = guild.preferred_locale.value if guild else ENGLISH
        return self._bot.services.guilds.of(watch.guild).language or default

    async def _pause(self, watch: Watch, reason: WatchPause) -> None:
        log.info("watch_paused", watch=watch.id, reason=reason.value)
        await self._watches.pause(watch.id, reason)
