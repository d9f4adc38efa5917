"""A made-up publisher on loopback: a feed of the newest stories, whose pages are corrected, moved and taken back."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.retrieval.fetching.raw_server import OUTSIDE

LISTED = 12
NAMES = ("Brook", "Lind", "Marsh", "Holm", "Field")
THINGS = (
    "harbour bridge",
    "old pier",
    "night ferry",
    "grain store",
    "tide mill",
    "sea wall",
    "fish market",
    "lighthouse",
)
OPENED = datetime(2026, 1, 1, 6, tzinfo=UTC)


@dataclass
class Story:
    """`wordings` counts its corrections, `places` its addresses; `status` is what its page is answered with.

    `read` says whether anybody has asked for it so far.
    """

    number: int
    published: datetime
    wordings: int = 1
    places: int = 1
    status: int = 200
    read: bool = False
    texts: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        return f"Council votes on the {THINGS[self.number % len(THINGS)]}, report {self.number}"

    @property
    def quote(self) -> str:
        thing = THINGS[self.number % len(THINGS)]
        return f"The {thing} costs {self.number} million more in year {2030 + self.wordings}, and nobody is to blame"

    @property
    def paragraphs(self) -> list[str]:
        name, thing = NAMES[self.number % len(NAMES)], THINGS[self.number % len(THINGS)]
        return [
            f"The council met on day {self.number} to talk about the {thing}, which has stood empty for years now.",
            f"“{self.quote},” said {name}, who heads the committee that looks after the {thing} and its surroundings.",
            f"Several residents had come to listen to debate {self.number}, and most of them stayed until the end.",
            f"A decision is expected in spring, after the engineers have finished their report number {self.number}.",
        ]

    def path(self, place: int | None = None) -> str:
        return f"/news/{self.number}-{'abcdefghijklmnop'[(place or self.places) - 1]}"


class Publisher:
    """`broken` makes the feed fail; `slips` are paths that are answered with that status, once."""

    def __init__(self, port: int) -> None:
        self.site = f"http://outside.example:{port}"
        self.stories: list[Story] = []
        self.broken: bytes | None = None
        self.slips: dict[str, int] = {}

    def publish(self, now: datetime) -> Story:
        story = Story(len(self.stories) + 1, now)
        self.stories.append(story)
        self.note(story)
        return story

    def correct(self, story: Story) -> None:
        story.wordings += 1
        self.note(story)

    def note(self, story: Story) -> None:
        story.texts.append("\n\n".join(story.paragraphs))

    def answer(self, path: str) -> tuple[int, dict[str, str], bytes]:
        if path == "/feed.xml":
            return (
                (500, {}, b"")
                if self.broken == b""
                else (200, {"Content-Type": "text/xml"}, self.broken or self.feed())
            )
        if path in self.slips:
            return self.slips.pop(path), {}, b""
        for story in self.stories:
            for place in range(1, story.places + 1):
                if path == story.path(place):
                    return self.story_page(story, place)
        return 404, {}, b""

    def story_page(self, story: Story, place: int) -> tuple[int, dict[str, str], bytes]:
        if story.status != 200:
            return story.status, {}, b""
        if place != story.places:
            return 301, {"Location": story.path()}, b""
        story.read = True
        body = "".join(f"<p>{paragraph}</p>" for paragraph in story.paragraphs)
        page = (
            f'<html lang="en"><head><title>{story.title}</title><link rel="canonical" href="{self.site}{story.path()}">'
            f'<meta property="article:published_time" content="{story.published.isoformat()}"></head>'
            f"<body><article><h1>{story.title}</h1>{body}</article></body></html>"
        )
        return 200, {"Content-Type": "text/html; charset=utf-8"}, page.encode()

    def feed(self) -> bytes:
        """The newest of what is to be read; what is moved is listed under its new address, by its old name or a new."""
        listed = [story for story in self.stories if story.status == 200][-LISTED:]
        items = "".join(
            f"<item><title>{story.title}</title><link>{self.site}{story.path()}</link>{self.name(story)}"
            f"<pubDate>{format_datetime(story.published)}</pubDate><description>{story.wordings}</description></item>"
            for story in reversed(listed)
        )
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Shore</title>{items}</channel></rss>'.encode()

    def name(self, story: Story) -> str:
        """A third have none but their address, so that a move gives them another."""
        return "" if story.number % 3 == 0 else f'<guid isPermaLink="false">story-{story.number}</guid>'


@contextmanager
def publishing() -> Iterator[Publisher]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            status, headers, body = publisher.answer(self.path)
            etag = f'"{sha256(body).hexdigest()[:16]}"'
            if status == 200 and self.headers.get("If-None-Match") == etag:
                status, headers, body = 304, {}, b""
            self.send_response(status)
            for name, value in (headers | ({"ETag": etag} if status == 200 else {})).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer((OUTSIDE, 0), Handler)
    publisher = Publisher(server.server_address[1])
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield publisher
    finally:
        server.shutdown()
        server.server_close()


class Calendar:
    def __init__(self) -> None:
        self.now = OPENED

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, time: timedelta) -> None:
        self.now += time
