"""simcord's page of a channel, kept live and made to look like Discord rather than a developer's workbench."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from html import escape
from importlib import resources
from typing import Any, ClassVar

from aiohttp import web
from simcord.backend.errors import SetupError
from simcord.preview import Preview, _markdown
from simcord.preview._server import PreviewServer

from bot.playground.stage import ChangeSignal


@dataclass(frozen=True, slots=True)
class PageDoors:
    """What a page offers beside simcord's: the bot to mention, the other server, a language, the Apps menu.

    `read_in` takes a person's id and a Discord locale, `check` a person's id and a message's.
    """

    bot: int
    elsewhere: str
    read_in: Callable[[int, str], None]
    check: Callable[[int, int], Awaitable[None]]


@asynccontextmanager
async def live_page(
    stage: Any, channel: Any, people: tuple[Any, ...], port: int, doors: PageDoors
) -> AsyncIterator[str]:
    """Serves simcord's page on 127.0.0.1, on a free port if that one is taken; yields its address."""
    async with AsyncExitStack() as stack:
        stack.enter_context(_quotations_end_with_their_line())
        try:
            preview = await stack.enter_async_context(_preview(stage, channel, people, port, doors))
        except SetupError:
            preview = await stack.enter_async_context(_preview(stage, channel, people, 0, doors))
        live = asyncio.create_task(preview.follow(stage.changes))
        stack.callback(live.cancel)
        yield preview.url


def _preview(stage: Any, channel: Any, people: tuple[Any, ...], port: int, doors: PageDoors) -> "_LivePreview":
    return _LivePreview(
        stage,
        channel,
        people,
        layout="channel",
        display="responsive",
        width=960,
        height=720,
        locale="en-US",
        timezone="UTC",
        presentation_time=None,
        assets=None,
        port=port,
        doors=doors,
    )


@contextmanager
def _quotations_end_with_their_line() -> Iterator[None]:
    """As in Discord; by the rules of Markdown that simcord follows, a block quotation runs on into the next line."""
    original = _markdown._discord_multiline_quotes
    _markdown._discord_multiline_quotes = lambda text: re.sub(
        r"^(> .*\n)(?!> |\n)", r"\1\n", original(text), flags=re.MULTILINE
    )
    try:
        yield
    finally:
        _markdown._discord_multiline_quotes = original


class _LivePreview(Preview):  # type: ignore[misc]
    """simcord's page, published whenever something changed, and not only after the person did something."""

    def __init__(self, *args: Any, port: int, doors: PageDoors, **options: Any) -> None:
        super().__init__(*args, port=port, **options)
        self._server = _PageServer(self, port, doors)

    async def __aenter__(self) -> "_LivePreview":
        # simcord allows one page at a time; each server has one here, and the one that acts is made simcord's.
        self.env._preview = None
        await super().__aenter__()
        return self

    async def follow(self, changes: ChangeSignal) -> None:
        while True:
            await changes.wait()
            await asyncio.sleep(0.05)  # what changes together is shown together
            self._advance_presentation_time()
            self._publish_message_pages(reason="refresh")

    async def _action(self, context_id: str | None, body: Mapping[str, Any]) -> dict[str, Any]:
        # A page that has not yet fetched the newest state may act all the same, as in Discord.
        revision = self._get_page(context_id).revision
        self.env._preview = self
        answer: dict[str, Any] = await super()._action(context_id, {**body, "published_revision": revision})
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
        '<meta name="playground-bot" content="{bot}"><meta name="playground-elsewhere" content="{elsewhere}">'
        '<link rel="stylesheet" href="/playground.css"><link rel="icon" href="/favicon.svg">'
        '<script type="module" src="/playground.js"></script></head>'
    )

    def __init__(self, preview: Any, port: int, doors: PageDoors) -> None:
        super().__init__(preview, port)
        self._doors = doors

    async def _static(self, request: web.Request) -> web.Response:
        if request.path in self._OWN:
            text = resources.files(__package__).joinpath("static", request.path[1:]).read_text()
            return web.Response(text=text, content_type=self._OWN[request.path], headers=self._SECURITY_HEADERS)
        response: web.Response = await super()._static(request)
        if request.path == "/" and response.text is not None:
            title = response.text.replace("<title>SimCord Preview</title>", "<title>On the Record</title>")
            head = self._HEAD.format(bot=self._doors.bot, elsewhere=escape(self._doors.elsewhere))
            response.text = title.replace("</head>", head)
        return response

    async def _action(self, request: web.Request) -> web.Response:
        """Answer an action of the page: simcord's own, or one of those that Discord has beside it."""
        kind = request.headers.get("X-Playground-Action")
        if kind is None:
            answer: web.Response = await super()._action(request)
            return answer
        if not self._authorized(request):
            raise web.HTTPUnauthorized
        wanted = await request.json()
        if kind == "check":
            await self._doors.check(int(wanted["person"]), int(wanted["message"]))
        elif kind == "language":
            self._doors.read_in(int(wanted["person"]), str(wanted["language"]))
        return web.json_response({}, headers=self._SECURITY_HEADERS)
