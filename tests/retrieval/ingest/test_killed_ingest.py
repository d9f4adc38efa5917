import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from benchmarks.reliability.light_models import DELAY, vector_of
from retrieval.domain import Filters
from retrieval.guilds.settings import GuildSettings, GuildSettingsRepository
from retrieval.guilds.watches import Watch, WatchRepository
from retrieval.search.local.engine import LocalEngine
from retrieval.store.archive import FILE, Archive

ROOT = Path(__file__).parents[3]
PROGRAM = Path(__file__).with_name("ingest_folder.py")
ARTICLES = 16


def write_articles(folder: Path) -> None:
    folder.mkdir()
    for number in range(ARTICLES):
        text = f"Ferry {number} is late.\n\n“It sails at {number},” said Brook. Nobody saw boat{number} again.\n"
        (folder / f"ferry-{number:02}.md").write_text(f"---\ntitle: Ferry {number}\n---\n{text}")


@contextmanager
def ingest(archive: Path, articles: Path, delay: float = 0.0) -> Iterator["subprocess.Popen[str]"]:
    environment = os.environ | {"PYTHONPATH": str(ROOT), DELAY: str(delay)}
    command = [sys.executable, str(PROGRAM), str(archive), str(articles)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def contents(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that was stored, without the numbers of rows, which depend on how often it was begun."""
    queries = {
        "articles": "SELECT owner, id, version, title, text, content_hash, model FROM articles ORDER BY id",
        "units": """
            SELECT articles.id, start, "end", context, digest, hex(vector), speaker_name, kind
            FROM units JOIN articles ON seq = article JOIN vectors ON vectors.unit = units.id
            LEFT JOIN quotations ON quotations.unit = units.id
            ORDER BY articles.id, units.id
        """,
        "words": "SELECT term, doc, cnt FROM words ORDER BY term",
    }
    with sqlite3.connect(folder / FILE) as connection:
        connection.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, terms, row)")
        for index in ("terms", "article_terms"):
            connection.execute(f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)")
        found = {name: connection.execute(query).fetchall() for name, query in queries.items()}
    connection.close()
    return found


def kill_and_go_on(folder: Path, kills: int) -> None:
    write_articles(folder / "articles")
    with ingest(folder / "whole", folder / "articles") as process:
        assert process.wait(120) == 0
    dice = random.Random(kills)
    reported: set[str] = set()
    for _ in range(kills):
        with ingest(folder / "cut", folder / "articles", delay=0.1) as process:
            assert process.stdout is not None
            reported.add(process.stdout.readline())
            time.sleep(dice.uniform(0, 0.5))
            process.send_signal(signal.SIGKILL)
            reported.update(process.stdout)
        stored = {f"{line.title}\n" for line in Archive.open(folder / "cut").listing()}
        assert {line for line in reported if line} <= stored
    with ingest(folder / "cut", folder / "articles") as process:
        assert process.wait(120) == 0
    assert contents(folder / "cut") == contents(folder / "whole")
    archive = Archive.open(folder / "cut")
    units = [unit.id for line in archive.listing() for unit in archive.units_of(line.article)]
    hits = LocalEngine(archive).search_vector(vector_of("x"), Filters(), 1000)
    assert sorted(hit.unit for hit in hits) == sorted(units)
    archive.close()


def test_an_ingest_that_is_killed_loses_nothing_and_goes_on(tmp_path: Path) -> None:
    kill_and_go_on(tmp_path, kills=3)


@pytest.mark.slow
def test_an_ingest_that_is_killed_ten_times_ends_with_the_same_archive(tmp_path: Path) -> None:
    kill_and_go_on(tmp_path, kills=10)


def test_workers_end_with_the_process_that_is_killed(tmp_path: Path) -> None:
    write_articles(tmp_path / "articles")
    with ingest(tmp_path / "data", tmp_path / "articles", delay=0.2) as process:
        assert process.stdout is not None
        process.stdout.readline()
        workers = children(process.pid)
        process.send_signal(signal.SIGKILL)
    assert len(workers) >= 2
    deadline = time.monotonic() + 10
    while any(Path(f"/proc/{worker}").exists() for worker in workers) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not [worker for worker in workers if Path(f"/proc/{worker}").exists()]


def children(pid: int) -> list[int]:
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=True)
    return [int(line) for line in listed.stdout.split()]


def test_a_running_reader_answers_from_what_another_process_adds_within_five_seconds(tmp_path: Path) -> None:
    write_articles(tmp_path / "articles")
    archive = Archive.open(tmp_path / "data")
    engine = LocalEngine(archive)
    assert engine.search_terms("boat7", Filters(), 5) == []
    with ingest(tmp_path / "data", tmp_path / "articles", delay=0.05) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line == "Ferry 7\n":
                break
        stored = time.monotonic()
        while len(engine) < 8 * 3 or not engine.search_terms("boat7", Filters(), 5):
            engine.search_vector(vector_of("x"), Filters(), 5)
            assert time.monotonic() - stored < 5
            time.sleep(0.05)
        assert process.wait(60) == 0
    archive.remove("operator", archive.listing()[7].id)
    time.sleep(1.1)
    hits = engine.search_vector(vector_of("x"), Filters(), 1000)
    assert len(archive.units([hit.unit for hit in hits])) == len(hits)
    assert engine.search_terms("boat7", Filters(), 5) == []
    archive.close()


def test_short_writes_go_through_while_an_ingest_is_at_work(tmp_path: Path) -> None:
    write_articles(tmp_path / "articles")
    archive = Archive.open(tmp_path / "data")
    records, watches = GuildSettingsRepository(archive.database), WatchRepository(archive.database)
    with ingest(tmp_path / "data", tmp_path / "articles", delay=0.2) as process:
        assert process.stdout is not None
        process.stdout.readline()
        for number in range(20):
            records.put(number, GuildSettings())
            watches.add(Watch(0, number, None, None, speaker="Brook", topic=None))
        assert process.poll() is None
        assert process.wait(60) == 0
    assert (len(records.all()), len(watches.all())) == (20, 20)
    assert archive.counts().articles == ARTICLES
    archive.close()
