"""Hostile strings for a pattern, and the time that matching them takes as they grow."""

import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

SCREEN = 4096
"""Characters of the first look; below QUICK seconds no pattern can be quadratic in a way that matters."""
QUICK = 0.003
STEP = 8
"""Times are compared over eightfold lengths, that is three doublings."""
FACTOR = 2.5
"""By how much the time may grow where the length doubles."""
ENOUGH = 0.1
"""Seconds of processor time that a measurement takes: on some systems it is counted in ticks of 4 ms."""
GIVEN_UP = 3.0
"""Seconds of processor time after which a match counts as endless."""
RE2_CLASSES = ((r"\s", r"\t-\r\x1c-\x20\x{85}\p{Z}"), (r"\w", r"\p{L}\p{N}_"), (r"\d", r"\p{Nd}"), (r"\Z", r"\z"))
"""What `retrieval.text.patterns` writes for classes of `re`; patterns are read as `re`'s to derive strings."""
MOST = 40  # derived shapes of one pattern
TAILS = ("", "\0", " zz")
GENERIC = (
    " ", "\t", "\n", " \n", "\n\n", "\r\n", '"', "'", "“", "”", "‘", "’", "«", "(", ")", "[", "]", "{", "<", "<a ", ">",
    "a", "A", "é", "1", "-", "–", ".", ",", ":", "/", "|", "&", "_", "#", "*", "a ", "A ", "Aa ", "a.", "A. ", "a, ",
    "1 ", "1,", "1.", "a-", "a'", "“a” ", "said ", "and ", "& ", "\u00a0", "\u2028", "0:", "%", "@a", "=", "\\", "“a ",
)  # fmt: skip


@dataclass(frozen=True)
class Pump:
    """A string of any length: `head`, then `unit` repeated, then `tail`."""

    head: str
    unit: str
    tail: str

    def text(self, length: int) -> str:
        """Return the string with about `length` characters."""
        return self.head + self.unit * max(1, length // len(self.unit)) + self.tail


def pumps(pattern: str, flags: int) -> Iterator[Pump]:
    """Yield the generic shapes, and for every repeated part of the pattern strings that repeat what it accepts."""
    for unit in GENERIC:
        yield Pump("", unit, "\0")
    for narrow, wide in RE2_CLASSES:
        pattern = pattern.replace(wide, narrow)
    found: set[tuple[str, str]] = set()
    _collect(parser.parse(pattern, flags), "", found)
    for head, unit in sorted(found, key=lambda pair: (len(pair[1]), pair))[:MOST]:
        for tail in TAILS:
            yield Pump(head, unit, tail)
        yield Pump("", head + unit, "\0")


def _collect(tree: Any, head: str, found: set[tuple[str, str]]) -> None:  # noqa: C901  one kind a branch
    """Add the heads and units of all repeats in a parsed pattern; `head` is what stands before it."""
    for code, value in tree:
        if code in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            low, high, inner = value
            for sample in _samples(inner):
                if sample and high > 8:
                    found.add((head, sample))
                    if high < 1000:  # a bounded part, and what follows it again and again
                        found.add((head, sample * min(int(high), 60)))
            _collect(inner, head, found)
            head += (_samples(inner) or [""])[0] * max(int(low), 1)
        elif code is sre.BRANCH:
            for branch in value[1]:
                _collect(branch, head, found)
            head += _one(value[1][0])
        elif code is sre.SUBPATTERN:
            _collect(value[3], head, found)
            head += _one(value[3])
        elif code is sre.ATOMIC_GROUP:
            _collect(value, head, found)
            head += _one(value)
        elif code in (sre.ASSERT, sre.ASSERT_NOT):
            _collect(value[1], head, found)
        else:
            head += _one([(code, value)])


def _samples(tree: Any) -> list[str]:
    """Return up to eight strings that a parsed pattern accepts, one a branch."""
    found = [""]
    for code, value in tree:
        options = _options(code, value)
        found = [before + option for before in found for option in options][:12]
    return list(dict.fromkeys(found))[:8]


def _one(tree: Any) -> str:
    return (_samples(tree) or [""])[0]


def _options(code: Any, value: Any) -> list[str]:  # noqa: PLR0911  one kind a line
    match code:
        case sre.LITERAL:
            return [chr(value)]
        case sre.NOT_LITERAL:
            return ["b" if chr(value) == "a" else "a"]
        case sre.ANY:
            return ["a", " "]
        case sre.IN:
            return _members(value)
        case sre.BRANCH:
            return [sample for branch in value[1] for sample in _samples(branch)[:2]][:40]
        case sre.SUBPATTERN:
            return _samples(value[3])
        case sre.ATOMIC_GROUP:
            return _samples(value)
        case sre.MAX_REPEAT | sre.MIN_REPEAT | sre.POSSESSIVE_REPEAT:
            low, _, inner = value
            return [sample * max(int(low), 1) for sample in _samples(inner)] + ([""] if low == 0 else [])
        case _:  # positions and references
            return [""]


_CATEGORIES = {
    sre.CATEGORY_DIGIT: "1", sre.CATEGORY_NOT_DIGIT: "a", sre.CATEGORY_SPACE: " \n", sre.CATEGORY_NOT_SPACE: "a.",
    sre.CATEGORY_WORD: "aA1", sre.CATEGORY_NOT_WORD: " .",
}  # fmt: skip


def _members(items: Any) -> list[str]:
    """Return up to four characters of a class."""
    if items and items[0][0] is sre.NEGATE:
        pattern = re.compile("[^" + "".join(map(_class_item, items[1:])) + "]", re.DOTALL)
        return [char for char in "a .\n\"'([1A-" if pattern.match(char)][:4]
    found: list[str] = []
    for code, value in items:
        if code is sre.LITERAL:
            found.append(chr(value))
        elif code is sre.RANGE:
            found.append(chr(value[0]))
        elif code is sre.CATEGORY:
            found.extend(_CATEGORIES[value])
    return found[:4] + found[-1:]


def _class_item(item: Any) -> str:
    code, value = item
    if code is sre.LITERAL:
        return re.escape(chr(value))
    if code is sre.RANGE:
        return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
    names = {
        sre.CATEGORY_DIGIT: r"\d", sre.CATEGORY_NOT_DIGIT: r"\D", sre.CATEGORY_SPACE: r"\s",
        sre.CATEGORY_NOT_SPACE: r"\S", sre.CATEGORY_WORD: r"\w", sre.CATEGORY_NOT_WORD: r"\W",
    }  # fmt: skip
    return names[value]


class Endless(Exception):
    """A call took longer than GIVEN_UP."""


@contextmanager
def limited() -> Iterator[None]:
    """Raise Endless in what runs longer than GIVEN_UP seconds; `re` looks for signals while it matches."""

    def stop(*_: object) -> None:
        raise Endless

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, GIVEN_UP)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def growth(work: Callable[[str], object], pump: Pump, longest: int = SCREEN * STEP) -> str | None:
    """Return how the time of `work` grows faster than allowed with the length of a pump; None if it doesn't.

    `longest` is the length of the longest text that the pattern may meet.
    """
    length = 64
    try:
        for length in (64, min(SCREEN, longest)):  # an exponential one shows while it is short
            if _quickest(work, pump.text(length)) > QUICK:
                return _steepness(work, pump, max(length // STEP, 8), longest)
    except Endless:
        return f"over {GIVEN_UP:g} s of at most {length * STEP} characters: {pump}"
    return None


def _steepness(work: Callable[[str], object], pump: Pump, length: int, longest: int) -> str | None:
    before = _seconds(work, pump.text(length))
    while length * STEP <= longest:
        seconds = _seconds(work, pump.text(length * STEP))
        if seconds > before * FACTOR**3:
            return f"{1000 * before:.2f} ms of {length}, {1000 * seconds:.2f} ms of {length * STEP} characters: {pump}"
        length, before = length * STEP, seconds
    return None


def _quickest(work: Callable[[str], object], text: str) -> float:
    """Return the least of up to three times on the wall, which is more than the processor's if the machine is busy."""
    best = float("inf")
    for _ in range(3):
        started = time.perf_counter()
        with limited():
            work(text)
        best = min(best, time.perf_counter() - started)
        if best < QUICK:
            break
    return best


def _seconds(work: Callable[[str], object], text: str) -> float:
    """Return the processor time of one run, measured over as many as are needed."""
    runs = 1
    while True:
        started = time.process_time()
        for _ in range(runs):
            with limited():
                work(text)
        used = time.process_time() - started
        if used >= ENOUGH:
            return used / runs
        runs *= 2 if used > ENOUGH / 4 else 8
