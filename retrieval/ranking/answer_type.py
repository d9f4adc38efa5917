"""Answer types: whether a text holds a number, a day or a name that the question doesn't hold itself. Pure."""

import re
from functools import cache

from retrieval.query import Query, QueryKind
from retrieval.text.lexicon import tagged
from retrieval.text.patterns import linear

_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_SHARE = re.compile(
    r"%|\bper ?cent\b|\bpercentage\b|\b(?:half|third|quarter|fifth|tenth|majority)\b|\bin \w+\b", re.IGNORECASE
)
_MONEY = linear(
    r"[£$€¥₹]\s?\d|(?-i:\b[A-Z]{1,3}\$?\s?)\d|\d\s?(?:k|m|bn|tn)?\s*(?:\w+\s)?(?:pounds?|dollars?|euros?|cents?|pence|p\b|yen"
    r"|rupees?|rand|francs?|crowns?|lira|roubles?|pesos?|yuan|won|quid|grand|million|billion|trillion|[mb]n?\b)",
    ignore_case=True,
)
_OTHER_DAYS = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|yesterday|tomorrow|tonight|weekend|week|month|year|century|spring"
    r"|summer|autumn|winter|christmas|easter"
)
_NAME = re.compile(  # a word of two has at most 60 letters, as two may begin behind each hyphen of a long one
    r"(?<![.!?“\"'‘(]\s)(?<=\s)[\"'“‘(]?(?P<name>[A-Z][\w'’&-]*)"
    r"|\b(?P<double>[A-Z][\w'’-]{1,60} [A-Z][\w'’-]{1,60})"
)
_SHARE_ASKED = re.compile(r"\b(?:percentage|per ?cent|share|proportion|slice|fraction)\b", re.IGNORECASE)
_MONEY_ASKED = linear(
    r"\bhow much (?:money|cash)\b|\bhow much\b.*\b(?:pa(?:y|id|ys|ying)|costs?|spen[dt]|spending|earn\w*|fetch\w*"
    r"|worth|raise\w*|fine\w*|owe\w*|charge\w*|sold|sell|bought|buy|invest\w*|compensation|donat\w*)\b",
    ignore_case=True,
)
_FOLDED = re.compile(r"[^\W_]+")


def holds_answer_type(query: Query, text: str) -> bool:
    """Return whether `text` holds the type of thing that is asked for; True where no type can be told."""
    match query.kind:
        case QueryKind.NUMBER if _SHARE_ASKED.search(query.text):
            return _SHARE.search(text) is not None
        case QueryKind.NUMBER if _MONEY_ASKED.search(query.text):
            return _MONEY.search(text) is not None
        case QueryKind.NUMBER:
            told = _numbers(query.text)
            return any(number not in told and not _YEAR.fullmatch(number) for number in _numbers(text))
        case QueryKind.DATE:
            told = {day.casefold() for day in _day_pattern().findall(query.text)}
            return any(day.casefold() not in told for day in _day_pattern().findall(text))
        case QueryKind.PERSON | QueryKind.PLACE | QueryKind.NAME:
            told = set(_FOLDED.findall(query.text.casefold()))
            return any(not set(_FOLDED.findall(name.casefold())) <= told for name in _names(text))
        case _:
            return True


@cache
def _day_pattern() -> re.Pattern[str]:
    months = "|".join(sorted(tagged("month")))
    days = rf"\b(?:1[89]|20)\d\d\b|\b(?:{months}|{_OTHER_DAYS})s?\b|\b\d+(?:st|nd|rd|th)\b"
    return re.compile(days, re.IGNORECASE)


@cache
def _number_pattern() -> re.Pattern[str]:
    return re.compile(rf"\d[\d,.]*|\b(?:{'|'.join(sorted(tagged('answer_number')))})\b", re.IGNORECASE)


def _numbers(text: str) -> set[str]:
    return {number.casefold().rstrip(".,") for number in _number_pattern().findall(text)}


def _names(text: str) -> list[str]:
    return [match["name"] or match["double"] for match in _NAME.finditer(text)]
