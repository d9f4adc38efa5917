"""Where an answer goes: to a command or button, or to a message. Nothing that is sent can ping anybody."""

import asyncio
import contextlib
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import Any, Protocol, TypeVar

import aiohttp
import discord

from bot.cards.answer import Card, notice
from bot.cards.buttons import SHARE
from bot.cards.layout import layout
from bot.interactions.threads import can_have_thread
from bot.locales import _
from bot.services.guild_settings import USUAL, is_private, speaks_in
from retrieval.guilds.settings import GuildSettings

T = TypeVar("T")

Admission = Callable[[int, int | None], None]
"""Given the ids of a person and of the server, if any: raises TooFast for one use too many."""

NO_PINGS = discord.AllowedMentions.none()
_PAUSE = 1.0  # seconds before the one more try that discord.py leaves to us


class Reply(Protocol):
    """`awaited` says whether Discord lets the person wait until something is said; `shown` is the answer, if any."""

    awaited: bool
    shown: discord.Message | None

    async def show(self, card: Card) -> None:
        """Raises discord.HTTPException."""
        ...

    async def tell(self, card: Card) -> None:
        """Show that something failed, wherever the person can be reached."""
        ...


class InteractionReply:
    """To a command or a button. Whether it is private is fixed by `defer`."""

    awaited = True

    def __init__(
        self, interaction: discord.Interaction[Any], admit: Admission, settings: GuildSettings = USUAL
    ) -> None:
        self._interaction = interaction
        self._admit = admit
        self._settings = settings
        self.private = False
        self.shown: discord.Message | None = None

    async def defer(self, *, private: bool | None = None) -> None:
        """Without `private` as the server likes it. Where it wants no answers for everybody all are private.

        Raises TooFast.
        """
        self._admit(self._interaction.user.id, self._interaction.guild_id)
        self.private = is_private(self._settings, self._interaction.channel, private)
        await self._interaction.response.defer(ephemeral=self.private, thinking=True)

    async def turn(self) -> None:
        """Defer a change of the message whose button was pressed; who didn't ask for it gets a private copy instead.

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
        self._admit(self._interaction.user.id, self._interaction.guild_id)
        self.private = self._interaction.message.flags.ephemeral
        await self._interaction.response.defer()

    async def show(self, card: Card) -> None:
        """What is private can be shared where the server wants answers."""
        shareable = self.private and speaks_in(self._settings, self._interaction.channel)
        self.shown = await self._edit(replace(card, buttons=(*card.buttons, SHARE)) if shareable else card)

    async def tell(self, card: Card) -> None:
        if self._interaction.response.is_done():
            await self._edit(card)
        else:
            await self._interaction.response.send_message(view=layout(card), ephemeral=True, allowed_mentions=NO_PINGS)

    async def _edit(self, card: Card) -> discord.Message:
        return await persistently(
            lambda: self._interaction.edit_original_response(view=layout(card), allowed_mentions=NO_PINGS)
        )


class MessageReply:
    """To a message: "Thinking…" at once, and later the answer in its place."""

    awaited = False

    def __init__(self, message: discord.Message, admit: Admission) -> None:
        self._message = message
        self._admit = admit
        self._channel: discord.abc.MessageableChannel = message.channel
        self._placeholder: discord.Message | None = None
        self.shown: discord.Message | None = None

    @property
    def channel(self) -> int:
        """Where the answer goes."""
        return self._channel.id

    async def begin(self, *, thread: str | None = None) -> None:
        """In a new thread of that name, if there can be one, or else where the message stands. Raises TooFast."""
        self._admit(self._message.author.id, self._message.guild.id if self._message.guild else None)
        if thread and can_have_thread(self._message.channel):
            with contextlib.suppress(discord.HTTPException):
                self._channel = await self._message.create_thread(name=thread)
        self._placeholder = await self._send(notice(_("Thinking…")))

    async def show(self, card: Card) -> None:
        placeholder = self._placeholder
        if placeholder is None:
            self.shown = await self._send(card)
        else:
            self.shown = await persistently(lambda: placeholder.edit(view=layout(card), allowed_mentions=NO_PINGS))

    async def tell(self, card: Card) -> None:
        """In the channel, or by direct message where the bot may not write."""
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
    """Unasked. By the nonce Discord knows a second try, some minutes long."""
    return await persistently(lambda: channel.send(view=layout(card), allowed_mentions=NO_PINGS, nonce=nonce))


async def persistently(send: Callable[[], Awaitable[T]]) -> T:
    """Once more after a 503 or a broken connection; discord.py itself tries again after 429, 500, 502, 504 and 524."""
    try:
        return await send()
    except discord.HTTPException as error:
        if error.status != 503:
            raise
    except aiohttp.ClientConnectionError:
        pass
    await asyncio.sleep(_PAUSE)
    return await send()
