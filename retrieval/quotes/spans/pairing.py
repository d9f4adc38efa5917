"""Pairs of double quotation marks in a paragraph.

A mark that opens while one of its style is open shows that a closing mark is missing: some archives reopen the marks
at every sentence, and a quotation over several paragraphs is closed only at its end.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.domain import Span
from retrieval.quotes.spans.marks import MarkRole, MarkStyle, QuoteMark
from retrieval.quotes.spans.paragraphs import sentence_ends, trim


@dataclass(frozen=True, slots=True)
class MarkPair:
    """The span between two marks (`inner`) and with them (`outer`); `open_ended` where the closing mark is missing."""

    inner: Span
    outer: Span
    open_ended: bool = False


_SENTENCE_MARKS = frozenset(".!?…'’)]")
_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|[Mm]e|[Uu]s)\b")
_STOPS = frozenset(".!?,")
_MAX_CLAUSE = 80
_CLAUSE = re.compile(r",\s(?:[A-Z][\w.'’-]*\s){1,4}(?:said|says|added|adds|told|wrote|continued)\b[^,.\n]{0,30},\s*$")
"""A reporting clause between words that lack their closing mark and the next opening mark: '"…, Lee said, "'."""
_LOOK_AHEAD_MARKS = 8
_LOOK_BACK_CHARACTERS = 20
_MAX_DEPTH = 4


class DoubleMarkPairing:
    """Pairs the double marks of one paragraph, taken in order.

    `carried` is the style of a mark that an earlier paragraph left open, `continues` says that the next paragraph goes
    on with what this one leaves open. After `pair`, `left_open` is the style of the mark still open at the end.
    """

    def __init__(
        self, text: str, paragraph: Span, marks: Sequence[QuoteMark], *, carried: MarkStyle | None, continues: bool
    ) -> None:
        start = paragraph.start
        self.text = text
        self.paragraph = paragraph
        self.marks = marks
        self.continues = continues
        self.open = [QuoteMark(start, start, carried, MarkRole.OPENS, MarkRole.OPENS)] if carried else []
        self.pairs: list[MarkPair] = []
        self.left_open: MarkStyle | None = None

    def pair(self) -> list[MarkPair]:
        """Return the pairs of the paragraph in the order in which they are closed."""
        for index, mark in enumerate(self.marks):
            if self._role(mark) is MarkRole.OPENS:
                self._begin(index)
            elif self.open and not self._is_inches(index):
                self._close(mark)
        if self.open:
            self.left_open = self.open[0].style
            self._break_off(self.paragraph.end, goes_on=self.continues)
        return self.pairs

    def _role(self, mark: QuoteMark) -> MarkRole:
        top = self.open[-1].style if self.open else None
        if mark.style is MarkStyle.CORNER:
            return mark.by_character
        if top is None and self._is_turned(mark):
            return MarkRole.OPENS
        if top is MarkStyle.LOW and mark.by_character is MarkRole.OPENS and mark.by_neighbours is not MarkRole.OPENS:
            return MarkRole.CLOSES
        if mark.by_character is MarkRole.EITHER and mark.by_neighbours is MarkRole.EITHER:
            return MarkRole.CLOSES if top else MarkRole.OPENS
        if (
            mark.by_neighbours is MarkRole.OPENS
            and mark.by_character is MarkRole.CLOSES
            and mark.style is not MarkStyle.GUILLEMET
        ):
            return MarkRole.CLOSES if top else MarkRole.OPENS
        return mark.by_character if mark.by_neighbours is MarkRole.EITHER else mark.by_neighbours

    def _is_turned(self, mark: QuoteMark) -> bool:
        """Return whether a closing mark where nothing is open stands before a word, behind a stop: 'said .”They'."""
        turned = mark.by_character is MarkRole.CLOSES and mark.by_neighbours is MarkRole.EITHER
        before, after = self.text[mark.start - 1 : mark.start], self.text[mark.end : mark.end + 1]
        return turned and mark.style is MarkStyle.CURLY and before in _STOPS and after.isupper()

    def _begin(self, index: int) -> None:
        mark = self.marks[index]
        if self.open and self._reopens(index):
            self._break_off(mark.start, goes_on=True)
        elif self.open and not self._nests(index):
            clause = _CLAUSE.search(self.text, max(self.open[0].end, mark.start - _MAX_CLAUSE), mark.start)
            sentences = list(sentence_ends(self.text, Span(self.open[0].end, mark.start)))
            if clause:
                self._break_off(clause.start() + 1, goes_on=True)
            else:
                self._break_off(sentences[-1] if sentences else self.open[0].end, goes_on=False)
        self.open.append(mark)

    def _reopens(self, index: int) -> bool:
        mark = self.marks[index]
        before = self.text[max(self.open[-1].end, mark.start - _LOOK_BACK_CHARACTERS) : mark.start].rstrip()
        return before[-1:] in _SENTENCE_MARKS and not (self._is_other_style(mark) and self._nests(index))

    def _nests(self, index: int) -> bool:
        if len(self.open) >= _MAX_DEPTH:
            return False
        if self._is_other_style(self.marks[index]):
            return any(
                _expected(mark) is MarkRole.CLOSES for mark in self.marks[index + 1 : index + 1 + _LOOK_AHEAD_MARKS]
            )
        ahead = self.marks[index + 1 : index + 3]
        return len(ahead) == 2 and all(_expected(mark) is MarkRole.CLOSES for mark in ahead)

    def _is_other_style(self, mark: QuoteMark) -> bool:
        return mark.style is not self.open[-1].style

    def _is_inches(self, index: int) -> bool:
        mark = self.marks[index]
        if (
            mark.style is not MarkStyle.STRAIGHT
            or not self.text[mark.start - 1].isdigit()
            or index + 1 == len(self.marks)
        ):
            return False
        goes_on = self.text[mark.end : mark.end + 2].lstrip()[:1].islower()
        return goes_on and self.marks[index + 1].by_neighbours is MarkRole.CLOSES

    def _close(self, mark: QuoteMark) -> None:
        while len(self.open) > 1 and not _match(self.open[-1], mark) and any(_match(m, mark) for m in self.open):
            self.open.pop()
        first = self.open.pop()
        self._keep(Span(first.end, mark.start), Span(first.start, mark.end))

    def _break_off(self, end: int, *, goes_on: bool) -> None:
        first = self.open[0]
        self.open.clear()
        words = trim(self.text, Span(first.end, end))
        if not goes_on:
            words = self._likely_words(words)
        self._keep(words, Span(first.start, words.end), open_ended=goes_on)

    def _likely_words(self, words: Span) -> Span:
        """Return of words without a closing mark the first sentence, and those after it in the first person."""
        start = words.start
        for end in [*sentence_ends(self.text, words), words.end]:
            if start > words.start and not _FIRST_PERSON.search(self.text, start, end):
                return Span(words.start, start)
            start = end
        return words

    def _keep(self, inner: Span, outer: Span, *, open_ended: bool = False) -> None:
        words = trim(self.text, inner)
        if any(map(str.isalnum, words.of(self.text))):
            self.pairs.append(MarkPair(words, outer, open_ended))


def _expected(mark: QuoteMark) -> MarkRole:
    return mark.by_neighbours if mark.by_character is MarkRole.EITHER else mark.by_character


def _match(first: QuoteMark, last: QuoteMark) -> bool:
    return first.style is last.style or (first.style is MarkStyle.LOW and last.style is MarkStyle.CURLY)
