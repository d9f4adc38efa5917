from dataclasses import replace
from datetime import date

import pytest

from retrieval.answering.citations import cite
from retrieval.answering.near_duplicates import NearDuplicates
from retrieval.domain import Article, Citation, Filters, NearMiss
from retrieval.reasons import Reason
from retrieval.speakers.index import SpeakerIndex
from retrieval.store.archive import Archive
from retrieval.store.near_duplicates import duplicate_groups, owned_by
from retrieval.store.sqlite.database import read_transaction
from retrieval.text.minhash import jaccard, minhash_bands, shingles
from tests.retrieval.made_up_archive import NOON, article, entry, quotation

STORY = (
    "The pier at Pebble Bay has been closed since the storm of last week. “It will open again in May,” said Ada Brook. "
    "Planks were carried off as far as the lighthouse, and nobody knows yet who will pay for the repair of the roof."
)
WORDS = "It will open again in May,"
SEEN = Filters()


def put(archive: Archive, id_: str, text: str = STORY, speaker: str | None = "Ada Brook", **fields: object) -> int:
    said = [quotation(text, WORDS, speaker)] if WORDS in text else []
    return archive.put(entry(article(id_, text, **fields), said))


def cited(archive: Archive, seq: int) -> Citation:
    """The quotation in this row's article."""
    unit = archive.units_of(seq)[-1]
    return cite(archive.article(seq), unit.span, 1.0, unit.quotation, unit.id)


def together(archive: Archive, owners: set[str]) -> set[tuple[int, ...]]:
    with read_transaction(archive.database) as connection:
        return set(duplicate_groups(connection, owned_by(owners)).values())


def names(articles: tuple[Article, ...]) -> list[str]:
    return [each.id for each in articles]


def test_copies_are_told_from_other_articles(archive: Archive) -> None:
    put(archive, "wire")
    put(archive, "paper", STORY.replace("closed since", "shut since") + " More on page four.")
    put(archive, "other", STORY[: len(STORY) // 3] + " But this one tells of the mayor, who wants to be mayor again.")
    put(archive, "short", "The pier is closed.")
    put(archive, "as short", "The pier is closed.")
    assert together(archive, {"operator"}) == {(1, 2)}


def test_alike_texts_share_a_band() -> None:
    one, other = shingles(STORY), shingles(STORY + " And a last sentence that only the one paper has in its article.")
    assert jaccard(one, other) > 0.5
    assert set(minhash_bands(one)) & set(minhash_bands(other))
    assert jaccard(shingles(""), shingles("")) == 1


def test_words_are_cited_from_the_earliest_copy_with_the_others_beside_it(archive: Archive) -> None:
    late = put(archive, "late", published="2024-03-06")
    put(archive, "early", published="2024-03-04T08:00:00Z")
    put(archive, "undated")
    put(archive, "without", STORY.replace(WORDS, "It will open some day,"), published="2024-03-01")
    (shown,) = NearDuplicates(archive).fold([cited(archive, late)], SEEN)
    assert (shown.article.id, shown.text, names(shown.also_in)) == ("early", WORDS, ["late", "undated"])
    assert shown.quotation == archive.units_of(2)[-1].id


def test_a_citation_that_only_repeats_another_is_dropped(archive: Archive) -> None:
    seqs = [put(archive, f"a{number}", published=f"2024-03-0{9 - number}") for number in range(1, 6)]
    shown = NearDuplicates(archive).fold([cited(archive, seq) for seq in seqs], SEEN)
    assert [(each.article.id, len(each.also_in)) for each in shown] == [("a5", 4)]


def test_copies_that_may_not_be_seen_are_neither_cited_nor_counted(archive: Archive) -> None:
    put(archive, "theirs", owner="guild:7", published="2024-03-01")
    mine = put(archive, "mine", published="2024-03-05")
    put(archive, "bridge", STORY.replace("last week", "this week"), owner="guild:7")
    (shown,) = NearDuplicates(archive).fold([cited(archive, mine)], SEEN)
    assert (shown.article.id, shown.also_in) == ("mine", ())
    (there,) = NearDuplicates(archive).fold([cited(archive, mine)], Filters(frozenset({"operator", "guild:7"})))
    assert (there.article.id, names(there.also_in)) == ("theirs", ["mine", "bridge"])


@pytest.mark.parametrize(
    "filters", [Filters(publisher="The Shore"), Filters(after=date(2024, 3, 5)), Filters(before=date(2024, 3, 9))]
)
def test_an_earlier_copy_that_was_not_asked_for_is_not_cited(archive: Archive, filters: Filters) -> None:
    put(archive, "early", published=None if filters.before else "2024-03-01")
    shore = put(archive, "shore", published="2024-03-06", publisher="The Shore")
    (shown,) = NearDuplicates(archive).fold([cited(archive, shore)], filters)
    assert (shown.article.id, names(shown.also_in)) == ("shore", ["early"])


def test_a_copy_that_names_somebody_else_does_not_stand_in(archive: Archive) -> None:
    put(archive, "early", speaker="Carl Voss", published="2024-03-01")
    late = put(archive, "late", published="2024-03-06")
    (shown,) = NearDuplicates(archive).fold([cited(archive, late)], SEEN)
    assert (shown.article.id, shown.speaker and shown.speaker.name) == ("late", "Ada Brook")


def test_what_comes_near_is_told_once(archive: Archive) -> None:
    seqs = [put(archive, id_, published=day) for id_, day in (("late", "2024-03-06"), ("early", "2024-03-01"))]
    misses = NearDuplicates(archive).fold_misses(
        [NearMiss(cited(archive, seq), Reason.stated(f"{seq}")) for seq in seqs], SEEN
    )
    assert [(miss.citation.article.id, str(miss.reason)) for miss in misses] == [("early", "1")]


def test_a_quotation_in_ten_papers_counts_once(archive: Archive) -> None:
    for number in range(10):
        name = "Brook" if number % 2 else "Ada Brook"
        put(archive, f"a{number}", speaker=name, published=f"2024-03-{20 - number}")
    speakers = SpeakerIndex(archive, lambda: NOON)
    (entry_,) = speakers.named("Ada Brook", {"operator"})
    assert entry_.quotations == 1
    every = [speakers.said(each) for each in speakers.entries({"operator"})]
    assert sum(map(len, every)) >= 1
    assert sum(each.quotations for each in speakers.entries({"operator"})) == 1


def test_copies_follow_what_articles_become(archive: Archive) -> None:
    put(archive, "one")
    put(archive, "two")
    assert together(archive, {"operator"}) == {(1, 2)}
    put(archive, "two", "It has become another story altogether, of a fair in the next town and of its prize marrow.")
    assert together(archive, {"operator"}) == set()
    put(archive, "two")
    archive.remove("operator", "one")
    assert together(archive, {"operator"}) == set()
    archive.restore("operator", "one")
    assert together(archive, {"operator"}) == {(1, 2)}


def test_a_citation_of_an_article_that_went_meanwhile_stays_as_it_is(archive: Archive) -> None:
    known = cited(archive, put(archive, "one"))
    archive.remove("operator", "one")
    assert NearDuplicates(archive).fold([known], SEEN) == [known]
    assert NearDuplicates(archive).with_other_articles([known], SEEN.owners) == [known]
    assert NearDuplicates(archive).with_other_articles([replace(known, also_in=())], ()) == [known]
