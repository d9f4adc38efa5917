"""Files and folders -> articles. What can't be read becomes a ReadError that is handed on, so the rest goes on."""

import gzip
import io
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO

from retrieval.domain import OPERATOR, Article
from retrieval.errors import ReadError, size_in_words
from retrieval.readers import records
from retrieval.readers.decoding import Undecodable, charset_of, decode
from retrieval.readers.documents import DOCX, PDF, UnreadableDocument, read_document
from retrieval.readers.drafts import Draft, Origin, finish
from retrieval.readers.epub import read_epub
from retrieval.readers.formats import EPUB, JSON, LINES, MARKDOWN, PAGE, STREAMED, SUFFIXES, TEXT, WARC, format_of
from retrieval.readers.limits import DEFAULT_LIMITS, Limits
from retrieval.readers.markdown import UnreadableMarkdown, read_markdown
from retrieval.readers.metadata import NOTHING_STATED, SIDECAR_SUFFIX, Metadata, read_sidecar
from retrieval.readers.packages import UnreadablePackage
from retrieval.readers.pages.drafting import draft_page
from retrieval.readers.pages.tree import UnreadablePage
from retrieval.readers.saved_text import read_saved_text
from retrieval.readers.web_archives import read_wacz, read_warc
from retrieval.reasons import Reason, ReasonCode

_DRAFTERS: dict[str, Callable[[str], Draft]] = {TEXT: read_saved_text, MARKDOWN: read_markdown}
_UNREADABLE = (Undecodable, UnreadableMarkdown, UnreadablePage, UnreadablePackage, UnreadableDocument)


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
        form = format_of(path.name)
        with path.open("rb") as stream:
            if form in STREAMED and (form != LINES or path.suffix != ".gz"):
                yield from _streamed(stream, path.stat().st_size, form, origin)
            else:
                yield from _read(stream.read(limits.file + 1), form, origin)
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
    yield from _read(data, format_of(name, content_type), origin, charset_of(content_type))


def read_web_page(
    data: bytes,
    address: str,
    *,
    content_type: str | None = None,
    stated: Metadata = NOTHING_STATED,
    owner: str = OPERATOR,
) -> Article:
    """As read_bytes, for what must be a page whatever its address ends in. Raises ReadError."""
    read = next(_read(data, PAGE, Origin(address, address, stated, owner), charset_of(content_type)))
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
        elif entry.is_file() and format_of(entry.name) and not entry.name.endswith(SIDECAR_SUFFIX):
            yield entry


def _leads_inside(entry: Path, root: Path) -> bool:
    try:
        return entry.resolve().is_relative_to(root)
    except (OSError, RuntimeError):  # a link to itself
        return False


def _streamed(stream: IO[bytes], size: int, form: str, origin: Origin) -> Iterator[Article | ReadError]:
    """Files of many articles, of any length."""
    if form == LINES:
        yield from records.read_lines(stream, origin)
    elif form == WARC:
        yield from read_warc(stream, size, origin)
    else:
        yield from read_wacz(stream, origin)


def _read(data: bytes, form: str | None, origin: Origin, charset: str | None = None) -> Iterator[Article | ReadError]:
    try:
        if form is None:
            raise ReadError(origin.name, Reason.of(ReasonCode.FORMAT_UNKNOWN, formats=", ".join(SUFFIXES)))
        data = data if form == WARC else _unpacked(data, origin)
        if len(data) > origin.limits.file:
            raise ReadError(origin.name, Reason.of(ReasonCode.TOO_LARGE, size=size_in_words(origin.limits.file)))
        if form in STREAMED:
            yield from _streamed(io.BytesIO(data), len(data), form, origin)
        elif form == JSON:
            yield from records.read_document(data, origin)
        else:
            draft = _draft(data, form, origin, charset)
            named = draft if draft.title else replace(draft, title=Path(origin.name).name.partition(".")[0])
            yield finish(named, origin)
    except ReadError as error:
        yield error
    except _UNREADABLE as error:
        yield ReadError(origin.name, str(error))


def _draft(data: bytes, form: str, origin: Origin, charset: str | None) -> Draft:
    limits = origin.limits
    if form == PAGE:
        return draft_page(data, charset, limits, origin.name)
    if form in (PDF, DOCX):
        return read_document(data, form, limits)
    if form == EPUB:
        return read_epub(data, limits)
    text = decode(data, charset)
    if len(text) > limits.text:
        raise ReadError(origin.name, f"its text is longer than {size_in_words(limits.text)}")
    return _DRAFTERS[form](text)


def _unpacked(data: bytes, origin: Origin) -> bytes:
    """One layer of gzip, and no more than the limit of it."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            return stream.read(origin.limits.file + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise ReadError(origin.name, f"isn't valid gzip ({error})") from None
