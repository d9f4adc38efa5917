"""What extensions and tasks may use of the bot. They import this, never the client."""

from discord.ext import commands

from bot.interactions.responder import Responder
from bot.services.container import Services


class BotInterface(commands.AutoShardedBot):
    """A discord.py bot with the archive's services, and the responder through which every answer goes."""

    services: Services
    responder: Responder
