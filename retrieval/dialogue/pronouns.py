"""Pronouns in what a message is about: whose job is "his", whose quotations are "hers"."""

from dataclasses import replace

from retrieval.answering.citations import cite
from retrieval.dialogue.intents import Intent, IntentKind
from retrieval.dialogue.recognition.building import POINTING, PRONOUNS
from retrieval.dialogue.replies import DialogueReply
from retrieval.dialogue.turns import ConversationTurn
from retrieval.domain import Certainty, Citation, Speaker, SpeakerKind
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


def introduction(last: ConversationTurn | None) -> Citation | None:
    """Return the first sentence that names the last speaker in full in the article that was cited, None without one."""
    first, name = (last.first, last.speaker) if last else (None, None)
    if first is None or name is None:
        return None
    text = first.article.text
    span = next((span for span in sentences(text) if name in span.of(text)), None)
    return cite(first.article, span, first.score) if span else None


def person_turn(last: ConversationTurn | None, reply: DialogueReply) -> ConversationTurn:
    """Return the turn after a person was told of: the last one where it is the same person, or one of that person."""
    name = reply.intent.subject if reply.intent else None
    if last and last.speaker and name and same_name(name, last.speaker):
        return last
    who = Speaker(name, None, SpeakerKind.PERSON, 1.0, Certainty.CERTAIN)
    citations = tuple(replace(citation, speaker=who) for citation in reply.answer.citations)
    return ConversationTurn.after(last, "", replace(reply.answer, citations=citations))


def points_back(subject: str | None) -> bool:
    """Return whether a subject is a pronoun or the like."""
    return _points(subject)


def _points(phrase: str | None) -> bool:
    return (phrase or "").lower() in PRONOUNS | POINTING


def _speaker(last: ConversationTurn | None) -> str:
    if last is None or last.speaker is None:
        raise Unresolved
    return last.speaker
