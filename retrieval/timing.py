"""Log how long a step took, with facts about it, without knowing how logs are written."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def timed(log: logging.Logger, event: str, level: int = logging.DEBUG, **facts: object) -> Iterator[dict[str, object]]:
    """Log `event` with the seconds that the block took; the block may add facts to the dictionary that it gets.

    Facts are counts and kinds, never what a person asked or an article says. An error that leaves the block is
    logged by its type and passed on.
    """
    started = time.perf_counter()
    try:
        yield facts
    except BaseException as error:
        facts["error"] = type(error).__name__
        raise
    finally:
        log.log(level, event, extra={**facts, "seconds": round(time.perf_counter() - started, 4)})
