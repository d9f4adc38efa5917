"""Parse the header of a page saved as text: summary, dates and authors before the body."""

from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.readers.bylines import looks_like_a_name, parse_authors
from retrieval.readers.dates import find_date
from retrieval.readers.text_files.header_lines import LineKind, line_kind, part_kind, split_parts

_HEADER_LINES = 16  # how many lines a header may have


@dataclass(frozen=True, slots=True)
class SavedHeader:
    """The header's values. `end` is the number of the first line behind it."""

    end: int
    summary: str | None = None
    published: tuple[str, ...] = ()
    modified: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()


def parse_header(lines: Sequence[str], start: int, title: str) -> SavedHeader:
    """Return the header that begins at line `start`.

    It ends with the last line that only a header has, with at most one line of prose (the summary) before it.
    """
    end, prose = start, 0
    kinds: dict[int, LineKind] = {}
    for number in range(start, len(lines)):
        if not (line := lines[number].strip()):
            continue
        kind = kinds[number] = line_kind(line, title)
        prose += kind is LineKind.PROSE
        if prose > 1 or len(kinds) > _HEADER_LINES:
            break
        if kind not in {LineKind.PROSE, LineKind.UNKNOWN}:
            end = number + 1
    return _values({number: kind for number, kind in kinds.items() if number < end}, lines, end)


def _values(kinds: dict[int, LineKind], lines: Sequence[str], end: int) -> SavedHeader:
    parts: dict[LineKind, list[str]] = {kind: [] for kind in LineKind}
    for number, kind in kinds.items():
        line = lines[number].strip()
        if kind in {LineKind.PROSE, LineKind.UNKNOWN}:
            parts[kind].append(line)
            continue
        for part in split_parts(line):
            parts[part_kind(part)].append(part)
    names = [line for line in parts[LineKind.UNKNOWN] if looks_like_a_name(line)]
    sentences = parts[LineKind.PROSE] + [line for line in parts[LineKind.UNKNOWN] if len(line.split()) > 5]
    published, modified = _dates(parts[LineKind.DATE]), _dates(parts[LineKind.UPDATED])
    return SavedHeader(
        end=end,
        summary=sentences[0] if sentences else None,
        published=published or modified,
        modified=modified,
        authors=parse_authors(parts[LineKind.BYLINE] or names[:1]),
    )


def _dates(parts: Sequence[str]) -> tuple[str, ...]:
    return tuple(date for part in parts if (date := find_date(part)))
