"""Two bots on one archive: the second is told of the first, and begins once that has ended, however it ended."""

import subprocess
import sys
from pathlib import Path

import pytest

from retrieval.errors import ArchiveBusy
from retrieval.store.archive import Archive
from retrieval.store.sqlite.locks import bot_lease
from tests.retrieval.made_up_archive import NOON

ROOT = Path(__file__).parents[3]
HOLD = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from retrieval.store.sqlite.locks import bot_lease
with bot_lease(Path(sys.argv[1]), lambda: datetime(2026, 3, 1, 12, tzinfo=UTC)):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_bot_is_told_of_the_first_until_that_is_killed(archive: Archive) -> None:
    command = [sys.executable, "-c", HOLD, str(archive.folder)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        told = rf"another bot \(process {other.pid}, since 2026-03-01T12:00:00\+00:00\) works on the archive"
        with pytest.raises(ArchiveBusy, match=told), bot_lease(archive.folder, lambda: NOON):
            pass
        other.kill()
    with bot_lease(archive.folder, lambda: NOON):
        pass


def test_a_bot_of_another_machine_is_named_with_it(archive: Archive) -> None:
    with bot_lease(archive.folder, lambda: NOON):
        (archive.folder / "bot.holder").write_text('{"pid": 1, "host": "elsewhere", "since": "2026-03-01"}')
        with pytest.raises(ArchiveBusy, match="process 1 on elsewhere"), bot_lease(archive.folder, lambda: NOON):
            pass


def test_an_ingest_goes_on_beside_a_bot(archive: Archive) -> None:
    with bot_lease(archive.folder, lambda: NOON), archive.ingest_lock():
        pass
