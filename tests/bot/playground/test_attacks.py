"""What strangers send to stop the bot, through the doors that they have, while other people are answered in time.

The bot is the real one but for its models, over real sockets, with its sandbox and its fetching.
"""

import asyncio
import gzip
import io
import os
import random
import sys
import zipfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from bot.playground.connector import loopback_connector
from bot.tasks.source_refresh import refreshing
from retrieval.domain import SourceKind
from retrieval.fetching import Fetcher, FetchLimits
from retrieval.sandbox import Sandbox, SandboxedReader, sandboxed_rules
from retrieval.sources.refreshing import Refresher
from retrieval.sources.repository import SourceRepository
from retrieval.sources.source_reader import SourceReader
from retrieval.store.archive import utc_now
from tests.bot.conftest import light_parts
from tests.bot.playground.besieging import added, environments_below, while_others_ask
from tests.bot.playground.conftest import TOKEN
from tests.retrieval.fetching.raw_server import OUTSIDE, RawServer, network, page, redirect, running
from tests.retrieval.readers.made_documents import warc

pytestmark = pytest.mark.slow  # three minutes of attacks, each with people who ask meanwhile

QUESTION = "who said the harbour stays open?"
ANSWER = "“We will not close the harbour,”"
PLAIN = "The pier\n\nThe pier opened on Monday, and many came.\n\n“It will hold” said Rook.\n".encode()


def packed(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return stream.getvalue()


def web_archive_of_bombs() -> bytes:
    record = warc({f"https://a.example/{n}": b"<html>" + b"a" * 300_000 for n in range(40)}, packed=False)
    return packed({f"archive/{n}.warc": record for n in range(20)})


FILES = {
    "share bars": ("share.txt", b"Title\n\nshare" + b" copy link" * 40 + b" zz", "1 article added."),
    "headings of blanks": ("h.md", b"#" + b" " * 5_000 + b"x\n\nText of it.", "1 article added."),
    "parts": ("parts.txt", b"Title\n\n" + b"a | " * 10_000, "added"),
    "an odd charset": ("odd.html", b"<meta charset='undefined'><h1>T</h1><p>Caf\xe9 by the sea.", "added"),
    "lists without end": ("many.json.gz", gzip.compress(b"[" + b"[]," * 6_000_000 + b"[]]"), "more lists or values"),
    "deep lists": ("deep.json", b"[" * 1_000_000, "more lists or values"),
    "lists in lists": ("deep.json", b"[" * 100_000 + b"]" * 100_000, "nested too deeply"),
    "a number without end": ("long.json", b"[" + b"9" * 5_000_000 + b"]", "isn't valid JSON"),
    "a file of zeros": ("zeros.txt.gz", gzip.compress(bytes(100_000_000)), "unpacks to more than"),
    "a web archive of bombs": ("a.wacz", web_archive_of_bombs(), "unpacks to more than"),
    "a book of zeros": ("a.epub", packed({"META-INF/container.xml": bytes(250_000_000)}), "could not be"),
    "nothing of the kind": ("a.docx", b"PK\x03\x04 nothing", "could not be"),
}  # fmt: skip


@pytest.fixture
def outside() -> Iterator[RawServer]:
    with running(OUTSIDE) as server:
        yield server


@pytest.fixture
async def besieged(loopback, certificate, bot_from, archive, tmp_path):
    """Connects the bot; what is added is fetched with `options`."""

    @asynccontextmanager
    async def connect(**options) -> AsyncIterator:
        sandbox = Sandbox()
        fetcher = Fetcher("tests/1", judge=sandboxed_rules(sandbox), **options)
        pages = SourceReader(sandbox)
        parts = light_parts(archive, tmp_path, most=1000)
        additions = replace(
            parts.additions,
            reader=SandboxedReader(sandbox),
            fetched=lambda address, owner: pages.page(fetcher.fetch(address), owner),
        )
        connector = loopback_connector(loopback.port, certificate.certificate)
        bot = bot_from(
            replace(parts, additions=additions),
            connector=connector,
            guild_ready_timeout=0.1,
            person=10_000,
            server=10_000,
        )
        async with bot:
            connected = asyncio.create_task(bot.start(TOKEN))
            await asyncio.wait_for(loopback.gateway.ready.wait(), 30)
            await loopback.world.until(lambda: "archive add" in loopback.world.commands(), 30)
            yield loopback.world
        await connected
        sandbox.close()

    return connect


@pytest.mark.parametrize(("name", "data", "told"), FILES.values(), ids=FILES.keys())
async def test_a_hostile_file_is_told_and_the_next_one_is_added(besieged, archive, name, data, told):
    async with besieged() as world:
        said, answers = await while_others_ask(world, QUESTION, added(world, file=(name, data)))
        assert told in said
        assert [answer for answer in answers if ANSWER not in answer] == []
        assert "1 article added." in await added(world, file=("pier.txt", PLAIN))


async def test_additions_of_one_person_without_end_hold_nobody_up(besieged):
    async with besieged() as world:
        many = asyncio.gather(*(added(world, file=(f"{n}.txt", PLAIN)) for n in range(12)))
        said, answers = await while_others_ask(world, QUESTION, many)
        assert any("1 article added." in text for text in said)
        assert any("Many" in text for text in said)
        assert [answer for answer in answers if ANSWER not in answer] == []


def resident() -> float:
    """Megabytes of this process."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))) / 1024


async def test_rules_of_many_sites_fill_no_memory(besieged, outside):
    noise = random.Random(7)
    rules = "User-agent: *\n" + "".join(f"Disallow: /{noise.getrandbits(20):x}/a\n" for _ in range(24_000))
    outside.routes |= {"/robots.txt": page(rules.encode()), "/story": page(PLAIN)}
    sites = {f"site{number}.example": [OUTSIDE] for number in range(10)}

    async def attack(world) -> list[str]:
        return [await added(world, address=outside.url("/story", site)) for site in sites]

    async with besieged(network=network(sites), pause=0) as world:
        await added(world, address=outside.url("/story"))
        before = resident()
        _, answers = await while_others_ask(world, QUESTION, attack(world))
        assert outside.reached.count("/robots.txt") == 11
        assert resident() - before < 100
        assert [answer for answer in answers if ANSWER not in answer] == []


async def test_a_site_that_asks_for_pauses_between_redirects_is_given_up(besieged, outside):
    outside.routes["/robots.txt"] = page(b"User-agent: *\nCrawl-delay: 60\n")
    for number in range(5):
        outside.routes[f"/{number}"] = redirect(outside.url(f"/{number + 1}"))

    async with besieged(network=network(), limits=FetchLimits(whole=3.0)) as world:
        said, _ = await while_others_ask(world, QUESTION, added(world, address=outside.url("/0")))
        assert "took too long" in said
        assert "1 article added." in await added(world, file=("pier.txt", PLAIN))


def write_hostile_files(folder: Path) -> None:
    for number, (name, data, _) in enumerate(FILES.values()):
        (folder / f"{number}-{name}").write_bytes(data)
    (folder / "zz-pier.txt").write_bytes(PLAIN)


async def test_a_watched_folder_of_hostile_files_brings_the_others(besieged, archive, tmp_path, monkeypatch):
    folder = tmp_path / "incoming"
    folder.mkdir()
    write_hostile_files(folder)
    sources = SourceRepository(archive, utc_now)
    sources.add(str(folder), SourceKind.FOLDER)
    sources.add("https://feeds.example/news.xml", SourceKind.FEED)
    monkeypatch.setenv("DISCORD_TOKEN", "a-secret-token")
    (tmp_path / "data").symlink_to(tmp_path)
    command = [sys.executable, "-m", "benchmarks.reliability.soak_bot", "--refresh", "--folder", str(tmp_path)]
    command += ["--port", "0", "--certificate", "x", "--began", datetime.now(UTC).isoformat(), "--pace", "1"]
    environments: set[str] = set()

    async def refreshed() -> None:
        async with refreshing(sources.due, command, pause=0.1):
            while sources.due():
                environments.update(environments_below(os.getpid()).values())
                await asyncio.sleep(0.05)

    async with besieged() as world:
        _, answers = await while_others_ask(world, QUESTION, asyncio.wait_for(refreshed(), 200))
        assert [answer for answer in answers if ANSWER not in answer] == []
    assert "The pier" in {article.title for article in archive.listing()}
    problems = {summary.source.kind: summary for summary in sources.summaries()}
    assert problems[SourceKind.FEED].source.problem == "the server doesn't answer"
    assert problems[SourceKind.FOLDER].totals.failing >= 6
    assert len(environments) > 1
    assert not any("a-secret-token" in environment for environment in environments)


LAUGHS = "".join(f"<!ENTITY {after} '{f'&{before};' * 10}'>" for before, after in pairwise("abcdefghij"))
HOSTILE_FEEDS = {
    "/laughs": f"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'ha'>{LAUGHS}]><rss>&j;</rss>".encode(),
    "/deep": b"<rss>" + b"<a>" * 200_000,
    "/zeros": bytes(1_000_000),
    "/odd": b"<?xml version='1.0' encoding='undefined'?><rss><channel><item><title>\xff</title></item></channel></rss>",
}


async def test_hostile_sources_spoil_no_other_source(besieged, archive, outside, tmp_path):
    sources = SourceRepository(archive, utc_now)
    for path, body in HOSTILE_FEEDS.items():
        outside.routes[path] = page(body)
        sources.add(outside.url(path), SourceKind.FEED)
    folder = tmp_path / "incoming"
    folder.mkdir()
    (folder / "zz-pier.txt").write_bytes(PLAIN)
    sources.add(str(folder), SourceKind.FOLDER)
    sandbox = Sandbox()
    fetcher = Fetcher("tests/1", network=network(), pause=0)

    def refresh() -> None:
        parts = light_parts(archive, tmp_path)
        refresher = Refresher(archive, fetcher, parts.additions.ingester(60.0).ingest, utc_now, SourceReader(sandbox))
        for source in sources.due():
            list(refresher.refresh(source))

    async with besieged() as world:
        _, answers = await while_others_ask(world, QUESTION, asyncio.to_thread(refresh))
        assert [answer for answer in answers if ANSWER not in answer] == []
    sandbox.close()
    assert [article.title for article in archive.listing()] == ["The pier"]
    told = {summary.source.address: summary.source.problem for summary in sources.summaries()}
    assert all(told[outside.url(path)] for path in HOSTILE_FEEDS if path != "/deep")  # that is a feed without entries
