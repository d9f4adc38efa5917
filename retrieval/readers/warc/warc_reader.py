"""Read web archives (WARC and WACZ): every captured web page is an article."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import IO

from retrieval.domain import Article
from retrieval.errors import ReadError
from retrieval.readers.binary.zip_package import ZipPackage
from retrieval.readers.dates import normalise_date
from retrieval.readers.decoding import charset_of
from retrieval.readers.drafts import ReadContext, make_article
from retrieval.readers.identity import same_site
from retrieval.readers.pages.reading import draft_page
from retrieval.readers.unpacking import BLOCK, RATIO, UnpackQuota
from retrieval.readers.unreadable import UnreadableContent
from retrieval.readers.warc.warc_records import DAMAGE_ERRORS, BrokenWarcRecord, CapturedPage, read_captures

_WARC_SUFFIXES = (".warc", ".warc.gz")


def read_warc(
    stream: IO[bytes], size: int, context: ReadContext, quota: UnpackQuota | None = None
) -> Iterator[Article | ReadError]:
    """Yield the articles of a WARC file, and a ReadError with its number for each broken record.

    `stream` is seekable and holds `size` bytes. It may unpack to `quota`, by default to 50 times its size.
    """
    none, quota = True, quota or _quota(size)
    for number, found in read_captures(stream, size, context.limits.page, quota):
        none = False
        where = f"{context.name}, record {number}"
        yield ReadError(where, found.reason) if isinstance(found, BrokenWarcRecord) else _article(found, where, context)
    if none:
        yield ReadError(context.name, "holds no web pages")


def read_wacz(stream: IO[bytes], size: int, context: ReadContext) -> Iterator[Article | ReadError]:
    """Yield the articles of all WARC files in a WACZ package of `size` bytes.

    What is unpacked of the package and of the WARC files in it counts against one quota, 50 times its size.
    """
    quota = _quota(size)
    try:
        package = ZipPackage(stream, context.limits.file, quota)
        members = list(package.named(_WARC_SUFFIXES))
        if not members:
            yield ReadError(context.name, "holds no WARC files")
        for info in members:
            with package.open(info) as member:
                inner = replace(context, name=f"{context.name}, {info.filename}")
                yield from read_warc(member, info.file_size, inner, quota)
    except UnreadableContent as error:
        yield ReadError(context.name, str(error))
    except DAMAGE_ERRORS as error:
        yield ReadError(context.name, f"can't be unpacked ({error})")


def _quota(size: int) -> UnpackQuota:
    return UnpackQuota(RATIO * max(size, BLOCK))


def _article(page: CapturedPage, where: str, context: ReadContext) -> Article | ReadError:
    """Return the article of a captured page.

    Its address is the captured one, or the canonical one that it names on the same site. Dates after the day of the
    capture are rejected.
    """
    try:
        draft = draft_page(page.content, charset_of(page.content_type), context.limits)
        if not (draft.url and same_site(draft.url, page.address)):
            draft = replace(draft, url=page.address)
        captured = replace(context, now=_capture_time(page.date, context.now))
        return make_article(draft, captured, where=where, key=f"{context.key} {where}")
    except ReadError as error:
        return error
    except UnreadableContent as error:
        return ReadError(where, str(error))


def _capture_time(written: str, now: datetime) -> datetime:
    """Return the moment of the capture; `now` where its date is invalid."""
    normal = normalise_date(written, now) or ""
    moment = datetime.fromisoformat(normal) if "T" in normal else now
    return moment if moment.tzinfo else now
