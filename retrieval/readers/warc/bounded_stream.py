"""A decompressing stream for warcio that ends at a limit and notices gzip that is cut short."""

from typing import IO

from warcio.bufferedreaders import DecompressingBufferedReader
from warcio.exceptions import ArchiveLoadFailed

from retrieval.readers.unpacking import BLOCK, UnpackQuota

_LINE = 64 * 1024
_HEADERS = 1024 * 1024  # bytes of one record's headers


class BoundedWarcStream(DecompressingBufferedReader):  # type: ignore[misc]
    """A stream whose unpacked bytes count against a quota.

    `headers` counts the bytes read by lines since it was last set to 0; `cut_off` tells at the end whether the last
    gzip member was incomplete.
    """

    def __init__(self, stream: IO[bytes], quota: UnpackQuota) -> None:
        super().__init__(stream, block_size=BLOCK)
        self._quota = quota
        self.headers = 0
        self.cut_off = False

    @property
    def unfinished(self) -> bool:
        """Return whether the stream ended inside a gzip member."""
        return self.decompressor is not None and not self.decompressor.eof

    def close_decompressor(self) -> None:
        """Close the current gzip member and note whether it was incomplete."""
        self.cut_off = self.unfinished
        super().close_decompressor()

    def read(self, length: int | None = None) -> bytes:
        """Return up to `length` bytes. Raises UnreadableContent."""
        return self._counted(super().read(length if length is not None else BLOCK))

    def readline(self, length: int | None = None) -> bytes:
        """Return a line of up to `length` bytes. Raises UnreadableContent, ArchiveLoadFailed for endless headers."""
        line = self._counted(super().readline(min(length or _LINE, _LINE)))
        self.headers += len(line)
        if self.headers > _HEADERS:
            raise ArchiveLoadFailed("its headers are too long")
        return line

    def _counted(self, data: bytes) -> bytes:
        self._quota.take(len(data))
        return data
