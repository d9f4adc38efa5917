"""Ends the process when its event loop stands still, so that whatever runs it can start it anew.

A thread of Python's would stand still too while a library holds the interpreter's lock; faulthandler's doesn't.
"""

import faulthandler
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog

from bot.tasks.loops import every, running

STALLED = 60.0
"""Seconds without a sign of life after which the process ends."""

BEAT = 5.0
"""Seconds between two signs of life."""

log = structlog.get_logger(__name__)


@asynccontextmanager
async def watched(stalled: float = STALLED, beat: float = BEAT) -> AsyncIterator[None]:
    """End the process, with status 1, if the event loop stands still for `stalled` seconds inside.

    The reason, and where each thread stands, is written to standard error first.
    """

    async def sign_of_life() -> None:
        faulthandler.dump_traceback_later(stalled, exit=True)

    log.info("watchdog_started", seconds=stalled)
    try:
        async with running(every(beat, sign_of_life, failed="watchdog_failed")):
            yield
    finally:
        faulthandler.cancel_dump_traceback_later()
