"""Size limits of reading."""

from dataclasses import dataclass

_MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ReaderLimits:
    """Limits in bytes, except `text`, which counts characters. Streamed formats may be longer than `file`."""

    file: int = 20 * _MB  # one file, after decompression
    page: int = 8 * _MB  # the markup of one HTML page
    line: int = 16 * _MB  # one line of JSON Lines
    text: int = 2 * _MB  # one article's text
    unpacked: int = 200 * _MB  # a package of several files


DEFAULT_LIMITS = ReaderLimits()
