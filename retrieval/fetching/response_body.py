"""Read and decompress a response body within a limit."""

import zlib
from collections.abc import Iterable

from retrieval.errors import size_in_words
from retrieval.reasons import Reason, ReasonCode

_GZIP = {"gzip", "x-gzip"}


class UnusableBody(Exception):
    """A body that can't be used, and why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(str(reason))
        self.reason = reason


def read_body(chunks: Iterable[bytes], encoding: str, limit: int) -> bytes:
    """Return the decompressed body, at most `limit` bytes. Raises UnusableBody.

    `encoding` is the Content-Encoding header.
    """
    coding = encoding.strip().lower()
    if coding in _GZIP:
        return _joined(_unpacked(chunks, limit), limit)
    if coding not in {"", "identity"}:
        raise UnusableBody(Reason.stated("comes in an encoding that wasn't asked for"))
    return _joined(chunks, limit)


def _joined(chunks: Iterable[bytes], limit: int) -> bytes:
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > limit:
            raise UnusableBody(Reason.of(ReasonCode.TOO_LARGE, size=size_in_words(limit)))
    return bytes(body)


def _unpacked(chunks: Iterable[bytes], limit: int) -> Iterable[bytes]:
    """Yield decompressed chunks; no step produces more than `limit` + 1 bytes, however small its input."""
    unpacking = zlib.decompressobj(wbits=31)
    packed = 0
    try:
        for chunk in chunks:
            packed += len(chunk)
            if packed > limit:
                raise UnusableBody(Reason.of(ReasonCode.TOO_LARGE, size=size_in_words(limit)))
            yield unpacking.decompress(chunk, limit + 1)
            if unpacking.unconsumed_tail:
                raise UnusableBody(Reason.of(ReasonCode.TOO_LARGE, size=size_in_words(limit)))
    except zlib.error:
        raise UnusableBody(Reason.stated("says it is gzip and isn't")) from None
    if not unpacking.eof:
        raise UnusableBody(Reason.stated("ends before all of it was sent"))
