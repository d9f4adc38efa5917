"""No text keeps a regular expression busy: every one in the product takes time linear in the length of its text."""

import re
from collections.abc import Callable

import pytest

from tests.patterns.finder import FoundPattern, UnknownPattern, module_names, patterns_of
from tests.patterns.pumping import SCREEN, STEP, Pump, growth, pumps

COMPUTED = {
    "bot.cards.reasons:_pattern",
    "retrieval.dialogue.languages.news_terms:language_lexicon",  # patterns of a TOML file, in RE2
    "retrieval.dialogue.recognition.phrase_rules:_rule",
    "retrieval.dialogue.recognition.phrase_rules:read_phrases",
    "retrieval.query:_names_source",  # a publisher's name between literal words
    "retrieval.query:asked_of",  # a name
    "retrieval.ranking.answer_type:_day_pattern",  # words of a lexicon, each behind \b
    "retrieval.ranking.answer_type:_number_pattern",
    "retrieval.dialogue.references.described_speakers:_nearness",  # a surname
    "retrieval.dialogue.handlers.groups:members",  # words of a group between letters: RE2
    "retrieval.ranking.descriptions:_mentions",  # a surname
    "retrieval.text.diff:_same_words",  # literal words with blanks between
    "retrieval.text.patterns:linear",  # the wrapper itself: RE2
}
"""Functions that put a pattern together from their arguments. What they put together has been looked at."""

LONGEST = {
    "bot.cards.correction": 100,  # ids of buttons and menus, which Discord limits
    "bot.extensions": 100,
    "retrieval.quotes.spans.scanner:_INTERRUPTION": 90,  # the caller measures first
    "retrieval.store.migrations": 300,  # reasons with two names in them, which the versions before wrote themselves
    "bot.playground": 4000,  # what the playground's own messages may have
}
"""The length of the longest text that a pattern meets, where its caller limits it; by the beginning of its place."""


def _begins(place: str, beginnings: dict[str, int]) -> str | None:
    return next((beginning for beginning in beginnings if place.startswith(beginning)), None)


def _work(found: FoundPattern, method: str) -> Callable[[str], object]:
    binary = isinstance(found.source, bytes)
    nothing = b"" if binary else ""

    def work(text: str) -> object:
        given = text.encode() if binary else text
        return found.compiled.sub(nothing, given) if method == "sub" else getattr(found.compiled, method)(given)

    return work


def _shapes(found: FoundPattern) -> list[Pump]:
    source = found.source if isinstance(found.source, str) else found.source.decode("latin-1")
    return list(dict.fromkeys(pumps(source, getattr(found.compiled, "flags", 0))))


def _worst(found: FoundPattern) -> str | None:
    limited = _begins(found.place, LONGEST)
    longest = LONGEST[limited] if limited else SCREEN * STEP
    for method in sorted(found.methods):
        for pump in _shapes(found):
            if grows := growth(_work(found, method), pump, longest):
                return f"{found.place}, {method}: {found.source!r}: {grows}"
    return None


@pytest.mark.parametrize("module", module_names())
def test_every_pattern_takes_time_linear_in_its_text(module: str) -> None:
    for found in patterns_of(module):
        if isinstance(found, FoundPattern):
            assert _worst(found) is None


def test_every_pattern_that_is_put_together_has_been_looked_at() -> None:
    unknown = {
        str(found) for name in module_names() for found in patterns_of(name) if isinstance(found, UnknownPattern)
    }
    assert unknown - {""} <= COMPUTED


@pytest.mark.parametrize(
    "pattern", [r"share(?:\s(?:copy(?: link)?|link))*", r"\A\s*#\s+(?P<title>.+?)\s*#*\s*(?:\n|\Z)", r"\s+\|\s+"]
)
def test_patterns_that_are_not_linear_are_found(pattern: str) -> None:
    found = FoundPattern("x:y", re.compile(pattern), frozenset(("search", "fullmatch")))
    assert _worst(found) is not None
