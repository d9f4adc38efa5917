"""The one who acts in the clause of a verb, and which verbs give no words, on invented sentences."""

import pytest

from retrieval.quotes.attribution.facts.clause_position import verb_class
from retrieval.quotes.spans.scanner import find_quote_spans
from retrieval.quotes.syntax.clauses import Actor, actors
from retrieval.quotes.syntax.parser import Parser


def actor(parser: Parser, text: str, verb: str) -> Actor:
    parse = parser.parse(text, find_quote_spans(text))
    return next(a for a in actors(parse, parse.tokens) if a.verb.text == verb)


def test_whoever_is_led_to_say_something_says_it(parser: Parser) -> None:
    assert actor(parser, "The long delay led Keller to say that the port was lost.", "say").noun.text == "Keller"


def test_whoever_promises_somebody_to_do_something_does_it(parser: Parser) -> None:
    assert actor(parser, "Brandt promised Keller to write a letter.", "write").noun.text == "Brandt"


def test_a_right_to_respond_gives_no_words(parser: Parser) -> None:
    found = actor(parser, "The ministry said the harbour reserves the right to respond in kind.", "respond")
    assert verb_class(found) == "other"


def test_an_object_is_not_taken_for_an_inverted_subject(parser: Parser) -> None:
    text = "Her profile, kept “as a tribute to the whole club”, lists him as a goalkeeper."
    assert actor(parser, text, "lists").noun.text != "him"


def test_a_day_acts_in_no_clause(parser: Parser) -> None:
    text = "Researchers trace the lamps to 500 BC saying “the first of them burned oil”."
    parse = parser.parse(text, find_quote_spans(text))
    assert "BC" not in [found.noun.text for found in actors(parse, parse.tokens)]


@pytest.mark.parametrize(
    "text",
    [
        "Brandt accused the deputy, Keller, of calling the port a “complete disaster”.",
        "Brandt criticised the deputy for calling the port a “complete disaster”.",
    ],
)
def test_whoever_is_judged_for_saying_something_said_it(parser: Parser, text: str) -> None:
    assert actor(parser, text, "calling").noun.text == "deputy"
