"""Quote comparison: a given quotation against the words of an article. Pure."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import chain, pairwise

from retrieval.domain import Span
from retrieval.text.alignment import edits, nearest_window
from retrieval.text.patterns import linear
from retrieval.text.polarity import changes_meaning
from retrieval.text.tokens import Word, words

ALIGNED_AT_LEAST = 0.6
"""Least share of the given words that must stand there, in order."""
COST_AT_MOST = 1.2
"""Most cost for each given word, as `nearest_window` counts it."""
LEAST_COST_AT_MOST = 2 * (1 - ALIGNED_AT_LEAST)
"""Most cost of what can be found at all, for each given word."""
BESIDE = 150
"""Words within which the other side of an ellipsis is looked for."""

_GAP = linear(r"\[[^\]]*\]|\(?(?:\.\s?){3,}\)?|\(?…\)?")
_INSIDE_WORD = re.compile(r"\[(\w{1,4})\](?=\w)|(?<=\w)\[(\w{1,4})\]")
_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200d\u2060\ufeff]")
_GRAVE = str.maketrans({"`": "'", "´": "'", "ʼ": "'"})
_MARKS = "\"“”„«»‟〝〞'‘’‚‹› \t\r\n"
_TYPOGRAPHY = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})


@dataclass(frozen=True, slots=True)
class QuoteChange:
    """One difference. `given` and `real` are words as they stand, empty for what only the other has."""

    op: str  # replace, insert, delete
    given: str
    real: str


@dataclass(frozen=True, slots=True)
class GivenQuote:
    """A quotation as it is given; `runs` are its words between ellipses and brackets.

    `edited` where brackets inside words ("[T]he") are left out of `text`.
    """

    text: str
    runs: tuple[tuple[Word, ...], ...]
    edited: bool = False

    @property
    def length(self) -> int:
        """The number of words."""
        return sum(map(len, self.runs))

    def least_cost(self, vocabulary: AbstractSet[str]) -> float:
        """Return a lower bound of the cost that `compare` finds in a text of this vocabulary."""
        missing = sum(word.key not in vocabulary for run in self.runs for word in run)
        return 2 * missing / self.length


@dataclass(frozen=True, slots=True)
class WordStream:
    """Words of an article in the order in which they were said or written; `parts` are the spans they fill."""

    words: tuple[Word, ...]
    parts: tuple[Span, ...]

    @classmethod
    def of(cls, every: Sequence[Word], parts: Sequence[Span]) -> "WordStream":
        """Return the stream of `parts`; `every` holds the words of the whole text, in order."""
        return cls(tuple(chain.from_iterable(_within(every, part.start, part.end) for part in parts)), tuple(parts))

    def may_hold(self, said: "GivenQuote") -> bool:
        """Return whether as many of the given words stand here as must stand where a quotation is found."""
        held = {word.key for word in self.words}
        return said.least_cost(held) <= COST_AT_MOST and 2 * (1 - len(self.words) / said.length) <= COST_AT_MOST

    def pieces(self, windows: Sequence[slice]) -> tuple[Span, ...]:
        """Return the spans of text from the first window's first word to the last one's last, part by part."""
        filled = [number for number, window in enumerate(windows) if window.start < window.stop]
        if not filled:
            return ()
        covered = self.words[windows[filled[0]].start : windows[filled[-1]].stop]
        inside = (_within(covered, part.start, part.end) for part in self.parts)
        return tuple(Span(found[0].span.start, found[-1].span.end) for found in inside if found)


def _within(ordered: Sequence[Word], start: int, end: int) -> Sequence[Word]:
    """Return the words that begin in a range of the text."""
    return ordered[bisect_left(ordered, start, key=_start) : bisect_left(ordered, end, key=_start)]


def _start(word: Word) -> int:
    return word.span.start


@dataclass(frozen=True, slots=True)
class QuoteComparison:
    """Where given words stand; `pieces` are spans of the article, in order.

    `runs` are the spans of the given runs. `kept` are the given words that stand there, in order, and `missed` the
    others, as they are given. `same` says that
    the words are the same, `stressed` that a change of them changes the meaning. `lost` holds the words passed over at
    an ellipsis or bracket.
    """

    pieces: tuple[Span, ...]
    runs: tuple[Span, ...]
    kept: tuple[str, ...]
    missed: tuple[str, ...]
    cost: float
    changes: tuple[QuoteChange, ...]
    stressed: bool
    lost: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether the words are the same."""
        return not self.changes

    @property
    def aligned(self) -> float:
        """The share of the given words that stand there, 0..1."""
        return len(self.kept) / (len(self.kept) + len(self.missed))

    @property
    def found(self) -> bool:
        """Whether enough of the words stand there, in order."""
        return self.aligned >= ALIGNED_AT_LEAST and self.cost <= COST_AT_MOST


def cleaned(text: str) -> str:
    """Return a text without soft hyphens and the like, its accents composed, and with plain apostrophes."""
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).translate(_GRAVE)


def editions(text: str) -> tuple[GivenQuote, ...]:
    """Return the readings of brackets inside words: "[T]he" is "The", "leak[s]" is "leaks" or "leak"; none without."""
    if not _INSIDE_WORD.search(text):
        return ()
    as_edited = _INSIDE_WORD.sub(lambda match: match[1] or match[2], text)
    as_said = _INSIDE_WORD.sub(lambda match: match[1] or "", text)
    return tuple(replace(given(each), edited=True) for each in dict.fromkeys((as_edited, as_said)))


def given(text: str, *, gaps: bool = True) -> GivenQuote:
    """Return a quotation as given: marks around it aren't its own; ellipses and brackets are gaps if `gaps`."""
    text = text.strip(_MARKS)
    runs, start = [], 0
    for gap in [*(_GAP.finditer(text) if gaps else ()), None]:
        end = gap.start() if gap else len(text)
        run = tuple(Word(w.key, Span(w.span.start + start, w.span.end + start)) for w in words(text[start:end]))
        runs += [run] if run else []
        start = gap.end() if gap else end
    return GivenQuote(text, tuple(runs))


def compare(said: GivenQuote, text: str, stream: WordStream) -> QuoteComparison:
    """Return where `said` comes nearest in a stream of `text`."""
    keys = [word.key for word in stream.words]
    windows = _place([[word.key for word in run] for run in said.runs], keys)
    changes: list[QuoteChange] = []
    missed: set[Word] = set()
    cost = 0
    stressed = False
    for run, window in zip(said.runs, windows, strict=True):
        mine, theirs = [word.key for word in run], keys[window]
        for edit in edits(mine, theirs):
            alone, passed_over = edit.given.stop - edit.given.start, edit.real.stop - edit.real.start
            missed.update(run[edit.given])
            cost += 2 * alone + max(0, passed_over - alone)
            stressed |= changes_meaning(mine[edit.given], theirs[edit.real])
            real = stream.words[window][edit.real]
            changes.append(QuoteChange(edit.op, _as_it_stands(said.text, run[edit.given]), _as_it_stands(text, real)))
    return QuoteComparison(
        pieces=stream.pieces(windows),
        runs=tuple(
            Span(stream.words[window][0].span.start, stream.words[window][-1].span.end)
            for window in windows
            if window.start < window.stop
        ),
        kept=tuple(word.span.of(said.text) for run in said.runs for word in run if word not in missed),
        missed=tuple(word.span.of(said.text) for run in said.runs for word in run if word in missed),
        cost=cost / said.length,
        changes=tuple(changes),
        stressed=stressed,
        lost=tuple(key for a, b in pairwise(windows) for key in keys[a.stop : b.start]),
    )


def same_characters(said: str, real: str) -> bool:
    """Return whether two texts are the same but for the form of quotation marks and dashes, and white space."""
    return _typography(said) == _typography(real)


def _typography(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text.translate(_TYPOGRAPHY)).split())


def _place(runs: Sequence[Sequence[str]], keys: Sequence[str]) -> list[slice]:
    """The longest run is found first, the others beside it, in order."""
    longest = max(range(len(runs)), key=lambda number: len(runs[number]))
    placed = [nearest_window(runs[longest], keys)]
    for run in runs[longest + 1 :]:
        start = placed[-1].stop
        placed.append(nearest_window(run, keys, start, min(len(keys), start + BESIDE)))
    for run in reversed(runs[:longest]):
        stop = placed[0].start
        beside = keys[max(0, stop - BESIDE) : stop][::-1]  # backwards, so that the nearest of equals is taken
        window = nearest_window(run[::-1], beside)
        placed.insert(0, slice(stop - window.stop, stop - window.start))
    return placed


def _as_it_stands(text: str, run: Sequence[Word]) -> str:
    return text[run[0].span.start : run[-1].span.end] if run else ""
