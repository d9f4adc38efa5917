"""Decode bytes: byte order mark, UTF-8, the declared encoding, and detection as the last resort."""

import codecs
import re

from charset_normalizer import from_bytes

from retrieval.readers.unreadable import UnreadableContent

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 64 * 1024
_META_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE
)
_LATIN = {"iso8859-1", "ascii", "latin-1"}  # browsers read all three as Windows-1252
_NO_CHARSETS = frozenset(("undefined", "idna", "punycode", "unicode-escape", "raw-unicode-escape", "utf-7"))
"""Codecs of Python that no page is written in: some raise anything, some take time by the square of a text."""
_SURROGATE = re.compile("[\ud800-\udfff]")


def decode(data: bytes, declared: str | None = None) -> str:
    """Return the characters of `data`, without a byte order mark. Raises UnreadableContent for what isn't text.

    A byte order mark decides; then UTF-8 if the bytes are valid UTF-8; then the encoding `declared`; then detection.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _checked(_strict(data[len(mark) :], encoding))
    if wide := _unmarked_utf16(data):
        return _checked(_strict(data, wide))
    for encoding in filter(None, ("utf-8", _known(declared))):
        try:
            return _checked(data.decode(encoding))
        except (UnicodeError, LookupError):
            continue
    return _checked(_strict(data, _guess(data)))


def declared_in_page(data: bytes) -> str | None:
    """Return the encoding that a page names in its first 4 KB."""
    match = _META_CHARSET.search(data[:4096])
    return match[1].decode("ascii") if match else None


def charset_of(content_type: str | None) -> str | None:
    """Return the charset parameter of a Content-Type header."""
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", content_type or "", re.IGNORECASE)
    return charset[1] if charset else None


def _checked(text: str) -> str:
    if "\0" in text:
        raise UnreadableContent("holds NUL characters, so it isn't text")
    if _SURROGATE.search(text):
        raise UnreadableContent("holds lone surrogates, so its text is damaged")
    return text


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableContent(f"isn't valid {encoding} at byte {error.start}") from None
    except (UnicodeError, LookupError):
        raise UnreadableContent(f"isn't valid {encoding}") from None


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
    return "cp1252" if found in _LATIN else None if found in _NO_CHARSETS else found


def _guess(data: bytes) -> str:
    """Return the detected encoding; Windows-1252 wherever it fits equally well, as unmarked Western text mostly is."""
    if b"\0" in data:
        raise UnreadableContent("holds NUL bytes, so it isn't text")
    guesses = from_bytes(data[:_SAMPLE])
    best = guesses.best()
    if best is None:
        raise UnreadableContent("is in no known encoding, or isn't text")
    return "cp1252" if "cp1252" in best.could_be_from_charset else best.encoding
