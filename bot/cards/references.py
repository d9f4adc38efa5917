"""Where words stand, short enough for a button's custom_id, so that a button outlives the process that made it."""

import hashlib
import re
from dataclasses import dataclass

from bot.cards.limits import CUSTOM_ID, length
from retrieval.domain import Citation, Span

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_CHECK = 5
_ACTION = 10  # the longest name of a button's action, with its colon
_CITED = r"[0-9a-z]{1,12}\.[0-9a-z]{1,12}\.[0-9a-f]{5}"
PATTERN = rf"(?:q[0-9a-z]{{1,12}}\.{_CITED}|s{_CITED}:.+)"


@dataclass(frozen=True, slots=True)
class Reference:
    """A stretch of an article: of a quotation, by the store's row, or else of the article with this id.

    `check` is a hash of the words: an article whose text has changed is noticed.
    """

    span: Span
    check: str
    quotation: int | None = None
    article: str | None = None

    def still_means(self, words: str) -> bool:
        return _checksum(words) == self.check

    def __str__(self) -> str:
        place = f"{_base36(self.span.start)}.{_base36(self.span.end - self.span.start)}.{self.check}"
        return f"s{place}:{self.article}" if self.quotation is None else f"q{_base36(self.quotation)}.{place}"


def reference_to(citation: Citation) -> Reference | None:
    """None where the article's id is too long, or too odd, for a custom_id."""
    check = _checksum(citation.text)
    if citation.quotation is not None:
        return Reference(citation.span, check, quotation=citation.quotation)
    reference = Reference(citation.span, check, article=citation.article.id)
    fits = length(str(reference)) <= CUSTOM_ID - _ACTION and citation.article.id.isprintable()
    return reference if fits else None


def parse(text: str) -> Reference:
    """Raises ValueError on what `str(reference)` didn't make."""
    if not re.fullmatch(PATTERN, text):
        raise ValueError(f"{text!r} refers to nothing")
    head, _, article = text.partition(":")
    *row, start, width, check = head[1:].split(".")
    span = Span(int(start, 36), int(start, 36) + int(width, 36))
    if row:
        return Reference(span, check, quotation=int(row[0], 36))
    return Reference(span, check, article=article)


def _checksum(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:_CHECK]


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits or "0"
