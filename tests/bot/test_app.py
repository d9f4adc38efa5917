import os
import subprocess
import sys
from pathlib import Path

from retrieval.store.archive import Archive, utc_now
from retrieval.store.sqlite.locks import bot_lease

ROOT = Path(__file__).parents[2]


def test_a_second_bot_on_one_archive_ends_with_who_holds_it(tmp_path: Path) -> None:
    Archive.open(tmp_path).close()
    environment = os.environ | {"PYTHONPATH": str(ROOT), "DISCORD_TOKEN": "none", "ONTHERECORD_DATA": str(tmp_path)}
    with bot_lease(tmp_path, utc_now):
        command = [sys.executable, "-m", "bot"]
        ended = subprocess.run(
            command, env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False
        )
    assert ended.returncode == 1
    assert f"error: another bot (process {os.getpid()}, since 20" in ended.stderr
    assert "Traceback" not in ended.stderr
