"""Markdown with front matter."""

import pytest

from retrieval.domain import Article
from retrieval.errors import ReadError
from retrieval.readers.files import read_bytes


def read(text: str) -> Article | ReadError:
    (found,) = read_bytes(text.encode(), name="notes.md")
    return found


def article(text: str) -> Article:
    found = read(text)
    assert isinstance(found, Article), found
    return found


def test_front_matter_gives_the_metadata() -> None:
    found = article(
        "---\ntitle: Bridge reopens\nauthors: [Ada Roe, Bo Lind]\ndate: 2020-03-03\npublisher: The Beacon\n"
        "url: https://beacon.example/bridge?utm_source=x#top\n---\n\nIt was opened on Monday.\n"
    )
    assert (found.title, found.authors, found.publisher) == ("Bridge reopens", ("Ada Roe", "Bo Lind"), "The Beacon")
    assert (found.published, found.url) == ("2020-03-03", "https://beacon.example/bridge")
    assert found.text == "It was opened on Monday."


def test_without_front_matter_the_first_heading_is_the_title() -> None:
    found = article("# Bridge reopens\n\nIt was opened on Monday.\n\n## Costs\n\nNobody knows.\n")
    assert (found.title, found.text) == ("Bridge reopens", "It was opened on Monday.\n\nCosts\n\nNobody knows.")


def test_text_reads_as_on_screen_without_marks() -> None:
    found = article('# T\n\n*Ada* said: ["We  saw\nit"](https://x.example).\n\n> "Twice," she said.\n\n- one\n- two\n')
    assert found.text == 'Ada said: "We saw it".\n\n"Twice," she said.\n\none\n\ntwo'


@pytest.mark.parametrize(
    "head",
    [
        "title: [unclosed",
        "a: &a [x, x]\nb: [*a, *a]",
        "a: " + "[" * 15_000,
        "a: " + "x" * 20_000,
    ],
)
def test_front_matter_that_is_broken_or_hostile_is_refused_in_words(head: str) -> None:
    found = read(f"---\n{head}\n---\n\nBody.")
    assert isinstance(found, ReadError)
    assert found.source == "notes.md"
    assert "front matter" in str(found.reason)


def test_markdown_of_a_length_that_no_article_has_is_refused() -> None:
    found = read("[" * 900_000)
    assert isinstance(found, ReadError)
    assert "too long" in str(found.reason)


def test_an_object_in_front_matter_is_only_text() -> None:
    found = article("---\ntitle: !!python/object/apply:os.getcwd []\n---\n# Bridge\n\nBody.")
    assert found.title == "Bridge"


def test_a_day_that_cannot_be_is_left_out() -> None:
    assert article("---\ndate: 2020-02-31\n---\n# Bridge\n\nBody.").published is None
