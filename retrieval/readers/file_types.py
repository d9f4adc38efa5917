"""File formats, detected from a file's suffix or else its content type."""

from pathlib import Path

TEXT, MARKDOWN, PAGE, LINES, JSON, PDF, DOCX, EPUB, WARC, WACZ = (
    "text", "markdown", "page", "lines", "json", "pdf", "docx", "epub", "warc", "wacz"
)  # fmt: skip
STREAMED = frozenset((LINES, WARC, WACZ))
"""Formats with many articles in a file, which are streamed and may be of any length."""
SUFFIXES = {
    ".txt": TEXT,
    ".text": TEXT,
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".html": PAGE,
    ".htm": PAGE,
    ".xhtml": PAGE,
    ".jsonl": LINES,
    ".ndjson": LINES,
    ".json": JSON,
    ".pdf": PDF,
    ".docx": DOCX,
    ".epub": EPUB,
    ".warc": WARC,
    ".wacz": WACZ,
}
"""Format by suffix; each suffix may be followed by .gz."""
_TYPES = {
    "text/plain": TEXT,
    "text/markdown": MARKDOWN,
    "text/html": PAGE,
    "application/xhtml+xml": PAGE,
    "application/x-ndjson": LINES,
    "application/jsonl": LINES,
    "application/json": JSON,
    "application/pdf": PDF,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": DOCX,
    "application/epub+zip": EPUB,
    "application/warc": WARC,
    "application/wacz": WACZ,
}


def detect_format(name: str, content_type: str | None = None) -> str | None:
    """Return the format of a file by its suffix, or else by its content type; None where neither is known."""
    suffixes = [suffix.lower() for suffix in Path(name).suffixes]
    if suffixes and suffixes[-1] == ".gz":
        suffixes.pop()
    by_name = SUFFIXES.get(suffixes[-1]) if suffixes else None
    return by_name or _TYPES.get((content_type or "").partition(";")[0].strip().lower())
