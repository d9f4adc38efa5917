import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import AsyncMock

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
    async with health.Pulse(a_bot(ready=ready, closed=closed), file).beating():
        await asyncio.sleep(0.2)
        assert file.exists() is well
    assert not file.exists()


def test_a_bot_whose_last_sign_is_a_minute_old_is_not_well(tmp_path: Path) -> None:
    file = tmp_path / health.FILE
    file.touch()
    at = file.stat().st_mtime
    assert health.well(file, at + 30)
    assert not health.well(file, at + health.STALE)


async def test_a_bot_that_finds_no_connection_for_a_quarter_of_an_hour_ends(tmp_path: Path) -> None:
    bot, now = a_bot(ready=False, closed=False), [0.0]
    bot.close = AsyncMock()
    pulse = health.Pulse(bot, tmp_path / health.FILE, clock=lambda: now[0])
    await pulse.beat()
    assert not pulse.lost
    now[0] += health.LOST + 1
    await pulse.beat()
    assert pulse.lost
    bot.close.assert_awaited_once()


def test_a_clock_that_is_set_back_makes_no_dead_bot_look_alive(tmp_path: Path) -> None:
    file = tmp_path / health.FILE
    file.touch()
    assert not health.well(file, file.stat().st_mtime - 3600)


def test_the_check_that_docker_runs_says_what_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONTHERECORD_DATA", str(tmp_path))
    with pytest.raises(SystemExit, match="isn't connected"):
        health.main()
    (tmp_path / health.FILE).touch()
    health.main()
