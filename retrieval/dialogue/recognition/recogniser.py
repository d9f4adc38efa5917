"""The recogniser: from a message to its intents, in order."""

from collections.abc import Iterator
from datetime import date

from retrieval.dialogue.intents import Intent, IntentKind
from retrieval.dialogue.languages.detection import ENGLISH
from retrieval.dialogue.languages.news_terms import TRANSLATED_LANGUAGES
from retrieval.dialogue.languages.translation import translate
from retrieval.dialogue.recognition.building import FittedRule, intent_of, parts_of
from retrieval.dialogue.recognition.descriptions import words_of
from retrieval.dialogue.recognition.division import divided
from retrieval.dialogue.recognition.known_names import NOBODY_KNOWN, KnownNames
from retrieval.dialogue.recognition.pasted import address_in, asks, pasted_quotations
from retrieval.dialogue.recognition.periods import named_period
from retrieval.dialogue.recognition.phrase_rules import phrase_book
from retrieval.dialogue.recognition.spelling import bare, has_letters, spelt_out, without_emoji

TITLE_WORDS = 4
"""Fewest words of a message that may be an article's title."""
UNSURE = 0.5
"""The doubt from which on an intent is a guess that the archive has to confirm."""
_IDLE = frozenset({IntentKind.SMALL_TALK, IntentKind.UNINTELLIGIBLE})
_TIMELESS = frozenset({IntentKind.LIST, IntentKind.COMPARISON})


def recognise(
    message: str, today: date, known: KnownNames = NOBODY_KNOWN, language: str = ENGLISH
) -> tuple[Intent, ...]:
    """Return the intents of a message in order, at least one; `today` anchors "last week".

    A message in another language is put into English first. `known` tells publishers and speakers from other words.
    Nothing of the messages before is looked at: a follow-up is a question, and a pronoun stays in `subject` or
    `listing`.
    """
    text = without_emoji(message)
    if not has_letters(text):
        return (Intent(IntentKind.UNINTELLIGIBLE, message),)
    if address := address_in(text):
        return (Intent(IntentKind.ARTICLE, text, address),)
    pasted = pasted_quotations(message)
    if pasted and pasted[0].doubt < UNSURE:
        return pasted
    foreign = language in TRANSLATED_LANGUAGES
    text = translate(text, language).text if foreign else spelt_out(text)
    found = [intent for wish in divided(text) for intent in _intents(wish, today, known)]
    wanted = _without_repeats([intent for intent in found if intent.kind not in _IDLE] or found[:1])
    guess = len(wanted) == 1 and (wanted[0] == Intent(IntentKind.QUESTION, text) or wanted[0].doubt >= UNSURE)
    return pasted if pasted and not foreign and guess else wanted


def _without_repeats(intents: list[Intent]) -> tuple[Intent, ...]:
    """Return the intents without a second one about the same thing of the archive: "from where? which sources?"."""
    kept: list[Intent] = []
    for intent in intents:
        if intent.kind is not IntentKind.ARCHIVE or all(intent.archive is not other.archive for other in kept):
            kept.append(intent)
    return tuple(kept)


def _intents(wish: str, today: date, known: KnownNames) -> Iterator[Intent]:
    opened = _unopened(wish)
    for phrase in dict.fromkeys((bare(wish), bare(opened))):
        if phrase and (intent := _by_rules(phrase, today, known)):
            yield intent
            return
    yield _question(opened)


def _by_rules(phrase: str, today: date, known: KnownNames) -> Intent | None:
    """Return the intent of the first rule that fits a phrase and whose parts make sense."""
    period, timeless = named_period(phrase, today, known)
    for rule in phrase_book().rules:
        for asked in _forms(rule.kind, phrase, timeless):
            for match in filter(None, (pattern.fullmatch(asked) for pattern in rule.patterns)):
                if intent := intent_of(FittedRule(rule, phrase, parts_of(match), period, today, known)):
                    return intent
    return None


def _forms(kind: IntentKind, phrase: str, timeless: str) -> tuple[str, ...]:
    """Return what a rule is tried on: lists and the like without the period that the message names."""
    if kind is IntentKind.ARCHIVE:
        return tuple(dict.fromkeys((phrase, bare(timeless))))
    return (bare(timeless),) if kind in _TIMELESS else (phrase,)


def _unopened(wish: str) -> str:
    """Return a wish without a greeting or "can you tell me" in front of it, and "lol" or "please" behind it."""
    book = phrase_book()
    match = book.openings.match(wish)
    rest = wish[match.end() :] if match else wish
    if ended := book.endings.search(rest):
        rest = rest[: ended.start()]
    return rest if bare(rest) else wish


def _question(wish: str) -> Intent:
    """Return a question, or where it looks like an article's title an unsure intent of that kind."""
    if looks_like_title(wish):
        return Intent(IntentKind.ARTICLE, wish, bare(wish), doubt=UNSURE)
    return Intent(IntentKind.QUESTION, wish)


def looks_like_title(message: str) -> bool:
    """Return whether a message may be an article's title: some words, half of them with capitals, that ask nothing."""
    words = message.split()
    capitals = sum(word[0].isupper() for word in words if word[0].isalpha())
    return (
        len(words_of(message)) >= TITLE_WORDS
        and capitals * 2 >= len(words)
        and not message.rstrip().endswith("?")
        and not asks(message)
    )
