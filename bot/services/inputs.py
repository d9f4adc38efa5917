"""What people type, checked: questions, quotations and days."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import UTC, date, datetime

from bot.cards.escaping import visible
from bot.cards.limits import QUESTION
from bot.errors import Refused
from bot.locales import _, number
from retrieval.answering.questions.periods import find_period

_DAY = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{1,2}))?(?:-(?P<day>\d{1,2}))?")


def _today() -> date:
    return datetime.now(UTC).date()


def readable(text: str, limit: int = QUESTION) -> str:
    """Return `text` on one line, without what can't be seen. Raises Refused if nothing is left, or too much."""
    words = " ".join(visible(text).split())
    if not has_words(words):
        raise Refused(_("Ask me a question, for example: who said that the talks would go on?"))
    if len(words) > limit:
        counted = {"given": number(len(words)), "limit": number(limit)}
        raise Refused(_("That has {given} characters, and I read {limit}. Please shorten it.", **counted))
    return words


def has_words(text: str) -> bool:
    """Return whether there is a letter or a digit in `text`."""
    return any(character.isalnum() for character in text)


def stated(text: str | None, *, last: bool = False, today: Callable[[], date] = _today) -> date | None:
    """Return the day that a person typed: 2024-03-05, or the first (or `last`) day of 2024-03, 2024, or last week.

    None for no text. Raises Refused for what is no day.
    """
    if not text:
        return None
    match = _DAY.fullmatch(text.strip())
    if match is None and (named := _named_day(text.strip(), last, today())):
        return named
    try:
        year, month, day = (int(part) if part else None for part in match.groups()) if match else (0, 0, 0)
        month = month or (12 if last else 1)
        return date(year or 0, month, day or (monthrange(year or 0, month)[1] if last else 1))
    except (ValueError, IndexError):
        raise Refused(_("Write a day like 2024-03-05, May 2023, 2024, yesterday or last week.")) from None


def _named_day(text: str, last: bool, today: date) -> date | None:
    """Return the first (or last) day of the period that the whole text names, in English."""
    for worded in (text, f"in {text}", f"on {text}"):
        period, left = find_period(worded, today)
        if period is not None and not left.strip():
            return (period.last if last else period.first) or period.first or period.last
    return None
