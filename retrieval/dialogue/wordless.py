"""Replies in the program's own words alone: small talk, help, and what can't be searched for."""

from retrieval.dialogue.intents import Intent, IntentKind
from retrieval.dialogue.replies import DialogueReply, ReplyCode, ReplyKind, ReplyText
from retrieval.domain import Answer


def own_words(kind: ReplyKind, code: ReplyCode, intent: Intent) -> DialogueReply:
    """Return a reply of one sentence, without a citation."""
    return DialogueReply(kind, Answer(intent.text, 0.0), (ReplyText(code),), intent=intent)


def nothing_to_search(intent: Intent) -> DialogueReply | None:
    """Return the reply to small talk, a call for help, or what can't be understood; None for other intents."""
    if intent.kind is IntentKind.SMALL_TALK and intent.small_talk:
        return own_words(ReplyKind.SMALL_TALK, ReplyCode(intent.small_talk.value), intent)
    if intent.kind is IntentKind.HELP:
        return own_words(ReplyKind.HELP, ReplyCode.HELP, intent)
    if intent.kind is IntentKind.UNINTELLIGIBLE:
        return own_words(ReplyKind.DECLINED, ReplyCode.UNINTELLIGIBLE, intent)
    return None
