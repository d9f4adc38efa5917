"""Where one sequence of words stands in another, and what differs. Pure; knows words, not articles."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Levenshtein

from retrieval.articles import Span

_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|[^\W_]+")
_APOSTROPHES = str.maketrans("", "", "'’‘ʼ")
_LONGEST_STREAM = 8_000  # words looked at in one piece; keeps the matrix small for a book-length article


@dataclass(frozen=True, slots=True)
class Word:
    """`key` is the word folded for comparing; `span` its place in the text."""

    key: str
    span: Span


@dataclass(frozen=True, slots=True)
class Window:
    """The stretch `real[start:end]` that is nearest to the given words; `distance` counts words to change."""

    start: int
    end: int
    distance: int


@dataclass(frozen=True, slots=True)
class Edit:
    """One difference: `given[given_start:given_end]` stands where the source has `real[real_start:real_end]`."""

    op: str  # replace, insert (only given), delete (only real)
    given: slice
    real: slice


def words(text: str) -> tuple[Word, ...]:
    """The words of a text in order, folded by NFKC and case, without apostrophes."""
    return tuple(Word(_fold(m.group()), Span(m.start(), m.end())) for m in _WORD.finditer(text))


def _fold(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold().translate(_APOSTROPHES)


def nearest_window(given: Sequence[str], real: Sequence[str]) -> Window:
    """The stretch of `real` with the smallest edit distance, in words, to all of `given` (Sellers, 1980)."""
    best = Window(0, 0, len(given))
    step = max(1, _LONGEST_STREAM - 2 * len(given))
    for offset in range(0, max(1, len(real)), step):
        piece = real[offset : offset + _LONGEST_STREAM]
        row = _last_row(given, piece, anchored=False)
        end = int(row.argmin())
        if row[end] < best.distance:
            backwards = piece[max(0, end - 2 * len(given)) : end][::-1]
            length = int(_last_row(given[::-1], backwards, anchored=True).argmin())
            best = Window(offset + end - length, offset + end, int(row[end]))
    return best


def _last_row(given: Sequence[str], real: Sequence[str], *, anchored: bool) -> npt.NDArray[np.int32]:
    """Edit distances between `given` and the stretches of `real` that end before each index 0..len(real).

    A stretch starts anywhere, or at 0 if `anchored`.
    """
    known = {key: number for number, key in enumerate(dict.fromkeys(given))}
    stream = np.array([known.get(key, -1) for key in real], dtype=np.int32)
    places = np.arange(len(real) + 1, dtype=np.int32)
    row = places.copy() if anchored else np.zeros_like(places)
    for done, key in enumerate(given, 1):
        matched = row[:-1] + (stream != known[key])
        here = np.concatenate(([done], np.minimum(matched, row[1:] + 1))).astype(np.int32)
        row = np.minimum.accumulate(here - places) + places
    return row


def edits(given: Sequence[str], real: Sequence[str]) -> tuple[Edit, ...]:
    """What must change to make `given` into `real`; neighbouring changes are one."""
    found: list[Edit] = []
    for op in Levenshtein.opcodes(given, real):
        if op.tag == "equal":
            continue
        start = slice(op.src_start, op.src_end), slice(op.dest_start, op.dest_end)
        last = found[-1] if found else None
        if last and last.given.stop == op.src_start and last.real.stop == op.dest_start:
            start = slice(last.given.start, op.src_end), slice(last.real.start, op.dest_end)
            found.pop()
        found.append(Edit(_name(*start), *start))
    return tuple(found)


def _name(given: slice, real: slice) -> str:
    if given.start == given.stop:
        return "delete"
    return "insert" if real.start == real.stop else "replace"
