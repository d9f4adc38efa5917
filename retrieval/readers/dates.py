"""Parse dates as people and machines write them into ISO 8601."""

import re
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

from retrieval.text.lexicon import month_numbers

_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
WRITTEN_DATE = re.compile(
    rf"\b(?:{_DAY}\s+(?:of\s+)?{_MONTH}|{_MONTH.replace('month', 'month2')}\s+{_DAY.replace('day', 'day2')})"
    rf",?\s+{_YEAR}\b",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})[./](?P<month>\d{1,2})[./](?P<day>\d{1,2})(?!\d)")
_NUMBERED_DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?\b")
_AROUND_A_DATE = re.compile(
    r"\b(?:first|last|published|posted|updated|modified|edited|issued|created|date|time|on|at|the|of"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?|\d{1,2}(?:[:.h]\d{2}){1,2}(?:[ap]m)?|\d{1,2}(?:[ap]m)?"
    r"|[ap]\.?m|noon|midnight|local time|gmt|utc|bst|ist|jst|sgt|agt|sast|msk|hkt|wib|pkt|nzd?t|[aecmpw][sed]{0,2}t"
    r"|[+-]\d{4})\b|\W",
    re.IGNORECASE,
)
_LINE_LENGTH = 120
_FIRST_YEAR = 1600
_FUTURE = timedelta(days=2)


def normalise_date(written: str | None, now: datetime) -> str | None:
    """Return a written date in ISO 8601: date and time with the offset, or the date alone where either is missing.

    None for what can't be read without guessing (03/04/2017), for days that don't exist, for years before 1600 and
    for moments more than two days after `now`.
    """
    moment = _parse(written.strip()) if written and len(written) < 200 else None
    if moment is None:
        return None
    try:
        day = moment.date() if isinstance(moment, datetime) else moment
        if day.year < _FIRST_YEAR or day > (now + _FUTURE).date():
            return None
        if isinstance(moment, datetime) and moment.tzinfo is not None:
            return moment.isoformat()
        return day.isoformat()
    except (ValueError, OverflowError):
        return None


def find_date(line: str) -> str | None:
    """Return the date that makes up a line: "Published: Tuesday 3 March 2026, 14:05 GMT" -> "3 March 2026".

    None if the line says anything else, as a sentence does.
    """
    match = WRITTEN_DATE.search(line) or _NUMBERED_DATE.search(line)
    if match is None or len(line) > _LINE_LENGTH:
        return None
    rest = WRITTEN_DATE.sub(" ", line[: match.start()] + " " + line[match.end() :])
    return None if _AROUND_A_DATE.sub("", rest) else match[0]


def utc_now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


def _parse(written: str) -> datetime | date | None:
    for parse in (_iso, _mail, _in_words, _year_first):
        try:
            moment = parse(written)
        except (ValueError, OverflowError, TypeError, IndexError):
            continue
        if moment is not None:
            return moment
    return None


def _iso(written: str) -> datetime | date | None:
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", written):
        return date.fromisoformat(written)
    if not re.match(r"\d{4}-\d{2}-\d{2}[T ]", written):
        return None
    return datetime.fromisoformat(re.sub(r" (?=[+-]\d{2}:?\d{2}$|Z$)", "", written))


def _mail(written: str) -> datetime | None:
    """RFC 5322, as in feeds and HTTP headers; "-0000" and no zone at all leave the offset unknown."""
    if not re.match(r"(?:[A-Za-z]{3}, )?\d{1,2} [A-Za-z]{3} \d{4} \d", written):
        return None
    return parsedate_to_datetime(written)


def _in_words(written: str) -> date | None:
    match = WRITTEN_DATE.search(written)
    if match is None:
        return None
    month = (match["month"] or match["month2"]).lower()[:3]
    return date(int(match["year"]), month_numbers()[month], int(match["day"] or match["day2"]))


def _year_first(written: str) -> date | None:
    match = _YEAR_FIRST.match(written)
    return date(int(match["year"]), int(match["month"]), int(match["day"])) if match else None
