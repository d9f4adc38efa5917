"""Speakers without a name: the fullest description counts as the name, on invented sentences."""

from retrieval.quotes.entities.descriptions import LONGEST, DescriptionIndex
from retrieval.quotes.entities.entity_index import EntityIndex
from retrieval.quotes.entities.mentions import Mention, mention_of
from retrieval.quotes.spans.scanner import find_quote_spans
from retrieval.quotes.syntax.parser import Parser


def described(parser: Parser, text: str, noun: str) -> tuple[DescriptionIndex, list[Mention]]:
    """Every mention with the noun, in order."""
    parse = parser.parse(text, find_quote_spans(text))
    entities = EntityIndex(parse)
    return DescriptionIndex(parse, entities), [mention_of(parse, entities, t) for t in parse.tokens if t.text == noun]


def test_a_definite_description_takes_the_words_of_the_fuller_one_before(parser: Parser) -> None:
    text = "A report by harbour engineers came out. The report warned of rust."
    descriptions, (first, second) = described(parser, text, "report")
    assert descriptions.entity_of(second) is descriptions.entity_of(first)


def test_the_authors_are_not_the_other_authors(parser: Parser) -> None:
    text = "Two other authors left early. The authors agreed that the novel was dull."
    descriptions, mentions = described(parser, text, "authors")
    assert descriptions.entity_of(mentions[-1]).name == "authors"


def test_what_describes_a_named_body_is_no_speaker_of_its_own(parser: Parser) -> None:
    text = "Lumo is a Danish company. The company said it would sell lamps."
    descriptions, mentions = described(parser, text, "company")
    assert descriptions.entity_of(mentions[-1]).name == "company"


def test_a_very_long_description_ends_before_a_preposition(parser: Parser) -> None:
    tail = "of the committee " * 12
    descriptions, mentions = described(parser, f"A member {tail}spoke. The member left.", "member")
    words = descriptions.words(mentions[0])
    assert len(words) <= LONGEST
    assert words[-1] == "committee"


def test_a_description_is_introduced_by_an_indefinite_one_just_before(parser: Parser) -> None:
    text = "A port official came late. The official was tired."
    descriptions, (first, second) = described(parser, text, "official")
    assert descriptions.introduced(second)
    assert not descriptions.introduced(first)
