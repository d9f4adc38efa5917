"""Whatever a file holds, a reader gives articles or says why not: nothing raises, and what it gives is sound."""

import json
import time

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from retrieval.articles import Article
from retrieval.errors import ReadError
from retrieval.readers import Limits, read_bytes

SECONDS = 60  # of the long run, over all formats
LIMITS = Limits(file=200_000, page=200_000, line=50_000, text=100_000)
NAMES = ("story.txt", "story.md", "story.html", "story.html.gz", "story.json", "story.jsonl", "story.bin")
TOKENS = [
    "<p>", "</p>", "<div class='share ad'>", "<div hidden>", "</div>", "<article>", "<h1>", "<h2>", "<li>", "<br>",
    "<b>", "</b>", "<a href='x'>", "</a>", "<blockquote>", "<figure>", "<table>", "<form>",
    "<script type='application/ld+json'>", "</script>", "<script>", "<!--", "-->", "<![CDATA[",
    "<?xml version='1.0' encoding='utf-16'?>", "<!DOCTYPE x [<!ENTITY a 'b'>]>", "&a;", "&#0;", "&#xD800;", "&quot;",
    "<meta charset=utf-7>", "<meta name=author content='By , and'>", "<html lang=x>",
    "<link rel=canonical href='http://['>", "<title>", "</title>", "<svg>", "<template>", "<frameset>", "<plaintext>",
    "<body>", "<p", "'", '"', "<time datetime='2026-99-99'>", '{"@type": "NewsArticle", "headline": ',
    '"author": {"@id": "#a"}, "@id": "#a"}', "[", "]", "{", "}", ":", ",", "null", "1e999", "NaN",
    '{"id": "a", "title": "T", "text": "x"}', '"text": ', '"title": ', '"\\ud800"', "---\n", "title: ", "- ", "? ",
    "&a ", "*a", "!!python/name:os", "# ", "> ", "`", "*", "_", "[a](b)", "![", "\n", "\n\n", "\r", "\t", " ",
    "By Jane Roe", "3 March 2026", "31 February 0001", "2 min read", "Jane Roe, Political correspondent", "[Getty]",
    "Share", " | ", "The council said on Tuesday that the ferry would stay in service.",
    "\u201cWe keep her,\u201d she said.", "\x00", "\ufeff", "\u202e", "\u2028", "\U0001f6a2", "é", "A" * 300,
    "word " * 50,
]  # fmt: skip

soups = st.lists(st.sampled_from(TOKENS) | st.text(max_size=20), max_size=60).map("".join)
encoded = st.builds(
    lambda text, encoding: text.encode(encoding, "replace"),
    soups,
    st.sampled_from(["utf-8", "utf-16", "cp1252", "utf-8-sig"]),
)
values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=5,
)
records = st.dictionaries(
    st.sampled_from(["id", "title", "text", "authors", "published", "url", "publisher", "x"]),
    values | soups,
    max_size=8,
).map(lambda record: json.dumps(record).encode())
files = st.binary(max_size=400) | encoded | records | st.lists(records, max_size=4).map(b"\n".join)


def check(data: bytes, name: str) -> None:
    for found in read_bytes(data, name=name, limits=LIMITS):
        assert isinstance(found, Article | ReadError)
        if isinstance(found, ReadError):
            assert name in found.source
            assert found.reason
            continue
        assert found.text.strip()
        assert "\0" not in found.text
        assert len(found.text) <= LIMITS.text
        assert found.id.isprintable()
        assert found.title == " ".join(found.title.split())
        assert found.published is None or found.published[:4].isdigit()
        assert found.url is None or found.url.startswith(("http://", "https://"))
        for words in (found.title, found.text, *found.authors, found.publisher or "", found.summary or ""):
            words.encode()


@settings(max_examples=150, deadline=None, derandomize=True)
@given(data=files, name=st.sampled_from(NAMES))
def test_no_file_makes_a_reader_raise(data: bytes, name: str) -> None:
    check(data, name)


@pytest.mark.slow
def test_no_file_makes_a_reader_raise_in_a_minute_of_trying() -> None:
    end, rounds = time.monotonic() + SECONDS, 0
    while time.monotonic() < end:
        rounds += 1

        @seed(rounds)
        @settings(max_examples=200, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(data=files, name=st.sampled_from(NAMES))
        def try_on(data: bytes, name: str) -> None:
            check(data, name)

        try_on()
