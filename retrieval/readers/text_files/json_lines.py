"""Read JSON Lines that people hand in on the command line: questions, texts to check."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from retrieval.errors import ReadError


def read_objects(path: Path, required: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each line's object after the name of the line. Raises ReadError unless the field `required` is a text."""
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(str(path), f"can't be read: {error}") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            source = f"{path}, line {number}"
            yield source, _object(source, line, required)


def _object(source: str, line: str, required: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
        json.dumps(row, ensure_ascii=False).encode()
    except RecursionError:
        raise ReadError(source, "is nested too deeply") from None
    except UnicodeEncodeError:
        raise ReadError(source, "holds a lone surrogate, which is no character") from None
    except ValueError as error:
        raise ReadError(source, f"is not JSON: {error}") from error
    if not isinstance(row, dict) or not isinstance(row.get(required), str):
        raise ReadError(source, f'needs a text in the field "{required}"')
    return row
