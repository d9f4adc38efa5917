"""Read the web pages among a WARC file's records; behind a damaged record the next one is looked for."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any
from zipfile import BadZipFile

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataException
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeadersParserException

from retrieval.readers.unpacking import BLOCK, UnpackQuota
from retrieval.readers.unreadable import UnreadableContent
from retrieval.readers.warc.bounded_stream import BoundedWarcStream

_ATTEMPTS = 100  # to go on behind a damaged record
_BEGINNINGS = (b"\x1f\x8b\x08", b"WARC/1.")
_CONTENT_ENCODINGS = ("", "gzip", "deflate", "identity")
_CUT_OFF = "ends before its content does"
DAMAGE_ERRORS = (
    ArchiveLoadFailed, StatusAndHeadersParserException, ChunkedDataException, zlib.error,
    BadZipFile, EOFError, OSError, ValueError, LookupError, AttributeError, TypeError, RuntimeError,
)  # fmt: skip
"""What warcio and zipfile raise where a file is damaged."""


@dataclass(frozen=True, slots=True)
class CapturedPage:
    """A web page of a record. `content` is the unpacked body, at most one byte longer than the limit."""

    address: str
    date: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class BrokenWarcRecord:
    """A record that can't be read, and why."""

    reason: str


class WarcRecordIterator(ArchiveIterator):  # type: ignore[misc]
    """warcio's iterator over a bounded stream."""

    INC_RECORD = ""  # printed to stderr otherwise

    def __init__(self, stream: IO[bytes], quota: UnpackQuota) -> None:
        super().__init__(stream, check_digests=True)
        self.reader = self._bounded = BoundedWarcStream(stream, quota)

    def numbered(self, before: int, most: int) -> Iterator[tuple[int, CapturedPage | BrokenWarcRecord | None]]:
        """Yield each record's number, counted on from `before`, and its page; None for a record without a page."""
        number = before
        for number, record in enumerate(self, start=before + 1):
            self._bounded.headers = 0
            found = _page_of(record, most)
            self.read_to_end()
            if self._bounded.unfinished:
                yield number, BrokenWarcRecord(_CUT_OFF)
                return
            yield number, found
        if self._bounded.cut_off:
            yield number + 1, BrokenWarcRecord(_CUT_OFF)


def read_captures(
    stream: IO[bytes], size: int, most: int, quota: UnpackQuota
) -> Iterator[tuple[int, CapturedPage | BrokenWarcRecord]]:
    """Yield the web pages and broken records with their numbers, from 1.

    `stream` is seekable and holds `size` bytes; of each page at most `most` + 1 bytes are read, and of all records
    together what the quota leaves.
    """
    number, start = 0, 0
    for _ in range(_ATTEMPTS):
        stream.seek(start)
        records = WarcRecordIterator(stream, quota)
        numbered = records.numbered(number, most)
        try:
            for number, found in numbered:
                if found:
                    yield number, found
            return
        except UnreadableContent as error:
            yield number + 1, BrokenWarcRecord(str(error))
            return
        except DAMAGE_ERRORS:
            number += 1
            yield number, BrokenWarcRecord("isn't a valid record")
        start = _next_beginning(stream, max(records.offset, start) + 1, size)
        if start >= size:
            return
    yield number + 1, BrokenWarcRecord(f"isn't looked for behind {_ATTEMPTS} broken ones")


def _page_of(record: Any, most: int) -> CapturedPage | BrokenWarcRecord | None:
    """Return the page of a record; None for a record without one."""
    headers = _page_headers(record)
    if headers is None:
        return None
    if (headers.get_header("Content-Encoding") or "").lower() not in _CONTENT_ENCODINGS:
        return BrokenWarcRecord("its content is packed in a way that can't be unpacked")
    content = _content(record, most)
    if len(content) <= most and getattr(record.raw_stream, "limit", 0) > 0:
        return BrokenWarcRecord(_CUT_OFF)
    if any(str(problem).startswith("block digest failed") for problem in record.digest_checker.problems):
        return BrokenWarcRecord("is damaged: its content isn't what its digest says")
    address = (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
    date = record.rec_headers.get_header("WARC-Date") or ""
    return CapturedPage(address, date, headers.get_header("Content-Type"), content)


def _page_headers(record: Any) -> Any:
    """Return the headers of a successful HTML response, or of an HTML resource; None for any other record."""
    answered = record.rec_type == "response" and record.http_headers
    headers = record.http_headers if answered else record.rec_headers if record.rec_type == "resource" else None
    if headers is None or "html" not in (headers.get_header("Content-Type") or "").lower():
        return None
    return None if answered and headers.get_statuscode() != "200" else headers


def _content(record: Any, most: int) -> bytes:
    stream, parts, size = record.content_stream(), [], 0
    while size <= most and (part := stream.read(min(BLOCK, most + 1 - size))):
        parts.append(part)
        size += len(part)
    while size <= most and record.raw_stream.read(BLOCK):
        pass
    return b"".join(parts)


def _next_beginning(stream: IO[bytes], start: int, size: int) -> int:
    """Return where the next record begins; `size` where none does."""
    stream.seek(start)
    kept = b""
    while block := stream.read(BLOCK):
        window = kept + block
        found = [at for mark in _BEGINNINGS if (at := window.find(mark)) >= 0]
        if found:
            return start - len(kept) + min(found)
        start += len(block)
        kept = window[-len(_BEGINNINGS[1]) :]
    return size
