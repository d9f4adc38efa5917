"""Replies to commands, buttons and messages. Nothing that is sent can ping anybody."""

import asyncio
import contextlib
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Protocol, TypeVar

import aiohttp
import discord

from bot.cards.components import SHARE, Card, notice
from bot.cards.layout import layout
from bot.cards.references import Reference
from bot.interactions.threads import can_have_thread
from bot.locales import _
from bot.services.guild_settings import DEFAULTS, is_private, speaks_in
from retrieval.guilds.settings import GuildSettings

T = TypeVar("T")

Admission = Callable[[int, int | None, int], None]
"""Given the ids of a person and of the guild, if any, and a cost: raises TooFast if that is too much."""

NO_PINGS = discord.AllowedMentions.none()
_PAUSE = 1.0  # seconds before the one more try that discord.py leaves to us


@dataclass(frozen=True, slots=True)
class PostedCard:
    """A card as a message, with references to the words that it shows."""

    message: discord.Message
    references: tuple[Reference, ...]


class Reply(Protocol):
    """Where one answer goes.

    `awaited` says whether Discord shows the person that something will come; `posted` is the answer, if it was given.
    """

    awaited: bool
    posted: PostedCard | None

    async def show(self, card: Card) -> None:
        """Show the answer. Raises discord.HTTPException."""
        ...

    async def tell(self, card: Card) -> None:
        """Show that something failed, wherever the person can be reached."""
        ...


class InteractionReply:
    """A reply to a command or a button. Whether it is private is fixed by `defer`."""

    awaited = True

    def __init__(
        self, interaction: discord.Interaction[Any], admit: Admission, settings: GuildSettings = DEFAULTS
    ) -> None:
        self._interaction = interaction
        self._admit = admit
        self._settings = settings
        self.private = False
        self.posted: PostedCard | None = None

    async def defer(self, *, private: bool | None = None, cost: int = 1) -> None:
        """Acknowledge the interaction; without `private` as the guild has set it.

        Where the guild wants no answers for everybody all are private.

        Raises TooFast.
        """
        self._admit(self._interaction.user.id, self._interaction.guild_id, cost)
        self.private = is_private(self._settings, self._interaction.channel, private)
        await self._interaction.response.defer(ephemeral=self.private, thinking=True)

    async def turn(self) -> None:
        """Defer a change of the message whose button was pressed; other people get a private copy instead.

        Raises TooFast.
        """
        message = self._interaction.message
        asked = message.interaction_metadata if message else None
        if asked is None or asked.user.id != self._interaction.user.id:
            await self.defer(private=True)
        else:
            await self.change()

    async def change(self) -> None:
        """Defer a change of the message whose button was pressed. Raises TooFast."""
        assert self._interaction.message is not None
        self._admit(self._interaction.user.id, self._interaction.guild_id, 1)
        self.private = self._interaction.message.flags.ephemeral
        await self._interaction.response.defer()

    async def show(self, card: Card) -> None:
        """Show the answer; a private one can be shared where the guild wants answers."""
        shareable = self.private and speaks_in(self._settings, self._interaction.channel)
        message = await self._edit(replace(card, buttons=(*card.buttons, SHARE)) if shareable else card)
        self.posted = PostedCard(message, card.references)

    async def tell(self, card: Card) -> None:
        """Show something that is no answer, to this person alone if nothing was deferred."""
        if self._interaction.response.is_done():
            await self._edit(card)
        else:
            await self._interaction.response.send_message(view=layout(card), ephemeral=True, allowed_mentions=NO_PINGS)

    async def _edit(self, card: Card) -> discord.Message:
        return await persistently(
            lambda: self._interaction.edit_original_response(view=layout(card), allowed_mentions=NO_PINGS)
        )


class MessageReply:
    """A reply to a message: "Thinking…" at once, and later the answer in its place."""

    awaited = False

    def __init__(self, message: discord.Message, admit: Admission) -> None:
        self._message = message
        self._admit = admit
        self._channel: discord.abc.MessageableChannel = message.channel
        self._placeholder: discord.Message | None = None
        self.posted: PostedCard | None = None

    @property
    def channel(self) -> int:
        """Return the id of the channel where the answer goes."""
        return self._channel.id

    async def begin(self, *, thread: str | None = None) -> None:
        """Say "Thinking…" in a new thread of that name, if there can be one, or else in the channel. Raises TooFast."""
        self._admit(self._message.author.id, self._message.guild.id if self._message.guild else None, 1)
        if thread and can_have_thread(self._message.channel):
            with contextlib.suppress(discord.HTTPException):
                self._channel = await self._message.create_thread(name=thread)
        self._placeholder = await self._send(notice(_("Thinking…")))

    async def show(self, card: Card) -> None:
        """Show the answer in place of "Thinking…"."""
        placeholder = self._placeholder
        if placeholder is None:
            message = await self._send(card)
        else:
            message = await persistently(lambda: placeholder.edit(view=layout(card), allowed_mentions=NO_PINGS))
        self.posted = PostedCard(message, card.references)

    async def tell(self, card: Card) -> None:
        """Show something in the channel, or by direct message where the bot may not write."""
        try:
            await self.show(card)
        except discord.Forbidden:
            await self._message.author.send(view=layout(card), allowed_mentions=NO_PINGS)

    async def _send(self, card: Card) -> discord.Message:
        once = secrets.token_hex(12)  # by which Discord knows a second try
        send = partial(self._channel.send, nonce=once, mention_author=False, allowed_mentions=NO_PINGS)
        if self._channel is self._message.channel and self._may_refer():
            send = partial(send, reference=self._message.to_reference(fail_if_not_exists=False))
        return await persistently(lambda: send(view=layout(card)))

    def _may_refer(self) -> bool:
        guild = self._message.guild
        return guild is None or self._message.channel.permissions_for(guild.me).read_message_history


async def say(channel: discord.abc.Messageable, card: Card, nonce: str) -> discord.Message:
    """Send a card unasked. By the nonce Discord knows a second try, some minutes long."""
    return await persistently(lambda: channel.send(view=layout(card), allowed_mentions=NO_PINGS, nonce=nonce))


async def persistently(send: Callable[[], Awaitable[T]]) -> T:
    """Send, and try once more after a 503 or a broken connection.

    discord.py itself tries again after 429, 500, 502, 504 and 524.
    """
    try:
        return await send()
    except discord.HTTPException as error:
        if error.status != 503:
            raise
    except aiohttp.ClientConnectionError:
        pass
    await asyncio.sleep(_PAUSE)
    return await send()
