"""Messages: the quotations that a person's message holds, and whom it names as their speakers. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.domain import Span
from retrieval.quotes.spans.scanner import find_quote_spans
from retrieval.text.lexicon import inflected, tagged
from retrieval.text.patterns import LinearPattern, linear
from retrieval.text.stemming import content_words
from retrieval.text.tokens import words

FEWEST_WORDS = 3
"""Words that a message without quotation marks must have to be a statement."""
_NAME = r"[A-Z][\w.'’-]*(?:\s+(?:(?:de|van|der|den|von|bin|al|la)\s+)*[A-Z][\w.'’-]*){0,4}"
_LOWER_NAME = r"[A-Za-zÀ-ɏ][\w.'’-]*(?:\s+[A-Za-zÀ-ɏ][\w.'’-]*){0,2}"
_VERB = r"(?P<verb>[A-Za-zÀ-ɏ]+)"
_BEFORE = (
    linear(rf"(?P<who>{_NAME})(?:,[^,]{{1,60}},)?\s+(?:once\s+|also\s+|has\s+|had\s+)*{_VERB}(?:\s+that)?\s*[:,]?\s*$"),
    linear(rf"(?:^|[.!?;\n]\s*)(?P<who>{_LOWER_NAME})\s+{_VERB}(?:\s+that)?\s*[:,]?\s*$"),
    linear(rf"(?:^|[.!?;\n]\s*)(?P<who>{_NAME})\s*:\s*$"),
    linear(rf"\b[Aa]ccording to (?P<who>{_NAME})\s*[:,]?\s*$"),
)
_AFTER = (
    linear(rf"\s*[,.]?\s*{_VERB}\s+(?P<who>{_NAME})"),
    linear(rf"\s*[,.]?\s*(?P<who>{_NAME})\s+{_VERB}\b"),
    linear(rf"\s*[,.]?\s*[-–—―~]+\s*(?P<who>{_NAME}|{_LOWER_NAME})\s*$"),
)


@dataclass(frozen=True, slots=True)
class QuotedWords:
    """A quotation in a message, and the speaker whom the message names beside it."""

    words: str
    speaker: str | None


def quotations_in(message: str) -> list[QuotedWords]:
    """Return the quotations of a message in order, without those inside others."""
    stretches = [stretch.inner for stretch in find_quote_spans(message) if stretch.parent is None]
    return [QuotedWords(inner.of(message), _speaker(message, stretches, at)) for at, inner in enumerate(stretches)]


def is_statement(message: str) -> bool:
    """Return whether a message without quotation marks says something: it isn't a greeting or a question."""
    every = words(message)
    asking = tagged("question_word", "finite_auxiliary") | {"who", "where", "when", "which", "whose"}
    question = message.rstrip().endswith("?") or any(word.key in asking for word in every[:1])
    telling = set(content_words(message)) - tagged("small_talk")
    return len(every) >= FEWEST_WORDS and bool(telling) and not question


def _speaker(message: str, stretches: Sequence[Span], at: int) -> str | None:
    start = stretches[at - 1].end + 1 if at else 0
    stop = stretches[at + 1].start - 1 if at + 1 < len(stretches) else len(message)
    before, after = message[start : stretches[at].start - 1], message[stretches[at].end + 1 : stop]
    return _named(before, _BEFORE, "search") or _named(after, _AFTER, "match")


def _named(text: str, patterns: Sequence[LinearPattern], how: str) -> str | None:
    for pattern in patterns:
        match = pattern.search(text) if how == "search" else pattern.match(text)
        if match and _is_name(match["who"]) and _reports(match.groupdict().get("verb", "said")):
            return match["who"]
    return None


def _reports(verb: str) -> bool:
    return verb.lower() in inflected("reporting_verb")


def _is_name(who: str) -> bool:
    first = who.split(maxsplit=1)[0].lower()
    pronouns = tagged("he_pronoun", "she_pronoun", "they_pronoun", "it_pronoun", "first_person", "second_person")
    return first not in pronouns and not any(_reports(word) for word in who.split())
