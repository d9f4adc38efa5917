"""Whom pronouns mean in the article's own words, and what is known of a quotation's sentence, on invented sentences."""

import pytest

from retrieval.quotes.attribution.candidates import CandidateFinder
from retrieval.quotes.attribution.facts.quote_position import QuotePosition
from retrieval.quotes.attribution.features import speaker_registry
from retrieval.quotes.attribution.model import SpeakerModel
from retrieval.quotes.entities.descriptions import DescriptionIndex
from retrieval.quotes.entities.entity_index import EntityIndex
from retrieval.quotes.entities.mentions import MentionForm, mention_of
from retrieval.quotes.entities.pronouns import PronounResolver
from retrieval.quotes.spans.scanner import find_quote_spans
from retrieval.quotes.syntax.parser import Parser


def last_meant(parser: Parser, text: str) -> str:
    """Whom the last pronoun of the text means."""
    parse = parser.parse(text, find_quote_spans(text))
    meant = PronounResolver(parse, EntityIndex(parse), SpeakerModel.load().pronoun_score).meant
    return meant[max(meant)].name


def place_of(parser: Parser, text: str, quotation: int = 0) -> QuotePosition:
    parse = parser.parse(text, find_quote_spans(text))
    place = CandidateFinder(parse, EntityIndex(parse), speaker_registry()).position_of(quotation)
    assert place is not None
    return place


FOLLOWED = {
    "one of several is less likely meant": (
        "Thomas Brandt's future is open. Races against Peter Weiss and Oliver Lang impressed the crowd. He smiled.",
        "Thomas Brandt",
    ),
    "whom the question is about does not answer it": (
        "As I sat beside Thomas Brandt, I asked if Peter Weiss would resign. He laughed.",
        "Thomas Brandt",
    ),
    "who is asked and called he answers": (
        "Peter Weiss met Thomas Brandt. Asked if he would resign, Peter Weiss smiled. He laughed.",
        "Peter Weiss",
    ),
    "a name in front of the pronoun's own clause is another's": (
        "Ivo Brandt's love of the sea began early. Moved by captains like Peter Weiss, he learned to sail. He smiled.",
        "Ivo Brandt",
    ),
    "the ending of a first name gives way": (
        "Talinda Brandt seemed content with the boat. Later he smiled.",
        "Talinda Brandt",
    ),
    "who is introduced as somebody is the topic": (
        "Peter Weiss said nothing. One reply came from Thomas Brandt, a lawyer from Bergen. He laughed.",
        "Thomas Brandt",
    ),
}


@pytest.mark.parametrize("case", FOLLOWED)
def test_a_pronoun_means_whom_the_article_speaks_of(parser: Parser, case: str) -> None:
    text, name = FOLLOWED[case]
    assert last_meant(parser, text) == name


def test_words_at_whose_end_others_are_quoted_end_their_sentence(parser: Parser) -> None:
    text = "\"He walked up to the four of us and said: 'This is the end.'\" Peter Weiss asked for a glass of water."
    assert place_of(parser, text).alone


def test_a_paragraph_of_words_without_a_stop_is_a_heading(parser: Parser) -> None:
    text = "Peter Weiss left.\n\n'Nobody told us about the flood'\n\n\"We were all asleep in the house.\""
    assert [place_of(parser, text, quotation).heading for quotation in (0, 1)] == [True, False]


def test_it_is_known_that_somebody_was_asked_the_words(parser: Parser) -> None:
    asked = 'When Peter Weiss was asked, "Will you stay in office?" he answered: "Nobody has told me to go."'
    assert [place_of(parser, asked, quotation).asked for quotation in (0, 1)] == [True, False]


def test_a_nameless_person_to_whom_something_is_done_may_be_meant(parser: Parser) -> None:
    text = "The sailors rescued a drowning woman. She smiled."
    parse = parser.parse(text, ())
    found = DescriptionIndex(parse, EntityIndex(parse)).object_before(parse.tokens[-3])
    assert found is not None
    assert found.name == "drowning woman"


@pytest.mark.parametrize(
    ("phrase", "form"),
    [
        ("Hundreds of protesters marched.", MentionForm.GROUP_NOUN),
        ("A crowd of students sang.", MentionForm.GROUP_NOUN),
        ("Hundreds of bridges fell.", MentionForm.OTHER),
    ],
)
def test_a_number_of_people_is_a_group(parser: Parser, phrase: str, form: MentionForm) -> None:
    parse = parser.parse(phrase, ())
    subject = next(token for token in parse.tokens if token.dep == "nsubj")
    assert mention_of(parse, EntityIndex(parse), subject).form is form
