"""Forgets guilds that sent the bot away while it was offline, as it does for those that do so while it listens."""

import asyncio
from functools import partial

import structlog

from bot.interactions.interface import BotInterface
from bot.tasks.application_record import ApplicationRecord
from bot.tasks.loops import SteadyLoop, every

INTERVAL = 3600.0
"""Seconds between two comparisons; the first comes at the start."""

log = structlog.get_logger(__name__)


class GuildReconciliation:
    """Compares the guilds that the bot was in with those that it is in.

    `guilds` remembers them for each application, for one archive may serve a bot that is being tried as well: only what
    this application has seen is forgotten. `commands` is the record of synchronised commands; where that knows this
    application alone, everything that is kept belongs to it.
    """

    def __init__(self, bot: BotInterface, guilds: ApplicationRecord, commands: ApplicationRecord) -> None:
        self._bot = bot
        self._guilds = guilds
        self._commands = commands
        self.loop: SteadyLoop = every(
            INTERVAL, self.reconcile, failed="guilds_not_reconciled", first=bot.wait_until_ready
        )

    async def reconcile(self) -> None:
        """Forget the guilds that the bot has left since, and remember those that it is in."""
        application = self._bot.application_id
        if application is None or not self._bot.is_ready():
            return
        present = {guild.id for guild in self._bot.guilds}
        left = await self._known(application) - present
        kept = [guild for guild in sorted(left) if not await self._forgotten(guild)]
        await asyncio.to_thread(partial(self._guilds.remember, application, sorted(present.union(kept))))

    async def _forgotten(self, guild: int) -> bool:
        """Forget a guild, and return whether that went well; where it didn't, it is tried again the next time."""
        log.info("guild_left", guild=guild)
        try:
            await self._bot.services.forget_guild(guild)
        except Exception as error:  # whatever is odd about one guild, the others are forgotten
            log.error("guild_not_forgotten", guild=guild, exc_info=error)
            return False
        return True

    async def _known(self, application: int) -> set[int]:
        known = await asyncio.to_thread(self._guilds.get, application)
        if known is not None:
            return set(known)
        alone = await asyncio.to_thread(self._commands.is_alone, application)
        return await self._bot.services.guilds_with_data() if alone else set()
