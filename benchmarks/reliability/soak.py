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
import gzip
import json
import os
import secrets
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing
from datetime import datetime, timedelta
from itertools import count, cycle, islice, pairwise
from pathlib import Path
from statistics import mean, quantiles
from subprocess import CalledProcessError
from typing import Any

from benchmarks.reliability.hostile_texts import NAMES, SHAPES, SURNAMES
from bot.playground.certificate import make_certificate
from bot.playground.rest import Exchange
from bot.playground.server import loopback_discord
from bot.playground.shown import LOADING, buttons, shown_text
from bot.playground.world import DiscordWorld
from retrieval.sources.repository import SourceRepository
from retrieval.store.archive import Archive, utc_now
from retrieval.store.sources import SourceKind

HOURS = 24
HOSTILE = 10
"""One in so many articles and questions is hostile."""
CHANGED = 40
"""One in so many articles is an earlier one with other words."""
AT_ONCE = 6
WITHIN = 90.0
"""Seconds in which everybody must have been answered."""
MOST_GROWTH = 1.05
THINKING = "Thinking…"
KINDS = (
    ("The archive doesn't", "declined"),
    ("Many questions are waiting", "told when to come back"),
    ("That took too long", "told that it took too long"),
    ("Something went wrong", "told that something went wrong"),
)
FAILING = ("https://feeds.example/news.xml", "https://feeds.example/sport.xml")
FILES = (
    ("report.txt", b"Report\n\nThe pier opened. \xe2\x80\x9cIt will hold\xe2\x80\x9d said Rook.\n"),
    ("share.txt", b"Title\n\nshare" + b" copy link" * 40 + b" zz"),
    ("bomb.json.gz", gzip.compress(b"[" + b"[]," * 3_000_000 + b"[]]")),
    ("deep.json", b"[" * 100_000),
    ("odd.html", b'<meta charset="undefined"><p>\xff</p>'),
    ("empty.docx", b"PK\x03\x04 nothing"),
)


class Newsroom:
    """Writes articles into a folder, and makes up questions about them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.written = 0
        self._shapes = cycle(SHAPES.values())

    def write(self) -> None:
        """Write the next article: hostile, changed or plain."""
        self.written += 1
        number = self.written
        if number % HOSTILE == 0:
            data = next(self._shapes)(3_000).encode(errors="replace")
        elif number % CHANGED == 1 and number > CHANGED:
            number -= CHANGED // 2
            data = self._article(number, "was closed")
        else:
            data = self._article(number, "was opened")
        broken = b"\xff\xfe\x00" if self.written % 97 == 0 else b""
        head = f"---\ntitle: Report {number}\ndate: 2026-01-01\n---\n\n".encode()
        (self.folder / f"{number}.md").write_bytes(head + data + broken)

    def questions(self) -> Iterator[tuple[str, str]]:
        """Yield the kind and the words of one question after the other."""
        for number in count(1):
            known = number * 7 % max(self.written, 1) + 1
            if number % HOSTILE == 0:
                yield ("check", "ask")[number // HOSTILE % 2], next(self._shapes)(300)[:300]
            elif number % 7 == 0:
                yield "mention", f"who said that gate {known} will serve us well?"
            elif number % 7 == 1:
                yield "check", f"“Gate {known} will serve us well”"
            elif number % 7 == 2:
                yield "timeline", SURNAMES[number % len(SURNAMES)]
            elif number % 399 == 3:
                yield "add", ""
            else:
                yield "ask", f"what did {self._name(known)} say about gate {known}?"

    @staticmethod
    def _name(number: int) -> str:
        return f"{NAMES[number % len(NAMES)]} {SURNAMES[number // 3 % len(SURNAMES)]}"

    def _article(self, number: int, verb: str) -> bytes:
        name, surname = self._name(number), SURNAMES[number % len(SURNAMES)]
        return (
            f"Gate {number} of the town {verb} on Monday. {name} came early, and {surname} was late.\n\n"
            f"“Gate {number} will serve us well” said {surname}, who built it in {number % 40 + 1} days.\n\n"
            f"“Nobody in the town asked for gate {number}, and it {verb}” said {name.split()[1]} later.\n"
        ).encode()


class People:
    """Asks questions through the loopback Discord, and notes what came of them and how soon."""

    def __init__(self, world: DiscordWorld, replies: dict[int, int]) -> None:
        """Take the messages of the bot by those that they reply to, which are filled in as they are sent."""
        self._world = world
        self._replies = replies
        self.counts: Counter[str] = Counter()
        self.acknowledged: list[float] = []
        self.answered: list[float] = []
        self._files = cycle(FILES)

    async def ask(self, kind: str, words: str) -> None:
        """Ask one question and wait for its answer."""
        begun = time.monotonic()
        message = await self._sent(kind, words)
        if message is None:
            self.counts["never acknowledged"] += 1
            return
        self.acknowledged.append(time.monotonic() - begun)
        try:
            await self._world.until(lambda: self._is_answered(message), WITHIN)
        except TimeoutError:
            self.counts["left in silence"] += 1
            return
        if kind != "add":
            self.answered.append(time.monotonic() - begun)
        card = self._world.message(message)
        self.counts[f"{kind}: {_kind_of(shown_text(card))}"] += 1
        if len(self.answered) % 50 == 0:
            await self._press(message, card)

    async def _sent(self, kind: str, words: str) -> int | None:
        match kind:
            case "mention":
                return await self._reply_to(await self._world.say(f"<@{self._world.bot_id}> {words}"))
            case "check":
                return await self._world.ask("verify", quotation=words)
            case "timeline":
                return await self._world.ask("quotes", speaker=words)
            case "add":
                return await self._world.ask("archive add", file=next(self._files))
            case _:
                return await self._world.ask("ask", question=words)

    async def _reply_to(self, message: int) -> int | None:
        try:
            await self._world.until(lambda: message in self._replies, WITHIN)
        except TimeoutError:
            return None
        return self._replies.pop(message)

    def _is_answered(self, message: int) -> bool:
        shown = self._world.message(message)
        return not shown["flags"] & LOADING and THINKING not in shown_text(shown)

    async def _press(self, message: int, card: dict[str, Any]) -> None:
        for _, identity in buttons(card)[:2]:
            await self._world.click(message, identity)
            self.counts["buttons pressed"] += 1


def _kind_of(text: str) -> str:
    return next((kind for words, kind in KINDS if words in text), "answered")


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
        sources.add(str(folder / "incoming"), SourceKind.FOLDER, every=timedelta(minutes=15))
        for address in FAILING:
            sources.add(address, SourceKind.FEED, every=timedelta(minutes=30))


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
    """Return the figures of a day; it is cut short where it takes twice the minutes."""
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
            if time.monotonic() - started > options.minutes * 120:
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
    return [json.loads(line) for line in (folder / "samples.jsonl").read_text("ascii").splitlines()]


def last_sample(folder: Path) -> dict[str, Any]:
    """Return the newest sample."""
    return samples_of(folder)[-1]


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
    parser.add_argument("--minutes", type=float, default=28)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="ontherecord-soak-") as folder:
        found = asyncio.run(day(options, Path(folder)))
    print(json.dumps(found, indent=1))
    sys.exit(0 if is_well(found) else 1)


if __name__ == "__main__":
    main()
