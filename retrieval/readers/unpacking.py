"""The unpacking quota: how much a file may unpack to, whatever its format and however it is nested."""

import gzip
import io
import zlib
from typing import IO

from retrieval.errors import size_in_words
from retrieval.readers.unreadable import UnreadableContent

BLOCK = 64 * 1024
RATIO = 50
"""How many times its size an archive of many articles may unpack to."""


class UnpackQuota:
    """The bytes that may still be unpacked of one file, all its members and layers of packing counted together."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._left = most

    def take(self, size: int) -> None:
        """Count unpacked bytes. Raises UnreadableContent when there are too many."""
        self._left -= size
        if self._left < 0:
            raise UnreadableContent(f"unpacks to more than {size_in_words(self._most)}")


class QuotaStream(io.RawIOBase):
    """A stream whose bytes count against a quota, also where they are read again after a seek."""

    def __init__(self, stream: IO[bytes], quota: UnpackQuota) -> None:
        super().__init__()
        self._stream = stream
        self._quota = quota

    def readable(self) -> bool:
        """Return True."""
        return True

    def seekable(self) -> bool:
        """Return whether the inner stream can be sought in."""
        return self._stream.seekable()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move to an offset."""
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        """Return the offset."""
        return self._stream.tell()

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Read into a buffer. Raises UnreadableContent when the quota is used up."""
        data = self._stream.read(len(buffer))
        self._quota.take(len(data))
        buffer[: len(data)] = data
        return len(data)


def gunzipped(data: bytes, most: int) -> bytes:
    """Return data without one layer of gzip, if it has one. Raises UnreadableContent for more than `most` bytes."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    quota, parts = UnpackQuota(most), []
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            while part := stream.read(BLOCK):
                quota.take(len(part))
                parts.append(part)
    except (OSError, EOFError, zlib.error) as error:
        raise UnreadableContent(f"isn't valid gzip ({error})") from None
    return b"".join(parts)
