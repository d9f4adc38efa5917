"""Many people at once, while articles are ingested: is everybody answered, how soon, and does the heartbeat keep time?

The real bot runs as a process of its own on a loopback Discord; the ingest is another process, `nice`, as operators are
advised. What people wait for:

- acknowledged: from the command to Discord's being told that the bot thinks, at most 3 seconds
- answered: from the command to the words, the decline, or the sentence that says why there are none; who is told to
  come back in some seconds waits so long before the next question
- heartbeat: how much later than agreed the gateway heard from the bot
"""

import argparse
import asyncio
import json
import os
import re
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from itertools import cycle, islice, pairwise
from pathlib import Path
from statistics import quantiles

import samples
from bot.playground.running import Playground, running_playground
from bot.playground.shown import LOADING, shown_text
from bot.playground.world import DiscordWorld
from cli.playground import ingest_into
from retrieval.store.archive import Archive

HEARTBEAT = 2.0  # seconds between heartbeats: twenty times as many as Discord asks for, to measure by
WITHIN = 120.0
QUESTIONS = (
    "who said the mission isn't over?",
    "what did Surovikin say about the forces that stay?",
    "who said that the bakers would strike?",
    "what did the goalkeeper say about her knee?",
    "who won the 2018 World Cup?",
    "why does the museum return the mask?",
    "what was said about telephones in school?",
    "who promised that the ferry would return?",
    "how many wolves were seen?",
    "what did the council vote on?",
)
COME_BACK = re.compile(r"try again in about (\d+) s")
KINDS = (
    ("The archive doesn't", "declined"),
    ("-# ", "answered"),
    ("Many questions are waiting", "told when to come back"),
    ("That took too long", "told that it took too long"),
)


@dataclass(frozen=True, slots=True)
class Reply:
    """`acknowledged` and `answered` in seconds from the command; None for what never came. `come_back`: in how many."""

    kind: str
    acknowledged: float | None
    answered: float | None
    come_back: float = 0.0


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--questions", type=int, default=300)
    parser.add_argument("--at-once", type=int, default=20)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--articles", type=int, default=200, help="articles that are ingested meanwhile; 0 for none")
    parser.add_argument("--data", type=Path, help="an archive to copy and use, instead of the sample articles")
    arguments = parser.parse_args()
    os.environ |= {"ONTHERECORD_PERSON_RATE": "10000", "ONTHERECORD_SERVER_RATE": "100000"}
    with tempfile.TemporaryDirectory(prefix="ontherecord-load-") as folder:
        found = asyncio.run(measure(arguments, Path(folder)))
    print(json.dumps(found, indent=1))


async def measure(arguments: argparse.Namespace, folder: Path) -> dict[str, object]:
    """Run the bot and an ingest, ask all questions, and return the figures."""
    data, articles = folder / "data", folder / "articles"
    write_articles(articles, arguments.articles)
    if arguments.data is None:
        with samples.as_file(samples.ARTICLES) as known:
            await ingest_into(data, [known])
    else:
        shutil.copytree(arguments.data, data)
    async with running_playground(data, heartbeat=HEARTBEAT) as playground:
        before = stored(data)
        async with ingesting(data, articles) as ingest:
            replies = await ask_all(playground.discord.world, arguments)
            still = ingest.returncode is None
        return {
            **summary(replies),
            "heartbeat_latest_s": round(latest_heartbeat(playground), 2),
            "ingested_meanwhile": stored(data) - before,
            "ingest_still_at_work_at_the_end": still,
        }


def write_articles(folder: Path, count: int) -> None:
    """The sample articles over and over, each a different one by its address and a sentence of its own."""
    folder.mkdir()
    texts = [file.read_text("utf-8") for file in sorted(samples.ARTICLES.iterdir(), key=lambda file: file.name)]
    for number, text in enumerate(islice(cycle(texts), count)):
        changed = re.sub("^url: .*", rf"\g<0>/{number}", text, count=1, flags=re.MULTILINE)
        written = f"{changed}\n\nThis report is number {number} of its series.\n"
        (folder / f"{number}.md").write_text(written, "utf-8")


@asynccontextmanager
async def ingesting(data: Path, articles: Path) -> AsyncIterator[asyncio.subprocess.Process]:
    """What is left to do at the end is left undone."""
    process = await asyncio.create_subprocess_exec(
        *("nice", sys.executable, "-m", "cli", "ingest", "--json", str(articles)),
        env={**os.environ, "ONTHERECORD_DATA": str(data)},
        stdout=asyncio.subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def ask_all(world: DiscordWorld, arguments: argparse.Namespace) -> list[Reply]:
    """Ask the questions, so many at once, each as the next person."""
    people = cycle([world.join(f"person {number}") for number in range(arguments.people)])
    waiting = zip(islice(cycle(QUESTIONS), arguments.questions), people, strict=False)
    replies: list[Reply] = []

    async def ask_on() -> None:
        for question, person in waiting:
            reply = await ask(world, question, person)
            replies.append(reply)
            await asyncio.sleep(reply.come_back)

    await asyncio.gather(*(ask_on() for _ in range(arguments.at_once)))
    return replies


async def ask(world: DiscordWorld, question: str, person: object) -> Reply:
    """Ask one question, and wait for its answer."""
    begun = time.monotonic()
    message = await world.ask("ask", asker=person, question=question)
    if message is None:
        return Reply("never acknowledged", None, None)
    acknowledged = time.monotonic() - begun
    try:
        await world.until(lambda: not world.message(message)["flags"] & LOADING, WITHIN)
    except TimeoutError:
        return Reply("left in silence", acknowledged, None)
    answered, text = time.monotonic() - begun, shown_text(world.message(message))
    told = COME_BACK.search(text)
    return Reply(kind_of(text), acknowledged, answered, float(told[1]) if told else 0.0)


def kind_of(text: str) -> str:
    """Return the kind of a reply, by the words it holds."""
    return next((kind for words, kind in KINDS if words in text), f"told: {text[:80]}")


def summary(replies: Sequence[Reply]) -> dict[str, object]:
    """Return the number of replies by kind, and the spread of the times."""
    acknowledged = [reply.acknowledged for reply in replies if reply.acknowledged is not None]
    answered = [reply.answered for reply in replies if reply.answered is not None]
    return {
        "replies": dict(Counter(reply.kind for reply in replies)),
        "acknowledged_s": spread(acknowledged),
        "answered_s": spread(answered),
    }


def spread(seconds: Sequence[float]) -> dict[str, float]:
    """Return median, 95th percentile and worst of the seconds."""
    cuts = quantiles(seconds, n=100)
    return {"median": round(cuts[49], 2), "p95": round(cuts[94], 2), "worst": round(max(seconds), 2)}


def latest_heartbeat(playground: Playground) -> float:
    """Seconds beyond the interval agreed on, at worst."""
    beats = list(playground.discord.gateway.heartbeats)
    return max(later - earlier - HEARTBEAT for earlier, later in pairwise(beats))


def stored(data: Path) -> int:
    """Return the number of articles in an archive."""
    with closing(Archive.open(data)) as archive:
        return len(archive.listing())


if __name__ == "__main__":
    main()
