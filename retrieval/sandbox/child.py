"""The child process of the sandbox: `python -m retrieval.sandbox.child MEMORY IDLE` works off jobs from its stdin.

It limits its own memory, and the processor time of every job, so that it ends even if its parent has died. It ends
after IDLE seconds without a job, and after a job that ran out of memory.
"""

import os
import pickle
import select
import sys
from collections.abc import Iterator
from typing import IO, Any

from retrieval.child_process import give_way
from retrieval.sandbox.protocol import SandboxEnd, SandboxJob, SandboxReady, SandboxResult, failure_of, receive, send

_SPARE = 10  # seconds of processor time beyond a deadline


def main() -> None:
    """Work off jobs until stdin ends, the child is idle for too long, or memory runs out."""
    memory, idle = int(sys.argv[1]), float(sys.argv[2])
    jobs, results = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not stand among the results
    give_way()
    _limit_memory(memory)
    send(results, SandboxReady())
    while select.select([jobs], [], [], idle)[0]:
        try:
            job = pickle.loads(receive(jobs))  # noqa: S301  the parent's
        except EOFError:
            return
        if not _work_off(job, results):
            return


def _work_off(job: SandboxJob, results: IO[bytes]) -> bool:
    """Send the results of one job, and return whether the process may go on."""
    try:
        for value in _values(job):
            _limit_time(job.seconds)
            send(results, SandboxResult(value))
    except BrokenPipeError:
        return False
    except Exception as error:  # whatever a parser makes of hostile content
        full = isinstance(error, MemoryError)
        send(results, SandboxEnd(failure_of(error), last=full))
        return not full
    else:
        send(results, SandboxEnd())
    return True


def _values(job: SandboxJob) -> Iterator[Any]:
    _limit_time(job.seconds)
    returned = job.work(*job.arguments, **job.named)
    if isinstance(returned, Iterator):
        yield from returned
    else:
        yield returned


def _limit_memory(memory: int) -> None:
    try:
        import resource  # noqa: PLC0415  not on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_time(seconds: float) -> None:
    try:
        import resource  # noqa: PLC0415  not on Windows
    except ImportError:
        return
    used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (int(used + seconds) + _SPARE, hard))


if __name__ == "__main__":
    main()
