"""Whatever a file holds, a reader gives articles or says why not: nothing raises, and what it gives is sound."""

import json
import time

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from retrieval.domain import Article
from retrieval.errors import ReadError
from retrieval.readers.files import read_bytes
from retrieval.readers.limits import ReaderLimits
from tests.retrieval.readers.made_documents import docx, epub, pdf, warc, web_page, zipped

SECONDS = 60  # of the long run, over all formats
LIMITS = ReaderLimits(file=200_000, page=200_000, line=50_000, text=100_000, unpacked=1_000_000)
NAMES = (
    "story.txt", "story.md", "story.html", "story.html.gz", "story.json", "story.jsonl", "story.bin", "story.epub",
    "story.warc", "story.wacz",
)  # fmt: skip
CAPTURES = {"https://beacon.example/1": web_page("Bridge"), "https://beacon.example/2": web_page("Ferry")}
PACKED = {
    "story.epub": epub(["<p>It is dry.</p>", "<p>“It was not,” she said.</p>"]),
    "story.warc": warc(CAPTURES, packed=False),
    "story.warc.gz": warc(CAPTURES),
    "story.wacz": zipped({"archive/data.warc.gz": warc(CAPTURES)}),
}
DOCUMENTS = {"story.pdf": pdf([[["It opened."]], [["She said so."]]]), "story.docx": docx("Bridge", ["It opened."])}
"""Each costs a process of its own."""
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


@st.composite
def damaged(draw: st.DrawFn, whole: dict[str, bytes]) -> tuple[bytes, str]:
    """A real file with some bytes overwritten, cut out or doubled, and its name."""
    name = draw(st.sampled_from(sorted(whole)))
    data = bytearray(whole[name])
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        taken = draw(st.integers(0, 40))
        put = draw(st.binary(max_size=40) | st.just(bytes(data[at : at + 200])))
        data[at : at + taken] = put
    return bytes(data), name


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


@settings(max_examples=150, deadline=None, derandomize=True)
@given(file=damaged(PACKED))
def test_no_damage_to_a_package_or_web_archive_makes_a_reader_raise(file: tuple[bytes, str]) -> None:
    check(*file)


@settings(max_examples=10, deadline=None, derandomize=True)
@given(file=damaged(DOCUMENTS))
def test_no_damage_to_a_document_makes_a_reader_raise(file: tuple[bytes, str]) -> None:
    check(*file)


@pytest.mark.slow
def test_no_file_makes_a_reader_raise_in_a_minute_of_trying() -> None:
    end, rounds = time.monotonic() + SECONDS, 0
    while time.monotonic() < end:
        rounds += 1

        @seed(rounds)
        @settings(max_examples=200, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(file=st.tuples(files, st.sampled_from(NAMES)) | damaged(PACKED))
        def try_on(file: tuple[bytes, str]) -> None:
            check(*file)

        try_on()
