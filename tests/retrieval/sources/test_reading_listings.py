import gzip
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.errors import ReadError
from retrieval.sandbox import Sandbox
from retrieval.sources.feeds import ENTRIES, read_feed
from retrieval.sources.listing_entries import ListingEntry
from retrieval.sources.sitemaps import MAPS, read_sitemap
from retrieval.sources.source_reader import SourceReader

AT = "https://outside.example/feed"
WHOLE = "<p>" + "The pier is closed this spring, said the harbour master. " * 20 + "</p>"
RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Shore</title>
<item><title>Pier closed</title><link>/pier?a=1&amp;b=2</link><guid isPermaLink="false">p1</guid>
<pubDate>Mon, 02 Mar 2026 10:00:00 GMT</pubDate><dc:creator>Ada Brook</dc:creator>
<content:encoded><![CDATA[{WHOLE}]]></content:encoded><description>Short.</description></item>
<item><title>No address</title><guid isPermaLink="false">p2</guid></item>
<item><title>Teaser</title><link>https://outside.example/t</link><description>{"x" * 2000}</description></item>
<item><title>Script</title><link>javascript:alert(1)</link></item>
<item><title>File</title><link>file:///etc/passwd</link></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>The Shore</title>
<entry><id>urn:1</id><title>Pier</title><link href="https://outside.example/pier"/><updated>2026-03-02T10:00:00Z</updated>
<author><name>Ada Brook</name></author></entry></feed>"""


def test_an_rss_feed_is_read_with_what_it_knows() -> None:
    pier, teaser = read_feed(RSS.encode(), AT, "application/rss+xml")
    assert (pier.key, pier.address, pier.title) == ("p1", "https://outside.example/pier?a=1&b=2", "Pier closed")
    assert (pier.published, pier.authors) == ("Mon, 02 Mar 2026 10:00:00 GMT", ("Ada Brook",))
    assert pier.content is not None
    assert "harbour master" in pier.content
    assert (teaser.key, teaser.content) == ("https://outside.example/t", None)


def test_an_atom_feed_is_read() -> None:
    (entry,) = read_feed(ATOM.encode(), AT)
    assert (entry.key, entry.address, entry.published) == (
        "urn:1",
        "https://outside.example/pier",
        "2026-03-02T10:00:00Z",
    )


def test_an_entry_that_says_something_new_has_another_digest() -> None:
    (before,), (after,) = (read_feed(text.encode(), AT) for text in (ATOM, ATOM.replace("10:00", "11:00")))
    assert before.digest != after.digest
    assert read_feed(ATOM.encode(), AT) == (before,)


def test_no_feed_makes_a_file_of_this_machine_be_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.xml"
    secret.write_text(ATOM)
    for data in (str(secret).encode(), secret.as_uri().encode(), b"http://127.0.0.1/feed"):
        with pytest.raises(ReadError):
            read_feed(data, AT)


ENTITY = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">{more}]><rss version="2.0"><channel><title>{use}</title></channel></rss>'
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(2, 12)).replace("&a1;", "&a;")
HOSTILE = {
    "nothing": b"",
    "NULs": bytes(1000),
    "a page": b"<html><body><p>Hello</body></html>",
    "something binary": bytes(range(256)) * 100,
    "a billion laughs": ENTITY.format(more=LAUGHS, use="&a11;").encode(),
    "a file as an entity": b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><rss version="2.0">&f;</rss>',
    "too much": b"<rss version='2.0'><channel>" + b"<item/>" * 1_000_000,
    "a huge title": b"<rss version='2.0'><channel><item><link>http://a.example/</link><title>" + b"x" * 4_000_000,
    "depth": b"<rss version='2.0'><channel>" + b"<a>" * 40_000,
}


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    sandbox = Sandbox()
    yield sandbox
    sandbox.close()


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_feed_is_refused_or_read_in_good_time(what: str, sandbox: Sandbox) -> None:
    with suppress(ReadError):
        assert len(SourceReader(sandbox, 20.0).feed(HOSTILE[what], AT)) <= ENTRIES


def test_a_feed_that_would_keep_the_parser_busy_for_hours_is_given_up(sandbox: Sandbox) -> None:
    with pytest.raises(ReadError, match="takes longer than 2 s"):
        SourceReader(sandbox, 2.0).feed(b"<rss version='2.0'><channel><item>" + b"<a/>" * 500_000, AT)


def test_a_large_feed_is_read_all_the_same() -> None:
    items = "".join(
        f"<item><link>https://outside.example/{n}</link><title>{'x' * 1000}</title></item>" for n in range(200)
    )
    assert len(read_feed(f"<rss version='2.0'><channel>{items}</channel></rss>".encode(), AT)) == 200


def test_of_a_feed_without_end_the_first_entries_count() -> None:
    items = "".join(f"<item><link>https://outside.example/{n}</link></item>" for n in range(2000))
    entries = read_feed(f"<rss version='2.0'><channel>{items}</channel></rss>".encode(), AT)
    assert len(entries) == ENTRIES
    assert entries[0].address == "https://outside.example/0"


NEWS = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://outside.example/old</loc><lastmod>2026-01-01</lastmod></url>
<url><loc> https://outside.example/new </loc><news:news>
<news:publication><news:name>The Shore</news:name></news:publication>
<news:publication_date>2026-03-02T10:00:00Z</news:publication_date><news:title>Pier closed</news:title>
</news:news></url>
<url><lastmod>2026-01-01</lastmod></url></urlset>"""
INDEX = "<sitemapindex>{}</sitemapindex>"


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_news_sitemap_is_read_the_newest_first(pack: type[bytes]) -> None:
    assert read_sitemap(pack(NEWS.encode()), AT).entries == (
        ListingEntry(
            key="https://outside.example/new",
            address="https://outside.example/new",
            digest="2026-03-02T10:00:00Z",
            title="Pier closed",
            published="2026-03-02T10:00:00Z",
        ),
        ListingEntry(key="https://outside.example/old", address="https://outside.example/old", digest="2026-01-01"),
    )


def test_an_index_names_its_newest_sitemaps_and_not_without_end() -> None:
    maps = "".join(
        f"<sitemap><loc>https://outside.example/{n}.xml</loc><lastmod>2026-01-{n % 28 + 1:02}</lastmod></sitemap>"
        for n in range(100)
    )
    found = read_sitemap(INDEX.format(maps).encode(), AT)
    assert len(found.maps) == MAPS
    assert found.maps[0] == "https://outside.example/27.xml"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<rss/>",
        b"\x1f\x8b not gzip",
        gzip.compress(bytes(100_000_000)),
        b"<urlset>" + b"<url>" * 100_000,
        b"<urlset>\0</urlset>",
        ('<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + LAUGHS + "]><urlset><url><loc>&a11;</loc></url></urlset>").encode(),
        b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><urlset><url><loc>&f;</loc></url></urlset>',
    ],
    ids=["nothing", "another kind", "no gzip", "a bomb", "depth", "a NUL", "laughs", "a file"],
)
def test_a_hostile_sitemap_lists_nothing(data: bytes) -> None:
    began = time.monotonic()
    with suppress(ReadError):
        assert read_sitemap(data, AT).entries == ()
    assert time.monotonic() - began < 5


MARKS = (
    *"< > & ]]> <![CDATA[ &#0; &#55357; &lt; <link> </item> <item> <author/> <guid/> <content:encoded/>".split(),
    *('<link href="http://["/>', "xmlns:a='b'", "\0", "\ud83d"),
)


@st.composite
def broken(draw: st.DrawFn, text: str) -> bytes:
    """A listing with things put in, and pieces taken out, anywhere."""
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.sampled_from((0, 0, 1, 20, 300))))
        text = text[:start] + draw(st.sampled_from(MARKS) | st.text(max_size=3)) + text[end:]
    return text.encode(draw(st.sampled_from(("utf-8", "utf-16"))), "surrogatepass")


@given(st.one_of(broken(RSS), broken(ATOM)))
@settings(max_examples=150, deadline=None)
def test_a_broken_feed_is_refused_or_lists_addresses_that_can_be_kept(data: bytes) -> None:
    with suppress(ReadError):
        for entry in read_feed(data, AT):
            assert entry.address.startswith(("http://", "https://"))
            assert entry.key.encode()


@given(broken(NEWS))
@settings(max_examples=150, deadline=None)
def test_a_broken_sitemap_is_refused_or_lists_what_can_be_kept(data: bytes) -> None:
    with suppress(ReadError):
        for entry in read_sitemap(data, AT).entries:
            assert entry.key.encode()
