"""Pronouns in what a message is about: whose job is "his", whose quotations are "hers"."""

from dataclasses import replace

from retrieval.answering.citations import cite
from retrieval.dialogue.intents import Intent, IntentKind
from retrieval.dialogue.recognition.building import POINTING, PRONOUNS
from retrieval.dialogue.replies import DialogueReply
from retrieval.dialogue.turns import ConversationTurn
from retrieval.domain import Article, Citation
from retrieval.text.passages import sentences
from retrieval.text.person_names.matching import same_name


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


def introduction(name: str, article: Article) -> Citation | None:
    """Return the first sentence of an article that names somebody in full, None without one."""
    text = article.text
    span = next((span for span in sentences(text) if name in span.of(text)), None)
    return cite(article, span, 1.0) if span else None


def person_turn(last: ConversationTurn | None, reply: DialogueReply) -> ConversationTurn:
    """Return the turn after a person was told of: the last one where it is the same person, or one of that person."""
    name = _full_name(reply)
    if last and last.speaker and name and same_name(name, last.speaker):
        return last
    return replace(ConversationTurn.after(last, "", reply.answer), about=name)


def points_back(subject: str | None) -> bool:
    """Return whether a subject is a pronoun or the like."""
    return _points(subject)


def _full_name(reply: DialogueReply) -> str | None:
    """Return the archive's name of the person whom a reply tells of."""
    return next((str(value) for text in reply.texts for name, value in text.parameters if name == "name"), None)


def _points(phrase: str | None) -> bool:
    return (phrase or "").lower() in PRONOUNS | POINTING


def _speaker(last: ConversationTurn | None) -> str:
    if last is None or last.speaker is None:
        raise Unresolved
    return last.speaker
