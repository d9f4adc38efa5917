"""HTML pages: the article comes out, and what stands around it doesn't. All pages here are invented."""

import json
import sys
import time

import pytest

from retrieval.domain import Article
from retrieval.errors import ReadError
from retrieval.readers.files import read_bytes

PARAGRAPHS = [
    "The council that runs the harbour said on Tuesday that its only ferry would stay in service.",
    "“We keep her because she floats,” said Ada Roe, who has chaired the council for eleven years.",
    "Residents had asked for a bridge, but the council has no money for one and will not borrow any.",
    "A second vote on the question is expected in the autumn, after the fishing season has ended.",
]
DATA = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite", "name": "The Beacon"},
        {
            "@type": ["NewsArticle"],
            "headline": "Council &amp; ferry: she stays",
            "author": [{"@id": "#roe"}],
            "datePublished": "2026-03-03T14:05:00Z",
            "dateModified": "2026-03-04T08:00:00+01:00",
            "publisher": {"@type": "Organization", "name": "The Beacon"},
            "inLanguage": "en-GB",
        },
        {"@type": "Person", "@id": "#roe", "name": "Jane Roe"},
    ],
}


def page(body: str, head: str = "") -> str:
    return f"<!doctype html><html lang='en'><head>{head}</head><body>{body}</body></html>"


def story(inner: str = "", head: str = "", top: str = "<h1>Council & ferry: she stays</h1>") -> str:
    paragraphs = "".join(f"<p>{text}</p>" for text in PARAGRAPHS[:2])
    rest = "".join(f"<p>{text}</p>" for text in PARAGRAPHS[2:])
    return page(
        f"<nav><a href=/>Home</a></nav><article>{top}<div class=story>{paragraphs}{inner}{rest}</div></article>", head
    )


def read(markup: str | bytes) -> Article:
    data = markup if isinstance(markup, bytes) else markup.encode()
    (found,) = read_bytes(data, name="https://beacon.example/ferry", content_type="text/html")
    assert isinstance(found, Article), found
    return found


def refused(markup: str) -> str:
    (found,) = read_bytes(markup.encode(), name="ferry.html")
    assert isinstance(found, ReadError)
    return str(found.reason)


def test_what_a_page_states_about_itself_is_kept() -> None:
    head = (
        f"<script type='application/ld+json'>{json.dumps(DATA)}</script>"
        "<link rel=canonical href='https://beacon.example/news/ferry?utm_medium=x'>"
        "<meta name=description content='The ferry stays in service.'>"
    )
    article = read(story(head=head))
    assert article.title == "Council & ferry: she stays"
    assert (article.authors, article.publisher, article.language) == (("Jane Roe",), "The Beacon", "en")
    assert (article.published, article.modified) == ("2026-03-03T14:05:00+00:00", "2026-03-04T08:00:00+01:00")
    assert (article.url, article.summary) == ("https://beacon.example/news/ferry", "The ferry stays in service.")
    assert article.id.startswith("ferry-")
    assert article.text == "\n\n".join(PARAGRAPHS)


def test_nothing_is_guessed_where_a_page_says_nothing() -> None:
    article = read(story())
    assert (article.publisher, article.published, article.url, article.authors) == (None, None, None, ())


@pytest.mark.parametrize(
    "boilerplate",
    [
        "<div class='share-bar'><p>Share this story with everybody whom you know and love.</p></div>",
        "<aside><p>Our newsletter tells you every morning what has happened overnight.</p></aside>",
        "<p><a href=/x>Ten ferries that never sailed, and one that sank in its harbour</a></p>",
        "<p>Read more: Ten ferries that never sailed, and one that sank in its harbour</p>",
        "<figure><img src=x><figcaption>The ferry at its berth on Monday, before the vote.</figcaption></figure>",
        "<blockquote>We keep her because she floats, said Ada Roe</blockquote>",
        "<div class='relatedStories'><h3>Related</h3><p>An old bridge was found at the bottom of the lake.</p></div>",
        "<p>Sign up for our newsletter and never miss a ferry again in your life.</p>",
        "<h3><a href=/y>Another story altogether</a></h3><h3><a href=/z>And one more</a></h3>",
        "<div style='display: none'><p>Words that a reader never sees on this page at all.</p></div>",
    ],
)
def test_boilerplate_between_paragraphs_is_left_out(boilerplate: str) -> None:
    assert read(story(boilerplate)).text == "\n\n".join(PARAGRAPHS)


def test_headings_lists_and_quoted_blocks_of_the_article_are_kept() -> None:
    inner = (
        "<h2>Costs</h2><ul><li>Fuel has doubled</li></ul><blockquote><p>She leaks, but only a little.</p></blockquote>"
    )
    text = read(story(inner)).text
    assert "\n\nCosts\n\nFuel has doubled\n\nShe leaks, but only a little.\n\n" in text


def test_the_standfirst_opens_the_text() -> None:
    lead = "Residents wanted a bridge; they keep a ferry that is older than any of them."
    top = f"<h1>Council & ferry: she stays</h1><p class='standfirst'>{lead}</p><p class=byline>By Jane Roe</p>"
    article = read(story(top=top))
    assert article.text == "\n\n".join([lead, *PARAGRAPHS])
    assert article.authors == ("Jane Roe",)


def test_line_breaks_divide_paragraphs_and_inline_markup_does_not() -> None:
    text = "<br><br>".join(PARAGRAPHS).replace("only ferry", "<a href=/f>only</a> <b>ferry</b>")
    assert read(page(f"<article><h1>She stays</h1><div class=text>{text}</div></article>")).text == "\n\n".join(
        PARAGRAPHS
    )


def test_a_class_that_wraps_the_whole_article_hides_nothing() -> None:
    body = "".join(f"<p class='ad-free'>{text}</p>" for text in PARAGRAPHS)
    markup = page(
        f"<form><div class='share-root sidebar'><h1>She stays</h1><div class=newsletter>{body}</div></div></form>"
    )
    assert read(markup).text == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    ("head", "heading", "title"),
    [
        ("<title>She stays | News | The Beacon</title>", "She stays in the harbour", "She stays in the harbour"),
        (
            "<title>She stays in the harbour | The Beacon</title><meta property='og:site_name' content='The Beacon'>",
            "",
            "She stays in the harbour",
        ),
        (
            "<meta property='og:title' content='Old ferry stays in harbour - The Beacon'>",
            "LIVE: Ferry vote in the harbour",
            "Old ferry stays in harbour - The Beacon",
        ),
    ],
)
def test_the_title_is_the_headline_without_the_sites_name(head: str, heading: str, title: str) -> None:
    top = f"<h1>{heading}</h1>" if heading else ""
    assert read(story(head=head, top=top)).title == title


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ('"By Jane Roe and Bo Lind"', ("Jane Roe", "Bo Lind")),
        ('{"name": "Jane Roe, Bo Lind and Cy Moe"}', ("Jane Roe", "Bo Lind", "Cy Moe")),
        ('[{"name": "Jane Roe", "url": "https://x.example"}, "https://facebook.example/beacon"]', ("Jane Roe",)),
        ('{"name": "Associated Press"}', ("Associated Press",)),
        ("null", ()),
    ],
)
def test_authors_are_names_alone(author: str, names: tuple[str, ...]) -> None:
    data = f'{{"@type": "NewsArticle", "headline": "Council & ferry: she stays", "author": {author},}}'
    assert read(story(head=f"<script type='application/ld+json'>{data}</script>")).authors == names


@pytest.mark.parametrize("written", ["2999-01-01T00:00:00Z", "1492-10-12", "2026-02-31", "03/04/2020", "yesterday"])
def test_a_date_that_cannot_be_is_refused(written: str) -> None:
    assert read(story(head=f"<meta property='article:published_time' content='{written}'>")).published is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1252", "iso-8859-1"])
def test_a_declared_encoding_is_followed(encoding: str) -> None:
    markup = story(head=f"<meta charset={encoding}>").replace("“", "«").replace("”", "»")
    assert "«We keep her because she floats,»" in read(markup.encode(encoding)).text


def test_pages_that_call_the_sites_front_page_their_own_stay_apart() -> None:
    markup = story(head="<link rel=canonical href='https://beacon.example/'>").encode()
    (one,), (two,) = (read_bytes(markup, name=name) for name in ("one.html", "two.html"))
    assert isinstance(one, Article)
    assert isinstance(two, Article)
    assert one.id != two.id


def test_the_encoding_that_a_server_states_is_followed() -> None:
    (found,) = read_bytes(
        story().encode("cp1251", "ignore"), name="ferry", content_type='text/html; charset="windows-1251"'
    )
    assert isinstance(found, Article)
    assert "“We keep her" in found.text


@pytest.mark.parametrize(
    "markup",
    [
        "",
        "<p>",
        "<div>" * 200_000 + "text",
        "<p " + " ".join(f"a{number}=1" for number in range(80_000)) + ">text",
        "<div>a</div>" * 60_000,
        "<p>" + "word " * 420_000,
    ],
)
def test_what_is_no_article_or_too_much_of_a_page_is_refused_in_words(markup: str) -> None:
    assert refused(markup)


def test_hostile_structured_data_does_no_harm() -> None:
    for data in ("[" * 100_000, '{"@type":' * 5000, '{"@type": "NewsArticle", "author": {"@id": "#a"}, "@id": "#a"}'):
        article = read(story(head=f"<script type='application/ld+json'>{data}</script>"))
        assert article.text == "\n\n".join(PARAGRAPHS)


def test_entities_are_not_expanded_without_bound() -> None:
    bomb = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;'>]>"
    assert "aaaaaaaaaa" not in read(bomb + story("<p>&c;</p>")).text


def test_a_large_page_takes_seconds_at_most() -> None:
    started = time.process_time()
    read(story("".join(f"<p>{text}</p>" for text in PARAGRAPHS) * 2000))
    assert time.process_time() - started < 20
    assert sys.getrecursionlimit() <= 2000
