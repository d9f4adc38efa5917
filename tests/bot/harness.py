"""The only module of these tests that knows simcord: a Discord in memory, with a server, a channel and people."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import discord
import simcord

from bot.cards.limits import walk
from bot.client import OnTheRecord
from tests.bot.openapi import problems

_TEXT, _BUTTON, _TEXT_FIELD = 10, 2, 4
_MENUS = {3, 6, 8}


@dataclass(frozen=True)
class Shown:
    """A message of the bot as a person sees it."""

    raw: Any

    @property
    def text(self) -> str:
        return "\n".join(part["content"] for part in self._parts() if part["type"] == _TEXT)

    @property
    def buttons(self) -> list[str]:
        return [part["label"] for part in self._parts() if part["type"] == _BUTTON]

    @property
    def identifiers(self) -> list[str]:
        """Of the buttons."""
        return [part["custom_id"] for part in self._parts() if part["type"] == _BUTTON and "custom_id" in part]

    @property
    def menus(self) -> dict[str, dict[str, Any]]:
        return {part["custom_id"]: part for part in self._parts() if part["type"] in _MENUS}

    @property
    def private(self) -> bool:
        return bool(self.raw.flags.ephemeral)

    def _parts(self) -> Iterator[dict[str, Any]]:
        raw = [part if isinstance(part, dict) else part.to_dict() for part in self.raw.components]
        return walk(raw)


class Person:
    def __init__(self, world: "World", actor: Any) -> None:
        self._world = world
        self.actor = actor

    async def slash(self, name: str, **options: Any) -> Shown | None:
        return _shown(await self.actor.slash(self._world.channel, name, **options))

    async def type(self, command: str, option: str, typed: str) -> list[str]:
        """What is suggested."""
        choices = await self.actor.autocomplete(self._world.channel, command, option, typed)
        return [choice["name"] for choice in choices]

    async def say(self, text: str, reply_to: Shown | None = None) -> discord.Message:
        raw = reply_to.raw if reply_to else None
        message: discord.Message = await self.actor.send(self._world.channel, text, reply_to=raw)
        return message

    async def whisper(self, text: str) -> None:
        """By direct message."""
        await self.actor.send_dm(text)

    async def press(self, shown: Shown, label: str) -> Shown | None:
        identifier = shown.identifiers[shown.buttons.index(label)]
        return _shown(await self.actor.click(shown.raw, custom_id=identifier))

    async def fill_in(self, shown: Shown, label: str, text: str) -> Shown | None:
        """Press a button that opens a form with one field, and send it."""
        return await self.send_form(await self.open_form(shown, label), text)

    async def choose(self, shown: Shown, menu: str, *values: Any) -> Shown | None:
        """In a menu: values of options, or channels and roles."""
        return _shown(await self.actor.select(shown.raw, list(values), custom_id=menu))

    async def open_form(self, shown: Shown, label: str) -> Any:
        """To be sent later, by `send_form`."""
        return await self.actor.click(shown.raw, custom_id=shown.identifiers[shown.buttons.index(label)])

    async def send_form(self, form: Any, text: str) -> Shown | None:
        (field,) = (part["custom_id"] for part in walk(form.modal["components"]) if part["type"] == _TEXT_FIELD)
        return _shown(await self.actor.submit_modal(form, {field: text}))

    async def slash_directly(self, name: str, **options: Any) -> Shown | None:
        """In a direct message to the bot."""
        return _shown(await self.actor.user.slash(name, **options))

    def also_in(self, world: "World") -> "Person":
        """The same person on another server."""
        return Person(world, world.guild.add_member(self.actor.user))

    async def menu(self, name: str, message: Any) -> Shown | None:
        return _shown(await self.actor.context_menu(self._world.channel, name, message))

    @property
    def letters(self) -> list[str]:
        """What the bot wrote in direct messages and Discord took."""
        backend = self._world.env.backend
        channel = backend.dm_channels.get(self.actor.id)
        messages = backend.messages.get(channel, {}).values()
        return [Shown(message).text for message in messages if message.author_id == backend.bot_user.id]


class World:
    """`channel` is where people meet; `language` is the Discord locale that they use.

    What is sent is checked when the world ends.
    """

    def __init__(self, env: Any) -> None:
        self.env = env
        self.guild = env.create_guild()
        self.channel = self.guild.create_text_channel("general")
        self.language = "en-US"
        emit = env.backend.emit
        env.backend.emit = lambda event, payload: emit(event, self._in_language(event, payload))
        self.alice = Person(self, self.guild.add_member(env.create_user("alice")))
        self.bob = Person(self, self.guild.add_member(env.create_user("bob")))

    def member(self, name: str, **allowed: bool) -> Person:
        """Somebody new, with these of Discord's permissions."""
        role = self.guild.create_role(f"role of {name}", permissions=discord.Permissions(**allowed))
        return Person(self, self.guild.add_member(self.env.create_user(name), roles=[role]))

    async def plant(self, identifier: str) -> Shown:
        """A message of the bot with a button that was copied from elsewhere."""
        view = discord.ui.LayoutView(timeout=None)
        view.add_item(discord.ui.ActionRow(discord.ui.Button(label="Copied", custom_id=identifier)))
        view.stop()
        return Shown(await self.env.bot.get_channel(self.channel.id).send(view=view))

    def _in_language(self, event: str, payload: dict[str, Any]) -> dict[str, Any]:
        """simcord's people all read American English."""
        return payload | {"locale": self.language} if event == "INTERACTION_CREATE" else payload

    @property
    def owner(self) -> str:
        """Of what this server adds."""
        return f"guild:{self.guild.id}"

    @property
    def mention(self) -> str:
        return f"<@{self.env.bot.user.id}>"

    @property
    def last(self) -> Shown:
        """The newest message in the channel."""
        return Shown(self.channel.last_message)

    def requests(self, method: str, ending: str = "") -> list[Any]:
        return [sent for sent in self.env.http_requests if sent.method == method and sent.path.endswith(ending)]

    def refuse(self, method: str, path: str, *, status: int, code: int = 0, times: int | None = 1) -> None:
        """Discord answers the next matching requests with an error."""
        self.env.inject_error(method, path, status=status, code=code, times=times)

    async def restart(self, bot: OnTheRecord) -> None:
        await self.env.restart_bot(bot)

    async def settle(self) -> None:
        await self.env.settle()

    async def pass_time(self, seconds: float) -> None:
        await self.env.advance_time(seconds)

    def everything_sent(self) -> str:
        return "\n".join(str(sent.json) for sent in self.env.http_requests)


def _shown(result: Any) -> Shown | None:
    return Shown(result.response) if result.response is not None else None


@asynccontextmanager
async def world_with(bot: OnTheRecord, *, checked: bool = True) -> AsyncIterator[World]:
    """A Discord that `bot` is connected to. At the end every request that the bot made must be one Discord takes."""
    async with simcord.run(bot, check_errors=True) as env:
        world = World(env)
        yield world
        if checked:
            found = {problem for sent in env.http_requests for problem in problems(sent.method, sent.path, sent.json)}
            assert not found, "\n".join(sorted(found))


BotMaker = Callable[..., OnTheRecord]


async def until(condition: Callable[[], bool], within: float = 5.0) -> None:
    """Wait, in real time, for what happens on another thread."""
    async with asyncio.timeout(within):
        while not condition():  # noqa: ASYNC110
            await asyncio.sleep(0.01)
