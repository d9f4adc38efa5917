"""The dialogue: the reply to a message, of whatever kind its wishes are."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from retrieval.answering.verification.verifier import Verifier
from retrieval.dialogue.archive_names import ArchiveNames
from retrieval.dialogue.checking import checked_reply
from retrieval.dialogue.conversation import Conversation
from retrieval.dialogue.intents import Intent, IntentKind
from retrieval.dialogue.interfaces import ReplyContext, SupportsReply
from retrieval.dialogue.languages.detection import ENGLISH, language_of
from retrieval.dialogue.pronouns import Unresolved, introduction, person_turn, points_back, resolved
from retrieval.dialogue.question_answers.misspellings import Misspellings
from retrieval.dialogue.question_answers.nearness import near_the_first
from retrieval.dialogue.recognition.descriptions import words_of
from retrieval.dialogue.recognition.known_names import KnownNames
from retrieval.dialogue.recognition.pasted import asks
from retrieval.dialogue.recognition.recogniser import UNSURE, looks_like_title, recognise
from retrieval.dialogue.replies import DialogueReply, ReplyCode, ReplyKind, ReplyText, article_text
from retrieval.dialogue.turns import ConversationTurn
from retrieval.dialogue.wordless import nothing_to_search, own_words
from retrieval.domain import Article, Citation, Filters, FollowUpKind
from retrieval.search.engine import SearchEngine
from retrieval.text.stemming import content_words

TITLE_SHARE = 0.7
"""Least share of the words of a guessed title that the article's title has."""


@dataclass(frozen=True, slots=True)
class Dialogue:
    """Replies to messages over one archive. As thread-safe as its collaborators.

    `handlers` reply to the kinds of intents that are neither questions nor pasted words nor small talk.
    """

    conversation: Conversation
    verifier: Verifier
    engine: SearchEngine
    names: ArchiveNames
    misspellings: Misspellings
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
        known = self.names.of(filters.owners)
        replies: list[DialogueReply] = []
        for intent in recognise(message, today, known, spoken):
            found = self._reply(intent, context, known)
            replies.append(found)
            context = replace(context, last=turn_after(context.last, intent.text, found))
        whole = replies[0] if len(replies) == 1 else _together(message, replies)
        return replace(whole, answer=replace(whole.answer, question=message), language=spoken)

    def reply_to(self, intent: Intent, context: ReplyContext) -> DialogueReply:
        """Return the reply to a wish that is understood already: a page of a list, the size of the archive."""
        handler = self.handlers.get(intent.kind)
        found = handler.reply(intent, context) if handler else None
        return found or own_words(ReplyKind.DECLINED, ReplyCode.NOT_SAID, intent)

    def _reply(self, intent: Intent, context: ReplyContext, known: KnownNames) -> DialogueReply:
        whose = self._introduction(intent, context)
        try:
            intent = resolved(intent, context.last)
        except Unresolved:
            return own_words(ReplyKind.DECLINED, ReplyCode.NOTHING_BEFORE, intent)
        if words := nothing_to_search(intent):
            return self._going_on(intent, context, known) or words
        if intent.kind is IntentKind.QUOTATION:
            if checked := checked_reply(intent, self.verifier, context):
                return checked
            if looks_like_title(intent.text):
                intent = replace(intent, kind=IntentKind.ARTICLE, subject=intent.text)
        handler = self.handlers.get(intent.kind)
        found = handler.reply(intent, context) if handler else None
        if found is None or (intent.doubt >= UNSURE and not _is_title(intent.subject, found.article)):
            return self._answered(intent, context, known)
        if whose:
            others = tuple(each for each in found.answer.citations if each.article.id != whose.article.id)
            found = replace(found, answer=replace(found.answer, citations=(whose, *others)))
        return replace(found, intent=found.intent or intent)

    def _introduction(self, intent: Intent, context: ReplyContext) -> Citation | None:
        """Return what names the last speaker in the article shown, for "who is that?", if it still stands."""
        last = context.last
        if intent.kind is not IntentKind.PERSON or not points_back(intent.subject):
            return None
        if last is None or last.first is None or last.speaker is None:
            return None
        found = self.conversation.still_there(last.first, context.filters)
        return introduction(last.speaker, found[1]) if found else None

    def _answered(self, intent: Intent, context: ReplyContext, known: KnownNames) -> DialogueReply:
        """Return the answer to a question."""
        if more := self._next_page(intent, context):
            return more
        if not self._searchable(intent.text, context):
            code = self._why_declined(intent, context) if asks(intent.text) else ReplyCode.UNINTELLIGIBLE
            return own_words(ReplyKind.DECLINED, code, intent)
        full = self.conversation.answer_in_full(
            self.misspellings.put_right(intent.text, context),
            context.last,
            context.filters,
            context.limit,
            today=context.today,
            known=known,
        )
        question = replace(intent, kind=IntentKind.QUESTION, text=full.asked)
        answer = near_the_first(full.answer)
        if answer.reading and answer.reading.kind is FollowUpKind.AGAIN and answer.answered:
            article = answer.citations[0].article
            return DialogueReply(ReplyKind.ARTICLE, answer, (article_text(article),), article=article, intent=question)
        if answer.verdict:
            return DialogueReply(ReplyKind.VERDICT, answer, intent=question)
        if answer.answered:
            return DialogueReply(ReplyKind.QUOTATIONS, answer, intent=question)
        texts = (ReplyText(self._why_declined(intent, context)),)
        return DialogueReply(ReplyKind.DECLINED, answer, texts, intent=question)

    def _going_on(self, intent: Intent, context: ReplyContext, known: KnownNames) -> DialogueReply | None:
        """Return the reply to words that mean nothing alone, but follow up what came before: "who said that?"."""
        if context.last is None or intent.kind is not IntentKind.UNINTELLIGIBLE or not intent.text.strip():
            return None
        reply = self._answered(intent, context, known)
        return reply if reply.answer.reading else None

    def _next_page(self, intent: Intent, context: ReplyContext) -> DialogueReply | None:
        """Return the next page of the list before, where more is asked for."""
        last = context.last
        if last is None or last.intent is None or not last.listed or not self.conversation.asks_for_more(intent.text):
            return None
        handler = self.handlers.get(last.intent.kind)
        found = handler.reply(last.intent, replace(context, offset=last.listed)) if handler else None
        if handler and found and found.intent != last.intent:  # it is narrowed by more than the list before
            return handler.reply(last.intent, context)
        return found

    def _searchable(self, question: str, context: ReplyContext) -> bool:
        """Return whether the archive has any word of a question; one that goes on from another needs none."""
        words = content_words(question)
        if context.last is not None or not words:
            return context.last is not None or bool(words_of(question))
        return any(self.engine.frequencies(words, context.filters.owners).values())

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
    if reply.intent and reply.intent.kind is IntentKind.PERSON:
        return person_turn(last, reply)
    turn = ConversationTurn.after(last, reply.intent.text if reply.intent else message, reply.answer)
    if reply.kind not in (ReplyKind.LIST, ReplyKind.COMPARISON):
        return replace(turn, intent=reply.intent)
    before = last.listed if last and last.intent == reply.intent else 0
    return replace(turn, intent=reply.intent, listed=before + len(reply.answer.citations))


def _is_title(guessed: str | None, article: Article | None) -> bool:
    """Return whether words that were guessed to be a title are most of the title of the article that was found."""
    given, title = set(words_of(guessed or "")), set(words_of(article.title if article else ""))
    return len(given & title) >= TITLE_SHARE * max(len(given), 1)


def _together(message: str, replies: list[DialogueReply]) -> DialogueReply:
    """Return the replies to several wishes as one; its kind is the first one's that isn't declined."""
    first = next((reply for reply in replies if reply.kind is not ReplyKind.DECLINED), replies[0])
    citations = tuple(citation for reply in replies for citation in reply.answer.citations)
    texts = tuple(text for reply in replies for text in reply.texts)
    answer = replace(first.answer, question=message, citations=citations, near_misses=())
    return replace(first, answer=answer, texts=texts, parts=tuple(replies), article=None, intent=None)
