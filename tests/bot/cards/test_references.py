import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cards.references import Reference, parse, reference_to
from bot.errors import Stale
from bot.services.reference_lookup import ReferenceLookup
from retrieval.answering.citations import cite
from retrieval.answering.quotation_status import QuotationStatuses
from retrieval.domain import Span
from retrieval.store.archive import Archive
from tests.bot.made_up import ARTICLE, TEXT, FakeStore, citation, sentence

SPANS = st.tuples(st.integers(0, 10**9), st.integers(0, 10**6)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))


@given(SPANS, st.integers(1, 2**62))
def test_a_reference_to_a_quotation_survives_being_written(span, row):
    reference = Reference(span, "0a1b2", quotation=row)
    assert parse(str(reference)) == reference


@given(SPANS, st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=60))
def test_a_reference_to_a_sentence_survives_being_written(span, article):
    reference = Reference(span, "0a1b2", article=article)
    assert parse(str(reference)) == reference


def test_references_know_their_words():
    reference = reference_to(citation(1))
    assert reference.still_means("We will not close the harbour,")
    assert not reference.still_means("We will close the harbour,")


def test_references_fit_a_button():
    assert len(str(reference_to(citation(1)))) < 40
    assert len(str(reference_to(sentence()))) < 60


@pytest.mark.parametrize("text", ["", "q1", "qz.1.2.zzzzz", "s1.2.0a1b2:", "x1.2.0a1b2:id", "q-1.1.1.0a1b2"])
def test_what_is_no_reference_is_refused(text):
    with pytest.raises(ValueError, match="refers to nothing"):
        parse(text)


def test_a_forged_reference_makes_no_quotation_of_other_words(archive: Archive):
    words = "the dredging would be paid for by the town"
    start = TEXT.index(words)
    check = reference_to(cite(ARTICLE, Span(start, start + len(words)), 1.0)).check
    forged = Reference(Span(start, start + len(words)), check, quotation=1)
    assert forged.still_means(words)
    with pytest.raises(Stale):
        ReferenceLookup(FakeStore(), QuotationStatuses(archive)).look_up(forged, ["operator"])


def test_a_reference_is_followed_only_where_its_article_may_be_seen(archive: Archive):
    known = reference_to(citation(1))
    assert (
        ReferenceLookup(FakeStore(), QuotationStatuses(archive)).look_up(known, ["operator"]).text == citation(1).text
    )
    for reference in (known, reference_to(sentence())):
        with pytest.raises(Stale):
            ReferenceLookup(FakeStore(), QuotationStatuses(archive)).look_up(reference, ["guild:2"])
