"""Reasons as sentences in the reader's language."""

from bot.locales import _
from retrieval.reasons import ENGLISH, Reason, ReasonCode


def reason_told(reason: Reason) -> str:
    """Return the sentence in the language of the request, not escaped; one that was only stated stays English."""
    if reason.code is ReasonCode.STATED:
        return str(reason)
    return _(ENGLISH[reason.code], **dict(reason.parameters))
