"""Days, written out. Discord's own timestamps would shift a day by the reader's time zone."""

import re
from calendar import monthrange
from datetime import date

from babel.dates import format_date

from bot.interactions.errors import Refused
from bot.locales import _, region


def written(day: date) -> str:
    return format_date(day, "long", locale=region())


def day_of(moment: str | None) -> date | None:
    """The day of an ISO 8601 date, or date and time, as it was where it was written; None for anything else."""
    try:
        return date.fromisoformat((moment or "")[:10])
    except ValueError:
        return None


_DAY = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{1,2}))?(?:-(?P<day>\d{1,2}))?")


def stated(text: str | None, *, last: bool = False) -> date | None:
    """A day that a person typed: 2024-03-05, or the first (or `last`) day of 2024-03 or 2024. Raises Refused."""
    if not text:
        return None
    match = _DAY.fullmatch(text.strip())
    try:
        year, month, day = (int(part) if part else None for part in match.groups()) if match else (0, 0, 0)
        month = month or (12 if last else 1)
        return date(year or 0, month, day or (monthrange(year or 0, month)[1] if last else 1))
    except (ValueError, IndexError):
        raise Refused(_("Write a day like 2024-03-05, or just 2024-03 or 2024.")) from None
