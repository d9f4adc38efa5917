"""Files and folders -> articles. What can't be read becomes a ReadError that is handed on, so the rest goes on."""

import gzip
import io
import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from retrieval.articles import OPERATOR, Article
from retrieval.errors import ReadError
from retrieval.readers import records
from retrieval.readers.decoding import Undecodable, declared_in_page, decode
from retrieval.readers.drafts import Draft, Origin, finish
from retrieval.readers.limits import DEFAULT_LIMITS, Limits, in_words
from retrieval.readers.markdown import UnreadableMarkdown, read_markdown
from retrieval.readers.metadata import NOTHING_STATED, SIDECAR_SUFFIX, Metadata, read_sidecar
from retrieval.readers.pages.reading import read_page
from retrieval.readers.pages.tree import UnreadablePage
from retrieval.readers.saved_text import read_saved_text

_TEXT, _MARKDOWN, _PAGE, _LINES, _JSON = "text", "markdown", "page", "lines", "json"
_SUFFIXES = {
    ".txt": _TEXT,
    ".text": _TEXT,
    ".md": _MARKDOWN,
    ".markdown": _MARKDOWN,
    ".html": _PAGE,
    ".htm": _PAGE,
    ".xhtml": _PAGE,
    ".jsonl": _LINES,
    ".ndjson": _LINES,
    ".json": _JSON,
}
_TYPES = {
    "text/plain": _TEXT,
    "text/markdown": _MARKDOWN,
    "text/html": _PAGE,
    "application/xhtml+xml": _PAGE,
    "application/x-ndjson": _LINES,
    "application/jsonl": _LINES,
    "application/json": _JSON,
}
_DRAFTERS: dict[str, Callable[[str], Draft]] = {_TEXT: read_saved_text, _MARKDOWN: read_markdown, _PAGE: read_page}


def find_files(paths: Sequence[Path]) -> Iterator[Path]:
    """Each path that is a file, and what folders hold at any depth, in sorted order.

    Left out of folders: hidden files, sidecars, formats without a reader, and links that lead out of the folder.
    A path that doesn't exist is handed on, for read_path to say so.
    """
    for path in paths:
        if path.is_dir():
            yield from _walk(path, path.resolve())
        else:
            yield path


def read_path(
    path: Path, *, stated: Metadata = NOTHING_STATED, owner: str = OPERATOR, limits: Limits = DEFAULT_LIMITS
) -> Iterator[Article | ReadError]:
    """The articles of one file; for each that is broken a ReadError. Raises nothing for what the file holds."""
    try:
        origin = Origin(str(path), str(path.absolute()), stated.over(read_sidecar(path)), owner, limits)
        if not path.exists():
            raise ReadError(str(path), "no such file")
        if not path.is_file():
            raise ReadError(str(path), "isn't a regular file")
        if _format(path.name, None) == _LINES and path.suffix != ".gz":
            with path.open("rb") as stream:
                yield from records.read_lines(stream, origin)
            return
        with path.open("rb") as stream:
            data = stream.read(limits.file + 1)
        yield from _read(data, _format(path.name, None), origin)
    except ReadError as error:
        yield error
    except OSError as error:
        yield ReadError(str(path), error.strerror or str(error))


def read_bytes(  # noqa: PLR0913 - all but the bytes are keywords
    data: bytes,
    *,
    name: str,
    content_type: str | None = None,
    stated: Metadata = NOTHING_STATED,
    owner: str = OPERATOR,
    limits: Limits = DEFAULT_LIMITS,
) -> Iterator[Article | ReadError]:
    """As read_path, for bytes from elsewhere. `content_type` may carry a charset, and counts where `name` has no
    suffix that is known.
    """
    origin = Origin(name, name, stated, owner, limits)
    yield from _read(data, _format(name, content_type), origin, _charset(content_type))


def read_web_page(
    data: bytes,
    address: str,
    *,
    content_type: str | None = None,
    stated: Metadata = NOTHING_STATED,
    owner: str = OPERATOR,
) -> Article:
    """As read_bytes, for what must be a page whatever its address ends in. Raises ReadError."""
    read = next(_read(data, _PAGE, Origin(address, address, stated, owner), _charset(content_type)))
    if isinstance(read, ReadError):
        raise read
    return read


def _walk(folder: Path, root: Path) -> Iterator[Path]:
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith(".") or not _leads_inside(entry, root):
            continue
        if entry.is_dir() and not entry.is_symlink():
            yield from _walk(entry, root)
        elif entry.is_file() and _format(entry.name, None) and not entry.name.endswith(SIDECAR_SUFFIX):
            yield entry


def _leads_inside(entry: Path, root: Path) -> bool:
    try:
        return entry.resolve().is_relative_to(root)
    except (OSError, RuntimeError):  # a link to itself
        return False


def _format(name: str, content_type: str | None) -> str | None:
    suffixes = [suffix.lower() for suffix in Path(name).suffixes]
    if suffixes and suffixes[-1] == ".gz":
        suffixes.pop()
    by_name = _SUFFIXES.get(suffixes[-1]) if suffixes else None
    return by_name or _TYPES.get((content_type or "").partition(";")[0].strip().lower())


def _charset(content_type: str | None) -> str | None:
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", content_type or "", re.IGNORECASE)
    return charset[1] if charset else None


def _read(data: bytes, form: str | None, origin: Origin, charset: str | None = None) -> Iterator[Article | ReadError]:
    try:
        if form is None:
            raise ReadError(origin.name, f"isn't of a format that can be read ({', '.join(_SUFFIXES)}, each also .gz)")
        data = _unpacked(data, origin)
        if len(data) > origin.limits.file:
            raise ReadError(origin.name, f"is larger than {in_words(origin.limits.file)}")
        if form == _LINES:
            yield from records.read_lines(io.BytesIO(data), origin)
        elif form == _JSON:
            yield from records.read_document(data, origin)
        else:
            yield finish(_draft(data, form, origin, charset), origin)
    except ReadError as error:
        yield error
    except (Undecodable, UnreadableMarkdown, UnreadablePage) as error:
        yield ReadError(origin.name, str(error))


def _draft(data: bytes, form: str, origin: Origin, charset: str | None) -> Draft:
    limits = origin.limits
    if form == _PAGE and len(data) > limits.page:
        raise ReadError(origin.name, f"is a page of more than {in_words(limits.page)}")
    if form == _PAGE:
        charset = charset or declared_in_page(data)
    text = decode(data, charset)
    if form != _PAGE and len(text) > limits.text:
        raise ReadError(origin.name, f"its text is longer than {in_words(limits.text)}")
    draft = _DRAFTERS[form](text)
    return draft if draft.title else replace(draft, title=Path(origin.name).name.partition(".")[0])


def _unpacked(data: bytes, origin: Origin) -> bytes:
    """One layer of gzip, and no more than the limit of it."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            return stream.read(origin.limits.file + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise ReadError(origin.name, f"isn't valid gzip ({error})") from None
