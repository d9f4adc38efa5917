"""Alignment of two sequences of words: the window of one that is nearest to the other, and the edits between them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Levenshtein

Costs = npt.NDArray[np.int32]

_PIECE_WORDS = 8_000  # words aligned at a time, which keeps the cost row of a book-length article small


@dataclass(frozen=True, slots=True)
class Edit:
    """One difference between two sequences: `given` holds the one slice where `real` holds the other."""

    op: str  # replace, insert (only given), delete (only real)
    given: slice
    real: slice


def nearest_window(given: Sequence[str], real: Sequence[str], start: int = 0, stop: int | None = None) -> slice:
    """Return the slice of `real[start:stop]` that costs least to turn into all of `given` (Sellers, 1980).

    A word inserted or replaced costs 2; a word of `real` left out costs 1, since people leave out more than they make
    up. The slice is empty where nothing matches. Time: len(given) * len(real), the inner loop in numpy.
    """
    stop = len(real) if stop is None else stop
    best, found = 2 * len(given), slice(start, start)
    size = max(_PIECE_WORDS, 6 * len(given))
    for offset in range(start, max(start + 1, stop), size - 3 * len(given)):
        piece = real[offset : min(stop, offset + size)]
        costs = _costs(given, piece, anchored=False)
        end = _longest_cheapest(costs)
        if costs[end] < best:
            backwards = piece[max(0, end - 3 * len(given)) : end][::-1]
            length = _longest_cheapest(_costs(given[::-1], backwards, anchored=True))
            best, found = int(costs[end]), slice(offset + end - length, offset + end)
    return found


def _longest_cheapest(costs: Costs) -> int:
    """Return the first index of least cost, or the next one at the same cost: there the last word is replaced."""
    end = int(costs.argmin())
    return end + 1 if end + 1 < len(costs) and costs[end + 1] == costs[end] else end


def _costs(given: Sequence[str], real: Sequence[str], *, anchored: bool) -> Costs:
    """Return the cost of turning a slice of `real` into `given`, for each end 0..len(real) of the slice.

    The slice starts anywhere, or at 0 if `anchored`.
    """
    known = {key: number for number, key in enumerate(dict.fromkeys(given))}
    stream = np.array([known.get(key, -1) for key in real], dtype=np.int32)
    places = np.arange(len(real) + 1, dtype=np.int32)
    row = places.copy() if anchored else np.zeros_like(places)
    for done, key in enumerate(given, 1):
        matched = row[:-1] + 2 * (stream != known[key])
        here = np.concatenate(([2 * done], np.minimum(matched, row[1:] + 2))).astype(np.int32)
        row = np.minimum.accumulate(here - places) + places
    return row


def edits(given: Sequence[str], real: Sequence[str]) -> tuple[Edit, ...]:
    """Return the edits that turn `given` into `real`, in order; adjacent edits are merged."""
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
