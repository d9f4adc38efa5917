"""Where one sequence of words stands in another, and what differs. Pure; knows words, not articles."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Levenshtein

Costs = npt.NDArray[np.int32]

_LONGEST_STREAM = 8_000  # words looked at in one piece; keeps the matrix small for a book-length article


@dataclass(frozen=True, slots=True)
class Edit:
    """One difference: `given[given_start:given_end]` stands where the source has `real[real_start:real_end]`."""

    op: str  # replace, insert (only given), delete (only real)
    given: slice
    real: slice


def nearest_window(given: Sequence[str], real: Sequence[str], start: int = 0, stop: int | None = None) -> slice:
    """The stretch of `real[start:stop]` that costs least to turn into all of `given` (Sellers, 1980).

    A word that only `given` has, or another word in its place, costs 2; a word of `real` passed over costs 1, since
    people leave out more than they make up. The slice is empty where nothing matches.
    """
    stop = len(real) if stop is None else stop
    best, found = 2 * len(given), slice(start, start)
    for offset in range(start, max(start + 1, stop), max(1, _LONGEST_STREAM - 3 * len(given))):
        piece = real[offset : min(stop, offset + _LONGEST_STREAM)]
        costs = _costs(given, piece, anchored=False)
        end = _longest_cheapest(costs)
        if costs[end] < best:
            backwards = piece[max(0, end - 3 * len(given)) : end][::-1]
            length = _longest_cheapest(_costs(given[::-1], backwards, anchored=True))
            best, found = int(costs[end]), slice(offset + end - length, offset + end)
    return found


def _longest_cheapest(costs: Costs) -> int:
    """The first cheapest place, or the one after it if that is as cheap: there another word stands for the last."""
    end = int(costs.argmin())
    return end + 1 if end + 1 < len(costs) and costs[end + 1] == costs[end] else end


def _costs(given: Sequence[str], real: Sequence[str], *, anchored: bool) -> Costs:
    """What it costs to make `given` of a stretch of `real`, by the place 0..len(real) at which the stretch ends.

    A stretch starts anywhere, or at 0 if `anchored`.
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
