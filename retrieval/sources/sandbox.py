"""Work that a hostile input could keep busy for ever, in a process that can be ended."""

import multiprocessing
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Result = TypeVar("Result")


def within(
    seconds: float | None, work: Callable[Given, Result], *arguments: Given.args, **named: Given.kwargs
) -> Result:
    """What `work` returns; in this process where `seconds` is None. All of it must be picklable.

    Raises TimeoutError, and EOFError where it failed or its process died.
    """
    if seconds is None:
        return work(*arguments, **named)
    context = multiprocessing.get_context("spawn")  # a fork would copy the locks of this process's threads
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(theirs, work, arguments, named), daemon=True)
    process.start()
    theirs.close()
    try:
        if not ours.poll(seconds):
            raise TimeoutError
        result: Result = ours.recv()
        return result
    finally:
        process.kill()
        process.join()
        ours.close()


def _send(
    pipe: Connection, work: Callable[Given, Result], arguments: tuple[object, ...], named: dict[str, object]
) -> None:
    pipe.send(work(*arguments, **named))  # type: ignore[arg-type]
