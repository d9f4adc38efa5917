"""The program's own sentences in the reader's language."""

from datetime import date

from bot.locales import _, number, written
from retrieval.dialogue.replies import ENGLISH, Parameter, ReplyText


def reply_told(text: ReplyText) -> str:
    """Return the sentence in the language that is spoken, not escaped; numbers and days are written by its rules."""
    return _(ENGLISH[text.code], **{name: _written(value) for name, value in text.parameters})


def _written(value: Parameter) -> str:
    if isinstance(value, date):
        return written(value)
    return number(value) if isinstance(value, int) else value
