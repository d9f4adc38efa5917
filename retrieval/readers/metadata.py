"""Metadata that the operator states about an article, by flags or a sidecar file; it wins over the article's own."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from retrieval.errors import ReadError

SIDECAR_SUFFIX = ".meta.json"
_SIDECAR_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class StatedMetadata:
    """Stated metadata; None or empty where nothing was stated. `published` is any date that dates.py reads."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    published: str | None = None
    url: str | None = None

    def over(self, other: "StatedMetadata") -> "StatedMetadata":
        """Return this metadata with its gaps filled from `other`."""
        return StatedMetadata(
            title=self.title or other.title,
            authors=self.authors or other.authors,
            publisher=self.publisher or other.publisher,
            published=self.published or other.published,
            url=self.url or other.url,
        )


NOTHING_STATED = StatedMetadata()


def read_sidecar(path: Path) -> StatedMetadata:
    """Return the metadata in `NAME.meta.json` beside the file NAME (or NAME.txt); empty where there is no sidecar.

    Raises ReadError, naming the sidecar and the field, if it isn't a JSON object of strings.
    """
    for sidecar in (path.with_name(path.name + SIDECAR_SUFFIX), path.with_name(path.stem + SIDECAR_SUFFIX)):
        if sidecar.is_file():
            return _parse_sidecar(sidecar)
    return NOTHING_STATED


def _parse_sidecar(sidecar: Path) -> StatedMetadata:
    try:
        with sidecar.open("rb") as file:
            data = file.read(_SIDECAR_BYTES + 1)
        if len(data) > _SIDECAR_BYTES:
            raise ReadError(str(sidecar), f"is larger than {_SIDECAR_BYTES // 1024} KB")
        values = json.loads(data)
    except (OSError, ValueError, RecursionError) as error:
        raise ReadError(str(sidecar), f"can't be read as JSON ({error})") from None
    if not isinstance(values, dict):
        raise ReadError(str(sidecar), "must hold one JSON object")
    return metadata_from(values, str(sidecar))


def metadata_from(values: Mapping[str, object], source: str) -> StatedMetadata:
    """Return metadata from a mapping. Raises ReadError for an unknown field or one that isn't a string.

    `authors` may be a string or a list of strings.
    """
    known = {field.name for field in fields(StatedMetadata)}
    for name, value in values.items():
        if name not in known:
            raise ReadError(f"{source}, field {name}", f"isn't one of {', '.join(sorted(known))}")
        if not (value is None or isinstance(value, str) or (name == "authors" and _is_strings(value))):
            raise ReadError(f"{source}, field {name}", "must be a string")
    authors = values.get("authors") or ()
    plain = {name: value for name, value in values.items() if name != "authors"}
    return StatedMetadata(authors=(authors,) if isinstance(authors, str) else tuple(authors), **plain)  # type: ignore[arg-type]


def _is_strings(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)
