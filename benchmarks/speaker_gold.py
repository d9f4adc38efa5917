"""The articles with labelled speakers, and the examples that a ranker of speakers is fitted and judged on."""

import importlib.util
import json
import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.data_folder import DATA
from retrieval.domain import Kind
from retrieval.quotes.attribution.attributor import Attributor, taken_over
from retrieval.quotes.attribution.carry_over import Given
from retrieval.quotes.attribution.hypotheses import Choice, Reading
from retrieval.quotes.attribution.model import Ranker
from retrieval.quotes.spans.quote_classifier import classify_quotes
from retrieval.quotes.spans.scanner import QuoteSpan, find_quote_spans
from retrieval.quotes.syntax.parse import Parse
from retrieval.quotes.syntax.parser import Parser

ANNOTATIONS = DATA / "quotes_extra.jsonl"
UNSEEN = ANNOTATIONS.with_name("quotes_unseen.jsonl")
"""Labels that nothing is fitted on."""
OVERLAP = 0.8  # intersection over union of characters, as in score_quotes.py
CONTEXT = ("carry", "next", "echo", "back", "ahead", "outer")
"""Features of candidates outside of the quotation's own sentence begin with these."""

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Prepared:
    """An article, scanned and parsed."""

    doc: str
    text: str
    stretches: tuple[QuoteSpan, ...]
    classify_quotes: tuple[Kind, ...]
    parse: Parse


@dataclass(frozen=True)
class Example:
    """One labelled quotation: its choices, and which of them name the speaker. Choices of one phrase are together."""

    choices: tuple[Choice, ...]
    right: tuple[bool, ...]


@dataclass(frozen=True)
class Judged:
    """One labelled quotation as it was read."""

    doc: str
    row: Row
    right: bool
    confidence: float
    reading: Reading | None


def read_rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def labelled(shared: Path) -> dict[str, list[dict[str, Any]]]:
    """Rows by set: `dev`, and the annotations' `tune` and `validate`."""
    sets: dict[str, list[dict[str, Any]]] = {"dev": read_rows(shared / "bench" / "quotes_dev.jsonl")}
    for row in read_rows(ANNOTATIONS):
        sets.setdefault(row["fold"], []).append(row)
    return sets


def archive(shared: Path) -> dict[str, dict[str, Any]]:
    files = (shared / "archive" / name for name in ("modern.jsonl", "bbc.jsonl"))
    return {row["id"]: row for file in files for row in read_rows(file)}


def by_article(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row["doc"], []).append(row)
    return found


def prepare(texts: Mapping[str, str], cache: Path | None) -> list[Prepared]:
    """Scanned and parsed; parses are kept in `cache`, which must be emptied by hand when parsing changes."""
    parser: Parser | None = None
    found = []
    for doc, text in texts.items():
        file = cache / f"{doc.replace(':', '_')}.pickle" if cache else None
        stretches = find_quote_spans(text)
        if file and file.exists():
            parse = pickle.loads(file.read_bytes())
        else:
            parser = parser or Parser()
            parse = parser.parse(text, stretches)
            if file:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(pickle.dumps(parse))
        found.append(Prepared(doc, text, stretches, classify_quotes(text, stretches), parse))
    return found


def scorer(shared: Path, name: str) -> ModuleType:
    """A scoring script of the benchmark as a module."""
    spec = importlib.util.spec_from_file_location(name, shared / "bench" / f"{name}.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(shared / "bench" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Gold:
    """Matches what was scanned with what was labelled, and judges names as score_quotes.py does."""

    def __init__(self, shared: Path, rows: Iterable[Row]) -> None:
        self._rows = by_article(rows)
        answers = scorer(shared, "score_answers")
        self._same: Callable[..., bool] = answers.same_speaker
        self._words: Callable[[str | None], list[str]] = answers.names

    def rows(self, article: Prepared) -> dict[int, Row]:
        """The label of each stretch that has one."""
        found: dict[int, Row] = {}
        for row in self._rows.get(article.doc, []):
            overlaps = [(_overlap(row, s), -i) for i, s in enumerate(article.stretches) if i not in found]
            best, index = max(overlaps, default=(0.0, 0))
            if best >= OVERLAP:
                found[-index] = row
        return found

    def right(self, choice: Choice, row: Row) -> bool:
        name = choice.entity.full_name if choice.entity else None
        return name is not None and self._same(name, row["speaker"], row.get("aliases"))

    def full(self, choice: Choice, row: Row) -> bool:
        return choice.entity is not None and self._words(choice.entity.full_name) == self._words(row["speaker"])


def _overlap(row: Row, stretch: QuoteSpan) -> float:
    shared = min(row["end"], stretch.inner.end) - max(row["start"], stretch.inner.start)
    return max(0, shared) / (max(row["end"], stretch.inner.end) - min(row["start"], stretch.inner.start))


def examples(article: Prepared, gold: Gold, ranker: Ranker) -> Iterator[Example]:
    """With the true speakers in place of those read wherever a quotation rests on another."""
    rows = gold.rows(article)
    attributor = Attributor(article.parse, article.stretches, article.kinds, ranker)

    def corrected(index: int, reading: Reading) -> Reading:
        return _corrected(reading, rows[index], gold) if index in rows else reading

    known = {index: corrected(index, reading) for index, reading in attributor.read().items()}
    given: dict[int | None, list[Given]] = {}
    for index, stretch in enumerate(article.stretches):
        if article.kinds[index] is Kind.MENTION:
            continue
        before = given.setdefault(stretch.parent, [])
        choices = list(attributor.choices(index, before, known))
        if index in rows:
            yield Example(tuple(choices), _credited(choices, rows[index], gold))
        speaker = taken_over(index, corrected(index, attributor.weigh(choices)))
        if speaker:
            before.append(speaker)


def _corrected(reading: Reading, row: Row, gold: Gold) -> Reading:
    right = [pair for pair in reading.choices if gold.right(pair[0], row)]
    right = [pair for pair in right if gold.full(pair[0], row)] or right
    if not right:
        return reading
    best = max(right, key=lambda pair: pair[1])[0]
    return Reading(tuple(right), ((best.entity, 1.0),))


def _credited(choices: Sequence[Choice], row: Row, gold: Gold) -> tuple[bool, ...]:
    """The choices to learn from: of the right ones those with the full name, and those that the label points to."""
    right = [gold.right(choice, row) for choice in choices]
    full = [ok and gold.full(choice, row) for ok, choice in zip(right, choices, strict=True)]
    right = full if any(full) else right
    ranks = [_distance(choice, row) if ok else 9 for ok, choice in zip(right, choices, strict=True)]
    nearest = min(ranks, default=9)
    return tuple(ok and rank == nearest for ok, rank in zip(right, ranks, strict=True))


def _distance(choice: Choice, row: Row) -> int:
    context = any(name.startswith(CONTEXT) for name in choice.features)
    if row["explicit"] == "continued":
        return 0 if context else 1
    if choice.features.get("gives"):
        return 0
    if any(name.startswith("label:") for name in choice.features):
        return 1
    return 3 if context else 2


def judge(article: Prepared, gold: Gold, ranker: Ranker) -> Iterator[Judged]:
    """Every labelled quotation of the article as the ranker reads it."""
    rows = gold.rows(article)
    readings = Attributor(article.parse, article.stretches, article.kinds, ranker).read()
    for index, row in rows.items():
        reading = readings.get(index)
        if reading and reading.entities:
            entity, confidence = reading.entities[0]
            named = Choice(entity, None, 0, {}, "")
            yield Judged(article.doc, row, gold.right(named, row), confidence if entity else 0.0, reading)
        else:
            yield Judged(article.doc, row, right=False, confidence=0.0, reading=None)
