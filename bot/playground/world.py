"""A Discord in memory. This module, with `stage` and `page` behind it, alone touches simcord's inner parts.

simcord was made for tests: it patches the event loop and runs on virtual time as soon as a bot is attached to it.
Nothing is attached here. Its backend, its router and its page are used as they are, on the wall clock, and the bot
reaches them through sockets.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, contextmanager
from copy import deepcopy
from dataclasses import dataclass
from functools import partial
from types import SimpleNamespace
from typing import Any

import discord
from simcord.actors import MemberActor
from simcord.backend import serializers
from simcord.backend.errors import BackendError
from simcord.gateway import FakeGateway
from simcord.http import dispatch
from simcord.results import InteractionResult, ResponseMessage

from bot.playground.page import PageDoors, live_page
from bot.playground.stage import ATTACHMENTS, Stage

MENU = "Check quotations"
"""The entry of a message's Apps menu."""

Payload = dict[str, Any]
Send = Callable[[str, Payload], None]


@dataclass(frozen=True, slots=True)
class RestReply:
    """What a REST request gets back; no body (None) goes with status 204."""

    status: int
    body: Any = None


@dataclass(frozen=True, slots=True)
class Upload:
    """One file of a request; the attribute names are the ones that simcord's router reads."""

    fp: Any
    filename: str
    description: str | None = None


class DiscordWorld:
    """Two servers with a channel each, and two people on both. Must be made inside a running event loop.

    Where nothing else is said, what is done is done by the first person on the first server. Each person manages one of
    the servers and is a plain member of the other.
    """

    def __init__(self) -> None:
        self._stage = Stage()
        self._backend = self._stage.backend
        self._backend.bot_user.name = "On the Record"
        users = [self._stage.create_user(name) for name in ("Alex", "Kim")]
        self._languages: dict[int, str] = {}
        self._places = [self._server(name, users, manager) for manager, name in enumerate(("Newsroom", "Evening Desk"))]
        (self._guild, self._channel, (self._person, *_others)), *_elsewhere = self._places

    def _server(self, name: str, users: Sequence[Any], manager: int) -> tuple[Any, Any, list[MemberActor]]:
        """Return a new server, its channel and its members; the one of that number manages it."""
        guild = self._stage.create_guild(name)
        channel = guild.create_text_channel("the-record", topic="Ask who said what: /ask")
        allowed = discord.Permissions(manage_guild=True, manage_messages=True)
        editors = guild.create_role("Editors", permissions=allowed)
        members = [guild.add_member(user, roles=[editors] if at == manager else []) for at, user in enumerate(users)]
        return guild, channel, members

    @property
    def bot_id(self) -> int:
        """Return the id of the bot's user."""
        return int(self._backend.bot_user.id)

    @property
    def channel_id(self) -> int:
        """Return the id of the channel."""
        return int(self._channel.id)

    # What the bot sees: REST, and the gateway's events.

    def request(  # noqa: PLR0913
        self,
        method: str,
        path: str,
        *,
        body: Any = None,
        query: Mapping[str, str] | None = None,
        files: Sequence[Upload] = (),
        reason: str | None = None,
    ) -> RestReply:
        """`path` comes after `/api/v10`. What simcord doesn't know is a 501, which no bot code mistakes for success."""
        try:
            answer = dispatch(
                self._backend,
                method,
                path,
                json=body,
                params=dict(query or {}),
                files=list(files),
                reason=reason,
                message_content_access=False,
            )
        except BackendError as error:
            return RestReply(error.status, error.to_json())
        finally:
            self._stage.changes.note()
        return RestReply(204) if answer is None else RestReply(200, answer)

    def attachment(self, path: str) -> bytes | None:
        """Return what somebody attached; `path` comes after `/attachments`."""
        found: bytes | None = self._backend.cdn.get(ATTACHMENTS + path)
        return found

    def ready(self, session: str, resume_url: str) -> Payload:
        """Return the payload of READY."""
        return {
            "v": 10,
            "user": dict(serializers.user_payload(self._backend.bot_user)),
            "guilds": [{"id": str(identity), "unavailable": True} for identity in self._backend.guilds],
            "session_id": session,
            "resume_gateway_url": resume_url,
            "application": {"id": str(self._backend.application_id), "flags": 0},
        }

    @contextmanager
    def subscribed(self, intents: int, send: Send) -> Iterator[None]:
        """Sends the server's state, then every event that a bot with these intents would get, as it would get it."""
        parsers = _Parsers(lambda event, payload: send(event, self._in_language(event, payload)))
        state = SimpleNamespace(intents=discord.Intents._from_value(intents), parsers=parsers)
        gateway = FakeGateway(self._backend, state)
        for guild in self._backend.guilds.values():
            gateway.feed("GUILD_CREATE", serializers.guild_create_payload(self._backend, guild))
        self._backend.subscribers.append(gateway.feed)
        try:
            yield
        finally:
            self._backend.subscribers.remove(gateway.feed)

    def _in_language(self, event: str, payload: Payload) -> Payload:
        """Return the event with the language in which the person who acts reads."""
        if event != "INTERACTION_CREATE":
            return payload
        user = payload.get("user") or payload["member"]["user"]
        return {**payload, "locale": self._languages.get(int(user["id"]), payload["locale"])}

    # What the person does.

    @property
    def person_id(self) -> int:
        """Return the id of the first person."""
        return int(self._person.id)

    def read_in(self, person: int, language: str) -> None:
        """Let a person read in a language from here on, one of Discord's locales."""
        self._languages[person] = language

    async def use_menu(self, server: int, person: int, message: int) -> None:
        """Use *Apps → Check quotations* of a message, as the person with that id on the server of that number."""
        _guild, channel, members = self._places[server]
        member = next(each for each in members if each.id == person)
        await member.context_menu(
            channel, MENU, ResponseMessage(self._stage, self._backend.get_message(channel.id, message))
        )

    def join(self, name: str) -> MemberActor:
        """One more person on the server."""
        return self._guild.add_member(self._stage.create_user(name))

    async def ask(self, command: str, *, asker: MemberActor | None = None, **options: Any) -> int | None:
        """Uses a slash command; the id of the message that answers, or None if the bot didn't within 3 s."""
        return _answer(await (asker or self._person).slash(self._channel, command, **options))

    async def check(self, menu: str, message: int, *, asker: MemberActor | None = None) -> int | None:
        """Use the menu of a message; what comes back is as with `ask`."""
        person = asker or self._person
        return _answer(await person.context_menu(self._channel, menu, self._response(message)))

    async def say(self, text: str, *, reply_to: int | None = None) -> int:
        """Writes in the channel; the id of that message."""
        message = None if reply_to is None else self._response(reply_to)
        return int((await self._person.send(self._channel, text, reply_to=message)).id)

    async def click(self, message: int, custom_id: str) -> int | None:
        """Presses a button; see `shown.buttons`. What comes back is as with `ask`."""
        return _answer(await self._person.click(self._response(message), custom_id=custom_id))

    async def announce(self, name: str, text: str) -> None:
        """Somebody else of that name writes in the channel."""
        await self.join(name).send(self._channel, text)

    def commands(self) -> tuple[str, ...]:
        """Return the names of the commands that the person is offered."""
        return tuple(self._person.available_commands(self._channel))

    def message(self, identity: int) -> Payload:
        """The message as Discord would deliver it to the person; LookupError if it isn't there."""
        stored = self._backend.messages[self.channel_id][identity]
        return deepcopy(dict(serializers.message_payload(self._backend, stored)))

    async def until(self, condition: Callable[[], bool], seconds: float) -> None:
        """Waits until something happened that makes the condition true; TimeoutError after that many seconds."""
        await self._stage.changes.until(condition, seconds)

    def messages(self) -> list[Payload]:
        """Return all messages of the channel, the oldest first."""
        return [self.message(identity) for identity in sorted(self._backend.messages.get(self.channel_id, {}))]

    def delete(self, message: int) -> None:
        """Delete a message."""
        self._backend.delete_message(self.channel_id, message)

    def _response(self, message: int) -> ResponseMessage:
        return ResponseMessage(self._stage, self._backend.get_message(self.channel_id, message))

    # What the person sees.

    def page(self, port: int, server: int = 0, elsewhere: str = "") -> AbstractAsyncContextManager[str]:
        """Serves a server's channel as a page on 127.0.0.1 and keeps it live; yields its address.

        `elsewhere` is the address of the other server's page. See `page.live_page`.
        """
        _guild, channel, members = self._places[server]
        doors = PageDoors(
            bot=self.bot_id,
            elsewhere=elsewhere,
            read_in=self.read_in,
            check=partial(self.use_menu, server),
        )
        return live_page(self._stage, channel, tuple(members), port, doors)


class _Parsers:
    """Stands where discord.py keeps its parser of each event, so that simcord's gateway hands the events on."""

    def __init__(self, send: Send) -> None:
        self._send = send

    def __getitem__(self, event: str) -> Callable[[Payload], None]:
        return lambda payload: self._send(event, payload)


def _answer(result: InteractionResult) -> int | None:
    return None if result.response is None else int(result.response.id)
