import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bot.tasks import health


def a_bot(*, ready: bool, closed: bool) -> Any:
    shard = SimpleNamespace(is_closed=lambda: closed)
    return SimpleNamespace(is_ready=lambda: ready, shards={0: shard})


@pytest.mark.parametrize(("ready", "closed", "well"), [(True, False, True), (False, False, False), (True, True, False)])
async def test_only_a_bot_that_is_connected_counts_as_well(
    tmp_path: Path, ready: bool, closed: bool, well: bool
) -> None:
    file = tmp_path / health.FILE
    async with health.pulsing(a_bot(ready=ready, closed=closed), file):
        await asyncio.sleep(0.2)
        assert file.exists() is well
    assert not file.exists()


def test_a_bot_whose_last_sign_is_a_minute_old_is_not_well(tmp_path: Path) -> None:
    file = tmp_path / health.FILE
    file.touch()
    at = file.stat().st_mtime
    assert health.well(file, at + 30)
    assert not health.well(file, at + health.STALE)


def test_the_check_that_docker_runs_says_what_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONTHERECORD_DATA", str(tmp_path))
    with pytest.raises(SystemExit, match="isn't connected"):
        health.main()
    (tmp_path / health.FILE).touch()
    health.main()
