"""/watch and /watching: be told when new articles bring words of a speaker, or on a topic."""

from functools import partial
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.cards.answer import notice
from bot.cards.limits import SPEAKER
from bot.cards.watches import RESUME, STOP, STOP_ONE, promise_card, watching_card
from bot.interactions.autocomplete import speakers
from bot.interactions.errors import Refused
from bot.interactions.persistent_items import Pressed, Selected
from bot.locales import _, command_name
from bot.services.guild_settings import may_watch
from bot.services.queries import readable
from bot.services.visibility import owners
from retrieval.guilds.watches import TooManyWatches, Watch

if TYPE_CHECKING:
    from bot.client import OnTheRecord

_HERE, _DIRECT = "here", "direct"


class StopSome(Selected, template=STOP):
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        bot: OnTheRecord = interaction.client
        async with bot.answering(interaction) as reply:
            await reply.turn()
            wanted = {int(value) for value in self.item.values if value.isdecimal()}
            mine = [watch.id for watch in await _watches(interaction) if watch.id in wanted]
            await bot.community.worker.run(partial(bot.community.watches.remove, mine))
            await reply.tell(await _card(interaction))


class Resume(Pressed, template=RESUME + ":"):
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        bot: OnTheRecord = interaction.client
        async with bot.answering(interaction) as reply:
            await reply.turn()
            mine = [watch.id for watch in await _watches(interaction)]
            await bot.community.worker.run(partial(bot.community.watches.resume, mine))
            await reply.tell(await _card(interaction))


class StopOne(Pressed, template=rf"{STOP_ONE}:(?P<watch>\d{{1,18}})"):
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        bot: OnTheRecord = interaction.client
        async with bot.answering(interaction) as reply:
            await reply.defer(private=True)
            number = int(self.match["watch"])
            if number not in {watch.id for watch in await _watches(interaction)}:
                raise Refused(_("It has ended already, or isn't yours to end."))
            await bot.community.worker.run(partial(bot.community.watches.remove, [number]))
            await reply.tell(notice(_("Done. I will not write about it any more.")))


class Watching(commands.Cog):
    def __init__(self, bot: "OnTheRecord") -> None:
        self.bot = bot
        bot.add_dynamic_items(StopSome, StopOne, Resume)

    @app_commands.command(description="Be told when new articles quote a speaker, or have words on a topic")
    @app_commands.describe(
        speaker="Whose words", topic="What they are about", where="Where you are told; by direct message otherwise"
    )
    @app_commands.choices(
        where=[
            app_commands.Choice(name="in this channel", value=_HERE),
            app_commands.Choice(name="by direct message", value=_DIRECT),
        ]
    )
    @app_commands.autocomplete(speaker=speakers)
    async def watch(
        self,
        interaction: discord.Interaction["OnTheRecord"],
        speaker: app_commands.Range[str, 1, SPEAKER] | None = None,
        topic: app_commands.Range[str, 1, SPEAKER] | None = None,
        where: str = _DIRECT,
    ) -> None:
        async with self.bot.answering(interaction) as reply:
            await reply.defer(private=True)
            if not speaker and not topic:
                raise Refused(_("Say what to watch for: a speaker, a topic, or both."))
            place = _place(interaction) if where == _HERE else (None, None)
            seen = owners(self.bot, place[0])
            found = await self.bot.desk.who(readable(speaker, SPEAKER), seen) if speaker else None
            watch = Watch(
                0,
                interaction.user.id,
                *place,
                found.speaker if found else None,
                readable(topic, SPEAKER) if topic else None,
                interaction.locale.value,
            )
            await self._begin(watch)
            own = place[0] is None and len(owners(self.bot, interaction.guild_id)) > 1
            known, others = bool(found and found.total), found.others if found else ()
            await reply.tell(promise_card(watch, known=known, others=others, own=own))

    async def _begin(self, watch: Watch) -> None:
        try:
            await self.bot.community.worker.run(partial(self.bot.community.watches.add, watch))
        except TooManyWatches as error:
            name = command_name("watching")
            raise Refused(
                _("There are {limit} already. /{command} ends some of them.", limit=error.limit, command=name)
            ) from None

    @app_commands.command(description="See what is watched for, and end it")
    async def watching(self, interaction: discord.Interaction["OnTheRecord"]) -> None:
        async with self.bot.answering(interaction) as reply:
            await reply.defer(private=True)
            await reply.tell(await _card(interaction))


def _place(interaction: discord.Interaction[Any]) -> tuple[int | None, int | None]:
    """The server and the channel. Raises Refused where the person may not have the bot write there."""
    bot: OnTheRecord = interaction.client
    if interaction.guild_id is None:
        return None, None
    if bot.get_guild(interaction.guild_id) is None:
        raise Refused(_("I can write to the channels of servers that I am a member of, and to you directly."))
    if not may_watch(interaction, bot.community.servers.of(interaction.guild_id)):
        raise Refused(_("To have me write to this channel takes somebody who may manage messages here."))
    return interaction.guild_id, interaction.channel_id


async def _watches(interaction: discord.Interaction[Any]) -> list[Watch]:
    """Those that this person may end here: to them alone, and in this server their own, or all if they may watch."""
    bot: OnTheRecord = interaction.client
    watches, person, server = bot.community.watches, interaction.user.id, interaction.guild_id
    found = await bot.community.worker.run(partial(watches.direct_messages_of, person))
    if server is not None and bot.get_guild(server) is not None:
        every = may_watch(interaction, bot.community.servers.of(server))
        here = await bot.community.worker.run(partial(watches.of_guild, server))
        found += [watch for watch in here if every or watch.person == person]
    return found


async def _card(interaction: discord.Interaction[Any]) -> Any:
    def channel_name(id_: int) -> str | None:
        return getattr(interaction.client.get_channel(id_), "name", None)

    return watching_card(await _watches(interaction), channel_name)
