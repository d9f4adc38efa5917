"""Discord's REST interface, version 10, over HTTP: each request goes to the world, and its answer comes back."""

import asyncio
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from aiohttp import BodyPartReader, web

from bot.playground.faults import FaultTable, InjectedFault
from bot.playground.world import DiscordWorld, RestReply, Upload

PREFIX = "/api/v10"
UNAUTHORIZED = RestReply(401, {"message": "401: Unauthorized", "code": 0})


@dataclass(frozen=True, slots=True)
class Exchange:
    """One REST request of the bot and what it got. `path` comes after `/api/v10`; `body` is the parsed JSON."""

    method: str
    path: str
    query: Mapping[str, str]
    body: Any
    files: tuple[str, ...]
    status: int
    answer: Any


@dataclass(frozen=True, slots=True)
class _Content:
    body: Any = None
    files: list[Upload] = field(default_factory=list)


class Rest:
    """`record` is called with every exchange, the refused and the faulty ones included."""

    def __init__(
        self,
        world: DiscordWorld,
        faults: FaultTable,
        *,
        token: str,
        gateway_url: str,
        record: Callable[[Exchange], None],
    ) -> None:
        self._world = world
        self._faults = faults
        self._token = token
        self._gateway_url = gateway_url
        self._record = record
        self._sent: dict[str, RestReply] = {}  # messages by their nonce, for Discord sends none of these twice

    async def handle(self, request: web.Request) -> web.Response:
        """Answer one REST request."""
        path = unquote(request.path.removeprefix(PREFIX))
        content = await _content(request)
        fault = self._faults.take(request.method, path)
        if fault is not None:
            await asyncio.sleep(fault.delay)
        if fault is not None and fault.status is not None:
            reply = RestReply(fault.status, _explanation(fault))
        else:
            reply = self._reply(request, path, content)
        names = tuple(upload.filename for upload in content.files)
        self._record(Exchange(request.method, path, dict(request.query), content.body, names, reply.status, reply.body))
        if fault is not None and fault.cut and request.transport is not None:
            request.transport.abort()
        return _response(reply, fault)

    async def attachment(self, request: web.Request) -> web.Response:
        """Answer a request for what a person attached; 404 if there is nothing."""
        data = self._world.attachment(request.match_info["path"])
        return web.Response(status=404) if data is None else web.Response(body=data)

    def _reply(self, request: web.Request, path: str, content: _Content) -> RestReply:
        by_token = path.startswith(("/interactions/", "/webhooks/"))
        if not by_token and request.headers.get("Authorization") != f"Bot {self._token}":
            return UNAUTHORIZED
        if path in ("/gateway", "/gateway/bot"):
            limit = {"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 1}
            return RestReply(200, {"url": self._gateway_url, "shards": 1, "session_start_limit": limit})
        nonce = content.body.get("nonce") if isinstance(content.body, dict) else None
        if nonce in self._sent:
            return self._sent[nonce]
        reply = self._world.request(
            request.method,
            path,
            body=content.body,
            query=request.query,
            files=content.files,
            reason=request.headers.get("X-Audit-Log-Reason"),
        )
        if nonce and reply.status == 200:
            self._sent[nonce] = reply
        return reply


def _explanation(fault: InjectedFault) -> dict[str, Any]:
    if fault.status == 429:
        return {"message": fault.message, "retry_after": fault.retry_after, "global": False}
    return {"message": fault.message, "code": fault.code}


def _response(reply: RestReply, fault: InjectedFault | None) -> web.Response:
    headers = {"Via": "1.1 loopback"}  # without it discord.py takes a 429 for a ban by Cloudflare
    if fault is not None and fault.retry_after is not None:
        headers["Retry-After"] = str(fault.retry_after)
    if reply.status == 204:
        return web.Response(status=204, headers=headers)
    # discord.py parses JSON only if the content type is exactly this, without a charset.
    headers["Content-Type"] = "application/json"
    return web.Response(status=reply.status, body=json.dumps(reply.body).encode(), headers=headers)


async def _content(request: web.Request) -> _Content:
    if not request.content_type.startswith("multipart/"):
        raw = await request.read()
        return _Content(json.loads(raw) if raw else None)
    body: Any = None
    files = []
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        if part.name == "payload_json":
            body = await part.json()
        elif part.filename is not None:
            files.append(Upload(io.BytesIO(await part.read(decode=True)), part.filename))
    return _Content(body, files)
