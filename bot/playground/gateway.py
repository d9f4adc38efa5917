"""Discord's gateway, version 10, over a web socket: hello, identify, heartbeats, events, and resuming after a break."""

import asyncio
import json
import secrets
import time
import zlib
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from aiohttp import WSMsgType, web

from bot.playground.world import DiscordWorld, Payload

HEARTBEAT_INTERVAL = 41.25  # seconds, as Discord's own
_REMEMBERED = 1000


class Op(IntEnum):
    """Opcodes of the gateway."""

    DISPATCH = 0
    HEARTBEAT = 1
    IDENTIFY = 2
    RESUME = 6
    RECONNECT = 7
    INVALID_SESSION = 9
    HELLO = 10
    HEARTBEAT_ACK = 11


AUTHENTICATION_FAILED = 4004


@dataclass
class _BotSession:
    """What was sent to one bot, kept while its socket is broken; the place in `events` is the sequence number - 1."""

    token: str
    events: list[tuple[str, Payload]] = field(default_factory=list)
    socket: "_BotSocket | None" = None
    subscription: ExitStack = field(default_factory=ExitStack)

    def send(self, event: str, payload: Payload) -> None:
        self.events.append((event, payload))
        if self.socket is not None:
            self.socket.dispatch(len(self.events), event, payload)


class Gateway:
    """`heartbeat` is the interval that bots are told, in seconds."""

    def __init__(self, world: DiscordWorld, *, token: str, url: str, heartbeat: float = HEARTBEAT_INTERVAL) -> None:
        self._world = world
        self._token = token
        self._url = url
        self._interval = heartbeat
        self.heartbeats: deque[float] = deque(maxlen=_REMEMBERED)
        """When the latest ones arrived, by the monotonic clock."""
        self._sessions: dict[str, _BotSession] = {}
        self.ready = asyncio.Event()
        """Set once a bot has identified itself and has been told of its servers."""

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one web socket until it closes."""
        socket = _BotSocket(request.transport, compressed=request.query.get("compress") == "zlib-stream")
        await socket.response.prepare(request)
        with socket.writing():
            socket.put({"op": Op.HELLO, "d": {"heartbeat_interval": round(self._interval * 1000)}})
            async for frame in socket.response:
                if frame.type is WSMsgType.TEXT:
                    received = json.loads(frame.data)
                    await self._received(socket, received["op"], received.get("d"))
        for session in self._sessions.values():
            if session.socket is socket:
                session.socket = None
        return socket.response

    async def _received(self, socket: "_BotSocket", operation: int, data: Any) -> None:
        if operation == Op.HEARTBEAT:
            self.heartbeats.append(time.monotonic())
            socket.put({"op": Op.HEARTBEAT_ACK})
        elif operation in (Op.IDENTIFY, Op.RESUME) and data["token"].removeprefix("Bot ") != self._token:
            await socket.response.close(code=AUTHENTICATION_FAILED, message=b"Authentication failed.")
        elif operation == Op.IDENTIFY:
            self._identify(socket, data)
        elif operation == Op.RESUME:
            self._resume(socket, data)

    def _identify(self, socket: "_BotSocket", data: Payload) -> None:
        session = _BotSession(secrets.token_hex(16), socket=socket)
        self._sessions[session.token] = session
        ready = self._world.ready(session.token, self._url)
        if "shard" in data:
            ready["shard"] = data["shard"]
        session.send("READY", ready)
        session.subscription.enter_context(self._world.subscribed(data["intents"], session.send))
        self.ready.set()

    def _resume(self, socket: "_BotSocket", data: Payload) -> None:
        session = self._sessions.get(data["session_id"])
        if session is None:
            socket.put({"op": Op.INVALID_SESSION, "d": False})
            return
        session.socket = socket
        for number, (event, payload) in enumerate(session.events[data["seq"] :], start=data["seq"] + 1):
            socket.dispatch(number, event, payload)
        session.send("RESUMED", {})

    # What can be made to go wrong.

    def drop(self) -> None:
        """Breaks every socket without a closing handshake; the bot may come back and resume."""
        for session in self._sessions.values():
            if session.socket is not None:
                session.socket.abort()
                session.socket = None

    def invalidate(self) -> None:
        """Forgets every session: the bot must identify itself anew, now or when it tries to resume."""
        for session in self._sessions.values():
            session.subscription.close()
            if session.socket is not None:
                session.socket.put({"op": Op.INVALID_SESSION, "d": False})
        self._sessions.clear()
        self.ready.clear()

    def ask_to_reconnect(self) -> None:
        """Ask every bot to reconnect and resume."""
        for session in self._sessions.values():
            if session.socket is not None:
                session.socket.put({"op": Op.RECONNECT})


class _BotSocket:
    """Frames leave in the order in which they were put, in one zlib stream a connection where that was asked for."""

    def __init__(self, transport: asyncio.Transport | None, *, compressed: bool) -> None:
        self.response = web.WebSocketResponse(compress=False)
        self._transport = transport
        self._zlib = zlib.compressobj() if compressed else None
        self._frames: asyncio.Queue[str] = asyncio.Queue()

    def put(self, frame: dict[str, Any]) -> None:
        self._frames.put_nowait(json.dumps({"d": None, "s": None, "t": None, **frame}))

    def dispatch(self, number: int, event: str, payload: Payload) -> None:
        self.put({"op": Op.DISPATCH, "s": number, "t": event, "d": payload})

    @contextmanager
    def writing(self) -> Iterator[None]:
        task = asyncio.create_task(self._write())
        try:
            yield
        finally:
            task.cancel()

    async def _write(self) -> None:
        while True:
            frame = await self._frames.get()
            try:
                if self._zlib is None:
                    await self.response.send_str(frame)
                else:
                    data = self._zlib.compress(frame.encode()) + self._zlib.flush(zlib.Z_SYNC_FLUSH)
                    await self.response.send_bytes(data)
            except ConnectionError:
                return  # broken; what was not delivered is replayed when the bot resumes

    def abort(self) -> None:
        if self._transport is not None:
            self._transport.abort()
