"""Read articles from JSON: one object, a list of them, or one a line. The text is kept character for character."""

import json
from collections.abc import Iterator
from typing import IO

from retrieval.domain import Article
from retrieval.errors import ReadError, size_in_words
from retrieval.readers.decoding import decode
from retrieval.readers.drafts import ArticleDraft, ReadContext, make_article
from retrieval.readers.unreadable import UnreadableContent

_STRINGS = ("id", "title", "text", "publisher", "published", "modified", "url", "summary", "language")
_REQUIRED = ("title", "text")
_ID_LENGTH = 200
MOST_BROKEN = 1000
"""Broken lines or items in a row after which a file is given up: one of a few bytes each may hold millions."""
_CONTAINERS = 200_000  # brackets of one document or line; each list takes 60 bytes or more, however short it is written
_VALUES = 1_000_000  # commas of one document or line


def read_json_lines(stream: IO[bytes], context: ReadContext) -> Iterator[Article | ReadError]:
    """Yield one article a line; a ReadError that names the line for a broken one."""
    yield from _given_up(_lines(stream, context), context)


def _lines(stream: IO[bytes], context: ReadContext) -> Iterator[Article | ReadError]:
    limit = context.limits.line
    number = 0
    while line := stream.readline(limit + 1):
        number += 1
        where = f"{context.name}, line {number}"
        if len(line) > limit:
            while line and not line.endswith(b"\n"):
                line = stream.readline(limit)
            yield ReadError(where, f"is longer than {size_in_words(limit)}")
        elif line.strip():
            yield _read(line, where, context)


def read_json_document(data: bytes, context: ReadContext) -> Iterator[Article | ReadError]:
    """Yield the articles of one JSON object, or of a list of them."""
    try:
        value = _parse(data, context.name)
    except ReadError as error:
        yield error
        return
    if not isinstance(value, list):
        yield _article(value, context.name, context)
        return
    items = (_article(item, f"{context.name}, item {number}", context) for number, item in enumerate(value, start=1))
    yield from _given_up(items, context)


def _given_up(found: Iterator[Article | ReadError], context: ReadContext) -> Iterator[Article | ReadError]:
    """Yield what is found up to so many broken lines or items in a row: it isn't a file of articles."""
    broken = 0
    for each in found:
        yield each
        broken = broken + 1 if isinstance(each, ReadError) else 0
        if broken == MOST_BROKEN:
            yield ReadError(context.name, f"isn't read behind {MOST_BROKEN:,} broken ones in a row")
            return


def _read(line: bytes, where: str, context: ReadContext) -> Article | ReadError:
    try:
        return _article(_parse(line, where), where, context)
    except ReadError as error:
        return ReadError(error.source, error.reason)  # without what it was raised through: there may be many


def _parse(data: bytes, where: str) -> object:
    try:
        text = decode(data)
        if text.count("[") + text.count("{") > _CONTAINERS or text.count(",") > _VALUES:
            raise ReadError(where, "holds more lists or values than articles have")
        return json.loads(text, parse_constant=_refuse)
    except UnreadableContent as error:
        raise ReadError(where, str(error)) from None
    except RecursionError:
        raise ReadError(where, "is nested too deeply") from None
    except ValueError as error:
        raise ReadError(where, f"isn't valid JSON: {str(error)[:200]}") from None


def _refuse(constant: str) -> object:
    raise ValueError(f"{constant} isn't a JSON value")


def _article(value: object, where: str, context: ReadContext) -> Article | ReadError:
    try:
        draft = _draft(value, where)
        key = f"{context.key or context.name}#{draft.title}"
        return make_article(draft, context, where=where, key=key)
    except ReadError as error:
        return ReadError(error.source, error.reason)  # without what it was raised through: there may be many


def _draft(value: object, where: str) -> ArticleDraft:
    if not isinstance(value, dict):
        raise ReadError(where, "must be a JSON object")
    fields = _strings(value, where)
    if "id" in fields and not _usable_id(fields["id"]):
        raise ReadError(f"{where}, field id", f"must be 1 to {_ID_LENGTH} printable characters")
    return ArticleDraft(
        text=fields["text"],
        title=fields["title"],
        id=fields.get("id"),
        authors=_authors(value.get("authors"), where),
        publisher=fields.get("publisher"),
        published=(fields.get("published", ""),),
        modified=(fields.get("modified", ""),),
        url=fields.get("url"),
        summary=fields.get("summary"),
        language=fields.get("language"),
    )


def _strings(value: dict[str, object], where: str) -> dict[str, str]:
    for name in _REQUIRED:
        if value.get(name) is None:
            raise ReadError(f"{where}, field {name}", "is missing")
    fields: dict[str, str] = {}
    for name in _STRINGS:
        if (field := value.get(name)) is not None:
            if not isinstance(field, str):
                raise ReadError(f"{where}, field {name}", "must be a string")
            fields[name] = field
    return fields


def _usable_id(value: str) -> bool:
    return 0 < len(value) <= _ID_LENGTH and value.isprintable() and value == value.strip()


def _authors(value: object, where: str) -> tuple[str, ...]:
    if value is None:
        return ()
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list) and all(isinstance(name, str) for name in value):
        return tuple(value)
    raise ReadError(f"{where}, field authors", "must be a list of strings")
