"""Pronouns in what a message is about: whose job is "his", whose quotations are "hers"."""

from dataclasses import replace

from retrieval.dialogue.intents import Intent, IntentKind
from retrieval.dialogue.recognition.building import POINTING, PRONOUNS
from retrieval.dialogue.turns import ConversationTurn


class Unresolved(ValueError):
    """A pronoun stands for nobody who was spoken of."""


def resolved(intent: Intent, last: ConversationTurn | None) -> Intent:
    """Return the intent with the last speaker in place of pronouns. Raises Unresolved where there is none."""
    if intent.kind is IntentKind.PERSON and _points(intent.subject):
        return replace(intent, subject=_speaker(last))
    speakers = intent.listing.speakers
    if not any(map(_points, speakers)):
        return intent
    named = tuple(_speaker(last) if _points(speaker) else speaker for speaker in speakers)
    return replace(intent, listing=replace(intent.listing, speakers=named))


def _points(phrase: str | None) -> bool:
    return (phrase or "").lower() in PRONOUNS | POINTING


def _speaker(last: ConversationTurn | None) -> str:
    if last is None or last.speaker is None:
        raise Unresolved
    return last.speaker
