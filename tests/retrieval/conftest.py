"""Fixtures of retrieval's tests: a clock that stands still, and an empty archive. Modules fill it by overriding."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from retrieval.store.archive import Archive
from tests.retrieval.made_up_archive import Days


@pytest.fixture
def days() -> Days:
    """The archive's clock: it stands at NOON until a test lets days pass by."""
    return Days()


@pytest.fixture
def archive(tmp_path: Path, days: Days) -> Iterator[Archive]:
    """An empty archive in a folder of its own, `data`."""
    archive = Archive.open(tmp_path / "data", days)
    yield archive
    archive.close()
