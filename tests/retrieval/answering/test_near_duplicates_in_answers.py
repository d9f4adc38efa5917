"""Copies as they are met by who asks, verifies or looks something up, over a real store and engine."""

from collections.abc import Sequence
from datetime import date

import pytest

from retrieval.answering.citation_lookup import CitationLookup
from retrieval.answering.verification.verifier import Verifier
from retrieval.domain import Answer, Citation, Filters
from retrieval.query import Query
from retrieval.search.local.engine import LocalEngine
from retrieval.speakers.index import SpeakerIndex
from retrieval.store.archive import Archive
from tests.retrieval.made_up_archive import NOON, article, entry, quotation

STORY = (
    "The pier at Pebble Bay has been closed since the storm of last week. “It will open again in May,” said Ada Brook. "
    "Planks were carried off as far as the lighthouse, and nobody knows yet who will pay for the repair of the roof."
)
WORDS = "It will open again in May,"
ALONE, TOGETHER = Filters(), Filters(frozenset({"operator", "guild:7"}))


class Nothing:
    def paraphrases(self, words: str, filters: Filters = ALONE, limit: int = 5) -> Sequence[Citation]:
        return ()

    def today(self) -> date:
        return date(2026, 3, 20)

    def as_bold_as(self, boldness: float) -> "Nothing":
        return self

    def answer_query(self, query: Query, filters: Filters | None = None, limit: int = 5) -> Answer:
        return Answer(query.text, 0.0)


@pytest.fixture
def archive(archive: Archive) -> Archive:
    for number, owner in enumerate(("operator", "guild:7", "operator", "operator")):
        made = article(
            f"a{number}", STORY, owner=owner, published=f"2024-03-0{9 - number}", publisher=f"Paper {number}"
        )
        archive.put(entry(made, [quotation(STORY, WORDS)]))
    return archive


def told(citations: Sequence[Citation]) -> list[tuple[str, list[str]]]:
    return [(citation.article.id, [other.id for other in citation.also_in]) for citation in citations]


def test_a_verification_shows_the_earliest_and_counts_what_may_be_seen(archive: Archive) -> None:
    verifier = Verifier(archive, LocalEngine(archive), Nothing())
    assert told(verifier.verify(WORDS, filters=ALONE).citations) == [("a3", ["a2", "a0"])]
    assert told(verifier.verify(WORDS, filters=TOGETHER).citations) == [("a3", ["a2", "a1", "a0"])]


def test_a_timeline_shows_the_words_once(archive: Archive) -> None:
    lookup = CitationLookup(archive, SpeakerIndex(archive, lambda: NOON), Nothing())
    timeline = lookup.timeline("Ada Brook", None, ALONE, 0, 5)
    assert (timeline.total, told(timeline.citations)) == (1, [("a3", ["a2", "a0"])])
    assert lookup.speakers() == {"operator": {"Ada Brook": 1}, "guild:7": {"Ada Brook": 1}}


def test_a_timeline_shows_what_was_said_before_the_article_was_changed(archive: Archive) -> None:
    new = STORY.replace("in May", "in June")
    archive.put(entry(article("a3", new, published="2024-03-06"), [quotation(new, "It will open again in June,")]))
    lookup = CitationLookup(archive, SpeakerIndex(archive, lambda: NOON), Nothing())
    shown = lookup.timeline("Ada Brook", None, ALONE, 0, 5).citations
    assert {citation.text: [each.text for each in citation.earlier] for citation in shown} == {
        "It will open again in June,": [WORDS],
        WORDS: [],
    }
    _, quoted = lookup.article("a3", ALONE.owners) or ("", [])
    assert [[each.until for each in citation.earlier] for citation in quoted] == [[NOON.date()]]
