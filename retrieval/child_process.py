"""Start Python processes that know no secrets, hand them work over a pipe, and end them however they behave.

A child ends when its parent does, however that ends: the parent alone holds the other end of the pipe. The children of
multiprocessing would inherit the environment, and those of ProcessPoolExecutor would outlive a kill.
"""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path

EXIT_SECONDS = 5.0
"""How long a process that is told to end may take before it is killed."""

SECRET = re.compile(r"(^|_)(TOKEN|SECRET|PASSWORD|KEY)(_|$)", re.IGNORECASE)
"""Names of environment variables that children don't get, such as DISCORD_TOKEN and DISCORD_TOKEN_FILE."""

START = "from retrieval.child_process import serve; serve()"

PipeTarget = Callable[[Connection], None]
"""What a child runs: picklable, with its end of the pipe as the argument."""


class ChildProcess:
    """A Python process that runs `target`. `pipe` is the parent's end of the pipe to it."""

    def __init__(self, target: PipeTarget) -> None:
        """Start the process; `target` is pickled to it."""
        self.pipe, theirs = Pipe()
        command = [sys.executable, "-P", "-c", START, str(theirs.fileno())]
        self._process = subprocess.Popen(  # noqa: S603
            command, stdin=subprocess.DEVNULL, env=child_environment(os.environ), pass_fds=[theirs.fileno()]
        )
        theirs.close()
        with suppress(OSError):  # it has ended already, as whoever reads from it will see
            self.pipe.send(target)

    @property
    def pid(self) -> int:
        """Return the process's number."""
        return self._process.pid

    def terminate(self) -> None:
        """Ask the process to end in good order."""
        self._process.terminate()

    def end(self, seconds: float = EXIT_SECONDS) -> None:
        """Wait up to `seconds` for the process to end, then kill it; nothing of it is left when this returns."""
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def kill(self) -> None:
        """End the process at once, and close the pipe."""
        self._process.kill()
        self._process.wait()
        self.pipe.close()


def child_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the environment without secrets, with the modules of this process in reach."""
    kept = {name: value for name, value in environment.items() if not SECRET.search(name)}
    return kept | {"PYTHONPATH": os.pathsep.join(str(Path(entry).absolute()) for entry in sys.path)}


def give_way(process: int | None = None) -> None:
    """Let the system end a process, or this one, before the others where memory runs out; the bot shall outlive it."""
    with suppress(OSError):  # not Linux, or not allowed
        Path(f"/proc/{process or 'self'}/oom_score_adj").write_text("1000", "ascii")


def serve() -> None:
    """Run the target that the parent sends; the program of a child.

    Its working folder is the root, so that no `.env` of the parent's is read as settings. Ctrl-C reaches every process
    of a terminal; the parent sees to it.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    give_way()
    pipe = Connection(int(sys.argv[1]))
    try:
        target: PipeTarget = pipe.recv()
        os.chdir("/")
        target(pipe)
    except (EOFError, OSError):  # the parent has ended, or closed the pipe
        return


def _leave(*_: object) -> None:
    """End in good order, so that what libraries opened is closed, and undisturbed by a second signal."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    sys.exit()
