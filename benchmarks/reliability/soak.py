"""Simulate a day of the bot: articles come in, sources fail, people ask, some of them with hostile texts.

    python -m benchmarks.reliability.soak [--questions 20000] [--articles 5000] [--minutes 28]

The bot runs as a process of its own on a loopback Discord, with its tasks, over light models
(`benchmarks.reliability.soak_bot`): quotations are found by their marks, vectors are hashes, nothing is reranked. Its
clock and its loops go as many times as fast as the day is shorter. Each hour's articles are written into a watched
folder, some are changed, and the hour's questions are asked by several people at once: commands, mentions,
verifications, timelines, attached files. Prints JSON; exits with 1 where memory grew by more than 5 % from the second
quarter of the day to the last, somebody was left without an answer, or anything was left over.
"""

import argparse
import asyncio
import json
import os
import secrets
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing
from datetime import datetime, timedelta
from itertools import islice, pairwise
from pathlib import Path
from statistics import mean, quantiles
from subprocess import CalledProcessError
from typing import Any

from benchmarks.reliability.hostile_texts import SURNAMES
from benchmarks.reliability.soak_newsroom import Newsroom
from benchmarks.reliability.soak_people import People
from bot.playground.certificate import make_certificate
from bot.playground.rest import Exchange
from bot.playground.server import loopback_discord
from bot.playground.world import DiscordWorld
from retrieval.domain import SourceKind
from retrieval.sources.repository import SourceRepository
from retrieval.store.archive import Archive, utc_now

HOURS = 24
AT_ONCE = 6
MOST_GROWTH = 1.05
FAILING = ("https://feeds.example/news.xml", "https://feeds.example/sport.xml")


def noting_replies(replies: dict[int, int]) -> Callable[[Exchange], None]:
    """Return what notes in `replies` the bot's messages by those that they reply to."""

    def note(made: Exchange) -> None:
        sent = made.method == "POST" and made.path.endswith("/messages") and isinstance(made.body, dict)
        if sent and (reference := made.body.get("message_reference")):
            replies[int(reference["message_id"])] = int(made.answer["id"])

    return note


def prepare(folder: Path, began: datetime) -> None:
    """Make an archive with a watched folder and two feeds that fail."""
    for name in ("incoming", "tmp", "data"):
        (folder / name).mkdir()
    with closing(Archive.open(folder / "data")) as archive:
        sources = SourceRepository(archive, lambda: began)
        sources.add(str(folder / "incoming"), SourceKind.FOLDER, every=timedelta(hours=1))
        for address in FAILING:
            sources.add(address, SourceKind.FEED, every=timedelta(hours=1))


@asynccontextmanager
async def running_bot(
    folder: Path, began: datetime, pace: float, replies: dict[int, int]
) -> AsyncIterator[DiscordWorld]:
    """Run the bot inside, on a loopback Discord; raises CalledProcessError where it ends in disorder."""
    certificate, token = make_certificate(folder), secrets.token_urlsafe(24)
    async with loopback_discord(certificate, token=token, record=noting_replies(replies)) as discord:
        command = [sys.executable, "-m", "benchmarks.reliability.soak_bot", "--folder", str(folder)]
        command += ["--port", str(discord.port), "--certificate", str(certificate.certificate)]
        command += ["--began", began.isoformat(), "--pace", str(pace)]
        environment = {**os.environ, "TMPDIR": str(folder / "tmp")}
        bot = await asyncio.create_subprocess_exec(*command, stdin=asyncio.subprocess.PIPE, env=environment)
        assert bot.stdin is not None
        bot.stdin.write(f"{token}\n".encode())
        try:
            await asyncio.wait_for(discord.gateway.ready.wait(), 90)
            await discord.world.until(lambda: "ask" in discord.world.commands(), 90)
            yield discord.world
        finally:
            if bot.returncode is None:
                bot.terminate()
            status = await asyncio.wait_for(bot.wait(), 60)
        if status:
            raise CalledProcessError(status, command)


async def day(options: argparse.Namespace, folder: Path) -> dict[str, object]:
    """Return the figures of a day; it is cut short after the most minutes that it may take."""
    began, started = utc_now(), time.monotonic()
    seconds = options.minutes * 60 / HOURS
    prepare(folder, began)
    newsroom, replies = Newsroom(folder / "incoming"), dict[int, int]()
    quarters: list[float] = []
    async with running_bot(folder, began, HOURS * 60 / options.minutes, replies) as world:
        people, questions = People(world, replies), newsroom.questions()
        for surname in SURNAMES[:5]:
            await world.ask("watch", speaker=surname, where="here")
        for hour in range(HOURS):
            if hour % (HOURS // 4) == 0:
                quarters.append(time.time())
            ends = time.monotonic() + seconds
            for _ in range(options.articles // HOURS):
                newsroom.write()
            await _an_hours_questions(people, islice(questions, options.questions // HOURS))
            await asyncio.sleep(max(0, ends - time.monotonic()))
            report = {
                "hour": hour + 1,
                "minutes": round((time.monotonic() - started) / 60, 1),
                "asked": len(people.answered),
            }
            print(json.dumps(report | last_sample(folder)), file=sys.stderr, flush=True)
            if time.monotonic() - started > options.most * 60:
                break
        quarters.append(time.time())
    return {
        "minutes": round((time.monotonic() - started) / 60, 1),
        "articles written": newsroom.written,
        "articles stored": stored(folder / "data"),
        "questions": sum(people.counts.values()),
        "counts": dict(sorted(people.counts.items())),
        "acknowledged_s": spread(people.acknowledged),
        "answered_s": spread(people.answered),
        **growth(folder, quarters),
        "left_over": left_over(folder),
    }


async def _an_hours_questions(people: People, questions: Iterator[tuple[str, str]]) -> None:
    async def ask_on() -> None:
        for kind, words in questions:
            await people.ask(kind, words)

    await asyncio.gather(*(ask_on() for _ in range(AT_ONCE)))


def samples_of(folder: Path) -> list[dict[str, Any]]:
    """Return the samples that the bot has written."""
    file = folder / "samples.jsonl"
    return [json.loads(line) for line in file.read_text("ascii").splitlines()] if file.exists() else []


def last_sample(folder: Path) -> dict[str, Any]:
    """Return the newest sample, empty if there is none yet."""
    return samples_of(folder)[-1] if samples_of(folder) else {}


def growth(folder: Path, quarters: list[float]) -> dict[str, object]:
    """Return the mean memory of each quarter of the day, and the least of all else in the second and in the last."""
    samples = samples_of(folder)
    parts = [[s for s in samples if begins <= s["at"] < ends] for begins, ends in pairwise(quarters)]
    if len(parts) < 4:
        return {"rss_growth": None}
    second, last = parts[1], parts[3]
    memory = [round(mean(s["rss_mb"] for s in part), 1) for part in parts]
    least = {
        name: [min(s[name] for s in second), min(s[name] for s in last)]
        for name in ("threads", "files", "temporary", "children", "tasks")
    }
    return {"rss_mb_by_quarter": memory, "rss_growth": round(memory[3] / memory[1], 3), "least_in_quarters": least}


def left_over(folder: Path) -> dict[str, object]:
    """Return what is left of the bot after its end: temporary files, processes, tasks and locks."""
    time.sleep(3)
    running = [file for file in Path("/proc").glob("[0-9]*/environ") if str(folder / "tmp") in _content(file)]
    found = {
        "temporary": [file.name for file in (folder / "tmp").iterdir()],
        "processes": [_content(file.with_name("cmdline")).replace("\0", " ") for file in running],
        "tasks": last_sample(folder)["tasks"] - 1,
        "alive": [file.name for file in (folder / "data").glob("*.alive")],
    }
    return {name: value for name, value in found.items() if value}


def _content(file: Path) -> str:
    try:
        return file.read_bytes().decode(errors="replace")
    except OSError:
        return ""


def stored(data: Path) -> int:
    """Return the number of articles in an archive."""
    with closing(Archive.open(data)) as archive:
        return len(archive.listing())


def spread(seconds: list[float]) -> dict[str, float]:
    """Return median, 95th percentile and worst of the seconds."""
    cuts = quantiles(seconds, n=100)
    return {"median": round(cuts[49], 2), "p95": round(cuts[94], 2), "worst": round(max(seconds), 2)}


def is_well(found: dict[str, Any]) -> bool:
    """Return whether nothing grew, nobody was left without an answer, and nothing was left over."""
    grown = found["rss_growth"] is None or found["rss_growth"] > MOST_GROWTH
    kept = any(last > second for second, last in found.get("least_in_quarters", {}).values())
    silent = any(words in kind for kind in found["counts"] for words in ("silence", "never", "went wrong"))
    return not (grown or kept or silent or found["left_over"])


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--questions", type=int, default=20_000)
    parser.add_argument("--articles", type=int, default=5_000)
    parser.add_argument("--minutes", type=float, default=28, help="how long the day is; longer on a busy machine")
    parser.add_argument("--most", type=float, default=30, help="minutes after which it is cut short")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="ontherecord-soak-") as folder:
        found = asyncio.run(day(options, Path(folder)))
    print(json.dumps(found, indent=1))
    sys.exit(0 if is_well(found) else 1)


if __name__ == "__main__":
    main()
