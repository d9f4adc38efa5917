"""Corrects posted answers whose words have changed in the archive.

Whatever process changed an article, the archive says so; what was told is noted there too, so that a restart loses
nothing and nothing is told twice.
"""

from enum import Enum, auto

import aiohttp
import discord
import structlog

from bot.cards.correction import with_notes
from bot.cards.limits import LimitExceeded
from bot.errors import BotError
from bot.interactions.interface import BotInterface
from bot.interactions.replies import NO_PINGS
from bot.locales import ENGLISH, speaking
from bot.tasks.loops import SteadyLoop, every
from retrieval.answering.posted_answers import OutdatedMessage
from retrieval.errors import ArchiveError

INTERVAL = 60.0
"""Seconds between two looks."""


class CorrectionOutcome(Enum):
    """What became of one correction."""

    TOLD = auto()
    IMPOSSIBLE = auto()
    LATER = auto()


log = structlog.get_logger(__name__)


class Corrections:
    """Puts a note below changed words in the bot's own messages. `loop` looks for them again and again."""

    def __init__(self, bot: BotInterface, interval: float = INTERVAL) -> None:
        self._bot = bot
        self.loop: SteadyLoop = every(interval, self.look, failed="correcting_failed", first=bot.wait_until_ready)
        self._failed: frozenset[int] = frozenset()  # the messages that Discord had trouble with at the last look

    async def look(self) -> None:
        """Correct every message whose words have changed since. Those that Discord had trouble with come last."""
        failed = await self._tell_all(self._failed)
        self._failed = failed | await self._tell_all(failed)

    async def _tell_all(self, waiting: frozenset[int]) -> frozenset[int]:
        """Correct all but the messages in `waiting`. Returns those that must be tried again."""
        posted = self._bot.services.posted
        later: set[int] = set()
        while due := await posted.due(waiting | later):
            for each in due:
                match await self._tell(each):
                    case CorrectionOutcome.TOLD:
                        await posted.told(each)
                    case CorrectionOutcome.IMPOSSIBLE:
                        await posted.forget(each.message)
                    case CorrectionOutcome.LATER:
                        later.add(each.message)
        return frozenset(later)

    async def _tell(self, due: OutdatedMessage) -> CorrectionOutcome:
        """Edit the bot's own message, for an interaction's token dies after fifteen minutes."""
        channel = self._bot.get_partial_messageable(due.channel, guild_id=due.guild)
        try:
            message = await channel.fetch_message(due.message)
            with speaking(self._language(due.guild)):
                await message.edit(view=with_notes(message, due.statuses), allowed_mentions=NO_PINGS)
        except (discord.HTTPException, LimitExceeded, aiohttp.ClientError) as error:
            log.info("correction_not_told", message=due.message, reason=str(error))
            return _outcome(error)
        except (ArchiveError, BotError):
            raise
        except Exception as error:  # whatever is odd about one message, the others are corrected
            log.error("correction_not_told", message=due.message, exc_info=error)
            return CorrectionOutcome.IMPOSSIBLE
        return CorrectionOutcome.TOLD

    def _language(self, guild_id: int | None) -> str:
        guild = self._bot.get_guild(guild_id) if guild_id is not None else None
        default = guild.preferred_locale.value if guild else ENGLISH
        return self._bot.services.guilds.of(guild_id).language or default


def _outcome(error: Exception) -> CorrectionOutcome:
    """Return whether to try again: a message that is gone, hidden from the bot, or full is given up."""
    refused = isinstance(error, discord.HTTPException) and error.status < 500 and error.status != 429
    return CorrectionOutcome.IMPOSSIBLE if refused or isinstance(error, LimitExceeded) else CorrectionOutcome.LATER
