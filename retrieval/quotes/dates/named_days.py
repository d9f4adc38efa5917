"""Finds where an English text names a day, and works out which one was meant."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from retrieval.domain import Span
from retrieval.text.lexicon import month_numbers, weekday_numbers

_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_MONTH = (
    r"(?:Jan(?:uary|\.)|Feb(?:ruary|\.)|March|Mar\.|April|Apr\.|May|June|July|Aug(?:ust|\.)|Sept(?:ember|\.)|Oct(?:ober|\.)"
    r"|Nov(?:ember|\.)|Dec(?:ember|\.))"
)
_DAY_OF_MONTH = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_PART = r"(?:\s(?:morning|afternoon|lunchtime|evening|night))?"
_DATE = re.compile(
    rf"\b(?:{_WEEKDAY},?\s)?(?:(?P<day>{_DAY_OF_MONTH})\s(?:of\s)?(?P<month>{_MONTH})(?!\w)"
    rf"|(?P<month_first>{_MONTH})\s(?P<day_second>{_DAY_OF_MONTH})\b)(?:,?\s(?P<year>(?:19|20)\d\d)\b)?"
)
_RELATIVE = re.compile(
    rf"\b(?P<before>[Nn]ext|[Cc]oming|[Ll]ast|[Tt]his|[Ee]very|[Ee]ach)?\s?\b(?P<weekday>{_WEEKDAY})\b{_PART}"
    r"(?:\s(?P<week>last|this|next)\sweek)?"
    r"|\b(?P<word>[Yy]esterday|today|tonight|last night|this (?:morning|afternoon|evening))\b"
)
_THIS_SEASON = timedelta(days=60)
"""A date without a year may tell of a year that the article has named before, when it lies further back."""
_HOURS_IN_DOUBT = 8
"""How far a clock in another part of the world may be behind a time that was given as universal time."""


@dataclass(frozen=True, slots=True)
class NamedDay:
    """Words that name a day. `day` is None where they leave open which: next, every, or two readings."""

    span: Span
    day: date | None


@dataclass(frozen=True, slots=True)
class Anchor:
    """The day of publication. `sure`: it is the same day wherever the article was written."""

    day: date
    sure: bool = True

    @classmethod
    def of(cls, published: str | None) -> "Anchor | None":
        """Of an ISO 8601 date, or date and time; None when it is neither."""
        try:
            moment = datetime.fromisoformat(published or "")
        except ValueError:
            return None
        universal = len(published or "") > 10 and not moment.utcoffset()
        return cls(moment.date(), sure=not universal or moment.hour >= _HOURS_IN_DOUBT)


def named_days(text: str, within: Span, anchor: Anchor | None) -> Iterator[NamedDay]:
    """Every day named in a stretch of text, dates first."""
    dates = []
    for match in _DATE.finditer(text, within.start, within.end):
        dates.append(Span(*match.span()))
        yield NamedDay(dates[-1], _dated(match, anchor))
    for match in _RELATIVE.finditer(text, within.start, within.end):
        span = Span(match.end() - len(match[0].lstrip()), match.end())
        if not any(span.overlaps(other) for other in dates):
            yield NamedDay(span, _counted(match, anchor))


def _dated(match: re.Match[str], anchor: Anchor | None) -> date | None:
    number = int(re.sub(r"\D", "", match["day"] or match["day_second"]))
    month = month_numbers()[(match["month"] or match["month_first"])[:3].lower()]
    if match["year"]:
        return _date(int(match["year"]), month, number)
    if anchor is None:
        return None
    days = (_date(year, month, number) for year in (anchor.day.year, anchor.day.year - 1))
    return next((day for day in days if day and timedelta(0) <= anchor.day - day <= _THIS_SEASON), None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _counted(match: re.Match[str], anchor: Anchor | None) -> date | None:
    if anchor is None:
        return None
    if match["weekday"]:
        return _weekday(match, anchor.day)
    if not anchor.sure:
        return None
    back = match["word"].lower() in ("yesterday", "last night")
    return anchor.day - timedelta(days=int(back))


def _weekday(match: re.Match[str], published: date) -> date | None:
    """The last such day up to publication. Six days back it might be the one to come."""
    number = weekday_numbers()[match["weekday"].lower()]
    monday = published - timedelta(days=published.weekday())
    day = published - timedelta(days=(published.weekday() - number) % 7)
    before, week = (match["before"] or "").lower(), match["week"]
    if before in ("next", "coming", "every", "each") or week == "next":
        return None
    if week == "last":
        return monday - timedelta(days=7 - number)
    if before == "last":
        day = day if day != published else day - timedelta(days=7)
        return day if day < monday else None
    if before == "this" or week == "this":
        return day if day >= monday else None
    return day if published - day < timedelta(days=6) else None
