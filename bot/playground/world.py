"""The one module that touches simcord's inner parts: a Discord in memory, and the page that shows it.

simcord was made for tests: it patches the event loop and runs on virtual time as soon as a bot is attached to it.
Nothing is attached here. Its backend, its router and its page are used as they are, on the wall clock, and the bot
reaches them through sockets.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import resources
from types import SimpleNamespace
from typing import Any, ClassVar

import discord
from aiohttp import web
from simcord._clock import Clock
from simcord.actors import MemberActor
from simcord.backend import Backend, serializers
from simcord.backend.errors import BackendError, SetupError
from simcord.env import Env
from simcord.gateway import FakeGateway
from simcord.http import dispatch
from simcord.preview import Preview
from simcord.preview._server import PreviewServer
from simcord.results import InteractionResult, ResponseMessage

from bot.playground.changes import Changes

Payload = dict[str, Any]
Send = Callable[[str, Payload], None]

ACKNOWLEDGED_WITHIN = 3.0
"""Seconds that Discord gives a bot to answer an interaction at all."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a REST request gets back; no body (None) goes with status 204."""

    status: int
    body: Any = None


@dataclass(frozen=True, slots=True)
class Upload:
    """One file of a request; the attribute names are the ones that simcord's router reads."""

    fp: Any
    filename: str
    description: str | None = None


class _WallClock(Clock):  # type: ignore[misc]
    def __init__(self) -> None:
        self._started = time.monotonic()

    @property
    def elapsed(self) -> float:
        return time.monotonic() - self._started

    def now(self) -> datetime:
        return datetime.now(UTC)

    def advance(self, seconds: float) -> None:
        raise NotImplementedError(f"the wall clock can't be moved by {seconds} s")


class _Stage(Env):  # type: ignore[misc]
    """simcord's environment without a bot attached to it: settling means waiting for the bot's real answer."""

    def __init__(self) -> None:
        super().__init__(discord.Client(intents=discord.Intents.none()))
        self.backend = Backend(clock=_WallClock())
        self._loop = asyncio.get_running_loop()
        self._started = True
        self._generation = 1
        self.changes = Changes()
        self.backend.subscribers.append(self.changes.note)

    async def _settle_internal(self, *, dispatch: str | None = None, **_: Any) -> None:
        if dispatch != "INTERACTION_CREATE":
            return
        interaction = self.backend.interactions[max(self.backend.interactions)]
        with suppress(TimeoutError):
            await self.changes.until(lambda: bool(interaction.responded), ACKNOWLEDGED_WITHIN)


class World:
    """One server with one channel and one person in it. Must be made inside a running event loop."""

    def __init__(self, *, bot: str = "On the Record", server: str = "Newsroom", person: str = "Alex") -> None:
        self._stage = _Stage()
        self._backend = self._stage.backend
        self._backend.bot_user.name = bot
        guild = self._stage.create_guild(server)
        self._channel = guild.create_text_channel("the-record", topic="Ask who said what: /ask")
        self._person: MemberActor = guild.add_member(self._stage.create_user(person))

    @property
    def bot_id(self) -> int:
        return int(self._backend.bot_user.id)

    @property
    def channel_id(self) -> int:
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
    ) -> Reply:
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
            return Reply(error.status, error.to_json())
        finally:
            self._stage.changes.note()
        return Reply(204) if answer is None else Reply(200, answer)

    def ready(self, session: str, resume_url: str) -> Payload:
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
        parsers = _Parsers(send)
        state = SimpleNamespace(intents=discord.Intents._from_value(intents), parsers=parsers)
        gateway = FakeGateway(self._backend, state)
        for guild in self._backend.guilds.values():
            gateway.feed("GUILD_CREATE", serializers.guild_create_payload(self._backend, guild))
        self._backend.subscribers.append(gateway.feed)
        try:
            yield
        finally:
            self._backend.subscribers.remove(gateway.feed)

    # What the person does.

    async def ask(self, command: str, **options: Any) -> int | None:
        """Uses a slash command; the id of the message that answers, or None if the bot didn't within 3 s."""
        return _answer(await self._person.slash(self._channel, command, **options))

    async def say(self, text: str, *, reply_to: int | None = None) -> None:
        message = None if reply_to is None else self._response(reply_to)
        await self._person.send(self._channel, text, reply_to=message)

    async def click(self, message: int, label: str) -> int | None:
        return _answer(await self._person.click(self._response(message), label=label))

    def commands(self) -> tuple[str, ...]:
        return tuple(self._person.available_commands(self._channel))

    def message(self, identity: int) -> Payload:
        """The message as Discord would deliver it to the person; LookupError if it isn't there."""
        stored = self._backend.messages[self.channel_id][identity]
        return deepcopy(dict(serializers.message_payload(self._backend, stored)))

    async def until(self, condition: Callable[[], bool], seconds: float) -> None:
        """Waits until something happened that makes the condition true; TimeoutError after that many seconds."""
        await self._stage.changes.until(condition, seconds)

    def messages(self) -> list[Payload]:
        return [self.message(identity) for identity in sorted(self._backend.messages.get(self.channel_id, {}))]

    def delete(self, message: int) -> None:
        self._backend.delete_message(self.channel_id, message)

    def _response(self, message: int) -> ResponseMessage:
        return ResponseMessage(self._stage, self._backend.get_message(self.channel_id, message))

    # What the person sees.

    @asynccontextmanager
    async def page(self, port: int) -> AsyncIterator[str]:
        """Serves simcord's page on 127.0.0.1, on a free port if that one is taken; yields its address."""
        async with AsyncExitStack() as stack:
            try:
                preview = await stack.enter_async_context(self._preview(port))
            except SetupError:
                preview = await stack.enter_async_context(self._preview(0))
            live = asyncio.create_task(preview.follow(self._stage.changes))
            stack.callback(live.cancel)
            yield preview.url

    def _preview(self, port: int) -> "_LivePreview":
        return _LivePreview(
            self._stage,
            self._channel,
            (self._person,),
            layout="channel",
            display="responsive",
            width=960,
            height=720,
            locale="en-US",
            timezone="UTC",
            presentation_time=None,
            assets=None,
            port=port,
        )


class _LivePreview(Preview):  # type: ignore[misc]
    """simcord's page, published whenever something changed, and not only after the person did something."""

    def __init__(self, *args: Any, port: int, **options: Any) -> None:
        super().__init__(*args, port=port, **options)
        self._server = _PageServer(self, port)

    async def follow(self, changes: Changes) -> None:
        while True:
            await changes.wait()
            await asyncio.sleep(0.05)  # what changes together is shown together
            self._advance_presentation_time()
            self._publish_message_pages(reason="refresh")

    async def _action(self, context_id: str | None, body: Mapping[str, Any]) -> Payload:
        # A page that has not yet fetched the newest state may act all the same, as in Discord.
        revision = self._get_page(context_id).revision
        answer: Payload = await super()._action(context_id, {**body, "published_revision": revision})
        return answer


class _PageServer(PreviewServer):  # type: ignore[misc]
    """Adds to simcord's page what makes it look like a channel in Discord rather than a developer's workbench."""

    _OWN: ClassVar = {
        "/playground.css": "text/css",
        "/playground.js": "application/javascript",
        "/favicon.svg": "image/svg+xml",
    }
    _STATIC_FILES: ClassVar = {**PreviewServer._STATIC_FILES, **{path: path for path in _OWN}}
    _HEAD = (
        '<link rel="stylesheet" href="/playground.css"><link rel="icon" href="/favicon.svg">'
        '<script type="module" src="/playground.js"></script></head>'
    )

    async def _static(self, request: web.Request) -> web.Response:
        if request.path in self._OWN:
            text = resources.files(__package__).joinpath("static", request.path[1:]).read_text()
            return web.Response(text=text, content_type=self._OWN[request.path], headers=self._SECURITY_HEADERS)
        response: web.Response = await super()._static(request)
        if request.path == "/" and response.text is not None:
            title = response.text.replace("<title>SimCord Preview</title>", "<title>On the Record</title>")
            response.text = title.replace("</head>", self._HEAD)
        return response


class _Parsers:
    """Stands where discord.py keeps its parser of each event, so that simcord's gateway hands the events on."""

    def __init__(self, send: Send) -> None:
        self._send = send

    def __getitem__(self, event: str) -> Callable[[Payload], None]:
        return lambda payload: self._send(event, payload)


def _answer(result: InteractionResult) -> int | None:
    return None if result.response is None else int(result.response.id)
