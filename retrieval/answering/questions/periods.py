"""Periods that a question names: "in March 2023", "last week", "since May", "before 5 November 2024". Pure."""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from retrieval.query import Period
from retrieval.text.lexicon import month_numbers

_GRACE = {"day": 1, "week": 7, "month": 31, "year": 365}
"""Days that are added in front of "last week" and the like, which people mean loosely."""
_DAYS = {"day": 1, "week": 7, "month": 31, "year": 365}
_MONTH = (
    r"(?P<{0}month>jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:uary|ruary|ch|il|ust|ember|tember|ober)?"
)
_DAY = r"(?P<{0}day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<{0}year>(?:19|20)\d\d)"


def _moment(part: str) -> str:
    """Return a pattern of a day, a month or a year, whose groups begin with `part`."""
    day, month, year = (pattern.format(part) for pattern in (_DAY, _MONTH, _YEAR))
    again = [pattern.format(f"{part}2") for pattern in (_MONTH, _DAY, _YEAR)]
    only = [pattern.format(f"{part}3") for pattern in (_MONTH, _YEAR)]
    iso = rf"(?P<{part}iso>(?:19|20)\d\d-\d\d-\d\d)"
    return (
        rf"(?:{iso}|{day}(?: of)? {month},?(?: {year})?|{again[0]} (?:the )?{again[1]}(?!\d)(?:,? {again[2]})?"
        rf"|{only[0]},?(?: (?:of )?{only[1]})?|{_YEAR.format(part + '4')})"
    )


_BETWEEN = re.compile(rf"\b(?:between|from)\s+{_moment('a')}\s+(?:and|to|until|till)\s+{_moment('b')}\b", re.IGNORECASE)
_RELATION = re.compile(
    rf"\b(?P<how>before|until|till|by|prior to|after|since|from|in|during|on|of|around|back in)\s+"
    rf"(?:(?:the )?(?:early|mid|late|spring|summer|autumn|fall|winter|beginning|end|start)\s+(?:of\s+)?){{0,2}}"
    rf"{_moment('a')}(?!\s*(?:%|per cent|percent|people))\b",
    re.IGNORECASE,
)
_LOOSE = re.compile(
    r"\b(?:in |over |during |from )?(?:the )?"
    r"(?:(?P<near>today|yesterday)|(?P<which>this|last|past|previous) (?P<unit>week|month|year)"
    r"|(?P<count>\d+|a|two|three|four|five|six|ten) (?P<units>day|week|month|year)s? ago)\b",
    re.IGNORECASE,
)
_BARE = re.compile(rf"(?:,\s*)?\b{_MONTH.format('a3')} {_YEAR.format('a3')}\b", re.IGNORECASE)
_COUNTS = dict(zip(("a", "two", "three", "four", "five", "six", "ten"), (1, 2, 3, 4, 5, 6, 10), strict=True))


def find_period(text: str, today: date) -> tuple[Period | None, str]:
    """Return the period that `text` names, and the text without the words that name it.

    `today` anchors "last week"; a month without a year is the last one that has begun. None, and the text as it is,
    where no period is named.
    """
    readings: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], Period | None]], ...] = (
        (_BETWEEN, _between),
        (_RELATION, _related),
        (_LOOSE, _loose),
        (_BARE, lambda match, now: _named(match, "a", now)),
    )
    for pattern, reading in readings:
        for match in pattern.finditer(text):
            if period := reading(match, today):
                rest = f"{text[: match.start()]} {text[match.end() :]}"
                return period, " ".join(rest.split()).strip(" ,")
    return None, text


def _between(match: re.Match[str], today: date) -> Period | None:
    first, last = _named(match, "a", today), _named(match, "b", today)
    return Period(first.first, last.last) if first and last else None


def _related(match: re.Match[str], today: date) -> Period | None:
    how, named = match["how"].lower(), _named(match, "a", today)
    if named is None or named.first is None or named.last is None:
        return None
    if how in {"before", "prior to"}:
        return Period(None, named.first - timedelta(days=1))
    if how in {"until", "till", "by"}:
        return Period(None, named.last)
    if how == "after":
        return Period(named.last, None)
    return Period(named.first, None if how == "since" else named.last)


def _loose(match: re.Match[str], today: date) -> Period:
    if match["near"]:
        return Period(today - timedelta(days=1 if match["near"].lower() == "today" else 2), today)
    if match["units"]:
        count, unit = match["count"].lower(), match["units"].lower()
        days = (_COUNTS.get(count) or int(count)) * _DAYS[unit]
        return Period(_days_before(today, days + _GRACE[unit]), _days_before(today, max(0, days - _GRACE[unit])))
    unit = match["unit"].lower()
    return Period(_days_before(today, _DAYS[unit] + _GRACE[unit]), today)


def _days_before(today: date, days: int) -> date:
    return today - timedelta(days=min(days, (today - date.min).days))


def _named(match: re.Match[str], part: str, today: date) -> Period | None:
    """Return the day, month or year that the groups of `part` name; None where there is no such day."""
    groups = {name: value for name, value in match.groupdict().items() if value and name.startswith(part)}
    values = {name[1:].lstrip("234"): value for name, value in groups.items()}
    try:
        if "iso" in values:
            day = date.fromisoformat(values["iso"])
            return Period(day, day)
        if "month" not in values:
            return Period(date(int(values["year"]), 1, 1), date(int(values["year"]), 12, 31))
        month = month_numbers()[values["month"][:3].lower()]
        if values.keys() == {"month"} and values["month"] == "may":  # the verb, or a name in lower case
            return None
        year = int(values["year"]) if "year" in values else today.year - (month > today.month)
        if "day" in values:
            day = date(year, month, int(values["day"]))
            return Period(day, day)
        return Period(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
    except (ValueError, KeyError):
        return None
