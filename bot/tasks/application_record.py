"""A file that remembers something for each application of Discord that the bot has run as."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any


class ApplicationRecord:
    """A JSON file: ids of applications, and what was remembered last for each. A damaged file counts as empty."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def get(self, application: int) -> Any:
        """Return what was remembered last, None for nothing."""
        return self._read().get(str(application))

    def remember(self, application: int, value: Any) -> None:
        """Keep something in place of what was remembered before."""
        known = {**self._read(), str(application): value}
        self._file.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")

    def is_alone(self, application: int) -> bool:
        """Return whether this application, and no other, is remembered."""
        return set(self._read()) == {str(application)}

    def _read(self) -> Mapping[str, Any]:
        try:
            known = json.loads(self._file.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return {}
        return known if isinstance(known, dict) else {}
