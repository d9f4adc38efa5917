"""The day on which words were said: days that a text names, and the quotation that each belongs to."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from retrieval.domain import Kind, Quotation, Span
from retrieval.quotes.syntax.clauses import Actor, actors
from retrieval.quotes.syntax.parse import Parse, Token, TokenIndex
from retrieval.text.lexicon import month_numbers, tagged, weekday_numbers

_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_MONTH = (
    r"(?:Jan(?:uary|\.)|Feb(?:ruary|\.)|March|Mar\.|April|Apr\.|May|June|July|Aug(?:ust|\.)|Sept(?:ember|\.)|Oct(?:ober|\.)"
    r"|Nov(?:ember|\.)|Dec(?:ember|\.))"
)
_DAY_OF_MONTH = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_PART_OF_DAY = r"(?:\s(?:morning|afternoon|lunchtime|evening|night))?"
_DATE = re.compile(
    rf"\b(?:{_WEEKDAY},?\s)?(?:(?P<day>{_DAY_OF_MONTH})\s(?:of\s)?(?P<month>{_MONTH})(?!\w)"
    rf"|(?P<month_first>{_MONTH})\s(?P<day_second>{_DAY_OF_MONTH})\b)(?:,?\s(?P<year>(?:19|20)\d\d)\b)?"
)
_RELATIVE = re.compile(
    rf"\b(?P<before>[Nn]ext|[Cc]oming|[Ll]ast|[Tt]his|[Ee]very|[Ee]ach)?\s?\b(?P<weekday>{_WEEKDAY})\b{_PART_OF_DAY}"
    r"(?:\s(?P<week>last|this|next)\sweek)?"
    r"|\b(?P<word>[Yy]esterday|today|tonight|last night|this (?:morning|afternoon|evening))\b"
)
MAX_AGE_WITHOUT_YEAR = timedelta(days=60)
"""A date without a year that lies further back than this may be of a year that the article named before."""
MAX_UTC_LAG_HOURS = 8
"""How many hours local time may be behind a time of publication that is given as universal time."""
MAX_SENTENCES_APART = 2
"""How many sentences the words may stand behind the mention of their speaker."""


@dataclass(frozen=True, slots=True)
class NamedDay:
    """Words that name a day. `day` is None where they leave open which: "next Monday", "every Monday"."""

    span: Span
    day: date | None


@dataclass(frozen=True, slots=True)
class PublicationDay:
    """The day on which an article was published; `sure` unless it may be the day before in local time."""

    day: date
    sure: bool = True

    @classmethod
    def of(cls, published: str | None) -> "PublicationDay | None":
        """Return the day of an ISO 8601 date, or date and time; None for anything else."""
        try:
            moment = datetime.fromisoformat(published or "")
        except ValueError:
            return None
        universal = len(published or "") > 10 and not moment.utcoffset()
        return cls(moment.date(), sure=not universal or moment.hour >= MAX_UTC_LAG_HOURS)


def date_quotations(quotations: Sequence[Quotation], parse: Parse, published: str | None) -> tuple[Quotation, ...]:
    """Return the quotations with `said_on` and `said_on_basis` set where their reporting clause names one day.

    `published` is ISO 8601 and resolves "on Tuesday". Spans of one utterance with the same mention share their day.
    """
    finder = _DayFinder(parse, PublicationDay.of(published))
    told = [finder.day_of(quotation) for quotation in quotations]
    shared: dict[tuple[int | None, Span | None], NamedDay] = {
        (quotation.utterance, quotation.mention): named
        for quotation, named in zip(quotations, told, strict=True)
        if named and quotation.utterance is not None
    }
    return tuple(
        _with_day(quotation, named or shared.get((quotation.utterance, quotation.mention)))
        for quotation, named in zip(quotations, told, strict=True)
    )


def _with_day(quotation: Quotation, named: NamedDay | None) -> Quotation:
    return replace(quotation, said_on=named.day, said_on_basis=named.span) if named else quotation


class _DayFinder:
    """Finds the day of each quotation of one article."""

    def __init__(self, parse: Parse, published: PublicationDay | None) -> None:
        self._parse = parse
        self._published = published
        self._tokens = TokenIndex(parse)
        self._named_days: dict[int, list[NamedDay]] = {}
        self._actors: dict[int, list[Actor]] = {}

    def day_of(self, quotation: Quotation) -> NamedDay | None:
        """Return the one day that the quotation's reporting clause names; None where it names none or several."""
        mention = self._tokens.within(quotation.mention) if quotation.mention else []
        words = self._tokens.within(quotation.span)
        if quotation.kind in (Kind.NESTED, Kind.MENTION) or not mention or not words:
            return None
        distance = words[0].sentence - mention[0].sentence
        if mention[0].block != words[0].block or not -1 <= distance <= MAX_SENTENCES_APART:
            return None
        verb = self._reporting_verb(mention, words)
        if verb is None:
            return None
        named = self._days_in(mention[0].sentence)
        days = [day for day in named if not day.span.overlaps(quotation.span) and self._hangs_on(day, verb)]
        return days[0] if len({day.day for day in days}) == 1 and days[0].day else None

    def _days_in(self, number: int) -> Sequence[NamedDay]:
        """Return the days that a sentence names outside of quotations."""
        if number not in self._named_days:
            sentence = self._parse.span(self._parse.sentence(number))
            named = find_named_days(self._parse.text, sentence, self._published)
            self._named_days[number] = [day for day in named if self._is_outside_quotations(day)]
        return self._named_days[number]

    def _is_outside_quotations(self, day: NamedDay) -> bool:
        tokens = self._tokens.within(day.span)
        return bool(tokens) and all(token.quotation is None for token in tokens)

    def _actors_in(self, number: int) -> Sequence[Actor]:
        if number not in self._actors:
            self._actors[number] = list(actors(self._parse, self._parse.sentence(number)))
        return self._actors[number]

    def _reporting_verb(self, mention: Sequence[Token], words: Sequence[Token]) -> Token | None:
        """Return the lowest of the mention's verbs that the words hang on, else the verb nearest to the words."""
        speaking = tagged("reporting_verb", "speaking_verb")
        verbs = [
            actor.verb
            for actor in self._actors_in(mention[0].sentence)
            if actor.verb.lemma in speaking and any(_names(token, actor.noun) for token in mention)
        ]
        above = [token for token in self._parse.ancestors(words[0]) if token in verbs]
        if above:
            return above[0]
        return min(
            verbs, key=lambda verb: min(abs(verb.start - words[-1].end), abs(verb.end - words[0].start)), default=None
        )

    def _hangs_on(self, day: NamedDay, verb: Token) -> bool:
        """Return whether a day hangs on a verb, with nothing between them but an occasion: "in a letter on Friday"."""
        inside = {token.index for token in self._tokens.within(day.span)}
        head = next((t for t in self._tokens.within(day.span) if t.head not in inside or t.head == t.index), None)
        if head is None:
            return False
        for token in self._parse.ancestors(head):
            if token.index == verb.index:
                return True
            if token.dep == "acl" and token.lemma in tagged("publishing_verb"):
                continue
            if token.pos in ("VERB", "AUX"):
                speaks = token.lemma in tagged("speaking_verb")
                return speaks and verb.index in (t.index for t in self._parse.ancestors(token))
            if token.index in inside or token.lemma in tagged("occasion_noun"):
                continue
            if token.pos in ("NOUN", "PROPN", "NUM"):
                return False
        return False


def _names(token: Token, noun: Token) -> bool:
    return token == noun or (token.dep == "appos" and token.head == noun.index)


def find_named_days(text: str, within: Span, published: PublicationDay | None) -> Iterator[NamedDay]:
    """Yield every day that is named within a span of an English text: dates first, then weekdays and "today"."""
    dates = []
    for match in _DATE.finditer(text, within.start, within.end):
        dates.append(Span(*match.span()))
        yield NamedDay(dates[-1], _day_of_date(match, published))
    for match in _RELATIVE.finditer(text, within.start, within.end):
        span = Span(match.end() - len(match[0].lstrip()), match.end())
        if not any(span.overlaps(other) for other in dates):
            yield NamedDay(span, _day_of_relative(match, published))


def _day_of_date(match: re.Match[str], published: PublicationDay | None) -> date | None:
    number = int(re.sub(r"\D", "", match["day"] or match["day_second"]))
    month = month_numbers()[(match["month"] or match["month_first"])[:3].lower()]
    if match["year"]:
        return _valid_date(int(match["year"]), month, number)
    if published is None:
        return None
    days = (_valid_date(year, month, number) for year in (published.day.year, published.day.year - 1))
    return next((day for day in days if day and timedelta(0) <= published.day - day <= MAX_AGE_WITHOUT_YEAR), None)


def _valid_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _day_of_relative(match: re.Match[str], published: PublicationDay | None) -> date | None:
    if published is None:
        return None
    if match["weekday"]:
        return _weekday_before(match, published.day)
    if not published.sure:
        return None
    back = match["word"].lower() in ("yesterday", "last night")
    return published.day - timedelta(days=int(back))


def _weekday_before(match: re.Match[str], published: date) -> date | None:
    """Return the last such day up to publication; None for a day to come, and six days back, where it may be one."""
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
