"""Signals before the bot runs. Nothing is imported here that takes long, so that they are obeyed from the start."""

import os
import signal
from types import FrameType


def end_on_signals() -> None:
    """End the process at once on SIGTERM or SIGINT, with status 0, until `OnTheRecord` listens for them itself.

    Nothing has begun by then that needs an end: the archive's files stand a kill at any moment. The first process of a
    container would else ignore SIGTERM, and a thread that loads models can't be stopped.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _end)


def _end(_number: int, _frame: FrameType | None) -> None:
    os._exit(0)
