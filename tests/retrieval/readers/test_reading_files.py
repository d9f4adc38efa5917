"""Files and folders: what is found, what is refused and how it is said."""

import gzip
import json
import os
import tracemalloc
from pathlib import Path

import pytest

from retrieval.domain import Article
from retrieval.errors import ReadError
from retrieval.readers import file_types, files
from retrieval.readers.files import find_files, read_bytes, read_path
from retrieval.readers.limits import ReaderLimits
from retrieval.readers.metadata import StatedMetadata

BODY = "Bridge reopens\n\nIt was opened on Monday."


def only(path: Path, **options: object) -> Article | ReadError:
    (found,) = read_path(path, **options)  # type: ignore[arg-type]
    return found


def refused(path: Path, **options: object) -> str:
    found = only(path, **options)
    assert isinstance(found, ReadError)
    assert str(path) in found.source
    return str(found.reason)


def article(path: Path, **options: object) -> Article:
    found = only(path, **options)
    assert isinstance(found, Article), found
    return found


def test_folders_are_walked_in_order_without_hidden_files_and_sidecars(tmp_path: Path) -> None:
    for name in (
        "b/2.md",
        "b/1.html.gz",
        "a.TXT",
        ".hidden.txt",
        ".git/x.txt",
        "a.TXT.meta.json",
        "photo.jpg",
        "c.jsonl",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    found = [str(path.relative_to(tmp_path)) for path in find_files([tmp_path])]
    assert found == ["a.TXT", "b/1.html.gz", "b/2.md", "c.jsonl"]


def test_links_that_lead_out_of_a_folder_are_left_out(tmp_path: Path) -> None:
    secret, folder = tmp_path / "secret.txt", tmp_path / "articles"
    secret.write_text(BODY)
    folder.mkdir()
    (folder / "real.txt").write_text(BODY)
    (folder / "inside.txt").symlink_to(folder / "real.txt")
    (folder / "out.txt").symlink_to(secret)
    (folder / "up").symlink_to(tmp_path)
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    assert [path.name for path in find_files([folder])] == ["inside.txt", "real.txt"]


def test_what_cannot_be_read_is_said_in_words(tmp_path: Path) -> None:
    assert refused(tmp_path / "none.txt") == "no such file"
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8")
    assert "isn't of a format" in refused(tmp_path / "photo.jpg")
    (tmp_path / "nul.txt").write_bytes(b"abc\0def")
    assert "isn't text" in refused(tmp_path / "nul.txt")
    (tmp_path / "empty.md").write_bytes(b"")
    assert refused(tmp_path / "empty.md") == "holds no text"
    os.mkfifo(tmp_path / "pipe.txt")
    assert refused(tmp_path / "pipe.txt") == "isn't a regular file"


def test_sizes_are_bounded(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("word " * 1000)
    assert "is larger than" in refused(path, limits=ReaderLimits(file=1000))
    assert "text is longer than" in refused(path, limits=ReaderLimits(text=1000))


def test_a_gzip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.html.gz"
    path.write_bytes(gzip.compress(b"0" * 30_000_000))
    assert "unpacks to more than" in refused(path)


def test_gzip_is_unpacked_once_and_must_be_whole(tmp_path: Path) -> None:
    path = tmp_path / "bridge.txt.gz"
    path.write_bytes(gzip.compress(BODY.encode()))
    assert article(path).title == "Bridge reopens"
    path.write_bytes(gzip.compress(gzip.compress(BODY.encode())))
    assert "isn't text" in refused(path)
    path.write_bytes(gzip.compress(BODY.encode())[:-9])
    assert "gzip" in refused(path)


@pytest.mark.parametrize("sidecar", ["bridge.txt.meta.json", "bridge.meta.json"])
def test_a_sidecar_tells_what_the_file_cannot_and_flags_win_over_it(tmp_path: Path, sidecar: str) -> None:
    path = tmp_path / "bridge.txt"
    path.write_text(BODY)
    stated = {"publisher": "The Beacon", "authors": ["Ada Roe"], "published": "3 March 2020", "title": "Sidecar"}
    (tmp_path / sidecar).write_text(json.dumps(stated))
    found = article(path, stated=StatedMetadata(title="Flag"))
    assert (found.title, found.publisher, found.authors) == ("Flag", "The Beacon", ("Ada Roe",))
    assert found.published == "2020-03-03"


@pytest.mark.parametrize("content", ["{", "[]", '{"editor": "x"}', '{"title": 5}', '{"published": "31 Feb 2020"}'])
def test_a_broken_sidecar_is_named_and_its_file_not_taken(tmp_path: Path, content: str) -> None:
    (tmp_path / "bridge.txt").write_text(BODY)
    (tmp_path / "bridge.txt.meta.json").write_text(content)
    assert refused(tmp_path / "bridge.txt")


def test_an_id_stays_when_the_text_changes_and_differs_between_owners(tmp_path: Path) -> None:
    path = tmp_path / "bridge reopens.txt"
    path.write_text(BODY)
    first = article(path)
    path.write_text("Another title\n\nAnother body.")
    assert article(path).id == first.id
    assert first.id.startswith("bridge-reopens-")
    assert article(path, owner="guild:1").id != first.id
    assert article(path, owner="guild:1").owner == "guild:1"


def test_bytes_are_read_by_their_content_type_where_the_name_tells_nothing() -> None:
    (found,) = read_bytes(BODY.encode(), name="https://beacon.example/story", content_type="text/plain; charset=utf-8")
    assert isinstance(found, Article)
    assert found.title == "Bridge reopens"


@pytest.mark.parametrize("charset", ["undefined", "idna", "punycode", "unicode_escape", "utf-7", "zip", "no-such", ""])
def test_a_page_that_names_an_odd_charset_is_read_all_the_same(tmp_path: Path, charset: str) -> None:
    body = "<p>The caf\u00e9 by the harbour was opened again on Monday after eleven years of work, the council said."
    path = tmp_path / "cafe.html"
    path.write_bytes(f"<html><head><meta charset={charset}></head><body><h1>T</h1>{body * 3}".encode("latin-1"))
    assert "caf\u00e9" in article(path).text


def test_a_list_of_a_million_empty_lists_is_refused_before_it_takes_memory(tmp_path: Path) -> None:
    path = tmp_path / "many.json.gz"
    path.write_bytes(gzip.compress(b"[" + b"[]," * 6_000_000 + b"[]]"))
    tracemalloc.start()
    assert "more lists or values than articles have" in refused(path)
    assert tracemalloc.get_traced_memory()[1] < 150_000_000
    tracemalloc.stop()


def test_a_fault_of_a_parser_spoils_one_file_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> None:
        raise KeyError("x")

    (tmp_path / "a.txt").write_text(BODY)
    monkeypatch.setitem(files._TEXT_PARSERS, file_types.TEXT, broken)
    assert refused(tmp_path / "a.txt") == "can't be read (KeyError: 'x')"
