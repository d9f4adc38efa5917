"""The records of a WARC file, one by one and within bounds; behind a broken one the next is looked for."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any
from zipfile import BadZipFile

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataException, DecompressingBufferedReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeadersParserException

_LINE = 64 * 1024
_HEADERS = 1024 * 1024  # bytes of one record's headers
_RATIO = 50  # how many times its size a file may unpack to
_BLOCK = 64 * 1024
_ATTEMPTS = 100  # to go on behind a broken record
_BEGINNINGS = (b"\x1f\x8b\x08", b"WARC/1.")
_WAYS_OF_PACKING = ("", "gzip", "deflate", "identity")
_CUT_OFF = "ends before its content does"
BROKEN = (
    ArchiveLoadFailed, StatusAndHeadersParserException, ChunkedDataException, zlib.error,
    BadZipFile, EOFError, OSError, ValueError, LookupError, AttributeError, TypeError, RuntimeError,
)  # fmt: skip
"""What warcio and zipfile let through, or stumble over, where a file is damaged."""


@dataclass(frozen=True, slots=True)
class Capture:
    """`content` is what the server sent, unpacked; at most one byte more than was asked for."""

    address: str
    date: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class BrokenRecord:
    reason: str


class _Reader(DecompressingBufferedReader):  # type: ignore[misc]
    """`headers` counts what was read by lines since it was last set to 0; `cut_off` tells at the end if gzip was."""

    def __init__(self, stream: IO[bytes], most: int) -> None:
        super().__init__(stream, block_size=_BLOCK)
        self._left = most
        self.headers = 0
        self.cut_off = False

    @property
    def unfinished(self) -> bool:
        """Whether what was read ends within gzip."""
        return self.decompressor is not None and not self.decompressor.eof

    def close_decompressor(self) -> None:
        self.cut_off = self.unfinished
        super().close_decompressor()

    def read(self, length: int | None = None) -> bytes:
        return self._counted(super().read(length if length is not None else _BLOCK))

    def readline(self, length: int | None = None) -> bytes:
        line = self._counted(super().readline(min(length or _LINE, _LINE)))
        self.headers += len(line)
        if self.headers > _HEADERS:
            raise ArchiveLoadFailed("its headers are too long")
        return line

    def _counted(self, data: bytes) -> bytes:
        self._left -= len(data)
        if self._left < 0:
            raise Overflowing(f"unpacks to more than {_RATIO} times its size")
        return data


class Overflowing(ArchiveLoadFailed):  # type: ignore[misc]
    """There is no end to it: nothing behind is looked for."""


class _Records(ArchiveIterator):  # type: ignore[misc]
    INC_RECORD = ""  # said on stderr otherwise

    def __init__(self, stream: IO[bytes], most: int) -> None:
        super().__init__(stream, check_digests=True)
        self.reader = self._bounded = _Reader(stream, most)

    def numbered(self, before: int, most: int) -> Iterator[tuple[int, Capture | BrokenRecord | None]]:
        """Every record, counted on from `before`; None is no web page."""
        number = before
        for number, record in enumerate(self, start=before + 1):
            self._bounded.headers = 0
            found = _capture(record, most)
            self.read_to_end()
            if self._bounded.unfinished:
                yield number, BrokenRecord(_CUT_OFF)
                return
            yield number, found
        if self._bounded.cut_off:
            yield number + 1, BrokenRecord(_CUT_OFF)


def captures(stream: IO[bytes], size: int, most: int) -> Iterator[tuple[int, Capture | BrokenRecord]]:
    """Web pages with the number of their record, from 1. `stream` can be sought in and holds `size` bytes; of a page
    no more than `most` bytes and one are read."""
    number, start = 0, 0
    for _ in range(_ATTEMPTS):
        stream.seek(start)
        records = _Records(stream, _RATIO * max(size, _BLOCK))
        numbered = records.numbered(number, most)
        try:
            for number, found in numbered:
                if found:
                    yield number, found
            return
        except Overflowing as error:
            yield number + 1, BrokenRecord(str(error))
            return
        except BROKEN:
            number += 1
            yield number, BrokenRecord("isn't a valid record")
        start = _next_beginning(stream, max(records.offset, start) + 1, size)
        if start >= size:
            return
    yield number + 1, BrokenRecord(f"isn't looked for behind {_ATTEMPTS} broken ones")


def _capture(record: Any, most: int) -> Capture | BrokenRecord | None:
    """None of what is no web page."""
    headers = _headers_of_page(record)
    if headers is None:
        return None
    if (headers.get_header("Content-Encoding") or "").lower() not in _WAYS_OF_PACKING:
        return BrokenRecord("its content is packed in a way that can't be unpacked")
    content = _content(record, most)
    if len(content) <= most and getattr(record.raw_stream, "limit", 0) > 0:
        return BrokenRecord(_CUT_OFF)
    if any(str(problem).startswith("block digest failed") for problem in record.digest_checker.problems):
        return BrokenRecord("is damaged: its content isn't what its digest says")
    address = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
    date = record.rec_headers.get_header("WARC-Date") or ""
    return Capture(address, date, headers.get_header("Content-Type"), content)


def _headers_of_page(record: Any) -> Any:
    """Of an answer with a page, or of a page that was stored without its server's words; else None."""
    answered = record.rec_type == "response" and record.http_headers
    headers = record.http_headers if answered else record.rec_headers if record.rec_type == "resource" else None
    if headers is None or "html" not in (headers.get_header("Content-Type") or "").lower():
        return None
    return None if answered and headers.get_statuscode() != "200" else headers


def _content(record: Any, most: int) -> bytes:
    stream, parts, size = record.content_stream(), [], 0
    while size <= most and (part := stream.read(min(_BLOCK, most + 1 - size))):
        parts.append(part)
        size += len(part)
    while size <= most and record.raw_stream.read(_BLOCK):
        pass
    return b"".join(parts)


def _next_beginning(stream: IO[bytes], start: int, size: int) -> int:
    """Where the next record begins; `size` where none does."""
    stream.seek(start)
    kept = b""
    while block := stream.read(_BLOCK):
        window = kept + block
        found = [at for mark in _BEGINNINGS if (at := window.find(mark)) >= 0]
        if found:
            return start - len(kept) + min(found)
        start += len(block)
        kept = window[-len(_BEGINNINGS[1]) :]
    return size
