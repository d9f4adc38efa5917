"""The dialogue: the reply to a message, of whatever kind its wishes are."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from retrieval.answering.verification.verifier import Verifier
from retrieval.dialogue.archive_names import ArchiveNames
from retrieval.dialogue.checking import checked_reply
from retrieval.dialogue.conversation import Conversation, ConversationTurn
from retrieval.dialogue.intents import Intent, IntentKind
from retrieval.dialogue.interfaces import ReplyContext, SupportsReply
from retrieval.dialogue.languages.detection import ENGLISH, language_of
from retrieval.dialogue.pronouns import Unresolved, resolved
from retrieval.dialogue.recognition.recogniser import UNSURE, recognise
from retrieval.dialogue.replies import DialogueReply, ReplyCode, ReplyKind, ReplyText, article_text
from retrieval.dialogue.wordless import nothing_to_search, own_words
from retrieval.domain import Filters, FollowUpKind
from retrieval.search.engine import SearchEngine


@dataclass(frozen=True, slots=True)
class Dialogue:
    """Replies to messages over one archive. As thread-safe as its collaborators.

    `handlers` reply to the kinds of intents that are neither questions nor pasted words nor small talk.
    """

    conversation: Conversation
    verifier: Verifier
    engine: SearchEngine
    names: ArchiveNames
    handlers: Mapping[IntentKind, SupportsReply]

    def as_bold_as(self, boldness: float) -> "Dialogue":
        """Return the same dialogue with another boldness, 0..1."""
        return replace(self, conversation=self.conversation.as_bold_as(boldness))

    def reply(  # noqa: PLR0913  what a message stands in
        self,
        message: str,
        last: ConversationTurn | None,
        filters: Filters,
        *,
        language: str = ENGLISH,
        today: date | None = None,
        limit: int = 5,
    ) -> DialogueReply:
        """Return the reply; `last` is the turn before, None for a first message.

        `language` is the person's, which the words of the message may overrule; `today` anchors "last week". What may
        be seen is decided by `filters` alone.
        """
        today = today or self.conversation.today()
        spoken = language_of(message, language)
        context = ReplyContext(last, filters, today, spoken, limit)
        intents = recognise(message, today, self.names.of(filters.owners), spoken)
        replies: list[DialogueReply] = []
        for intent in intents:
            found = self._reply(intent, context)
            replies.append(found)
            context = replace(context, last=turn_after(context.last, intent.text, found))
        whole = replies[0] if len(replies) == 1 else _together(message, replies)
        return replace(whole, answer=replace(whole.answer, question=message), language=spoken)

    def reply_to(self, intent: Intent, context: ReplyContext) -> DialogueReply:
        """Return the reply to a wish that is understood already: a page of a list, the size of the archive."""
        handler = self.handlers.get(intent.kind)
        found = handler.reply(intent, context) if handler else None
        return found or own_words(ReplyKind.DECLINED, ReplyCode.NOT_SAID, intent)

    def _reply(self, intent: Intent, context: ReplyContext) -> DialogueReply:
        try:
            intent = resolved(intent, context.last)
        except Unresolved:
            return own_words(ReplyKind.DECLINED, ReplyCode.NOTHING_BEFORE, intent)
        if words := nothing_to_search(intent):
            return words
        if intent.kind is IntentKind.QUOTATION and (checked := checked_reply(intent, self.verifier, context)):
            return checked
        handler = self.handlers.get(intent.kind)
        found = handler.reply(intent, context) if handler else None
        if found is None or (intent.doubt >= UNSURE and found.kind is ReplyKind.DECLINED):
            return self._answered(intent, context)
        return replace(found, intent=found.intent or intent)

    def _answered(self, intent: Intent, context: ReplyContext) -> DialogueReply:
        """Return the answer to a question."""
        question = replace(intent, kind=IntentKind.QUESTION)
        last, offset = context.last, context.last.listed if context.last else 0
        if last and last.intent and self.conversation.asks_for_more(intent.text) and offset:
            handler = self.handlers.get(last.intent.kind)
            more = handler.reply(last.intent, replace(context, offset=offset)) if handler else None
            if more:
                return replace(more, intent=last.intent)
        answer = self.conversation.answer(intent.text, last, context.filters, context.limit, today=context.today)
        if answer.reading and answer.reading.kind is FollowUpKind.AGAIN and answer.answered:
            article = answer.citations[0].article
            return DialogueReply(ReplyKind.ARTICLE, answer, (article_text(article),), article=article, intent=question)
        if answer.verdict:
            return DialogueReply(ReplyKind.VERDICT, answer, intent=question)
        if answer.answered:
            return DialogueReply(ReplyKind.QUOTATIONS, answer, intent=question)
        texts = (ReplyText(self._why_declined(intent, context)),)
        return DialogueReply(ReplyKind.DECLINED, answer, texts, intent=question)

    def _why_declined(self, intent: Intent, context: ReplyContext) -> ReplyCode:
        if context.language != ENGLISH:
            return ReplyCode.SEARCHED_IN_ENGLISH
        if context.last is None and self.conversation.refers_back(intent.text):
            return ReplyCode.NOTHING_BEFORE
        return ReplyCode.NOT_SAID


def turn_after(last: ConversationTurn | None, message: str, reply: DialogueReply) -> ConversationTurn:
    """Return the turn that follows `last` after a message and its reply; small talk changes nothing."""
    if reply.kind in (ReplyKind.SMALL_TALK, ReplyKind.HELP) and last is not None:
        return last
    if reply.parts and reply.kind is not ReplyKind.COMPARISON:
        return turn_after(last, message, reply.parts[-1])
    turn = ConversationTurn.after(last, reply.intent.text if reply.intent else message, reply.answer)
    if reply.kind not in (ReplyKind.LIST, ReplyKind.COMPARISON):
        return replace(turn, intent=reply.intent)
    before = last.listed if last and last.intent == reply.intent else 0
    return replace(turn, intent=reply.intent, listed=before + len(reply.answer.citations))


def _together(message: str, replies: list[DialogueReply]) -> DialogueReply:
    """Return the replies to several wishes as one; its kind is the first one's that isn't declined."""
    first = next((reply for reply in replies if reply.kind is not ReplyKind.DECLINED), replies[0])
    citations = tuple(citation for reply in replies for citation in reply.answer.citations)
    texts = tuple(text for reply in replies for text in reply.texts)
    answer = replace(first.answer, question=message, citations=citations, near_misses=())
    return replace(first, answer=answer, texts=texts, parts=tuple(replies), article=None, intent=None)
