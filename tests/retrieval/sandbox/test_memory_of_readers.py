"""Whatever a file holds that is within the limits, reading it takes no more memory than a small machine has."""

import gzip
from collections.abc import Callable, Iterator

import pytest

from retrieval.domain import Article
from retrieval.errors import ReadError
from retrieval.sandbox import Sandbox, SandboxedReader

ROOM = 1024**3
"""Bytes of address space, of which Python and the libraries take some 500 million."""
MOST = 20 * 1024 * 1024

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def reader() -> Iterator[SandboxedReader]:
    sandbox = Sandbox(memory=ROOM)
    yield SandboxedReader(sandbox, 120.0)
    sandbox.close()


def repeated(piece: str, before: str = "[", behind: str = "0]", times: int = 10**9) -> bytes:
    room = MOST - len((before + behind).encode())
    return (before + piece * min(times, room // len(piece.encode())) + behind).encode()


def numbered(piece: Callable[[int], str], before: str, behind: str, times: int) -> bytes:
    return (before + "".join(map(piece, range(times))) + behind).encode()


JSON = {
    "numbers": repeated("1.5,", times=999_000),
    "long numbers": repeated("9" * 4000 + ","),
    "a number without end": repeated("9"),
    "empty lists": repeated("[],", times=199_000),
    "small objects": repeated('{"a":1,"b":2,"c":3,"d":4},', times=199_000),
    "many keys": numbered(lambda n: f'"k{n}":0,', "{", '"z":0}', 990_000),
    "many texts": numbered(lambda n: f'"é{n}",', "[", "0]", 990_000),
    "one long text": repeated("\U0001f6a2", '{"title":"T","text":"', '"}'),
    "escapes": repeated("\\ud83d\\udea2", '{"title":"T","text":"', '"}'),
    "deep lists": repeated("[", "", ""),
    "deep objects": repeated('{"a":', "", "", times=150_000),
    "one key again": repeated('"text":"x",', '{"title":"T",', '"text":"x"}', times=900_000),
}
LINES = {
    "one long line": repeated("\U0001f6a2", '{"title":"T","text":"', '"}'),
    "lines of nothing": repeated("\n", "", ""),
    "small lines": repeated('{"title":"T","text":"x"}\n', "", "", times=50_000),
}


@pytest.mark.timeout(600)
@pytest.mark.parametrize("shape", JSON)
def test_packed_json_of_any_shape_is_read_in_little_memory(reader: SandboxedReader, shape: str) -> None:
    found = list(reader.read_bytes(gzip.compress(JSON[shape], 1), name="story.json.gz"))
    assert found
    assert all(isinstance(one, Article | ReadError) for one in found)
    assert [one for one in found if isinstance(one, ReadError) and "memory" in str(one)] == []


@pytest.mark.timeout(600)
@pytest.mark.parametrize("shape", LINES)
def test_json_lines_of_any_shape_are_read_in_little_memory(reader: SandboxedReader, shape: str) -> None:
    for one in reader.read_bytes(LINES[shape], name="story.jsonl"):
        assert isinstance(one, Article | ReadError)
        assert not (isinstance(one, ReadError) and "memory" in str(one))
