"""Text files: plain ones, and pages that somebody saved as text."""

import time
from pathlib import Path

import pytest

from retrieval.domain import Article
from retrieval.readers.files import read_bytes, read_path

SEED = Path(__file__).parents[4] / "shared" / "seed" / "article.txt"

FERRY = """Harbour council 'to keep' old ferry despite protests

Harbour council 'to keep' old ferry despite protests
The harbour council said its only ferry will stay in service next year, despite protests from residents.
3 min read
Tuesday 3 March 2026, 14:05 GMT
Facebook Twitter WhatsApp
The ferry at its berth on Monday [Northsea Photo]
The council that runs the harbour said the ferry would stay, and that it had no money for another.

"We keep her because she floats," said Ada Roe, who chairs the council.

Read more: Ten ferries that never sailed

"Nobody has offered us a better one," she added.
Share this article
"""


def read(text: str | bytes, name: str = "saved.txt") -> Article:
    (article,) = read_bytes(text if isinstance(text, bytes) else text.encode(), name=name)
    assert isinstance(article, Article), article
    return article


def test_a_saved_page_gives_title_summary_date_and_body() -> None:
    article = read(FERRY)
    assert article.title == "Harbour council 'to keep' old ferry despite protests"
    assert article.summary == (
        "The harbour council said its only ferry will stay in service next year, despite protests from residents."
    )
    assert article.published == "2026-03-03"
    assert article.text.startswith("The council that runs the harbour")


def test_furniture_of_a_saved_page_is_not_in_its_text() -> None:
    article = read(FERRY)
    for furniture in ("min read", "March", "Northsea Photo", "WhatsApp", "Read more", "Share this", article.title):
        assert furniture not in article.text
    assert article.text.endswith('"Nobody has offered us a better one," she added.')


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("By Jane Roe", ("Jane Roe",)),
        ("By Jane Roe and Bo Lind", ("Jane Roe", "Bo Lind")),
        ("Jane Roe, Political correspondent", ("Jane Roe",)),
        ("Words by Jane Roe | 3 March 2026", ("Jane Roe",)),
        ("By Jane Roe, Political correspondent", ("Jane Roe",)),
    ],
)
def test_by_lines_name_the_authors(line: str, authors: tuple[str, ...]) -> None:
    article = read(f"Bridge reopens after repairs\n{line}\n3 March 2026\n\nThe bridge was opened on Monday.\n")
    assert article.authors == authors
    assert article.text == "The bridge was opened on Monday."
    assert article.published == "2026-03-03"


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("13 December, 2017", "2017-12-13"),
        ("Published: March 3rd, 2020 at 2:05 p.m. ET", "2020-03-03"),
        ("2020-03-03", "2020-03-03"),
        ("Posted on 3 Mar 2020 | 4 minute read", "2020-03-03"),
        ("31 February 2020", None),
        ("3 March 2999", None),
    ],
)
def test_a_date_line_is_read_and_an_impossible_one_refused(line: str, published: str | None) -> None:
    article = read(f"Bridge reopens after repairs\n{line}\n\nThe bridge was opened on Monday.\n")
    assert article.published == published
    assert article.text == "The bridge was opened on Monday."


def test_an_update_does_not_hide_the_day_of_publication() -> None:
    article = read("Bridge reopens\nUpdated 5 March 2020\nPublished 3 March 2020\n\nThe bridge was opened on Monday.\n")
    assert (article.published, article.modified) == ("2020-03-03", "2020-03-05")


def test_plain_text_keeps_its_first_line_as_title_and_the_rest_as_body() -> None:
    article = read(
        "Bridge reopens after repairs\n\nIt was opened on 3 March 2020 by Ada Roe.\n\nAdvertisement feature."
    )
    assert article.title == "Bridge reopens after repairs"
    assert article.text == "It was opened on 3 March 2020 by Ada Roe.\n\nAdvertisement feature."
    assert (article.published, article.authors, article.publisher) == (None, (), None)


def test_text_that_starts_with_a_sentence_stays_whole_and_is_named_after_its_file() -> None:
    text = "The bridge was opened on Monday.\nNobody came."
    article = read(text, name="bridge-opening.txt")
    assert (article.title, article.text) == ("bridge-opening", text)


def test_a_wrapped_first_sentence_is_no_title() -> None:
    text = "The bridge that had been closed for\nrepairs was opened on Monday."
    assert read(text).text == text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-32"])
def test_encodings_are_recognised(encoding: str) -> None:
    text = "Café reopens\n\n“We never closed it,” said Zoë Müller – and she laughed for a while."
    article = read(text.encode(encoding))
    assert article.title == "Café reopens"
    assert article.text == text.partition("\n\n")[2]


@pytest.mark.skipif(not SEED.exists(), reason="needs the shared seed article beside the checkout")
def test_the_first_article_of_all_comes_out_right() -> None:
    (article,) = read_path(SEED)
    assert isinstance(article, Article)
    assert article.title == "US-coalition forces 'to remain' in Syria despite Russian withdrawal"
    assert article.published == "2017-12-13"
    assert article.summary is not None
    assert article.summary.startswith("The US State Department said")
    assert article.text.startswith("The US-led international coalition")
    assert "Getty" not in article.text
    assert "min read" not in article.text


@pytest.mark.parametrize(
    "line", ["share" + " copy link" * 400 + " zz", " " * 40_000, "a" + " " * 40_000 + "|", "by" + " " * 40_000]
)
def test_no_line_of_a_text_file_keeps_the_reader_busy(line: str) -> None:
    began = time.process_time()
    list(read_bytes(f"Title\n\n{line}\n\nA word.".encode(), name="a.txt"))
    list(read_bytes(f"#{line}\n\nA word.".encode(), name="a.md"))
    assert time.process_time() - began < 3
