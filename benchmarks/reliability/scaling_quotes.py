"""Processor time of finding quotations, understanding, verifying, comparing and showing, over hostile texts.

    python -m benchmarks.reliability.scaling_quotes [--only WORD] [--least-ms 30]

Each row doubles the length of one shape; what is linear takes twice as long. Prints a Markdown table.
"""

import argparse
import gc
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from benchmarks.reliability.hostile_texts import SHAPES, article
from bot.cards.answer import answer_card, surroundings_card
from retrieval.answering.citations import cite
from retrieval.answering.questions.understanding import understand
from retrieval.answering.verification.quote_matching import interpretations, locate
from retrieval.dialogue.references.follow_ups import asks_again, asks_for_more
from retrieval.domain import Answer, Article, Kind, Quotation, Span
from retrieval.quotes.extractor import Extractor
from retrieval.quotes.spans.quote_classifier import classify_quotes
from retrieval.quotes.spans.scanner import find_quote_spans
from retrieval.quotes.syntax.parser import Parser
from retrieval.store.records import Unit
from retrieval.text.diff import span_tracer
from retrieval.text.minhash import minhash_bands, shingles
from retrieval.text.passages import passages, sentences, windows

DAY = date(2026, 1, 1)
SPAN = 40
"""Characters of the spans that are traced from one version to the next."""

Work = Callable[[], object]
Preparation = Callable[[str], Work]


@dataclass(frozen=True, slots=True)
class Measurement:
    """Processor seconds of one work over one shape, at a length in characters and at twice that length."""

    work: str
    shape: str
    length: int
    seconds: float
    doubled: float

    @property
    def factor(self) -> float:
        """Return how many times longer twice the length takes."""
        return self.doubled / max(self.seconds, 1e-9)


def works(extractor: Extractor | None) -> dict[str, tuple[int, Preparation]]:
    """Return the kinds of work by name, each with the shorter of its two lengths."""
    found: dict[str, tuple[int, Preparation]] = {
        "quotation marks": (50_000, lambda text: lambda: classify_quotes(text, find_quote_spans(text))),
        "passages": (50_000, _passages),
        "near-duplicates": (50_000, lambda text: lambda: minhash_bands(shingles(text))),
        "a question": (2_000, _question),
        "verifying against an article": (40_000, _verified),
        "verifying a message": (2_000, _message),
        "comparing versions": (60_000, _versions),
        "cards": (50_000, _cards),
    }
    if extractor:
        found["speakers"] = (8_000, lambda text: lambda: extractor.extract(text, published="2026-01-01", language="en"))
    return found


def _passages(text: str) -> Work:
    found, quoted = sentences(text), [span.inner for span in find_quote_spans(text)]
    return lambda: (passages(text, found, quoted), windows(text, found))


def _question(text: str) -> Work:
    return lambda: (understand(text, DAY), asks_for_more(text, None), asks_again(text), interpretations(text))


def _verified(text: str) -> Work:
    spans = find_quote_spans(text)
    units = [
        Unit(number, 1, span.inner, span.inner.start, Quotation(span.inner, Kind.DIRECT, utterance=span.utterance // 3))
        for number, span in enumerate(spans)
    ]
    ways = [way for way in interpretations(text[:4_000]) if way.length]
    return lambda: locate(ways, Article("a", "Title", text), units) if ways else None


def _message(text: str) -> Work:
    known = Article("a", "Title", article(20_000) + text[:500])
    ways = [way for way in interpretations(text) if way.length]
    return lambda: locate(ways, known, ()) if ways else None


def _versions(text: str) -> Work:
    later = f"New. {text[: len(text) // 3]} changed words {text[len(text) // 2 :]}"
    spans = [span.inner for span in find_quote_spans(text)]
    spans += [Span(start, start + SPAN) for start in range(0, len(text) - SPAN, 2 * SPAN)]

    def compare() -> None:
        trace = span_tracer(text, later)
        for span in spans:
            trace(span)

    return compare


def _cards(text: str) -> Work:
    middle = len(text) // 2
    found = Article("a", text, text, (text,), text, "2026-01-01", url=f"https://example.org/{text}", summary=text)
    cited = cite(found, Span(0, middle), 1.0, Quotation(Span(0, middle), Kind.DIRECT), 1)
    inner = cite(found, Span(middle, middle + SPAN), 1.0)
    return lambda: (answer_card(Answer(text, 0.9, (cited, inner)), asked=True), surroundings_card(inner))


def measure(work: str, shape: str, length: int, prepare: Preparation, repeats: int = 2) -> Measurement:
    """Return the best of some runs at a length and at twice that length."""
    once, twice = (_seconds(prepare(SHAPES[shape](size)), repeats) for size in (length, 2 * length))
    return Measurement(work, shape, length, once, twice)


def _seconds(work: Work, repeats: int) -> float:
    best = float("inf")
    for _ in range(repeats):
        gc.disable()
        begun = time.process_time()
        work()
        best = min(best, time.process_time() - begun)
        gc.enable()
    return best


def measurements(only: str, repeats: int) -> Iterator[Measurement]:
    """Yield a measurement for each kind of work whose name holds `only`, and each shape."""
    extractor = Extractor(Parser()) if only in "speakers" else None
    for work, (length, prepare) in works(extractor).items():
        if only in work:
            for shape in SHAPES:
                yield measure(work, shape, length, prepare, repeats)


def main() -> None:
    """Print the rows that take long enough to be measured, then how many there are and the largest factor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="a part of the name of the work")
    parser.add_argument("--least-ms", type=float, default=30, help="milliseconds from which on a factor tells anything")
    parser.add_argument("--repeats", type=int, default=2)
    options = parser.parse_args()
    print("| work | shape | characters | CPU s | twice as long | factor |\n|---|---|---|---|---|---|", flush=True)
    worst, count = 0.0, 0
    for found in measurements(options.only, options.repeats):
        count += 1
        if found.doubled * 1000 >= options.least_ms:
            worst = max(worst, found.factor)
            row = (found.work, found.shape, f"{found.length:,}", f"{found.seconds:.2f}", f"{found.doubled:.2f}")
            print(f"| {' | '.join(row)} | {found.factor:.1f} |", flush=True)
    print(f"\n{count} pairs, largest factor {worst:.2f}")


if __name__ == "__main__":
    main()
