"""The readers, run in a sandbox: what hangs, breaks or takes too much memory becomes a ReadError."""

from collections.abc import Iterator
from pathlib import Path

from retrieval.domain import OPERATOR, Article
from retrieval.errors import ReadError
from retrieval.readers.files import read_bytes, read_path
from retrieval.readers.metadata import NOTHING_STATED, StatedMetadata
from retrieval.sandbox.sandbox import Runner, SandboxError

SECONDS = 75.0
"""The time for reading one article; a document's converter has a limit of its own within it."""


class SandboxedReader:
    """Reads files and bytes into articles. Nothing that they hold can stop or break this process."""

    def __init__(self, runner: Runner, seconds: float = SECONDS) -> None:
        self._runner = runner
        self._seconds = seconds

    def read_path(
        self, path: Path, *, stated: StatedMetadata = NOTHING_STATED, owner: str = OPERATOR
    ) -> Iterator[Article | ReadError]:
        """Yield the articles of one file, and a ReadError for each broken one."""
        try:
            yield from self._runner.iterate(self._seconds, read_path, path, stated=stated, owner=owner)
        except SandboxError as error:
            yield ReadError(str(path), str(error))

    def read_bytes(self, data: bytes, *, name: str, owner: str = OPERATOR) -> Iterator[Article | ReadError]:
        """Yield the articles in `data` as read_path does for a file."""
        try:
            yield from self._runner.iterate(self._seconds, read_bytes, data, name=name, owner=owner)
        except SandboxError as error:
            yield ReadError(name, str(error))
