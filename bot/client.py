"""The Discord client: it holds its services, loads its extensions, and stops with grace."""

import asyncio
from collections.abc import Callable
from typing import Any

import discord
from discord import app_commands

from bot.interactions.cooldowns import Cooldowns
from bot.interactions.interface import BotInterface
from bot.interactions.replies import NO_PINGS
from bot.interactions.responder import Responder
from bot.locales.commands import Translator
from bot.services.container import Services
from bot.tasks.application_record import ApplicationRecord
from bot.tasks.command_sync import sync_if_changed

GRACE = 10.0
"""Seconds that answers under way get when the bot is stopped; after that it apologises for them."""

EXTENSIONS = (
    *("ask", "follow_up", "verification", "timeline", "lists", "pictures", "articles", "share", "feedback"),
    *("watches", "guild_archive", "guild_settings", "gaps", "help", "privacy"),
)
"""Modules of `bot.extensions`, in the order in which they are loaded."""

_APOLOGY = 5.0


class OnTheRecord(BotInterface):
    """The bot. `reference` makes the short code that a person can quote and that stands in the log."""

    def __init__(
        self,
        services: Services,
        cooldowns: Cooldowns,
        *,
        sync_record: ApplicationRecord,
        reference: Callable[[], str],
        **options: Any,
    ) -> None:
        super().__init__(
            command_prefix=(),
            help_command=None,
            intents=discord.Intents(guilds=True, messages=True),
            allowed_mentions=NO_PINGS,
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
            max_messages=None,
            **options,
        )
        self.services = services
        self.responder = Responder(self, services, cooldowns, reference)
        self.sync_record = sync_record
        self.command_ids = {}
        self._stopping: asyncio.Task[None] | None = None
        self.tree.error(self.responder.command_failed)

    async def setup_hook(self) -> None:
        """Load everything before the bot connects."""
        for name in EXTENSIONS:
            await self.load_extension(f"bot.extensions.{name}")
        await self.services.guilds.load()
        await self.tree.set_translator(Translator())
        await self.services.queries.read_names()
        self.command_ids = await sync_if_changed(self.tree, self.sync_record, self.application_id)

    async def on_message(self, message: discord.Message, /) -> None:
        """Ignore messages as commands; extensions listen for those that ask something."""

    def stop_soon(self) -> None:
        """Begin to stop; for signal handlers."""
        self._stopping = self._stopping or asyncio.ensure_future(self.stop())

    async def stop(self) -> None:
        """Let the answers under way be finished, apologise for those that take too long, and leave."""
        self.services.refuse()
        await self.responder.wait(GRACE)
        self.services.abandon()
        await self.responder.wait(_APOLOGY)
        await self.close()
