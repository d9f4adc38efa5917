"""Read files, folders and bytes into articles.

What can't be read becomes a ReadError that is yielded instead of an article, so that the rest goes on.
"""

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO

from retrieval.domain import OPERATOR, Article
from retrieval.errors import ReadError, size_in_words
from retrieval.readers.binary.documents import read_document
from retrieval.readers.binary.epub import read_epub
from retrieval.readers.decoding import charset_of, decode
from retrieval.readers.drafts import ArticleDraft, ReadContext, make_article
from retrieval.readers.file_types import (
    DOCX,
    EPUB,
    JSON,
    LINES,
    MARKDOWN,
    PAGE,
    PDF,
    STREAMED,
    SUFFIXES,
    TEXT,
    WARC,
    detect_format,
)
from retrieval.readers.limits import DEFAULT_LIMITS, ReaderLimits
from retrieval.readers.metadata import NOTHING_STATED, SIDECAR_SUFFIX, StatedMetadata, read_sidecar
from retrieval.readers.pages.reading import draft_page
from retrieval.readers.text_files.json_articles import read_json_document, read_json_lines
from retrieval.readers.text_files.markdown import read_markdown
from retrieval.readers.text_files.saved_text import read_saved_text
from retrieval.readers.unpacking import gunzipped
from retrieval.readers.unreadable import UnreadableContent
from retrieval.readers.warc.warc_reader import read_wacz, read_warc
from retrieval.reasons import Reason, ReasonCode

_TEXT_PARSERS: dict[str, Callable[[str], ArticleDraft]] = {TEXT: read_saved_text, MARKDOWN: read_markdown}


def find_files(paths: Sequence[Path]) -> Iterator[Path]:
    """Yield each path that is a file, and the files in folders at any depth, in sorted order.

    Left out of folders: hidden files, sidecars, formats without a reader, and links that lead out of the folder.
    A path that doesn't exist is yielded too, so that read_path reports it.
    """
    for path in paths:
        if path.is_dir():
            yield from _walk(path, path.resolve())
        else:
            yield path


def read_path(
    path: Path, *, stated: StatedMetadata = NOTHING_STATED, owner: str = OPERATOR, limits: ReaderLimits = DEFAULT_LIMITS
) -> Iterator[Article | ReadError]:
    """Yield the articles of one file, and a ReadError for each broken one. Raises nothing for the file's content."""
    try:
        context = ReadContext(str(path), str(path.absolute()), stated.over(read_sidecar(path)), owner, limits)
        if not path.exists():
            raise ReadError(str(path), "no such file")
        if not path.is_file():
            raise ReadError(str(path), "isn't a regular file")
        form = detect_format(path.name)
        with path.open("rb") as stream:
            if form in STREAMED and (form != LINES or path.suffix != ".gz"):
                yield from _read_stream(stream, path.stat().st_size, form, context)
            else:
                yield from _read(stream.read(limits.file + 1), form, context)
    except ReadError as error:
        yield error
    except OSError as error:
        yield ReadError(str(path), error.strerror or str(error))
    except Exception as error:  # whatever a parser makes of one file, the others go on
        yield ReadError(str(path), f"can't be read ({type(error).__name__}: {str(error)[:200]})")


def read_bytes(  # noqa: PLR0913 - all but the bytes are keywords
    data: bytes,
    *,
    name: str,
    content_type: str | None = None,
    stated: StatedMetadata = NOTHING_STATED,
    owner: str = OPERATOR,
    limits: ReaderLimits = DEFAULT_LIMITS,
) -> Iterator[Article | ReadError]:
    """Yield the articles in `data` as read_path does for a file.

    `content_type` may carry a charset; its type counts where `name` has no known suffix.
    """
    context = ReadContext(name, name, stated, owner, limits)
    yield from _read(data, detect_format(name, content_type), context, charset_of(content_type))


def read_web_page(
    data: bytes,
    address: str,
    *,
    content_type: str | None = None,
    stated: StatedMetadata = NOTHING_STATED,
    owner: str = OPERATOR,
) -> Article:
    """Return the article of an HTML page, whatever the suffix of its address. Raises ReadError."""
    read = next(_read(data, PAGE, ReadContext(address, address, stated, owner), charset_of(content_type)))
    if isinstance(read, ReadError):
        raise read
    return read


def _walk(folder: Path, root: Path) -> Iterator[Path]:
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith(".") or not _stays_inside(entry, root):
            continue
        if entry.is_dir() and not entry.is_symlink():
            yield from _walk(entry, root)
        elif entry.is_file() and detect_format(entry.name) and not entry.name.endswith(SIDECAR_SUFFIX):
            yield entry


def _stays_inside(entry: Path, root: Path) -> bool:
    try:
        return entry.resolve().is_relative_to(root)
    except (OSError, RuntimeError):  # a link to itself
        return False


def _read_stream(stream: IO[bytes], size: int, form: str, context: ReadContext) -> Iterator[Article | ReadError]:
    """Yield the articles of a format with many articles in a file, of any length."""
    if form == LINES:
        yield from read_json_lines(stream, context)
    elif form == WARC:
        yield from read_warc(stream, size, context)
    else:
        yield from read_wacz(stream, size, context)


def _read(
    data: bytes, form: str | None, context: ReadContext, charset: str | None = None
) -> Iterator[Article | ReadError]:
    try:
        if form is None:
            raise ReadError(context.name, Reason.of(ReasonCode.FORMAT_UNKNOWN, formats=", ".join(SUFFIXES)))
        data = data if form == WARC else gunzipped(data, context.limits.file)
        if len(data) > context.limits.file:
            raise ReadError(context.name, Reason.of(ReasonCode.TOO_LARGE, size=size_in_words(context.limits.file)))
        if form in STREAMED:
            yield from _read_stream(io.BytesIO(data), len(data), form, context)
        elif form == JSON:
            yield from read_json_document(data, context)
        else:
            draft = _draft(data, form, context, charset)
            titled = draft if draft.title else replace(draft, title=Path(context.name).name.partition(".")[0])
            yield make_article(titled, context)
    except ReadError as error:
        yield error
    except UnreadableContent as error:
        yield ReadError(context.name, str(error))


def _draft(data: bytes, form: str, context: ReadContext, charset: str | None) -> ArticleDraft:
    limits = context.limits
    if form == PAGE:
        return draft_page(data, charset, limits)
    if form in (PDF, DOCX):
        return read_document(data, form, limits)
    if form == EPUB:
        return read_epub(data, limits)
    text = decode(data, charset)
    if len(text) > limits.text:
        raise UnreadableContent(f"its text is longer than {size_in_words(limits.text)}")
    return _TEXT_PARSERS[form](text)
