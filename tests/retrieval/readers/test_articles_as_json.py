"""JSON Lines and JSON: what is given is kept, what is broken is named."""

import io
import json
from pathlib import Path

import pytest

from retrieval.domain import Article
from retrieval.errors import ReadError
from retrieval.readers.drafts import ReadContext
from retrieval.readers.files import read_bytes, read_path
from retrieval.readers.limits import ReaderLimits
from retrieval.readers.metadata import StatedMetadata
from retrieval.readers.text_files.json_articles import MOST_BROKEN, read_json_lines

TEXT = "First  line \r\nwith\ttabs, \u201cmarks\u201d and a no-break\u00a0space. \n\n"


def lines(*records: object) -> bytes:
    return b"".join(record if isinstance(record, bytes) else json.dumps(record).encode() + b"\n" for record in records)


def read(data: bytes, name: str = "news.jsonl") -> list[Article | ReadError]:
    return list(read_bytes(data, name=name))


def test_text_and_id_are_kept_character_for_character() -> None:
    (article,) = read(lines({"id": "A 1", "title": "Bridge", "text": TEXT}))
    assert isinstance(article, Article)
    assert (article.id, article.text) == ("A 1", TEXT)


def test_all_fields_are_taken_and_dates_normalised() -> None:
    (article,) = read(
        lines(
            {
                "id": "b", "title": "Bridge", "text": "It opened.", "publisher": "The Beacon", "authors": ["Ada Roe"],
                "published": "2024-01-07 01:20:00+00:00", "url": "https://beacon.example/b", "summary": "S",
                "language": "en",
            }
        )
    )  # fmt: skip
    assert isinstance(article, Article)
    assert article.published == "2024-01-07T01:20:00+00:00"
    assert (article.publisher, article.authors, article.summary, article.language) == (
        "The Beacon", ("Ada Roe",), "S", "en",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("record", "source", "reason"),
    [
        (b"{oops\n", "news.jsonl, line 2", "isn't valid JSON"),
        (["a"], "news.jsonl, line 2", "must be a JSON object"),
        ({"title": "T"}, "news.jsonl, line 2, field text", "is missing"),
        ({"title": "T", "text": 5}, "news.jsonl, line 2, field text", "must be a string"),
        ({"title": "T", "text": "x", "authors": [1]}, "news.jsonl, line 2, field authors", "list of strings"),
        ({"title": "T", "text": "x", "id": " "}, "news.jsonl, line 2, field id", "printable"),
        ({"title": "T", "text": " \n"}, "news.jsonl, line 2", "no text"),
        ({"title": "T", "text": "a\0b"}, "news.jsonl, line 2", "NUL"),
        (b'{"title": "T", "text": "a\\ud800b"}\n', "news.jsonl, line 2", "lone surrogate"),
        (b'{"title": "T", "text": "x", "n": NaN}\n', "news.jsonl, line 2", "NaN"),
        (b"[" * 100_000 + b"\n", "news.jsonl, line 2", "nested too deeply"),
    ],
)
def test_a_broken_line_is_named_with_its_field_and_the_rest_goes_on(record: object, source: str, reason: str) -> None:
    good = {"id": "a", "title": "Bridge", "text": "It opened."}
    first, broken, last = read(lines(good, record, {**good, "id": "b"}))
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert isinstance(broken, ReadError)
    assert broken.source == source
    assert reason in str(broken.reason)


def test_a_line_over_the_limit_is_skipped_without_being_held() -> None:
    good = lines({"id": "a", "title": "Bridge", "text": "It opened."})
    stream = io.BytesIO(b"x" * 5000 + b"\n" + good)
    broken, article = read_json_lines(stream, ReadContext("news.jsonl", limits=ReaderLimits(line=1000)))
    assert isinstance(broken, ReadError)
    assert str(broken.reason).startswith("is longer than")
    assert isinstance(article, Article)


def test_an_article_without_id_keeps_the_one_made_from_its_address() -> None:
    record = {"title": "Bridge", "text": "It opened.", "url": "https://beacon.example/2020/bridge-reopens?utm_source=x"}
    (first,) = read(lines(record))
    (second,) = read(lines({**record, "text": "It opened twice.", "url": "https://beacon.example/2020/bridge-reopens"}))
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert first.id == second.id
    assert first.id.startswith("bridge-reopens-")


def test_one_object_and_a_list_are_both_taken_from_json() -> None:
    record = {"id": "a", "title": "Bridge", "text": "It opened."}
    assert [type(found) for found in read(json.dumps(record).encode(), "a.json")] == [Article]
    found = read(json.dumps([record, {}, record]).encode(), "a.json")
    assert [type(one) for one in found] == [Article, ReadError, Article]
    assert str(found[1]).startswith("a.json, item 2, field title")


def test_the_operators_word_wins_over_the_files(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_bytes(lines({"id": "a", "title": "Bridge", "text": "It opened.", "publisher": "Unknown"}))
    (article,) = read_path(path, stated=StatedMetadata(publisher="The Beacon"))
    assert isinstance(article, Article)
    assert (article.publisher, article.source) == ("The Beacon", str(path))


def test_anothers_file_cannot_take_the_id_of_the_operators_article() -> None:
    data = lines({"id": "a", "title": "Bridge", "text": "It opened."})
    (theirs,) = read_bytes(data, name="news.jsonl", owner="guild:1")
    assert isinstance(theirs, Article)
    assert theirs.id != "a"
    assert theirs.owner == "guild:1"


@pytest.mark.parametrize(("name", "data"), [("a.json", b"[" + b"1," * 5_000 + b"1]"), ("a.jsonl", b"{\n" * 5_000)])
def test_a_file_of_nothing_but_broken_ones_is_given_up(name: str, data: bytes) -> None:
    found = list(read_bytes(data, name=name))
    assert len(found) == MOST_BROKEN + 1
    assert str(found[-1]) == f"{name}: isn't read behind 1,000 broken ones in a row"


def test_articles_between_broken_lines_are_read_however_many_there_are() -> None:
    line = b'{"title": "T", "text": "It was dry."}\n'
    found = list(read_bytes((b"{\n" * (MOST_BROKEN - 1) + line) * 3, name="a.jsonl"))
    assert sum(isinstance(one, Article) for one in found) == 3
