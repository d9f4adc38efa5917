"""Bytes -> characters: byte order marks, declared encodings, UTF-8, and a guess as the last resort."""

import codecs
import re

from charset_normalizer import from_bytes

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 64 * 1024
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_LATIN = {"iso8859-1", "ascii", "latin-1"}  # browsers read all three as Windows-1252
_SURROGATE = re.compile("[\ud800-\udfff]")


class Undecodable(ValueError):
    """These bytes aren't text; the message says why."""


def decode(data: bytes, declared: str | None = None) -> str:
    """The characters of `data`, without a byte order mark. Raises Undecodable for what isn't text.

    A mark at the start decides, then UTF-8 if the bytes are valid as such, then `declared`, then a guess.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _checked(_strict(data[len(mark) :], encoding))
    if wide := _unmarked_utf16(data):
        return _checked(_strict(data, wide))
    for encoding in filter(None, ("utf-8", _known(declared))):
        try:
            return _checked(data.decode(encoding))
        except (UnicodeDecodeError, LookupError):
            continue
    return _checked(_strict(data, _guess(data)))


def declared_in_page(data: bytes) -> str | None:
    """The encoding that a page names in its first 4 KB."""
    match = _META_CHARSET.search(data[:4096])
    return match[1].decode("ascii") if match else None


def charset_of(content_type: str | None) -> str | None:
    """What a Content-Type header says of it."""
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", content_type or "", re.IGNORECASE)
    return charset[1] if charset else None


def _checked(text: str) -> str:
    if "\0" in text:
        raise Undecodable("holds NUL characters, so it isn't text")
    if _SURROGATE.search(text):
        raise Undecodable("holds lone surrogates, so its text is damaged")
    return text


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Undecodable(f"isn't valid {encoding} at byte {error.start}") from None


def _unmarked_utf16(data: bytes) -> str | None:
    sample = data[:2048]
    if len(sample) < 4:
        return None
    even, odd = sample[::2].count(0) / len(sample) * 2, sample[1::2].count(0) / len(sample) * 2
    if odd > 0.4 and even < 0.1:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 and odd < 0.1 else None


def _known(name: str | None) -> str | None:
    try:
        found = codecs.lookup(name or "").name
    except (LookupError, ValueError):
        return None
    return "cp1252" if found in _LATIN else found


def _guess(data: bytes) -> str:
    """Windows-1252 wherever it is as good a guess as any: it is what unmarked Western text is written in."""
    if b"\0" in data:
        raise Undecodable("holds NUL bytes, so it isn't text")
    guesses = from_bytes(data[:_SAMPLE])
    best = guesses.best()
    if best is None:
        raise Undecodable("is in no known encoding, or isn't text")
    return "cp1252" if "cp1252" in best.could_be_from_charset else best.encoding
