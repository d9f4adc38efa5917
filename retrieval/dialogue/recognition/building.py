"""From a message that a phrase rule fits to an intent, or to None where its parts make no sense together. Pure."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from retrieval.answering.questions.periods import find_period
from retrieval.dialogue.intents import ArchiveTopic, Intent, IntentKind, ListOrder, ListRequest
from retrieval.dialogue.recognition.descriptions import (
    is_crowd,
    is_office,
    is_surely_name,
    may_be_name,
    without_possessive,
    words_of,
)
from retrieval.dialogue.recognition.known_names import KnownNames
from retrieval.dialogue.recognition.phrase_rules import PhraseRule
from retrieval.query import Period
from retrieval.text.lexicon import lexicon, tagged
from retrieval.text.patterns import linear

PRONOUNS = tagged("anaphoric_pronoun", "he_pronoun", "she_pronoun", "they_pronoun")
"""Words that stand for a speaker who was spoken of before."""
MOST_SIDES = 4
"""Most speakers who are compared."""
SPEAKER_WORDS = 8
"""Most words by which a list's speaker is named."""


@dataclass(frozen=True, slots=True)
class FittedRule:
    """A rule with the parts of the message that it found; `period` is the one that the message names."""

    rule: PhraseRule
    text: str
    parts: Mapping[str, str]
    period: Period | None
    today: date
    known: KnownNames

    @property
    def who(self) -> str | None:
        """The speaker, without a possessive ending."""
        return without_possessive(self.parts["who"]) if self.parts.get("who") else None

    @property
    def topic(self) -> str | None:
        """What the message is about."""
        return self.parts.get("topic")


def intent_of(fit: FittedRule) -> Intent | None:
    """Return the intent of a message that a rule fits; None where its parts make no sense together."""
    return _BUILDERS[fit.rule.kind](fit)


def parts_of(match: "re.Match[str]") -> dict[str, str]:
    """Return the named groups of a match that hold anything, without marks at their ends."""
    return {name: value.strip(_MARKS) for name, value in match.groupdict().items() if value and value.strip(_MARKS)}


def _plain(fit: FittedRule) -> Intent:
    return Intent(fit.rule.kind, fit.text, small_talk=fit.rule.small_talk)


def _question(fit: FittedRule) -> Intent | None:
    if fit.rule.question is None:
        return Intent(IntentKind.QUESTION, fit.text)
    who = fit.who or ""
    if fit.rule.role and (not is_office(who) or is_crowd(who)):
        return None
    if fit.rule.speaker and (is_crowd(who) or not (may_be_name(who) or is_office(who))):
        return None
    if len(words_of(who)) > SPEAKER_WORDS + 1 or set(words_of(who)[:1]) & _ASKING:
        return None
    question = fit.rule.question.format(**{**fit.parts, "who": who})
    return Intent(IntentKind.QUESTION, _THE_OWNED.sub(r"\1", question))


def _archive(fit: FittedRule) -> Intent | None:
    about, subject, period = fit.rule.archive, fit.topic, fit.period
    if about is ArchiveTopic.PUBLISHER:
        given = fit.parts["publisher"]
        publisher = fit.known.publisher(given)
        about, subject = (about, publisher) if publisher else (ArchiveTopic.CONTENT, given)
    if about is ArchiveTopic.DAY:
        when = next(value for name, value in fit.parts.items() if name.startswith("when"))
        period = find_period(without_possessive(when), fit.today)[0] or Period(fit.today, fit.today)
    if about is ArchiveTopic.CONTENT and not _searchable(subject):
        return None
    return Intent(IntentKind.ARCHIVE, fit.text, subject, archive=about, period=period)


def _article(fit: FittedRule) -> Intent | None:
    subject = str(_AND_WHEN.sub("", fit.parts["subject"])).strip("'’")
    return Intent(IntentKind.ARTICLE, fit.text, subject) if _searchable(subject) else None


def _person(fit: FittedRule) -> Intent | None:
    subject = without_possessive(fit.parts["subject"])
    pronoun = subject.lower() in PRONOUNS | POINTING
    if not pronoun and not fit.known.is_speaker(subject):
        spelt = subject.removesuffix("s")  # "lina khatibs job"
        if spelt != subject and fit.known.is_speaker(spelt):
            subject = spelt
        elif not may_be_name(subject) or any(word.endswith("ing") for word in words_of(subject)):
            return None
    return Intent(IntentKind.PERSON, fit.text, subject)


def _comparison(fit: FittedRule) -> Intent | None:
    named = f"{fit.parts.get('who', '')}, {fit.parts.get('other', '')}"
    sides = [without_possessive(side) for side in named.split(", ") if side.strip()]
    if not 2 <= len(sides) <= MOST_SIDES or not all(0 < len(words_of(side)) <= SPEAKER_WORDS for side in sides):
        return None
    if fit.rule.names_only and (any(map(is_office, sides)) or not all(_is_named(side, fit.known) for side in sides)):
        return None
    if any(word in _ASKING for side in sides for word in words_of(side)[:1]):
        return None
    listing = ListRequest(fit.topic, tuple(sides), period=fit.period)
    return Intent(IntentKind.COMPARISON, fit.text, fit.topic, listing)


def _list(fit: FittedRule) -> Intent | None:
    if fit.rule.period and fit.period is None:
        return None
    order = ListOrder.NEWEST if fit.parts.get("order") or _wants_newest(fit.text) else ListOrder.BEST
    count = _count(fit.parts.get("count") or fit.parts.get("count2"))
    listing = ListRequest(fit.topic, period=fit.period, order=order, count=count)
    if fit.rule.opposing:
        return Intent(IntentKind.LIST, fit.text, fit.topic, replace(listing, opposing=fit.who))
    narrowed = _by_speaker(listing, fit) if fit.who else listing
    if narrowed is None or (fit.rule.group and not narrowed.group):
        return None
    if not (narrowed.topic or narrowed.speakers or narrowed.publisher or narrowed.period):
        return None
    return Intent(IntentKind.LIST, fit.text, narrowed.topic, narrowed)


def _by_speaker(listing: ListRequest, fit: FittedRule) -> ListRequest | None:
    """Narrow a list by whom the message names: a publisher, a crowd, a person, or with a period alone a topic."""
    who = fit.who or ""
    words = words_of(who)
    if not 0 < len(words) <= SPEAKER_WORDS or words[0] in _ASKING:
        return None
    if is_crowd(who):
        return replace(listing, speakers=(who,), group=True)
    if publisher := fit.known.publisher(who):
        return replace(listing, publisher=publisher)
    return None if fit.rule.group else _by_person(listing, fit, who)


def _by_person(listing: ListRequest, fit: FittedRule, who: str) -> ListRequest | None:
    plural = who.removesuffix("s")
    if plural != who and fit.known.is_speaker(plural) and not fit.known.is_speaker(who):
        return replace(listing, speakers=(plural,))
    sure = who.lower() in PRONOUNS or fit.known.is_speaker(who) or is_surely_name(who) or is_office(who)
    if not sure and not may_be_name(who):
        return None
    return replace(listing, topic=who) if fit.rule.period and not sure else replace(listing, speakers=(who,))


def _is_named(side: str, known: KnownNames) -> bool:
    return known.is_speaker(side) or is_surely_name(side)


def _searchable(subject: str | None) -> bool:
    """Return whether any word of a subject could be looked for."""
    return any(word not in tagged("stopword") for word in words_of(subject or ""))


def _wants_newest(text: str) -> bool:
    return any(word in _NEWEST for word in words_of(text))


def _count(number: str | None) -> int | None:
    if number is None or number.isdigit():
        return int(number) if number else None
    entry = lexicon().entries.get(number.lower())
    return entry.number if entry else None


_MARKS = ' ,"“”‘'
POINTING = frozenset({"that", "this", "that guy", "this guy", "that person", "that man", "that woman"})
_THE_OWNED = linear(r"\bthe ([\w-]+['’]s )")
_AND_WHEN = linear(r",? and (?:when|where|why|who)\??$", ignore_case=True)
_NEWEST = frozenset({"latest", "newest", "recent", "recently"})
_ASKING = tagged("question_word", "finite_auxiliary") | {"who", "where", "when", "which", "whose", "if", "that"}

_BUILDERS: Mapping[IntentKind, Callable[[FittedRule], Intent | None]] = {
    IntentKind.SMALL_TALK: _plain,
    IntentKind.HELP: _plain,
    IntentKind.UNINTELLIGIBLE: _plain,
    IntentKind.QUESTION: _question,
    IntentKind.ARCHIVE: _archive,
    IntentKind.ARTICLE: _article,
    IntentKind.PERSON: _person,
    IntentKind.COMPARISON: _comparison,
    IntentKind.LIST: _list,
}
