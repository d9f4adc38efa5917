"""The bot of the soak, as a process of its own: the product's services, tasks and sockets over light models.

`python -m benchmarks.reliability.soak_bot` is started by `benchmarks.reliability.soak`, and starts itself with
`--refresh` to refresh the sources that are due. Its clock and the loops of its tasks go `--pace` times as fast as time.
"""

import argparse
import asyncio
import gc
import json
import logging
import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NoReturn

from benchmarks.reliability.light_models import HashEncoder, MarksOnly
from bot.app import Parts, make_bot, make_services
from bot.client import OnTheRecord
from bot.playground.connector import loopback_connector
from bot.services import feedback
from bot.services.feedback import open_feedback
from bot.services.reference_lookup import ReferenceLookup
from bot.tasks import health
from bot.tasks.application_record import ApplicationRecord
from bot.tasks.corrections import Corrections
from bot.tasks.guild_reconciliation import GuildReconciliation
from bot.tasks.health import Pulse
from bot.tasks.loops import every, running
from bot.tasks.source_refresh import refreshing
from bot.tasks.watch_notices import WatchNotices
from bot.tasks.watchdog import watched
from config import logs
from config.settings import Settings
from retrieval.answering.posted_answers import PostedAnswers
from retrieval.composition.answering import compose_answering
from retrieval.errors import FetchFailed
from retrieval.guilds.additions import GuildAdditions
from retrieval.guilds.gaps import GapRepository
from retrieval.guilds.settings import GuildSettingsRepository
from retrieval.guilds.watch_matcher import WatchMatcher
from retrieval.guilds.watches import WatchRepository
from retrieval.ingest.ingester import Ingester
from retrieval.ingest.tasks import ExtractionRules
from retrieval.sandbox import Sandbox, SandboxedReader
from retrieval.sources.refreshing import Refresher
from retrieval.sources.repository import SourceRepository
from retrieval.sources.source_reader import SourceReader
from retrieval.store.archive import Archive, utc_now
from retrieval.store.sqlite import database
from retrieval.store.sqlite.locks import bot_lease
from retrieval.store.sqlite.private_files import keep_private

Clock = Callable[[], datetime]
SAMPLE_SECONDS = 10.0
MINUTE, DAY = 60.0, 86_400.0
PAGE_CACHE = 1024
"""KB that each of the connections to the archive may cache: the usual 64 MB would grow with it for the whole day."""
READ_SECONDS = 10.0
"""The time for reading one hostile file."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What the bot holds; `children` are its processes, `rss_mb` its own memory alone, `tasks` those of asyncio."""

    rss_mb: float
    threads: int
    files: int
    temporary: int
    children: int
    tasks: int

    @classmethod
    def taken(cls, folder: Path) -> "Sample":
        """Return a sample of this process; `folder` is where temporary files are made."""
        gc.collect()
        status = Path("/proc/self/status").read_text("ascii")
        rss = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
        return cls(
            rss_mb=round(rss / 1024, 1),
            threads=threading.active_count(),
            files=len(list(Path("/proc/self/fd").iterdir())),
            temporary=len(list(folder.iterdir())),
            children=sum(len(_content(file).split()) for file in Path("/proc/self/task").glob("*/children")),
            tasks=len(asyncio.all_tasks()),
        )


def _content(file: Path) -> str:
    try:
        return file.read_text("ascii")
    except OSError:  # the thread has ended
        return ""


class Unreachable:
    """A fetcher whose servers are all down."""

    def fetch(self, address: object, *_: object, **__: object) -> NoReturn:
        """Raise FetchFailed."""
        raise FetchFailed(str(address), "the server doesn't answer")


def fast_clock(began: datetime, pace: float) -> Clock:
    """Return a clock that has gone so many times as fast as time since `began`."""
    return lambda: began + (utc_now() - began) * pace


def light_ingester(archive: Archive, wait: float) -> Ingester:
    """Return an ingester of one process that finds quotations by their marks alone."""
    return Ingester(archive, HashEncoder(), ExtractionRules(MarksOnly, 1), 1, wait)  # type: ignore[arg-type]


def light_parts(archive: Archive, data: Path, clock: Clock) -> Parts:
    """Return the bot's parts over light models, as `bot.app.load_parts` does over the real ones."""
    encoder = HashEncoder()
    answering = compose_answering(archive, encoder, reranker_name="off", boldness=0.9)  # type: ignore[arg-type]
    return Parts(
        answering.dialogue,
        answering.lists,
        answering.verifier,
        answering.lookup,
        ReferenceLookup(archive, answering.standings),
        GuildSettingsRepository(archive.database),
        WatchRepository(archive.database),
        WatchMatcher(archive, answering.speakers, encoder),
        GapRepository(archive.database, encoder, clock),
        GuildAdditions(
            archive,
            lambda wait: light_ingester(archive, wait),
            lambda address, _: Unreachable().fetch(address),
            2_000,
            SandboxedReader(Sandbox(), READ_SECONDS),
        ),
        open_feedback(data / feedback.FILE),
        PostedAnswers(archive, clock, timedelta(days=90)),
    )


@asynccontextmanager
async def beside(
    bot: OnTheRecord, archive: Archive, data: Path, clock: Clock, options: argparse.Namespace
) -> AsyncIterator[None]:
    """Run inside what goes on beside answering, as `bot.app.beside` does, so many times as fast."""
    pace: float = options.pace
    left = GuildReconciliation(bot, ApplicationRecord(data / "guilds.json"), bot.sync_record)
    left.loop.change_interval(seconds=60 * MINUTE / pace)
    gaps = every(DAY / pace, bot.services.gaps.forget_old, failed="gaps_not_forgotten", first=bot.wait_until_ready)
    notices, corrections = WatchNotices(bot, MINUTE / pace), Corrections(bot, MINUTE / pace)
    command = [sys.executable, "-m", "benchmarks.reliability.soak_bot", "--refresh", *sys.argv[1:]]
    due = SourceRepository(archive, clock).due
    async with (
        running(notices.loop, corrections.loop, left.loop, gaps),
        refreshing(due, command, max(1, MINUTE / pace)),
    ):
        yield


async def serve(options: argparse.Namespace, token: str) -> None:
    """Run the bot until SIGTERM, and write a sample to a file again and again."""
    logs.configure([token], sys.stderr, logging.WARNING)
    data, temporary = options.folder / "data", Path(tempfile.gettempdir())
    clock = fast_clock(options.began, options.pace)
    settings = Settings(data=data, person_rate=10_000, server_rate=100_000)
    samples = options.folder / "samples.jsonl"

    async def sample() -> None:
        line = json.dumps({"at": time.time()} | asdict(Sample.taken(temporary)))
        await asyncio.to_thread(_append, samples, line)

    async with AsyncExitStack() as stack:
        archive = Archive.open(data, clock=clock)
        stack.callback(archive.close)
        stack.enter_context(bot_lease(data, utc_now))
        services = make_services(await asyncio.to_thread(light_parts, archive, data, clock), settings)
        stack.callback(services.close)
        bot = make_bot(services, settings, connector=loopback_connector(options.port, options.certificate))
        pulse = Pulse(bot, data / health.FILE)
        sampling = every(SAMPLE_SECONDS, sample, failed="no_sample")
        async with bot, watched(), pulse.beating(), beside(bot, archive, data, clock, options), running(sampling):
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, bot.stop_soon)
            await bot.start(token)
    await sample()


def refresh(options: argparse.Namespace) -> None:
    """Refresh the sources that are due, as `ontherecord sources refresh --due --json` does."""
    clock = fast_clock(options.began, options.pace)
    archive, sandbox = Archive.open(options.folder / "data", clock=clock), Sandbox()
    try:
        ingest = light_ingester(archive, -1).ingest
        reader = SourceReader(sandbox, READ_SECONDS)
        refresher = Refresher(archive, Unreachable(), ingest, clock, reader)  # type: ignore[arg-type]
        for source in SourceRepository(archive, clock).due():
            for happened in refresher.refresh(source):
                told = {"source": source.id, "address": happened.address, "reason": happened.reason}
                print(json.dumps({"event": happened.change.value} | told))
        print(json.dumps({"event": "summary"}), flush=True)
    finally:
        sandbox.close()
        archive.close()


def _append(file: Path, line: str) -> None:
    with file.open("a", encoding="ascii") as stream:
        stream.write(f"{line}\n")


def _end_with_the_soak() -> None:
    """End the bot when the process that started it has ended, however that ends."""
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGTERM)


def main() -> None:
    """Run the command line; the token is the first line of standard input."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--certificate", type=Path, required=True)
    parser.add_argument("--began", type=lambda text: datetime.fromisoformat(text).astimezone(UTC), required=True)
    parser.add_argument("--pace", type=float, required=True)
    parser.add_argument("--refresh", action="store_true")
    options = parser.parse_args()
    keep_private()
    database.PRAGMAS = (*database.PRAGMAS, f"PRAGMA cache_size = -{PAGE_CACHE}")
    if options.refresh:
        refresh(options)
    else:
        token = sys.stdin.readline().strip()
        threading.Thread(target=_end_with_the_soak, daemon=True).start()
        asyncio.run(serve(options, token))


if __name__ == "__main__":
    main()
