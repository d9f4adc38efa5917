"""Refreshes due sources beside the bot, in one process of its own with lower priority."""

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any

import structlog

from bot.tasks.loops import every, running
from retrieval.child_process import child_environment, give_way

PAUSE = 60.0
LONGEST_PAUSE = 3600.0
"""Seconds between two looks for what is due, and at most while refreshing itself goes wrong."""

PATIENCE = 5.0
"""Seconds that a refresh has to end in when the bot is stopped."""

_NICENESS = 10
_LINE = 1 << 20

log = structlog.get_logger(__name__)


def refresh_command(data: Path) -> list[str]:
    """Return the command line that refreshes the due sources of an archive."""
    return [sys.executable, "-m", "cli", "sources", "refresh", "--due", "--wait", "--json", "--data", str(data)]


@asynccontextmanager
async def refreshing(
    due: Callable[[], object],
    command: Sequence[str],
    pause: float = PAUSE,
    settings: Mapping[str, str] = MappingProxyType({}),
) -> AsyncIterator[None]:
    """Run `command` inside whenever `due` says that there is something to do; at the end it is stopped.

    Its environment is this process's without secrets, and with `settings`.

    It writes a JSON object a line, the last of which is a summary; without that it counts as failed, and is tried again
    after twice the pause each time.
    """
    wait = pause

    async def look() -> None:
        nonlocal wait
        well = False
        try:
            well = not await asyncio.to_thread(due) or await _refresh(command, settings)
        finally:
            wait = pause if well else min(wait * 2, LONGEST_PAUSE)
            loop.change_interval(seconds=wait)

    async def first() -> None:
        await asyncio.sleep(pause)

    loop = every(pause, look, failed="sources_not_refreshed", first=first)
    async with running(loop):
        yield


async def _refresh(command: Sequence[str], settings: Mapping[str, str]) -> bool:
    environment = {**child_environment(os.environ), **settings}
    starting = asyncio.ensure_future(
        asyncio.create_subprocess_exec(
            *command, stdin=DEVNULL, stdout=PIPE, stderr=DEVNULL, env=environment, start_new_session=True, limit=_LINE
        )
    )
    try:
        process = await asyncio.shield(starting)
    except asyncio.CancelledError:  # stopped while the process was being started: it would outlive the bot
        await _ended(await starting)
        raise
    with suppress(ProcessLookupError, PermissionError):
        os.setpriority(os.PRIO_PROCESS, process.pid, _NICENESS)
    give_way(process.pid)
    try:
        finished = await _told(process)
        with suppress(TimeoutError):
            await asyncio.wait_for(process.wait(), PATIENCE)
        return finished
    finally:
        await _ended(process)


async def _told(process: Process) -> bool:
    """Return whether it came to its end; what went wrong, and how much came in, goes into the log."""
    assert process.stdout is not None
    finished = False
    async for line in process.stdout:
        told = _parsed(line)
        if told.get("event") == "failed":
            log.warning(
                "source_failed", source=told.get("source"), address=told.get("address"), reason=told.get("reason")
            )
        elif told.get("event") == "summary":
            finished = True
            log.info("sources_refreshed", **{name: count for name, count in told.items() if name != "event"})
    if not finished:
        log.warning("sources_not_refreshed", reason="the refresh ended early; `ontherecord sources refresh` says why")
    return finished


def _parsed(line: bytes) -> Mapping[str, Any]:
    try:
        told = json.loads(line)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


async def _ended(process: Process) -> None:
    if process.returncode is None:  # a signal to one that has just ended would take its status from asyncio
        with suppress(ProcessLookupError):
            process.terminate()
    try:
        await asyncio.wait_for(process.wait(), PATIENCE)
    except TimeoutError:
        process.kill()
        await process.wait()
    with suppress(ProcessLookupError, PermissionError):  # what it started itself, and could not end any more
        os.killpg(process.pid, signal.SIGKILL)
