"""Who acts in the sentence around quoted words, and whom a speaker quotes, on invented sentences."""

from retrieval.quotes.attribution.candidates import CandidateFinder
from retrieval.quotes.attribution.facts.clause_facts import ReportingFacts, SentenceClauses
from retrieval.quotes.attribution.facts.clause_position import ClauseLocator
from retrieval.quotes.attribution.features import speaker_registry
from retrieval.quotes.attribution.nested_sources import cited, named_first
from retrieval.quotes.entities.entity_index import EntityIndex
from retrieval.quotes.entities.mentions import mention_of
from retrieval.quotes.spans.scanner import find_quote_spans
from retrieval.quotes.syntax.clauses import actors
from retrieval.quotes.syntax.parser import Parser


def acting(parser: Parser, text: str, verb: str) -> set[str]:
    parse = parser.parse(text, find_quote_spans(text))
    return {actor.noun.text for actor in actors(parse, parse.tokens) if actor.verb.text == verb}


def reporting(parser: Parser, text: str) -> dict[str, ReportingFacts]:
    """Return the reporting clauses of the first quotation's sentence by the head that names who reports."""
    parse = parser.parse(text, find_quote_spans(text))
    entities = EntityIndex(parse)
    place = CandidateFinder(parse, entities, speaker_registry()).position_of(0)
    assert place is not None
    clauses = SentenceClauses(parse, ClauseLocator(parse), place, list(actors(parse, place.region)))
    found = ((a, clauses.facts(a, position, mention_of(parse, entities, a.noun))) for a, position in clauses.each())
    return {actor.noun.text: facts.reporting for actor, facts in found if facts.reporting}


def test_who_is_made_to_speak_is_the_speaker(parser: Parser) -> None:
    assert acting(parser, "Brandt forced the captain to say 'I was asleep'.", "say") == {"captain"}


def test_who_wrote_what_says_the_words_speaks_beside_it(parser: Parser) -> None:
    assert acting(parser, "Brandt wrote letters calling it 'a shame'.", "calling") == {"letters", "Brandt"}


def test_the_nearer_of_two_saying_clauses_is_marked(parser: Parser) -> None:
    text = 'Keller said that Brandt told her: "Nobody will ever find the boat in this fog."'
    assert {name for name, facts in reporting(parser, text).items() if facts.inner} == {"Brandt"}


def test_who_answers_a_question_is_no_speaker_of_it(parser: Parser) -> None:
    text = 'When Brandt was asked, "Will you stay in office?" he answered: "Nobody has told me to go."'
    assert reporting(parser, text)["he"].asked
    text = 'Keller asked, "Will you stay in office?" he answered.'
    assert not any(facts.asked for facts in reporting(parser, text).values())


def test_who_is_cited_beside_the_words_is_found(parser: Parser) -> None:
    text = "\"They promised 'a house for every family' and built none,\" Brandt wrote, citing a report of the council."
    parse = parser.parse(text, find_quote_spans(text))
    entities = EntityIndex(parse)
    around = CandidateFinder(parse, entities, speaker_registry()).position_of(0)
    assert around is not None
    assert [mention.head.text for mention in cited(parse, entities, around)] == ["report"]


def test_the_first_name_at_the_head_of_an_inscription_is_found(parser: Parser) -> None:
    text = "The stone reads: “Maria Keller (1912-1956). Two gold medals in the high jump. ‘The wind carried me.’”"
    parse = parser.parse(text, find_quote_spans(text))
    entities = EntityIndex(parse)
    nested = CandidateFinder(parse, entities, speaker_registry()).position_of(1)
    assert nested is not None
    first = named_first(parse, entities, nested)
    assert first is not None
    assert first.span.of(text) == "Maria Keller"
