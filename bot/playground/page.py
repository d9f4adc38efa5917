"""simcord's page of a channel, kept live and made to look like Discord rather than a developer's workbench."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from importlib import resources
from typing import Any, ClassVar

from aiohttp import web
from simcord.backend.errors import SetupError
from simcord.preview import Preview, _markdown
from simcord.preview._server import PreviewServer

from bot.playground.stage import ChangeSignal


@asynccontextmanager
async def live_page(stage: Any, channel: Any, person: Any, port: int, changes: ChangeSignal) -> AsyncIterator[str]:
    """Serves simcord's page on 127.0.0.1, on a free port if that one is taken; yields its address."""
    async with AsyncExitStack() as stack:
        stack.enter_context(_quotations_end_with_their_line())
        try:
            preview = await stack.enter_async_context(_preview(stage, channel, person, port))
        except SetupError:
            preview = await stack.enter_async_context(_preview(stage, channel, person, 0))
        live = asyncio.create_task(preview.follow(changes))
        stack.callback(live.cancel)
        yield preview.url


def _preview(stage: Any, channel: Any, person: Any, port: int) -> "_LivePreview":
    return _LivePreview(
        stage,
        channel,
        (person,),
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

    def __init__(self, *args: Any, port: int, **options: Any) -> None:
        super().__init__(*args, port=port, **options)
        self._server = _PageServer(self, port)

    async def follow(self, changes: ChangeSignal) -> None:
        while True:
            await changes.wait()
            await asyncio.sleep(0.05)  # what changes together is shown together
            self._advance_presentation_time()
            self._publish_message_pages(reason="refresh")

    async def _action(self, context_id: str | None, body: Mapping[str, Any]) -> dict[str, Any]:
        # A page that has not yet fetched the newest state may act all the same, as in Discord.
        revision = self._get_page(context_id).revision
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
