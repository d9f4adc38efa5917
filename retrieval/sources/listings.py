"""What a source lists now."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from retrieval.errors import FetchError, ReadError
from retrieval.fetching import Fetched, Fetcher, Validators
from retrieval.readers import find_files
from retrieval.readers.metadata import SIDECAR_SUFFIX
from retrieval.sources.entries import Entry, Listing, believed
from retrieval.sources.feeds import read_feed
from retrieval.sources.sitemaps import ENTRIES, read_sitemap
from retrieval.store.sources import Source, SourceKind


def listing(source: Source, fetcher: Fetcher) -> Listing:
    """Raises FetchError and ReadError."""
    match source.kind:
        case SourceKind.FOLDER:
            return Listing(tuple(_files(Path(source.address))))
        case SourceKind.PAGE:
            return Listing((Entry(key=source.address, address=source.address),))
    fetched = fetcher.fetch(source.address, known=Validators(source.etag, source.last_modified))
    if fetched.unchanged:
        return Listing(None, fetched.validators, fetched.moved_to)
    if source.kind is SourceKind.FEED:
        entries = read_feed(fetched.data, fetched.url, fetched.content_type)
        return Listing(_believed(entries, fetched), fetched.validators, fetched.moved_to)
    found = read_sitemap(fetched.data, fetched.url)
    if found.maps:
        return _index(found.maps, fetched, fetcher)
    return Listing(_believed(found.entries, fetched), fetched.validators, fetched.moved_to)


def _believed(entries: Iterable[Entry], fetched: Fetched) -> tuple[Entry, ...]:
    return tuple(believed(entry, fetched.url) for entry in entries)


def _index(maps: Sequence[str], fetched: Fetched, fetcher: Fetcher) -> Listing:
    """It may stay the same while the sitemaps that it names change, so it is never asked whether it did.

    Raises the first failure where none of them can be had.
    """
    every: dict[str, Entry] = {}
    failures: list[FetchError | ReadError] = []
    for address in maps:
        try:
            part = fetcher.fetch(address)
            every |= {entry.key: entry for entry in _believed(read_sitemap(part.data, address).entries, part)}
        except (FetchError, ReadError) as error:
            failures.append(error)
    if len(failures) == len(maps):
        raise failures[0]
    return Listing(tuple(every.values())[:ENTRIES], moved_to=fetched.moved_to, failures=tuple(failures))


def _files(folder: Path) -> Iterator[Entry]:
    if not folder.is_dir():
        raise ReadError(str(folder), "is no folder that can be read")
    for path in find_files([folder]):
        try:
            yield Entry(key=str(path), address=str(path), digest=_stamp(path))
        except OSError:  # it has gone in this moment
            continue


def _stamp(path: Path) -> str:
    """Changes when the file does, or the sidecar beside it."""
    beside = (path.with_name(name + SIDECAR_SUFFIX) for name in (path.name, path.stem))
    stats = [file.stat() for file in (path, *beside) if file is path or file.is_file()]
    return " ".join(f"{stat.st_size}:{stat.st_mtime_ns}" for stat in stats)
