"""What holds for every text: nothing raises, words are the article's own, names stand in the article."""

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from retrieval.domain import Certainty, Kind
from retrieval.quotes.extractor import Extractor
from retrieval.quotes.languages import is_attributable

PIECES = [
    '"', "“", "”", "‘", "’", "'", "«", "»", "„", "\n\n", "\n", " ", ": ", " — ", ", ", ". ", "? ", "(", ")", "-",
    "Maria Keller", "Mr Brandt", "she", "He", "said", "told", "according to", "the minister", "A spokesman", "It",
    "the report", "was", "very long day", "Yes", "something", "BRANDT:", "who", "and", "of the Harbour Authority", "\t",
    "\x00", "é", "🙂", "I", "they", "2005", "\u2028",
]  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join), st.text(max_size=200)))
@example(text='" Maria Keller \u2028')
def test_whatever_comes_in_nothing_raises_and_every_name_is_the_articles(extractor: Extractor, text: str) -> None:
    for quotation in extractor.extract(text, keep_mentions=True):
        assert 0 <= quotation.span.start < quotation.span.end <= len(text)
        if quotation.speaker is None:
            assert quotation.kind is Kind.MENTION
            continue
        assert 0 <= quotation.speaker.confidence <= 1
        assert (quotation.speaker.name is None) == (quotation.speaker.certainty is Certainty.UNCLEAR)
        if quotation.speaker.name:
            words = text.casefold()
            assert all(word.casefold() in words for word in quotation.speaker.name.split())


def test_empty_and_blank_texts_have_no_quotations(extractor: Extractor) -> None:
    assert extractor.extract("") == ()
    assert extractor.extract(" \n\n ") == ()


def test_the_same_text_gives_the_same_speakers(extractor: Extractor) -> None:
    text = 'Maria Keller met Anna Brandt. "We are ready for the dredging," she said. "It was long," Brandt added.'
    assert extractor.extract(text) == extractor.extract(text)


def test_in_another_language_spans_are_found_and_no_speaker_is_guessed(extractor: Extractor) -> None:
    text = (
        "Der Minister sprach am Dienstag lange über die neue Brücke und ihre Kosten. Am Ende wurde er deutlich: "
        "„Wir werden das nicht hinnehmen“, sagte Thomas Brandt vor der Presse in der Hauptstadt."
    )
    (found,) = extractor.extract(text)
    assert found.span.of(text) == "Wir werden das nicht hinnehmen"
    assert found.speaker is not None
    assert found.speaker.name is None
    assert str(found.speaker.reason) == "speaker not determined (language)"


def test_the_language_that_is_given_counts() -> None:
    assert is_attributable("Guten Tag", "en-GB")
    assert not is_attributable("Good morning to all of you", "de")
    assert is_attributable('"Yes," he said.', None)
