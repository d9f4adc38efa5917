"""What a page's markup says about its words stands in the text: marks of speech, deletions, posts, tables, speakers."""

import pytest

from retrieval.domain import Article
from retrieval.readers.files import read_bytes

FIRST = "The lighthouse at Selby Point has been dark since a storm in the autumn broke its lamp."
LAST = "Nobody knows when a new lamp can be had, as the company that made it no longer exists."


def paragraphs(inner: str, first: str = FIRST, last: str = LAST) -> list[str]:
    """Return the paragraphs between the two long ones."""
    page = f"<html><head><title>Lamp</title></head><body><article><h1>Lamp</h1><p>{first}</p>{inner}<p>{last}</p>"
    (found,) = read_bytes(page.encode(), name="lamp.html")
    assert isinstance(found, Article), found
    kept = found.text.split("\n\n")
    assert (kept[0], kept[-1]) == (first, last)
    return kept[1:-1]


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<q>It was dark,</q> said Mira Olt.", "“It was dark,” said Mira Olt."),
        ("<q>She said <q>Go home</q> to <b>me</b></q>, said Olt.", "“She said ‘Go home’ to me”, said Olt."),
        ("<q>“It was dark,”</q> said Olt.", "“It was dark,” said Olt."),
        ("“<q>It was dark,</q>” said Olt.", "“It was dark,” said Olt."),
        ("It took <del>two</del> <ins>nine</ins> weeks, she said.", "It took nine weeks, she said."),
        ("It took <s>two weeks,</s> nine weeks, she said.", "It took nine weeks, she said."),
        ("&amp;quot;We agree,&amp;quot; Olt&amp;#8217;s wife said.", '"We agree," Olt’s wife said.'),
        ("“It was dark,\u2028and it was late,” said Olt.", "“It was dark, and it was late,” said Olt."),
    ],
)
def test_marks_deletions_and_entities_are_read_as_they_are_shown(markup: str, words: str) -> None:
    assert paragraphs(f"<p>{markup} The keeper of the lighthouse had gone to bed by then.</p>") == [
        f"{words} The keeper of the lighthouse had gone to bed by then."
    ]


TWEET = (
    "<blockquote class='twitter-tweet'><p lang=en>We have no lamp.<br>None at all. <a href='https://t.co/x'>#selby</a> "
    "<a href='https://t.co/y'>pic.twitter.com/y</a></p>&mdash; Mira Olt (@olt) "
    "<a href='https://twitter.com/olt/status/1'>May 3, 2024</a></blockquote>"
)


def test_an_embedded_post_is_a_quotation_of_its_author() -> None:
    assert paragraphs(TWEET) == ["“We have no lamp. None at all. #selby” — Mira Olt (@olt)"]
    instagram = "<blockquote class='instagram-media'><p>Look at this lamp.</p>A post shared by Mira Olt</blockquote>"
    assert paragraphs(instagram) == ["“Look at this lamp.” — Mira Olt"]
    quoting = "<blockquote class='bluesky-embed'><p>“No lamp,” my aunt says.</p>— Mira Olt (@olt.example)</blockquote>"
    assert paragraphs(quoting) == ["“No lamp,” my aunt says. — Mira Olt (@olt.example)"]


def test_a_post_whose_words_the_article_quotes_stands_there_once() -> None:
    words = "We have looked for a lamp in every town along this coast and found none."
    told = f"The keeper wrote: “{words}”"
    post = f"<blockquote class='twitter-tweet'><p>{words}</p>— Mira Olt (@olt)</blockquote>"
    assert paragraphs(f"<p>{told}</p>{post}") == [told]


@pytest.mark.parametrize(
    "markup",
    [
        "<blockquote><p>{}</p><cite>Ben Aro, Selby</cite></blockquote>",
        "<blockquote><p>{}</p><footer><cite>Ben Aro, Selby</cite></footer></blockquote>",
        "<figure><blockquote>{}</blockquote><figcaption>— Ben Aro, Selby</figcaption></figure>",
        "<div class=quote><p class=quote__text>{}</p><p class=quote__author>Ben Aro, Selby</p></div>",
        "<div class=testimonial><p>{}</p><span class=author>Ben Aro, Selby</span></div>",
    ],
)
def test_who_is_quoted_stands_behind_the_quotation_and_is_not_the_author(markup: str) -> None:
    words = "“I drove home by the stars that night, and I would not do it again.”"
    assert paragraphs(markup.format(words)) == [words, "— Ben Aro, Selby"]
    page = f"<body><article><h1>Lamp</h1><p>{FIRST}</p>{markup.format(words)}<p>{LAST}</p></article>"
    (found,) = read_bytes(page.encode(), name="lamp.html")
    assert isinstance(found, Article)
    assert found.authors == ()


@pytest.mark.parametrize(
    "markup",
    [
        "<blockquote><p>{}</p><footer>— <cite>Mira Olt, keeper</cite></footer></blockquote>",
        "<blockquote><p>{}</p><p>— Mira Olt, keeper</p></blockquote>",
        "<blockquote>{}<br><br>— Mira Olt, keeper</blockquote>",
        '<figure class="pullquote"><blockquote>{}</blockquote><figcaption>Mira Olt, keeper</figcaption></figure>',
    ],
)
def test_the_signature_of_a_quotation_at_the_end_of_a_page_is_kept(markup: str) -> None:
    quoted = "“I have lit that lamp every night for eleven years.”"
    page = f"<html><body><article><h1>Lamp</h1><p>{FIRST}</p><p>{LAST}</p>{markup.format(quoted)}</article>"
    (found,) = read_bytes(page.encode(), name="lamp.html")
    assert isinstance(found, Article)
    assert found.text.split("\n\n")[-2:] == [quoted, "— Mira Olt, keeper"]


def test_a_table_of_quotations_is_a_paragraph_a_row() -> None:
    table = (
        "<table><tr><th>Name</th><th>Said</th></tr><tr><td>Mira Olt</td><td>“It was dark.”</td></tr>"
        "<tr><td>Ben Aro</td><td>2 May</td><td>“I saw nothing.”</td></tr></table>"
    )
    assert paragraphs(table) == ["Mira Olt: “It was dark.”", "Ben Aro – 2 May – “I saw nothing.”"]
    assert paragraphs("<table><tr><td>Height</td><td>34 m</td></tr></table>") == []


@pytest.mark.parametrize("markup", ["<article>{}</article>", "<div class=x>{}</div>", "<table><tr><td>{}</table>"])
@pytest.mark.parametrize("end", ["“It is dark.”", "“No lamp,” <i>she</i> said.", "That was all."])
def test_short_paragraphs_at_both_ends_of_an_article_are_kept(markup: str, end: str) -> None:
    body = f"<h1>Lamp</h1><p>“Dark,” said Olt.</p><p>{FIRST}</p><p>{LAST}</p><p>{end}</p>"
    (found,) = read_bytes(f"<html><body>{markup.format(body)}</body>".encode(), name="lamp.html")
    assert isinstance(found, Article)
    plain = end.replace("<i>", "").replace("</i>", "")
    assert found.text.split("\n\n") == ["“Dark,” said Olt.", FIRST, LAST, plain]
