from dataclasses import replace
from datetime import date

import pytest

from retrieval.answering.citation_lookup import CitationLookup
from retrieval.answering.citations import cite
from retrieval.domain import Answer, Filters, Kind
from retrieval.query import Query, QueryKind
from retrieval.speakers.index import SpeakerIndex
from tests.retrieval.made_up_archive import NOON, article, entry, quotation

OLD = '"The tower must go, and soon," said Ada Brook. "It is ugly," said Tom Brook.'
NEW = '"The tower may stay for another year," said Brook. "We wait," said somebody.'
THEIRS = '"The tower is ours alone, friends," said Ada Brook. "Indeed," said Eve Lake.'


class Answers:
    def __init__(self):
        self.gives = ()
        self.asked = []

    def today(self):
        return NOON.date()

    def answer_query(self, query, filters, limit=5):
        self.asked.append((query, filters))
        return Answer(query.text, 0.9, self.gives)


@pytest.fixture
def archive(archive):
    put = [
        (
            OLD,
            "old",
            "operator",
            "2023-05-01",
            {"The tower must go, and soon,": "Ada Brook", "It is ugly,": "Tom Brook"},
        ),
        (NEW, "new", "operator", "2024-05-01T10:00:00Z", {"The tower may stay for another year,": "Ada Brook"}),
        (
            THEIRS,
            "theirs",
            "guild:1",
            "2025-05-01",
            {"The tower is ours alone, friends,": "Ada Brook", "Indeed,": "Eve"},
        ),
    ]
    for text, id_, owner, day, said in put:
        made = article(id_, text, owner=owner, published=day, publisher=f"{id_} paper")
        archive.put(entry(made, [quotation(text, words, speaker) for words, speaker in said.items()]))
    return archive


@pytest.fixture
def lookup(archive):
    return CitationLookup(archive, SpeakerIndex(archive, lambda: NOON), Answers())


def words(timeline):
    return [citation.text for citation in timeline.citations]


def test_speakers_titles_and_publishers_are_counted_for_each_owner(lookup):
    assert lookup.speakers() == {
        "operator": {"Ada Brook": 2, "Tom Brook": 1},
        "guild:1": {"Ada Brook": 1, "Eve": 1},
    }
    assert lookup.publishers() == {"operator": {"old paper": 1, "new paper": 1}, "guild:1": {"theirs paper": 1}}
    assert lookup.titles()["guild:1"] == {"Title of theirs": 1}


def test_a_timeline_has_the_latest_words_first_of_what_may_be_seen(lookup):
    mine = lookup.timeline("Ada Brook", None, Filters(), 0, 9)
    ours = lookup.timeline("Ada Brook", None, Filters(frozenset({"operator", "guild:1"})), 0, 9)

    assert words(mine) == ["The tower may stay for another year,", "The tower must go, and soon,"]
    assert words(ours)[0] == "The tower is ours alone, friends,"
    assert (mine.total, ours.total) == (2, 3)


def test_a_timeline_comes_in_parts(lookup):
    part = lookup.timeline("Ada Brook", None, Filters(), 1, 1)

    assert words(part) == ["The tower must go, and soon,"]
    assert part.total == 2


def test_a_surname_means_whoever_is_quoted_most_and_names_the_others(lookup):
    found = lookup.timeline("Brook", None, Filters(), 0, 9)

    assert (found.speaker, found.total, found.others) == ("Ada Brook", 2, ("Tom Brook",))
    assert lookup.timeline("Lake", None, Filters(), 0, 9).total == 0


@pytest.mark.parametrize(
    ("narrowed", "found"),
    [
        ({"after": date(2024, 1, 1)}, ["The tower may stay for another year,"]),
        ({"after": date(2024, 5, 1), "before": date(2024, 5, 1)}, ["The tower may stay for another year,"]),
        ({"before": date(2023, 12, 31)}, ["The tower must go, and soon,"]),
        ({"publisher": "old paper"}, ["The tower must go, and soon,"]),
    ],
)
def test_a_timeline_can_be_narrowed(lookup, narrowed, found):
    assert words(lookup.timeline("Ada Brook", None, replace(Filters(), **narrowed), 0, 9)) == found


def test_a_topic_is_asked_for_and_comes_by_date(lookup, archive):
    known = archive.find("old", ["operator"])[1], archive.find("new", ["operator"])[1]
    said = [quotation(OLD, "The tower must go, and soon,"), quotation(NEW, "The tower may stay for another year,")]
    other = cite(known[0], quotation(OLD, "It is ugly,").span, 1.0, quotation(OLD, "It is ugly,", "Tom Brook"), 9)
    cited = [cite(text, found.span, 1.0, found, 1) for text, found in zip(known, said, strict=True)]
    lookup.answers.gives = (*cited, other)
    found = lookup.timeline("Ada Brook", "the tower", Filters(), 0, 9)

    assert words(found) == ["The tower may stay for another year,", "The tower must go, and soon,"]
    asked = Query("what did Ada Brook say about the tower?", QueryKind.WHAT_SAID, "the tower", "Ada Brook")
    assert lookup.answers.asked == [(asked, Filters(speaker="Ada Brook"))]


def test_an_article_is_found_by_title_or_id_where_it_may_be_seen(lookup):
    found, said = lookup.article("Title of old", ["operator"])
    assert found.id == "old"
    assert [citation.text for citation in said] == ["The tower must go, and soon,", "It is ugly,"]
    assert lookup.article("old", ["operator"])[0] == found
    assert lookup.article("theirs", ["operator"]) is None


def test_the_example_is_a_direct_quotation_of_a_certain_speaker(lookup):
    example = lookup.example(["operator"])
    assert (example.text, example.kind) == ("The tower may stay for another year,", Kind.DIRECT)
    assert lookup.example(["guild:2"]) is None


def test_an_article_that_is_replaced_meanwhile_is_not_misquoted(archive, lookup, monkeypatch):
    longer = article("old", f"Late news. {OLD}", published="2023-05-01", publisher="old paper")
    replacing = entry(longer, [quotation(longer.text, "It is ugly,", "Tom Brook")])
    articles, put = archive.articles, archive.put

    def replaced_before(rows):
        put(replacing)
        return articles(rows)

    monkeypatch.setattr(archive, "articles", replaced_before)
    shown = lookup.timeline("Ada Brook", None, Filters(frozenset({"operator"})), 0, 10)
    assert set(words(shown)) <= {"The tower must go, and soon,", "The tower may stay for another year,"}
