"""Fetch the present listing of a source."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from retrieval.domain import SourceKind
from retrieval.errors import FetchError, ReadError
from retrieval.fetching import CacheValidators, Fetcher, FetchResult
from retrieval.readers.files import find_files
from retrieval.readers.metadata import SIDECAR_SUFFIX
from retrieval.sources.listing_entries import ListingEntry, SourceListing, limit_to_site
from retrieval.sources.sitemaps import ENTRIES
from retrieval.sources.source_reader import SourceReader
from retrieval.store.sources import Source


def fetch_listing(source: Source, fetcher: Fetcher, reader: SourceReader) -> SourceListing:
    """Return what a source lists. Raises FetchError and ReadError."""
    match source.kind:
        case SourceKind.FOLDER:
            return SourceListing(tuple(_files(Path(source.address))))
        case SourceKind.PAGE:
            return SourceListing((ListingEntry(key=source.address, address=source.address),))
    fetched = fetcher.fetch(source.address, known=CacheValidators(source.etag, source.last_modified))
    if fetched.unchanged:
        return SourceListing(None, fetched.validators, fetched.moved_to)
    if source.kind is SourceKind.FEED:
        entries = reader.feed(fetched.data, fetched.url, fetched.content_type)
        return SourceListing(_believed(entries, fetched), fetched.validators, fetched.moved_to)
    found = reader.sitemap(fetched.data, fetched.url)
    if found.maps:
        return _index(found.maps, fetched, fetcher, reader)
    return SourceListing(_believed(found.entries, fetched), fetched.validators, fetched.moved_to)


def _believed(entries: Iterable[ListingEntry], fetched: FetchResult) -> tuple[ListingEntry, ...]:
    return tuple(limit_to_site(entry, fetched.url) for entry in entries)


def _index(maps: Sequence[str], fetched: FetchResult, fetcher: Fetcher, reader: SourceReader) -> SourceListing:
    """Return the entries of all sitemaps of an index. Raises the first failure where none can be read.

    No validators are kept, as an index may stay the same while its sitemaps change.
    """
    every: dict[str, ListingEntry] = {}
    failures: list[FetchError | ReadError] = []
    for address in maps:
        try:
            part = fetcher.fetch(address)
            every |= {entry.key: entry for entry in _believed(reader.sitemap(part.data, address).entries, part)}
        except (FetchError, ReadError) as error:
            failures.append(error)
    if len(failures) == len(maps):
        raise failures[0]
    return SourceListing(tuple(every.values())[:ENTRIES], moved_to=fetched.moved_to, failures=tuple(failures))


def _files(folder: Path) -> Iterator[ListingEntry]:
    if not folder.is_dir():
        raise ReadError(str(folder), "is no folder that can be read")
    for path in find_files([folder]):
        try:
            yield ListingEntry(key=str(path), address=str(path), digest=_stamp(path))
        except OSError:  # it has gone in this moment
            continue


def _stamp(path: Path) -> str:
    """Return sizes and times of a file and its sidecars, which change when one of them does."""
    beside = (path.with_name(name + SIDECAR_SUFFIX) for name in (path.name, path.stem))
    stats = [file.stat() for file in (path, *beside) if file is path or file.is_file()]
    return " ".join(f"{stat.st_size}:{stat.st_mtime_ns}" for stat in stats)
