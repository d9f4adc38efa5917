from collections.abc import Iterator

import pytest

from tests.retrieval.fetching.raw_server import INSIDE, OUTSIDE, RawServer, running


@pytest.fixture
def outside() -> Iterator[RawServer]:
    with running(OUTSIDE) as server:
        yield server


@pytest.fixture
def inside() -> Iterator[RawServer]:
    """What the network would hide: a service on loopback."""
    with running(INSIDE) as server:
        yield server
