import asyncio
import os
import signal
import sys
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


@pytest.fixture
def processes(tmp_path: Path) -> Path:
    """What a container of an hour's age shows: its own init, a bot, an ingest, and this check."""
    folder = tmp_path / "proc"
    commands = {
        1: b"tini",
        7: b"python\0/bin/ontherecord\0bot\0",
        8: b"python\0/bin/ontherecord\0ingest\0bot\0",
        9: b"sh",
    }
    for number, command in commands.items():
        (folder / str(number)).mkdir(parents=True)
        (folder / str(number) / "cmdline").write_bytes(command)
        started = 1000 * os.sysconf("SC_CLK_TCK")
        (folder / str(number) / "stat").write_text(f"{number} (a (b) c) S " + "0 " * 18 + f"{started} 0 0")
    (folder / "uptime").write_text("4600.00 1.00")
    return folder


def test_a_bot_that_is_stuck_for_longer_than_it_looks_for_a_connection_is_ended(
    tmp_path: Path, processes: Path
) -> None:
    file = tmp_path / health.FILE
    file.touch()
    touched = file.stat().st_mtime
    assert health.stuck_bots(file, touched + health.LOST, processes) == []
    assert health.stuck_bots(file, touched + health.STUCK + 1, processes) == [7]


def test_a_bot_that_has_just_started_is_not_ended_for_the_file_of_the_one_before(
    tmp_path: Path, processes: Path
) -> None:
    (processes / "uptime").write_text("1100.00 1.00")
    assert health.stuck_bots(tmp_path / health.FILE, 10_000.0, processes) == []
    (processes / "uptime").write_text("4600.00 1.00")
    assert health.stuck_bots(tmp_path / health.FILE, 10_000.0, processes) == [7]


def test_the_check_of_a_container_ends_no_healthy_bot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[tuple[int, int]] = []
    monkeypatch.setenv("ONTHERECORD_DATA", str(tmp_path))
    monkeypatch.setattr(health, "stuck_bots", lambda *_: [7])
    monkeypatch.setattr(os, "kill", lambda *told: ended.append(told))
    monkeypatch.setattr(sys, "argv", ["health", "--end"])
    (tmp_path / health.FILE).touch()
    health.main()
    assert ended == []
    (tmp_path / health.FILE).unlink()
    with pytest.raises(SystemExit):
        health.main()
    assert ended == [(7, signal.SIGKILL)]
