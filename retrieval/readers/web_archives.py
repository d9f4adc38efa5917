"""WARC and WACZ, what web archiving tools write: every web page in them is an article."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import IO

from retrieval.domain import Article
from retrieval.errors import ReadError
from retrieval.readers.captures import BROKEN, BrokenRecord, Capture, captures
from retrieval.readers.dates import normal_date
from retrieval.readers.decoding import charset_of
from retrieval.readers.drafts import Origin, finish
from retrieval.readers.identity import same_site
from retrieval.readers.packages import Package, UnreadablePackage
from retrieval.readers.pages.drafting import draft_page

_RECORDS = (".warc", ".warc.gz")


def read_warc(stream: IO[bytes], size: int, origin: Origin) -> Iterator[Article | ReadError]:
    """`stream` can be sought in and holds `size` bytes. A broken record is a ReadError with its number."""
    none = True
    for number, found in captures(stream, size, origin.limits.page):
        none = False
        where = f"{origin.name}, record {number}"
        yield ReadError(where, found.reason) if isinstance(found, BrokenRecord) else _article(found, where, origin)
    if none:
        yield ReadError(origin.name, "holds no web pages")


def read_wacz(stream: IO[bytes], origin: Origin) -> Iterator[Article | ReadError]:
    """A zip package of WARC files."""
    try:
        package = Package(stream, origin.limits.file)
        members = list(package.named(_RECORDS))
        if not members:
            yield ReadError(origin.name, "holds no WARC files")
        for info in members:
            with package.open(info) as member:
                yield from read_warc(member, info.file_size, replace(origin, name=f"{origin.name}, {info.filename}"))
    except UnreadablePackage as error:
        yield ReadError(origin.name, str(error))
    except BROKEN as error:
        yield ReadError(origin.name, f"can't be unpacked ({error})")


def _article(capture: Capture, where: str, origin: Origin) -> Article | ReadError:
    """Known by its address, or by another of its own site that it calls the canonical one; a date after the day on
    which it was captured can't be."""
    try:
        draft = draft_page(capture.content, charset_of(capture.content_type), origin.limits, where)
        if not (draft.url and same_site(draft.url, capture.address)):
            draft = replace(draft, url=capture.address)
        captured = replace(origin, now=_moment(capture.date, origin.now))
        return finish(draft, captured, where=where, key=f"{origin.key} {where}")
    except ReadError as error:
        return error


def _moment(written: str, now: datetime) -> datetime:
    """`now` where the date isn't one that can be."""
    normal = normal_date(written, now) or ""
    moment = datetime.fromisoformat(normal) if "T" in normal else now
    return moment if moment.tzinfo else now
