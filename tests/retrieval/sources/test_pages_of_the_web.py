import pytest

from retrieval.domain import OPERATOR
from retrieval.errors import ReadError
from retrieval.fetching import FetchResult
from retrieval.sources.listing_entries import ListingEntry
from retrieval.sources.pages import fill_gaps, read_excerpt, read_page

TEXT = "".join(
    f"<p>The harbour master said on day {n} that the pier would stay closed until the repairs were done.</p>"
    for n in range(5)
)


def page(head: str = "", body: str = TEXT) -> bytes:
    head = f"<head><title>Pier closed</title>{head}</head>"
    return f"<!doctype html><html>{head}<body><article>{body}</article></body></html>".encode()


def fetched(data: bytes, url: str = "https://outside.example/pier", kind: str | None = "text/html") -> FetchResult:
    return FetchResult(asked=url, url=url, data=data, content_type=kind)


def canonical(address: str) -> bytes:
    return page(f'<link rel="canonical" href="{address}">')


@pytest.mark.parametrize(
    ("url", "named"),
    [
        ("https://outside.example/pier?ref=feed", "https://outside.example/pier"),
        ("https://www.outside.example/pier", "https://outside.example/pier"),
        ("https://amp.outside.example/pier", "https://www.outside.example/pier"),
    ],
)
def test_a_page_is_known_by_the_address_that_its_own_site_gives_it(url: str, named: str) -> None:
    assert read_page(fetched(canonical(named), url)).url == named


@pytest.mark.parametrize(
    "named",
    [
        "https://other.example/story",
        "https://outside.example.evil.example/pier",
        "https://example/pier",
        "//other.example/x",
    ],
)
def test_no_page_takes_the_place_of_another_sites_article(named: str) -> None:
    theirs = read_page(fetched(page(), named.replace("//", "https://", 1) if named.startswith("//") else named))
    posing = read_page(fetched(canonical(named)))
    assert posing.url == "https://outside.example/pier"
    assert posing.id != theirs.id
    assert posing.id == read_page(fetched(page())).id


def test_nobody_under_a_shared_name_takes_the_place_of_the_site_above() -> None:
    posing = read_page(fetched(canonical("https://hosting.example/terms"), "https://evil.hosting.example/x"))
    assert posing.url == "https://evil.hosting.example/x"


def test_a_servers_articles_are_not_the_operators() -> None:
    assert read_page(fetched(page()), "guild:1").id != read_page(fetched(page()), OPERATOR).id


@pytest.mark.parametrize(
    "kind", ["application/pdf", "application/json", "image/png", "text/css", "application/x-ndjson"]
)
def test_what_is_no_page_is_not_read_whatever_its_address_ends_in(kind: str) -> None:
    data = b'{"id": "theirs", "title": "Mine", "text": "Hello there."}'
    for ending in ("pier.json", "pier.jsonl", "pier.md", "pier.html"):
        with pytest.raises(ReadError, match="isn't a web page"):
            read_page(fetched(data, f"https://outside.example/{ending}", kind))


@pytest.mark.parametrize(
    "data",
    [b"", bytes(5000), b"%PDF-1.7 " + bytes(range(256)) * 40, b"\x1f\x8b broken", b"<html>" + b"<div>" * 60_000,
     b"<html><body><p>" + b"\0" * 1000],
    ids=["nothing", "NULs", "a PDF", "broken gzip", "depth", "a page of NULs"],
)  # fmt: skip
def test_what_calls_itself_a_page_and_is_none_is_refused_in_a_sentence(data: bytes) -> None:
    with pytest.raises(ReadError) as told:
        read_page(fetched(data))
    assert str(told.value).startswith("https://outside.example/pier: ")


def test_json_that_calls_itself_a_page_brings_no_id_of_its_own() -> None:
    article = read_page(fetched(b'{"id": "theirs", "title": "Mine", "text": "Hello."}'))
    assert article.id == read_page(fetched(page())).id


@pytest.mark.parametrize("kind", [None, "", "text/plain", "application/octet-stream"])
def test_a_page_without_the_right_label_is_known_by_its_beginning(kind: str | None) -> None:
    assert read_page(fetched(page(), kind=kind)).title == "Pier closed"


def test_a_json_address_that_holds_a_page_is_read_as_a_page() -> None:
    assert read_page(fetched(page(), "https://outside.example/pier.json")).title == "Pier closed"


def test_the_charset_of_the_header_counts() -> None:
    latin = (
        page(body=TEXT + "<p>The Café Brûlé, which lies beside the pier, will stay open all the same.</p>")
        .decode()
        .encode("latin-1")
    )
    assert "Café Brûlé" in read_page(fetched(latin, kind="text/html; charset=iso-8859-1")).text


ENTRY = ListingEntry(
    "p1",
    "https://outside.example/pier",
    None,
    "Pier <b>closed</b>",
    "Mon, 02 Mar 2026 10:00:00 GMT",
    ("Ada Brook",),
    TEXT,
)


def test_what_a_page_lacks_is_taken_from_its_feed() -> None:
    article = fill_gaps(read_page(fetched(page())), ENTRY)
    assert (article.published, article.authors) == ("2026-03-02T10:00:00+00:00", ("Ada Brook",))
    dated = read_page(fetched(page('<meta property="article:published_time" content="2026-03-01T08:00:00Z">')))
    assert fill_gaps(dated, ENTRY).published == "2026-03-01T08:00:00+00:00"


def test_the_text_in_a_feed_makes_the_same_article_as_the_page_would() -> None:
    article = read_excerpt(ENTRY)
    assert article.id == read_page(fetched(page())).id
    assert article.text.startswith("The harbour master said on day 0")
    assert article.published == "2026-03-02T10:00:00+00:00"
