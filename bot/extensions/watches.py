"""/watch and /watching: be told when new articles bring words of a speaker, or on a topic."""

from datetime import UTC, datetime
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.cards.components import Card, notice
from bot.cards.guilds.watches import RESUME, STOP, STOP_ONE, promise_card, watching_card
from bot.cards.limits import SPEAKER
from bot.errors import Refused
from bot.interactions.autocomplete import speakers
from bot.interactions.interface import BotInterface
from bot.interactions.persistent_items import PersistentButton, PersistentMenu
from bot.locales import _, command_name
from bot.services.guild_settings import may_watch
from bot.services.inputs import readable
from bot.services.visibility import visible_owners
from retrieval.guilds.watches import TooManyWatches, Watch, WatchFrequency

_HERE, _DIRECT = "here", "direct"


class StopWatchesMenu(PersistentMenu, template=STOP):
    """Ends the chosen watches."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Answer a press."""
        bot: BotInterface = interaction.client
        async with bot.responder.answering(interaction) as reply:
            await reply.turn()
            wanted = {int(value) for value in self.item.values if value.isdecimal()}
            mine = [watch.id for watch in await _watches(interaction) if watch.id in wanted]
            await bot.services.watches.remove(mine)
            await reply.tell(await _card(interaction))


class ResumeWatchesButton(PersistentButton, template=RESUME + ":"):
    """Resumes the person's paused watches."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Answer a press."""
        bot: BotInterface = interaction.client
        async with bot.responder.answering(interaction) as reply:
            await reply.turn()
            mine = [watch.id for watch in await _watches(interaction)]
            await bot.services.watches.resume(mine)
            await reply.tell(await _card(interaction))


class StopWatchButton(PersistentButton, template=rf"{STOP_ONE}:(?P<watch>\d{{1,18}})"):
    """Ends the watch that a message was sent for."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Answer a press."""
        bot: BotInterface = interaction.client
        async with bot.responder.answering(interaction) as reply:
            await reply.defer(private=True)
            number = int(self.match["watch"])
            if number not in {watch.id for watch in await _watches(interaction)}:
                raise Refused(_("It has ended already, or isn't yours to end."))
            await bot.services.watches.remove([number])
            await reply.tell(notice(_("Done. I will not write about it any more.")))


class WatchCog(commands.Cog):
    """Offers /watch and /watching."""

    def __init__(self, bot: BotInterface) -> None:
        self.bot = bot

    @app_commands.command(description="Be told when new articles quote a speaker, or have words on a topic")
    @app_commands.describe(
        speaker="Whose words",
        topic="What they are about",
        where="Where you are told; by direct message otherwise",
        often="At once, or all together once a day or once a week",
    )
    @app_commands.choices(
        where=[
            app_commands.Choice(name="in this channel", value=_HERE),
            app_commands.Choice(name="by direct message", value=_DIRECT),
        ],
        often=[
            app_commands.Choice(name="at once", value=WatchFrequency.AT_ONCE.value),
            app_commands.Choice(name="daily", value=WatchFrequency.DAILY.value),
            app_commands.Choice(name="weekly", value=WatchFrequency.WEEKLY.value),
        ],
    )
    @app_commands.autocomplete(speaker=speakers)
    async def watch(
        self,
        interaction: discord.Interaction[BotInterface],
        speaker: app_commands.Range[str, 1, SPEAKER] | None = None,
        topic: app_commands.Range[str, 1, SPEAKER] | None = None,
        where: str = _DIRECT,
        often: str = WatchFrequency.AT_ONCE.value,
    ) -> None:
        """Answer /watch."""
        async with self.bot.responder.answering(interaction) as reply:
            await reply.defer(private=True)
            if not speaker and not topic:
                raise Refused(_("Say what to watch for: a speaker, a topic, or both."))
            place = _place(interaction) if where == _HERE else (None, None)
            seen = visible_owners(self.bot, place[0])
            found = await self.bot.services.queries.who(readable(speaker, SPEAKER), seen) if speaker else None
            watch = Watch(
                0,
                interaction.user.id,
                *place,
                found.speaker if found else None,
                readable(topic, SPEAKER) if topic else None,
                interaction.locale.value,
                frequency=WatchFrequency(often),
                due_on=WatchFrequency(often).after(datetime.now(UTC).date()),
            )
            await self._begin(watch)
            own = place[0] is None and len(visible_owners(self.bot, interaction.guild_id)) > 1
            known, others = bool(found and found.total), found.others if found else ()
            await reply.tell(promise_card(watch, known=known, others=others, own=own))

    async def _begin(self, watch: Watch) -> None:
        try:
            await self.bot.services.watches.add(watch)
        except TooManyWatches as error:
            name = command_name("watching")
            raise Refused(
                _("There are {limit} already. /{command} ends some of them.", limit=error.limit, command=name)
            ) from None

    @app_commands.command(description="See what is watched for, and end it")
    async def watching(self, interaction: discord.Interaction[BotInterface]) -> None:
        """Answer /watching."""
        async with self.bot.responder.answering(interaction) as reply:
            await reply.defer(private=True)
            await reply.tell(await _card(interaction))


def _place(interaction: discord.Interaction[Any]) -> tuple[int | None, int | None]:
    """Return the guild and the channel. Raises Refused where the person may not have the bot write there."""
    bot: BotInterface = interaction.client
    if interaction.guild_id is None:
        return None, None
    if bot.get_guild(interaction.guild_id) is None:
        raise Refused(_("I can write to the channels of servers that I am a member of, and to you directly."))
    if not may_watch(interaction, bot.services.guilds.of(interaction.guild_id)):
        raise Refused(_("To have me write to this channel takes somebody who may manage messages here."))
    return interaction.guild_id, interaction.channel_id


async def _watches(interaction: discord.Interaction[Any]) -> list[Watch]:
    """Return the watches that the person may end here.

    Those by direct message to them, and in this guild their own, or all if they may watch.
    """
    bot: BotInterface = interaction.client
    person, guild = interaction.user.id, interaction.guild_id
    found = await bot.services.watches.direct_messages_of(person)
    if guild is not None and bot.get_guild(guild) is not None:
        every = may_watch(interaction, bot.services.guilds.of(guild))
        here = await bot.services.watches.of_guild(guild)
        found += [watch for watch in here if every or watch.person == person]
    return found


async def _card(interaction: discord.Interaction[Any]) -> Card:
    def channel_name(id_: int) -> str | None:
        return getattr(interaction.client.get_channel(id_), "name", None)

    return watching_card(await _watches(interaction), channel_name)


async def setup(bot: BotInterface) -> None:
    """Load the extension."""
    await bot.add_cog(WatchCog(bot))
    bot.add_dynamic_items(StopWatchesMenu, StopWatchButton, ResumeWatchesButton)
