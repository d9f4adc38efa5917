"""What a button's custom_id holds: a reference to words of the archive, or a page of a list.

It is enough to do what the button says in a later process. Older formats stay readable.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import date

from bot.cards.limits import CUSTOM_ID, length
from retrieval.domain import Citation, Span

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_CHECK = 5
_ACTION = 10  # the longest name of a button's action, with its colon
_CITED = r"[0-9a-z]{1,12}\.[0-9a-z]{1,12}\.[0-9a-f]{5}"
PATTERN = rf"(?:q[0-9a-z]{{1,12}}\.{_CITED}|s{_CITED}:.+)"
"""Regular expression of `str(Reference)`."""

ALL_PATTERN = rf"q[0-9a-z]{{1,12}}\.{_CITED}(?:,q[0-9a-z]{{1,12}}\.{_CITED})*"
"""Regular expression of several references to quotations."""

PAGE = 5
"""Quotations on one page of a timeline or an article."""

TURN, OPEN, LEAF, OTHERS = "page", "timeline", "leaf", "others"
"""Actions of buttons: another page of a timeline, a timeline beside something else, another page of an article, and
the quotations that were found beside those that are shown."""

_TIMELINE = r"(?P<page>\d{1,4})\.(?P<after>\d{0,7})\.(?P<before>\d{0,7}):(?P<speaker>[^|]+)\|(?P<topic>.*)"
TURN_PATTERN, OPEN_PATTERN = f"{TURN}:{_TIMELINE}", f"{OPEN}:{_TIMELINE}"
LEAF_PATTERN = rf"{LEAF}:(?P<page>\d{{1,4}}):(?P<article>.+)"


@dataclass(frozen=True, slots=True)
class Reference:
    """A span of an article's text, found by the store's row of a quotation, or by the article's id.

    `check` is a hash of the words, by which a changed text is noticed.
    """

    span: Span
    check: str
    quotation: int | None = None
    article: str | None = None

    def still_means(self, words: str) -> bool:
        """Return whether `words` are those that were referred to."""
        return _checksum(words) == self.check

    def __str__(self) -> str:
        place = f"{_base36(self.span.start)}.{_base36(self.span.end - self.span.start)}.{self.check}"
        return f"s{place}:{self.article}" if self.quotation is None else f"q{_base36(self.quotation)}.{place}"


def reference_to(citation: Citation) -> Reference | None:
    """Return a reference to the cited words; None where the article's id is too long or too odd for a custom_id."""
    check = _checksum(citation.text)
    if citation.quotation is not None:
        return Reference(citation.span, check, quotation=citation.quotation)
    reference = Reference(citation.span, check, article=citation.article.id)
    fits = length(str(reference)) <= CUSTOM_ID - _ACTION and citation.article.id.isprintable()
    return reference if fits else None


def parse_all(text: str) -> list[Reference]:
    """Read references with commas between them. Raises ValueError for anything else."""
    return [parse(each) for each in text.split(",")]


def parse(text: str) -> Reference:
    """Read what `str(reference)` made. Raises ValueError for anything else."""
    if not re.fullmatch(PATTERN, text):
        raise ValueError(f"{text!r} refers to nothing")
    head, _, article = text.partition(":")
    *row, start, width, check = head[1:].split(".")
    span = Span(int(start, 36), int(start, 36) + int(width, 36))
    if row:
        return Reference(span, check, quotation=int(row[0], 36))
    return Reference(span, check, article=article)


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """One page of a speaker's timeline: whose words, narrowed how, and the number of the page from 0."""

    speaker: str
    topic: str = ""
    after: date | None = None
    before: date | None = None
    page: int = 0

    def __str__(self) -> str:
        """Return what a button holds; empty where the names can't stand in a custom_id."""
        if not self.speaker or "|" in self.speaker:
            return ""
        days = ".".join(str(day.toordinal()) if day else "" for day in (self.after, self.before))
        return f"{self.page}.{days}:{self.speaker}|{self.topic}"


def parse_timeline_page(match: re.Match[str]) -> TimelinePage:
    """Read the match of TURN_PATTERN or OPEN_PATTERN. Raises ValueError for days that there can't be."""
    after, before = (date.fromordinal(int(number)) if number else None for number in match.group("after", "before"))
    return TimelinePage(match["speaker"], match["topic"], after, before, int(match["page"]))


def _checksum(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:_CHECK]


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits or "0"
