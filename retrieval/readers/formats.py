"""Which reader a file's name, or else its content type, asks for."""

from pathlib import Path

from retrieval.readers.documents import DOCX, PDF

TEXT, MARKDOWN, PAGE, LINES, JSON, EPUB, WARC, WACZ = (
    "text", "markdown", "page", "lines", "json", "epub", "warc", "wacz"
)  # fmt: skip
STREAMED = frozenset((LINES, WARC, WACZ))
"""Formats of many articles, read one by one however long the file is."""
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
"""Each also with .gz behind it."""
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


def format_of(name: str, content_type: str | None = None) -> str | None:
    """None where neither is known."""
    suffixes = [suffix.lower() for suffix in Path(name).suffixes]
    if suffixes and suffixes[-1] == ".gz":
        suffixes.pop()
    by_name = SUFFIXES.get(suffixes[-1]) if suffixes else None
    return by_name or _TYPES.get((content_type or "").partition(";")[0].strip().lower())
