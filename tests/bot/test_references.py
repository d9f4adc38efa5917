import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.references import Reference, parse, reference_to
from retrieval.articles import Span
from tests.bot.made_up import citation, sentence

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
