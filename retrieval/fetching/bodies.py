"""A body as it comes -> its bytes, unpacked, and never more of them than are allowed."""

import zlib
from collections.abc import Iterable

from retrieval.errors import size_in_words
from retrieval.reasons import Reason, ReasonCode

_GZIP = {"gzip", "x-gzip"}


class Unusable(Exception):
    """A body that can't be used, and why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(str(reason))
        self.reason = reason


def read_body(chunks: Iterable[bytes], encoding: str, limit: int) -> bytes:
    """`encoding` as the header `Content-Encoding` gives it. Raises Unusable."""
    coding = encoding.strip().lower()
    if coding in _GZIP:
        return _joined(_unpacked(chunks, limit), limit)
    if coding not in {"", "identity"}:
        raise Unusable(Reason.stated("comes in an encoding that wasn't asked for"))
    return _joined(chunks, limit)


def _joined(chunks: Iterable[bytes], limit: int) -> bytes:
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > limit:
            raise Unusable(Reason.of(ReasonCode.TOO_LARGE, size=size_in_words(limit)))
    return bytes(body)


def _unpacked(chunks: Iterable[bytes], limit: int) -> Iterable[bytes]:
    """No step makes more than `limit` bytes and one, however small what it is made of."""
    unpacking = zlib.decompressobj(wbits=31)
    packed = 0
    try:
        for chunk in chunks:
            packed += len(chunk)
            if packed > limit:
                raise Unusable(Reason.of(ReasonCode.TOO_LARGE, size=size_in_words(limit)))
            yield unpacking.decompress(chunk, limit + 1)
            if unpacking.unconsumed_tail:
                raise Unusable(Reason.of(ReasonCode.TOO_LARGE, size=size_in_words(limit)))
    except zlib.error:
        raise Unusable(Reason.stated("says it is gzip and isn't")) from None
    if not unpacking.eof:
        raise Unusable(Reason.stated("ends before all of it was sent"))
