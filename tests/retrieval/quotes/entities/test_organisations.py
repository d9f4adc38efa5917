"""Organisations and writings by name: where a name ends, what stands for it, and whom "the company" means."""

import pytest

from retrieval.domain import SpeakerKind
from retrieval.quotes.entities.entity import Entity
from retrieval.quotes.entities.entity_index import EntityIndex
from retrieval.quotes.extractor import Extractor
from retrieval.quotes.spans.scanner import find_quote_spans
from retrieval.quotes.syntax.parser import Parser


def entities(parser: Parser, text: str) -> dict[str, Entity]:
    return {entity.name: entity for entity in EntityIndex(parser.parse(text, find_quote_spans(text))).entities}


def test_an_abbreviation_in_brackets_is_the_same_body_as_the_name_before_it(parser: Parser) -> None:
    found = entities(parser, "The Royal Institute for Blind Sailors (RIBS) met. RIBS has a boat.")
    assert len(found["Royal Institute for Blind Sailors"].occurrences) == 3
    assert "RIBS" not in found


def test_an_airline_is_no_person(parser: Parser) -> None:
    found = entities(parser, "Delta Air Lines cut its fares. Delta Air Lines has few pilots.")
    assert found["Delta Air Lines"].kind is SpeakerKind.ORGANISATION


@pytest.mark.parametrize("text", ["Hamas-led fighters fled.", "A Kremlin-installed mayor fled."])
def test_the_name_ends_before_a_participle(parser: Parser, text: str) -> None:
    assert set(entities(parser, text)) <= {"Hamas", "Kremlin"}


def test_what_has_neither_capital_nor_digit_is_no_name(parser: Parser) -> None:
    found = entities(parser, "The albedo of the mosques rose, and the geese left for the navy.")
    assert all(any(c.isupper() for c in name) for name in found)


def test_a_description_with_other_modifiers_is_not_the_document_before(parser: Parser) -> None:
    text = (
        "The Danish leaflet says: “Fill the bath with water first.”\n\n"
        "The Polish guidance says: “Keep a radio and a lamp at hand.”"
    )
    found = Extractor(parser).extract(text)
    assert [q.speaker.name for q in found if q.speaker] == ["Danish leaflet", "Polish guidance"]


def test_a_party_named_by_a_common_word_is_found_where_it_is_taken_for_one(parser: Parser) -> None:
    text = "Labour met on Monday. Labour say the vote could let others in. The Greens left Labour in May."
    assert len(entities(parser, text)["Labour"].occurrences) == 3


def test_the_official_is_the_one_who_was_just_introduced(parser: Parser) -> None:
    text = "A port official came late. The official said it was “a very busy morning for us”."
    found = Extractor(parser).extract(text)
    assert [q.speaker.name for q in found if q.speaker] == ["port official"]


def test_where_a_champion_comes_from_is_nobodys_name(parser: Parser) -> None:
    assert "European" not in entities(parser, "The former European champion Borussia Dorf may go bankrupt.")
