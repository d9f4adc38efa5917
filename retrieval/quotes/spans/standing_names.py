"""Names that stand beside a quotation where an attribution stands: on its line, and on the lines around.

Read from the text alone, so that neither an unknown name nor an unknown verb hides who is named there.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retrieval.domain import Span
from retrieval.quotes.spans.proper_names import read_name, text_words
from retrieval.quotes.spans.scanner import QuoteSpan
from retrieval.quotes.spans.signatures import any_signature, name_line
from retrieval.quotes.spans.standing_clauses import (
    StandingPhrase,
    StandingWay,
    clause_at_end,
    clause_before,
    clause_behind,
    sentence_before,
    told_by_line,
)
from retrieval.text.person_names.names import fold, is_title

MAX_CHARACTERS = 300
"""Characters looked at on each side of a quotation."""
MAX_LINE = 100
"""Characters of a line that is a signature."""
MAX_CLAUSE_WORDS = 16
"""Words of a line that is a clause about who spoke."""
MAX_NICKNAME_WORDS = 2
DASHES = "-–—―~"
SENTENCE_BREAK = re.compile(r"[.!?…][”\"’')\]]*\s+(?=[^\W\da-z_]|[@“\"‘'(])")
MAX_WORD = 40
ABBREVIATED = frozenset({"em", "h", "c", "ret", "jr", "sr", "st"})
FROM = ("from", "by", "signed")


@dataclass(frozen=True, slots=True)
class StandingName:
    """A name or a description beside the quotation with the index `quotation`.

    `alone`: the quotation has its line for itself.
    """

    quotation: int
    phrase: StandingPhrase
    alone: bool


def standing_names(text: str, spans: Sequence[QuoteSpan]) -> tuple[StandingName, ...]:
    """Return the names that stand beside each quotation that lies in no other, in order of quotation."""
    lines = _Lines(text, spans)
    return tuple(found for index, span in enumerate(spans) if span.parent is None for found in lines.of(index))


def sentence_breaks(text: str) -> Iterator[int]:
    """Yield where sentences begin behind others; the stops of initials and titles end none."""
    for match in SENTENCE_BREAK.finditer(text):
        word = _word_before(text, match.start()).lstrip("(“\"‘'")
        if not (len(word) == 1 and word.isupper()) and not is_title(word) and fold(word) not in ABBREVIATED:
            yield match.end()


def _word_before(text: str, end: int) -> str:
    """Return what stands between an offset and the blank or stop before it, at most MAX_WORD characters."""
    start = end
    while start > max(0, end - MAX_WORD) and not text[start - 1].isspace() and text[start - 1] not in ".!?…":
        start -= 1
    return text[start:end]


class _Lines:
    """The lines of one article, and which of them are signatures of the quotation above."""

    def __init__(self, text: str, spans: Sequence[QuoteSpan]) -> None:
        self._text = text
        self._spans = spans
        self._signed: set[int] = set()

    def of(self, index: int) -> Iterator[StandingName]:
        text, outer = self._text, self._spans[index].outer
        start = text.rfind("\n", 0, outer.start) + 1
        end = text.find("\n", outer.end)
        end = len(text) if end < 0 else end
        before = Span(max(start, outer.start - MAX_CHARACTERS), outer.start)
        after = Span(outer.end, min(end, outer.end + MAX_CHARACTERS))
        opens, ends = not before.of(text).strip(), not after.of(text).strip(" .")
        found: list[StandingPhrase] = []
        if not ends:
            found += self._behind(index, after, end)
        if not opens:
            whole = self._spans[index].inner.of(text)[-1:] in ".!?…" and not after.of(text).lstrip()[:1].islower()
            found += self._before(before, opens=before.start == start, spoken=whole)
        if ends and end < len(text):
            found += self._below(index, end, alone=opens)
        if opens and ends and start > 1:
            found += self._above(start)
        for phrase in found:
            yield StandingName(index, phrase, opens and ends)

    def _behind(self, index: int, after: Span, end: int) -> Iterator[StandingPhrase]:
        """Yield what stands behind the quotation on its line."""
        text = self._text
        words = text_words(text, after)
        if not words:
            return
        if words[0].text[0] in DASHES:
            yield from self._dashed(Span(words[0].start, end))
        elif words[0].text[0] == "(":
            yield from self._bracketed(Span(words[0].start, end))
        elif words[0].text == ",":
            yield from clause_behind(words[1:])
        elif self._spans[index].inner.of(text)[-1:] in ",!?…—–-":
            yield from clause_behind(words)
        else:
            yield from self._framing(after)

    def _framing(self, after: Span) -> Iterator[StandingPhrase]:
        """Yield who speaks by the end of the sentence that the quotation is a part of."""
        behind = after.of(self._text)
        stop = next(sentence_breaks(behind), len(behind) if after.end - after.start < MAX_CHARACTERS else 0)
        if stop:
            yield from clause_at_end(text_words(self._text, Span(after.start, after.start + stop)))

    def _before(self, before: Span, *, opens: bool, spoken: bool) -> Iterator[StandingPhrase]:
        """Yield what the sentence before the quotation names on its line.

        `opens`: `before` begins the line; `spoken`: the quotation is a sentence by itself.
        """
        words = before.of(self._text)
        starts = [0, *sentence_breaks(words)]
        sentence = text_words(self._text, Span(before.start + starts[-1], before.end))
        first = opens and len(starts) == 1
        if not opens and len(starts) == 1:
            return
        if words.rstrip()[-1:] in ":,":
            yield from clause_before(sentence, opens=first)
        elif spoken and (words.rstrip()[-1:] in ".!?" or starts[-1] == len(words)):
            begin = starts[-2] if starts[-1] == len(words) and len(starts) > 1 else starts[-1]
            last = text_words(self._text, Span(before.start + begin, before.end))
            yield from sentence_before(last, opens=opens and not begin)

    def _below(self, index: int, end: int, *, alone: bool) -> Iterator[StandingPhrase]:
        """Yield what the next line names, unless it holds a quotation."""
        text = self._text
        line = self._line_from(end)
        if line is None or line.end - line.start > MAX_LINE or self._quotes(index + 1, line):
            return
        found: list[StandingPhrase] = []
        if text[line.start] in DASHES:
            found = list(self._dashed(line))
        elif text[line.start] == "(":
            found = list(self._bracketed(line))
        elif alone and not self._belongs_below(index, line, text.count("\n", end, line.start)):
            found = list(name_line(text_words(text, line), StandingWay.LINE_BELOW))
        if found:
            self._signed.add(line.start)
        yield from found or self._clause(line)

    def _belongs_below(self, index: int, line: Span, gap: int) -> bool:
        """Return whether the next quotation stands nearer to a line than this one, `gap` line breaks above it."""
        below = self._spans[index + 1].outer.start if index + 1 < len(self._spans) else line.start
        between = self._text[line.end : below]
        return below > line.end and not between.strip() and between.count("\n") < gap

    def _above(self, start: int) -> Iterator[StandingPhrase]:
        """Yield what the line above a quotation names that has its line for itself."""
        text = self._text
        line = self._line_until(start)
        if line.start == 0 or not 0 < line.end - line.start <= MAX_LINE or line.start in self._signed:
            return
        words = text_words(text, line)
        first = int(words[0].text.casefold() == "and")
        if len(words) <= first + 1 or words[first].text.casefold() not in FROM:
            yield from name_line(words, StandingWay.LINE_ABOVE)
            return
        if [word.text.casefold() for word in words[first + 1 : first + 4]] == ["the", "desk", "of"]:
            first += 3
        name = read_name(words, first + 1)
        if name and (name.behind >= len(words) or words[name.behind].text[0] in ",:("):
            yield StandingPhrase(StandingWay.FROM_ABOVE, name.span, name)

    def _dashed(self, span: Span) -> Iterator[StandingPhrase]:
        """Yield the signature behind a dash, where it goes to the end of the line."""
        start = next((at for at in range(span.start, span.end) if self._text[at] not in DASHES + " \t\xa0"), span.end)
        if start < span.end and span.end - start <= MAX_LINE:
            yield from any_signature(text_words(self._text, Span(start, span.end)), StandingWay.DASH)

    def _bracketed(self, span: Span) -> Iterator[StandingPhrase]:
        """Yield the signature in brackets, where they go to the end of the line."""
        words = span.of(self._text).rstrip(" .")
        if words.endswith(")") and len(words) <= MAX_LINE:
            inside = Span(span.start + 1, span.start + len(words) - 1)
            yield from any_signature(text_words(self._text, inside), StandingWay.BRACKETS)

    def _clause(self, line: Span) -> Iterator[StandingPhrase]:
        """Yield who is named by a short line that tells who spoke: "Lee huffed.", "So huffed Lee, a baker."."""
        words = text_words(self._text, line)
        if len(words) > MAX_CLAUSE_WORDS or any(True for _ in sentence_breaks(line.of(self._text))):
            return
        yield from told_by_line(words)

    def _quotes(self, index: int, line: Span) -> bool:
        """Return whether a line holds a quotation that is no nickname; `index` is that of a span before it."""
        while index < len(self._spans) and self._spans[index].outer.start < line.start:
            index += 1
        if index >= len(self._spans) or self._spans[index].outer.start >= line.end:
            return False
        return len(self._spans[index].inner.of(self._text).split()) > MAX_NICKNAME_WORDS

    def _line_from(self, start: int) -> Span | None:
        text = self._text
        while start < len(text) and text[start].isspace():
            start += 1
        stop = text.find("\n", start)
        line = text[start : len(text) if stop < 0 else stop]
        return Span(start, start + len(line.rstrip())) if line else None

    def _line_until(self, end: int) -> Span:
        while end and self._text[end - 1].isspace():
            end -= 1
        return Span(self._text.rfind("\n", 0, end) + 1, end)
