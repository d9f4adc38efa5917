"""Simulate a day of the archive: articles come in, sources fail, people ask, some of them with hostile texts.

    python -m benchmarks.reliability.soak [--questions 20000] [--articles 5000] [--hours 24] [--minutes 30]

The day's clock is virtual; reading, finding of quotations, embedding, storing, searching, verifying and the layout of
cards are the product's own. Each hour writes its articles into a watched folder, refreshes what is due, and asks
its questions. Prints JSON; exits with 1 where memory grew by more than 5 % from the second quarter of the day to the
last, or anything was left over.
"""

import argparse
import gc
import json
import os
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path
from statistics import mean
from typing import NoReturn

from benchmarks.reliability.hostile_texts import SHAPES, article
from bot.cards.answer import answer_card
from bot.cards.verification import checks_card
from retrieval.composition.answering import Answering, compose_answering
from retrieval.composition.ingesting import compose_ingester
from retrieval.domain import OPERATOR, Filters, SourceKind
from retrieval.embedding.encoder import Encoder
from retrieval.embedding.model_files import BUNDLED
from retrieval.errors import FetchFailed
from retrieval.sandbox import Sandbox
from retrieval.sources.refreshing import Refresher
from retrieval.sources.repository import SourceRepository
from retrieval.sources.source_reader import SourceReader
from retrieval.store.archive import Archive

HOSTILE = 10
"""One in so many articles and questions is hostile."""
MOST_GROWTH = 1.05
FAILING = ("https://feeds.example/news.xml", "https://feeds.example/sport.xml")
QUESTIONS = (
    "who said the bridge will serve us well?",
    "what did Ada Lee say about the bridge?",
    "who opened the bridge on Monday?",
    "did Ben Park say that it will serve us well?",
    "how many wolves were seen?",
)
OWNERS = Filters(owners=frozenset({OPERATOR}))


class Calendar:
    """A clock that goes only when it is told to."""

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Return the time."""
        return self.now


class Unreachable:
    """A fetcher whose servers are all down."""

    def fetch(self, address: object, *_: object, **__: object) -> NoReturn:
        """Raise FetchFailed."""
        raise FetchFailed(str(address), "the server doesn't answer")


@dataclass(frozen=True, slots=True)
class Sample:
    """What the process holds at the end of an hour; `children` are its processes, `rss_mb` its own memory alone."""

    rss_mb: float
    threads: int
    files: int
    temporary: int
    children: int

    @classmethod
    def taken(cls, folder: Path) -> "Sample":
        """Return a sample; `folder` is where temporary files are made."""
        gc.collect()
        status = Path("/proc/self/status").read_text("ascii")
        rss = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
        return cls(
            rss_mb=round(rss / 1024, 1),
            threads=threading.active_count(),
            files=len(list(Path("/proc/self/fd").iterdir())),
            temporary=len(list(folder.iterdir())),
            children=len(Path(f"/proc/self/task/{os.getpid()}/children").read_text("ascii").split()),
        )


class Day:
    """One simulated day over an archive in a folder."""

    def __init__(self, folder: Path) -> None:
        self.calendar = Calendar()
        self.incoming = folder / "incoming"
        self.incoming.mkdir()
        self.archive = Archive.open(folder / "data", clock=self.calendar)
        self.sandbox = Sandbox()
        ingester = compose_ingester(self.archive, BUNDLED, workers=1)
        reader = SourceReader(self.sandbox)
        self.sources = SourceRepository(self.archive, self.calendar)
        self.refresher = Refresher(self.archive, Unreachable(), ingester.ingest, self.calendar, reader)  # type: ignore[arg-type]
        self.sources.add(str(self.incoming), SourceKind.FOLDER, every=timedelta(hours=1))
        for address in FAILING:
            self.sources.add(address, SourceKind.FEED, every=timedelta(hours=1))
        self.encoder = Encoder(BUNDLED, 1)
        self.encoder.encode(["what the model's library makes once for itself is no part of the day"])
        self.answering: Answering | None = None
        self.counts: Counter[str] = Counter()
        self.written = 0
        self.hostile = cycle(SHAPES.items())

    def hour(self, articles: int, questions: int) -> None:
        """Let an hour pass in which so many articles come in and so many questions are asked."""
        self.calendar.now += timedelta(hours=1)
        for _ in range(articles):
            self._write()
        for source in self.sources.due():
            for happened in self.refresher.refresh(source):
                self.counts[f"items {happened.change.value}"] += 1
        if self.answering is None and self.counts["items new"]:
            self.answering = compose_answering(self.archive, self.encoder, reranker_name="bundled", boldness=0.5)
        if self.answering:
            for number, question in enumerate(islice(self._questions(), questions)):
                self._ask(self.answering, question, verify=number % 5 == 0)

    def close(self) -> None:
        """Give back what the day holds."""
        self.answering = None
        self.sandbox.close()
        self.archive.close()

    def _write(self) -> None:
        self.written += 1
        hostile = self.written % HOSTILE == 0
        name, shape = next(self.hostile) if hostile else ("", None)
        body = shape(4_000) if shape else article(2_000, self.written * 7)
        head = f"---\ntitle: Report {self.written} {name}\ndate: 2026-01-01\n---\n\n"
        data = (head + body).encode(errors="replace") + (b"\xff\xfe\x00" if self.written % 97 == 0 else b"")
        (self.incoming / f"{self.written}.md").write_bytes(data)

    def _questions(self) -> Iterator[str]:
        for number, question in enumerate(cycle(QUESTIONS), 1):
            yield next(self.hostile)[1](1_000) if number % HOSTILE == 0 else question

    def _ask(self, answering: Answering, question: str, *, verify: bool) -> None:
        if verify:
            found = answering.verifier.verify_message(f"“{question}”", OWNERS, limit=5, seconds=10)
            checks_card(found)
            self.counts["messages verified"] += 1
        else:
            answer = answering.conversation.answer(question, None, OWNERS)
            answer_card(answer, asked=True)
            self.counts["answered" if answer.citations else "declined"] += 1


def run(questions: int, articles: int, hours: int, minutes: float) -> dict[str, object]:
    """Return the figures of a day; cut short after so many minutes."""
    began, cpu = time.monotonic(), time.process_time()
    with tempfile.TemporaryDirectory(prefix="ontherecord-soak-") as name:
        folder, temporary = Path(name), Path(name) / "tmp"
        temporary.mkdir()
        tempfile.tempdir = str(temporary)
        day = Day(folder)
        before = Sample.taken(temporary)
        samples: list[Sample] = []
        for _ in range(hours):
            if time.monotonic() - began > minutes * 60:
                break
            day.hour(articles // hours, questions // hours)
            samples.append(Sample.taken(temporary))
            print(json.dumps(asdict(samples[-1])), file=sys.stderr, flush=True)
        counts, written = dict(day.counts), day.written
        day.close()
        del day
        after = Sample.taken(temporary)
        tempfile.tempdir = None
    quarter = hours // 4
    second, last = samples[quarter : 2 * quarter], samples[3 * quarter :]
    growth = mean(s.rss_mb for s in last) / mean(s.rss_mb for s in second) if second and last else None
    left_over = {
        name: getattr(after, name) - getattr(before, name)
        for name in ("threads", "temporary", "children")
        if getattr(after, name) > getattr(before, name)
    }
    return {
        "hours": len(samples),
        "articles": written,
        "counts": counts,
        "rss_mb": {"first": samples[0].rss_mb, "last": samples[-1].rss_mb},
        "growth_of_last_quarter": round(growth, 3) if growth else None,
        "files": {"before": before.files, "second": samples[min(1, len(samples) - 1)].files, "after": after.files},
        "left_over": left_over,
        "minutes": round((time.monotonic() - began) / 60, 1),
        "cpu_s": round(time.process_time() - cpu),
    }


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--questions", type=int, default=20_000)
    parser.add_argument("--articles", type=int, default=5_000)
    parser.add_argument("--hours", type=int, default=24, help="a multiple of 4; each begins with a refresh")
    parser.add_argument("--minutes", type=float, default=30)
    options = parser.parse_args()
    found = run(options.questions, options.articles, options.hours, options.minutes)
    print(json.dumps(found, indent=1))
    growth = found["growth_of_last_quarter"]
    whole = found["hours"] == options.hours and isinstance(growth, float)
    sys.exit(0 if whole and growth <= MOST_GROWTH and not found["left_over"] else 1)  # type: ignore[operator]


if __name__ == "__main__":
    main()
