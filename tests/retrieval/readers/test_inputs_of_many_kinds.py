"""Inputs that other tools are reported to read wrongly, of every kind, and what is right."""

import json

import pytest

from retrieval.domain import Article
from retrieval.errors import ReadError
from retrieval.readers.files import read_bytes
from retrieval.sources.feeds import read_feed
from tests.retrieval.readers.made_documents import docx_of

FIRST = "The mill below the weir has stood still since a flood in the autumn took its wheel away."
MIDDLE = "The parish met on Thursday night and talked until eleven about who should pay for a new one."
LAST = "Nobody knows what a wheel costs these days, as the last wheelwright of the valley has died."
QUOTED = "“We will not turn it by hand,” said the miller, Edda Lunt."


def read(data: bytes, name: str = "mill.html") -> Article:
    (found,) = read_bytes(data, name=name)
    assert isinstance(found, Article), found
    return found


def page(body: str, head: str = "", charset: str = "utf-8") -> bytes:
    meta = f"<meta charset={charset}>" if charset else ""
    written = f"<!DOCTYPE html><html lang=en><head>{meta}<title>The mill</title>{head}</head><body>{body}</body></html>"
    return written.encode("utf-8")


def test_paragraphs_that_line_breaks_alone_part_stay_apart() -> None:
    body = f"{FIRST}<br><br>{MIDDLE}<br>&nbsp;<br>{QUOTED}<br/><br/>“It weighs two tons,” she added.<br><br>{LAST}"
    paragraphs = [FIRST, MIDDLE, QUOTED, "“It weighs two tons,” she added.", LAST]
    assert read(page(f"<div id=story>{body}</div>")).text.split("\n\n") == paragraphs
    table = f"<table width=455><tr><td><font size=2><img alt=mill><br><br>{body}</font></td></tr></table>"
    assert read(page(table)).text.split("\n\n") == paragraphs


@pytest.mark.parametrize(
    "body",
    [
        f"<main><article><div><br>{FIRST} {QUOTED}</div></article></main>",
        f"<article><article><h1>The mill</h1><p>{FIRST}</p><p>{QUOTED}</p></article></article>",
        f"<article><h1>The mill</h1><p>{FIRST}</p><div class=mobile-only><p>{QUOTED}</p></div><div class=desktop-only>"
        f"<p>{QUOTED}</p></div><p>{MIDDLE}</p></article>",
    ],
)
def test_what_a_page_holds_twice_for_two_screens_is_read_once(body: str) -> None:
    assert read(page(body)).text.count("“We will not turn it by hand,”") == 1
    assert read(page(body)).text.count(FIRST) == 1


def test_a_page_is_decoded_by_its_bytes_and_not_by_what_it_says_of_them() -> None:
    said = "„Die Räder drehen sich nicht“, sagte Jörg Müßig – der Müller’s Sohn."
    body = f"<article><h1>Die Mühle</h1><p>{FIRST}</p><p>{said}</p><p>{LAST}</p></article>"
    utf8 = page(body, charset="iso-8859-1")
    assert said in read(utf8).text
    windows = utf8.decode("utf-8").encode("cp1252")
    assert said in read(windows).text


def test_a_live_blog_is_read_with_all_its_posts() -> None:
    posts = (
        ("12:00", "Weir closed", "“The sluice is under water,” said the reeve, Odo Penn."),
        ("11:00", "Mill empty", "“I have left it to the rats,” said the miller, Edda Lunt."),
        ("10:00", "Warning", "“Keep off the banks today,” said the warden, Ina Stow."),
    )
    facts = {"@type": "LiveBlogPosting", "headline": "Flood: live", "datePublished": "2024-05-04T09:00Z"}
    head = f"<script type='application/ld+json'>{json.dumps(facts)}</script>"
    body = "".join(
        f"<article class=post><time datetime=2024-05-04T{at}Z>{at}</time><h2>{title}</h2><p>{said}</p></article>"
        for at, title, said in posts
    )
    found = read(page(f"<main><h1>Flood: live</h1>{body}</main>", head))
    assert all(said in found.text for _, _, said in posts)
    assert (found.published or "").startswith("2024-05-04")


def test_nothing_hidden_or_advertised_is_read_as_words_of_the_article() -> None:
    body = (
        f"<article><h1>The mill</h1><p>{FIRST}</p><figure><noscript><img alt='“Not to be seen,” said Nobody'>"
        f"</noscript><figcaption>Edda Lunt at the mill. Photo: Max Lens</figcaption></figure>"
        f"<p>{QUOTED}</p>"
        "<div class=newsletter><p>Sign up for our newsletter: “Best news,” says our editor, Kit Ames.</p></div>"
        f"<amp-ad>Buy “the best drill” today</amp-ad><p>{MIDDLE}</p>"
        f"<p style='display:none'>“Never printed,” said Ghost.</p><p>{LAST}</p></article>"
    )
    text = read(page(body)).text
    assert QUOTED in text
    assert [words for words in ("Not to be seen", "Best news", "drill", "Never printed") if words in text] == []


def test_a_feed_that_begins_with_blanks_and_escapes_twice_is_read() -> None:
    feed = (
        '\n\n<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<channel><title>Weir & Mill</title><link>https://weir.example/</link><item><title>&lt;b&gt;Mill&lt;/b&gt; "
        "&amp;amp; weir: &amp;#8220;still&amp;#8221;</title><link>\n  /2024/mill.html\n</link>"
        "<dc:date>2024-05-04T08:00:00Z</dc:date>"
        "<dc:creator>Lea Winter</dc:creator></item><item><title><![CDATA[Carts <em>return</em> &amp; "
        "stay]]></title><guid isPermaLink='true'>https://weir.example/carts</guid></item><item><title>Bad & amp</title>"
        "<link>https://weir.example/amp?a=1&b=2</link></item></channel></rss>"
    )
    entries = read_feed(feed.encode(), "https://weir.example/feed", None)
    assert [(entry.address, entry.title) for entry in entries] == [
        ("https://weir.example/2024/mill.html", "Mill & weir: “still”"),
        ("https://weir.example/carts", "Carts return & stay"),
        ("https://weir.example/amp?a=1&b=2", "Bad & amp"),
    ]


def test_json_lines_keep_separators_and_any_common_encoding() -> None:
    text = "“The mill is still,\u2028and it stays still,” said Edda Lunt.\u0085“Good,” said Odo Penn."
    line = json.dumps({"title": "Mill", "text": text}, ensure_ascii=False) + "\n"
    for data in (line.encode(), b"\xef\xbb\xbf" + line.encode()):
        assert read(data, "mill.jsonl").text == text
    assert all(isinstance(one, ReadError) for one in read_bytes(line.encode("utf-16"), name="mill.jsonl"))
    windows = '{"title": "Jörg’s mill", "text": "“Still – it’s still,” said Jörg Müßig."}'
    assert read(windows.encode("cp1252"), "mill.jsonl").text == "“Still – it’s still,” said Jörg Müßig."


def test_broken_lines_of_json_are_named_one_by_one_and_the_others_are_read() -> None:
    lines = (
        '{"title": "A", "text": "x", "published": 1709539200}',
        '{"title": "B", "text": "“Still,” said Lunt."}',
        '{"id": 7, "title": "C", "text": "x"}',
        '{"headline": "D", "body": "x"}',
        '{"title": "E", "text": "“Good,” said Penn."}',
    )
    found = list(read_bytes("\n".join(lines).encode(), name="mill.jsonl"))
    assert [one.source for one in found if isinstance(one, ReadError)] == [
        "mill.jsonl, line 1, field published", "mill.jsonl, line 3, field id", "mill.jsonl, line 4, field title",
    ]  # fmt: skip
    assert [one.title for one in found if isinstance(one, Article)] == ["B", "E"]


def test_a_document_is_read_with_what_was_inserted_and_without_what_was_deleted() -> None:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    paragraph = (
        "<w:p><w:r><w:t>“The mill is </w:t></w:r><w:del><w:r><w:delText>dead</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>still</w:t></w:r></w:ins><w:r><w:t>,” said Edda Lunt.</w:t></w:r></w:p>"
    )
    table = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>“Good,” said Odo Penn.</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    document = f'<w:document xmlns:w="{space}"><w:body>{paragraph}{table}</w:body></w:document>'
    text = read(docx_of(document), "mill.docx").text
    assert "“The mill is still,” said Edda Lunt." in text
    assert "“Good,” said Odo Penn." in text
    assert "dead" not in text
