"""What extensions and tasks may use of the bot. They import this, never the client."""

from collections.abc import Mapping

from discord.ext import commands

from bot.interactions.responder import Responder
from bot.services.container import Services


class BotInterface(commands.AutoShardedBot):
    """A discord.py bot with the archive's services, and the responder through which every answer goes.

    `command_ids` are Discord's ids of the slash commands, by which one can be clicked in a text.
    """

    services: Services
    responder: Responder
    command_ids: Mapping[str, int]
