"""The program's own sentences in the reader's language, numbers and days written by its rules."""

from collections.abc import Iterable
from datetime import date

from bot.cards.limits import fit_typed
from bot.locales import _, number, written
from retrieval.dialogue.replies import ENGLISH, Parameter, ReplyText

_VALUE = 200  # units of a name or a topic in a sentence


def reply_text_told(text: ReplyText) -> str:
    """Return the sentence as Markdown; names and topics in it are escaped, and have no double quotation marks."""
    return _(ENGLISH[text.code], **{name: _written(value) for name, value in text.parameters})


def told_lines(texts: Iterable[ReplyText]) -> list[str]:
    """Return the sentences, one each, without those that are empty."""
    return [line for line in map(reply_text_told, texts) if line.strip()]


def _written(value: Parameter) -> str:
    if isinstance(value, date):
        return written(value)
    return number(value) if isinstance(value, int) else fit_typed(value, _VALUE)
