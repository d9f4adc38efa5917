"""Comparisons: what two or more speakers said on one topic, side by side."""

from dataclasses import dataclass, replace

from retrieval.dialogue.handlers.lists import ListHandler
from retrieval.dialogue.intents import Intent, IntentKind, ListRequest
from retrieval.dialogue.interfaces import ReplyContext
from retrieval.dialogue.replies import DialogueReply, ReplyCode, ReplyKind, ReplyText
from retrieval.domain import Answer

A_SIDE = 2
"""Quotations that are shown of each side."""


@dataclass(frozen=True, slots=True)
class ComparisonHandler:
    """Replies to wishes to compare. As thread-safe as its collaborators."""

    lists: ListHandler

    def reply(self, intent: Intent, context: ReplyContext) -> DialogueReply | None:
        """Return a part for each side; of a side that said nothing on the topic the part says so.

        None for fewer than two sides.
        """
        sides, topic = intent.listing.speakers, intent.listing.topic or intent.subject
        if len(sides) < 2:
            return None
        parts = tuple(self._side(intent, side, topic, context) for side in sides)
        citations = [citation for part in parts for citation in part.answer.citations]
        answer = Answer(intent.text, 1.0 if citations else 0.0, citations)
        kind = ReplyKind.COMPARISON if citations else ReplyKind.DECLINED
        heading = (_heading(parts, sides, topic),) if citations and topic else ()
        texts = heading + tuple(text for part in parts if not part.answer.citations for text in part.texts)
        return DialogueReply(kind, answer, texts, parts if citations else (), intent=intent, language=context.language)

    def _side(self, intent: Intent, side: str, topic: str | None, context: ReplyContext) -> DialogueReply:
        request = replace(intent.listing, speakers=(side,), topic=topic, group=False, count=None)
        found = self.lists.reply(Intent(IntentKind.LIST, intent.text, listing=request), _first(context))
        if found is None or not found.answer.citations:
            why = found.texts if found else (ReplyText.of(ReplyCode.NOBODY_CALLED, name=side),)
            answer = replace(found.answer, question=side) if found else Answer(side, 0.0)
            return DialogueReply(ReplyKind.DECLINED, answer, why, intent=_of(request, side))
        answer = replace(found.answer, question=side)
        return DialogueReply(ReplyKind.QUOTATIONS, answer, intent=_of(request, side), total=found.total)


def _first(context: ReplyContext) -> ReplyContext:
    """Return the context of one side, which is the speaker whatever the filters name."""
    return replace(context, filters=replace(context.filters, speaker=None), limit=A_SIDE, offset=0)


def _of(request: ListRequest, side: str) -> Intent:
    """Return the wish for the whole list of one side."""
    return Intent(IntentKind.LIST, side, listing=request)


def _heading(parts: tuple[DialogueReply, ...], sides: tuple[str, ...], topic: str) -> ReplyText:
    names = [_name(part) or side for part, side in zip(parts, sides, strict=True)]
    return ReplyText.of(ReplyCode.COMPARED, first=", ".join(names[:-1]), second=names[-1], topic=topic)


def _name(part: DialogueReply) -> str | None:
    """Return the full name of a side: of who spoke, or of who is said to have said nothing."""
    first = next(iter(part.answer.citations), None)
    if first and first.speaker:
        return first.speaker.name
    return next((str(value) for text in part.texts for name, value in text.parameters if name == "speaker"), None)
