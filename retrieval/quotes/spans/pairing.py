"""Pairs the double quotation marks of a paragraph.

A mark that opens while one of its style is open tells that a closing mark is missing: old archives reopen the marks
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
    """`inner` is the words, `outer` has the marks. `open_ended`: no closing mark, the quotation may go on."""

    inner: Span
    outer: Span
    open_ended: bool = False


_SENTENCE_MARKS = frozenset(".!?…'’)]")
_FIRST_PERSON = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|[Mm]e|[Uu]s)\b")
_LOOK_AHEAD = 8  # marks
_LOOK_BACK = 20  # characters
_DEPTH = 4


class DoubleMarkPairing:
    """The double marks of one paragraph, taken in order.

    `carried`: the style of a mark that an earlier paragraph left open; `continues`: the next paragraph takes up what
    this one leaves open. `left_open` is then the style of the mark that is still open at the end.
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

    def paired(self) -> list[MarkPair]:
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
            return mark.shape
        if top is MarkStyle.LOW and mark.shape is MarkRole.OPENS and mark.place is not MarkRole.OPENS:
            return MarkRole.CLOSES
        if mark.shape is MarkRole.EITHER and mark.place is MarkRole.EITHER:
            return MarkRole.CLOSES if top else MarkRole.OPENS
        if mark.place is MarkRole.OPENS and mark.shape is MarkRole.CLOSES and mark.style is not MarkStyle.GUILLEMET:
            return MarkRole.CLOSES if top else MarkRole.OPENS
        return mark.shape if mark.place is MarkRole.EITHER else mark.place

    def _begin(self, index: int) -> None:
        mark = self.marks[index]
        if self.open and self._reopens(index):
            self._break_off(mark.start, goes_on=True)
        elif self.open and not self._nests(index):
            sentences = list(sentence_ends(self.text, Span(self.open[0].end, mark.start)))
            self._break_off(sentences[-1] if sentences else self.open[0].end, goes_on=False)
        self.open.append(mark)

    def _reopens(self, index: int) -> bool:
        mark = self.marks[index]
        before = self.text[max(self.open[-1].end, mark.start - _LOOK_BACK) : mark.start].rstrip()
        return before[-1:] in _SENTENCE_MARKS and not (self._is_other_style(mark) and self._nests(index))

    def _nests(self, index: int) -> bool:
        if len(self.open) >= _DEPTH:
            return False
        if self._is_other_style(self.marks[index]):
            return any(_expected(mark) is MarkRole.CLOSES for mark in self.marks[index + 1 : index + 1 + _LOOK_AHEAD])
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
        return goes_on and self.marks[index + 1].place is MarkRole.CLOSES

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
        """Without a closing mark: the first sentence, and the next ones as long as they speak in the first person."""
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
    return mark.place if mark.shape is MarkRole.EITHER else mark.shape


def _match(first: QuoteMark, last: QuoteMark) -> bool:
    return first.style is last.style or (first.style is MarkStyle.LOW and last.style is MarkStyle.CURLY)
