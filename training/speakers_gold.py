"""Articles with labelled speakers, and the examples that the speaker model is fitted and judged on."""

import importlib.util
import json
import pickle
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from retrieval.domain import Kind
from retrieval.quotes.attribution.attributor import Attributor
from retrieval.quotes.attribution.facts.carry_over import AttributedQuotation, attributed_quotation
from retrieval.quotes.attribution.hypotheses import EvidenceSource, SpeakerDistribution, SpeakerHypothesis
from retrieval.quotes.attribution.model import SpeakerModel
from retrieval.quotes.entities.entity import Entity
from retrieval.quotes.spans.quote_classifier import classify_quotes
from retrieval.quotes.spans.scanner import QuoteSpan, find_quote_spans
from retrieval.quotes.syntax.parse import Parse
from retrieval.quotes.syntax.parser import Parser
from training.delivery import DATA

ANNOTATIONS = DATA / "quotes_extra.jsonl"
UNSEEN = DATA / "quotes_unseen.jsonl"
"""Labels that nothing is fitted on."""
MIN_OVERLAP = 0.8
"""Least intersection over union, in characters, of a label and the span that it is for; as in score_quotes.py."""
CONTEXT_SOURCES = frozenset(
    {
        EvidenceSource.NEIGHBOUR_CLAUSE,
        EvidenceSource.EARLIER_QUOTATION,
        EvidenceSource.LATER_QUOTATION,
        EvidenceSource.REPEATED_WORDS,
        EvidenceSource.OUTER_QUOTATION,
    }
)
"""Sources outside of the quotation's own sentence."""
LABEL_SOURCES = frozenset({EvidenceSource.LABEL, EvidenceSource.TRANSCRIPT_LABEL, EvidenceSource.STANDING})

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ParsedArticle:
    """An article with its quotations and its parse."""

    doc: str
    text: str
    spans: tuple[QuoteSpan, ...]
    kinds: tuple[Kind, ...]
    parse: Parse


@dataclass(frozen=True, slots=True)
class TrainingExample:
    """One labelled quotation with its hypotheses, those of one phrase together.

    `correct` are those with the right speaker, `target` those of them to learn from.
    """

    doc: str
    hypotheses: tuple[SpeakerHypothesis, ...]
    correct: tuple[bool, ...]
    target: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class JudgedQuotation:
    """One labelled quotation as a model attributes it; `words` counts its words."""

    doc: str
    row: Row
    kind: Kind
    words: int
    right: bool
    confidence: float
    speakers: SpeakerDistribution | None


def read_rows(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def labelled(shared: Path) -> dict[str, list[dict[str, Any]]]:
    """Return the labels to fit on by set: `press_train`, and the annotations' `tune` and `validate`.

    Rows without a speaker are left out; the benchmark's dev sets are for measuring alone.
    """
    rows = read_rows(shared / "bench" / "quotes_press_train.jsonl")
    sets: dict[str, list[dict[str, Any]]] = {"press_train": [row for row in rows if row["speaker"]]}
    for row in read_rows(ANNOTATIONS):
        sets.setdefault(row["fold"], []).append(row)
    return sets


def archive(shared: Path) -> dict[str, dict[str, Any]]:
    """Return the articles that labels are for, by id."""
    files = (shared / "archive" / name for name in ("modern.jsonl", "bbc.jsonl", "press.jsonl"))
    return {row["id"]: row for file in files for row in read_rows(file)}


def prepare(texts: Mapping[str, str], cache: Path | None) -> list[ParsedArticle]:
    """Return the articles parsed; parses are kept in `cache`, which must be emptied by hand when parsing changes."""
    parser: Parser | None = None
    found = []
    for doc, text in texts.items():
        file = cache / f"{doc.replace(':', '_')}.pickle" if cache else None
        spans = find_quote_spans(text)
        if file and file.exists():
            parse = pickle.loads(file.read_bytes())
        else:
            parser = parser or Parser()
            parse = parser.parse(text, spans)
            if file:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(pickle.dumps(parse))
        found.append(ParsedArticle(doc, text, spans, classify_quotes(text, spans), parse))
    return found


def scorer(shared: Path, name: str) -> ModuleType:
    """Return a scoring script of the benchmark as a module."""
    spec = importlib.util.spec_from_file_location(name, shared / "bench" / f"{name}.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(shared / "bench" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class SpeakerGold:
    """Matches spans with labels, and judges names as score_quotes.py does."""

    def __init__(self, shared: Path, rows: Iterable[Row]) -> None:
        """Keep the labels by article; names are judged by the benchmark's own script."""
        self._rows: dict[str, list[Row]] = {}
        for row in rows:
            self._rows.setdefault(row["doc"], []).append(row)
        answers = scorer(shared, "score_answers")
        self._same: Callable[..., bool] = answers.same_speaker
        self._words: Callable[[str | None], list[str]] = answers.names

    def rows(self, article: ParsedArticle) -> dict[int, Row]:
        """Return the label of each span that has one, by the span's index."""
        found: dict[int, Row] = {}
        for row in self._rows.get(article.doc, []):
            overlaps = [(_overlap(row, s), -i) for i, s in enumerate(article.spans) if i not in found]
            best, index = max(overlaps, default=(0.0, 0))
            if best >= MIN_OVERLAP:
                found[-index] = row
        return found

    def is_right(self, entity: Entity | None, row: Row) -> bool:
        """Return whether an entity is the labelled speaker."""
        return entity is not None and self._same(entity.full_name, row["speaker"], row.get("aliases"))

    def has_full_name(self, entity: Entity | None, row: Row) -> bool:
        """Return whether an entity has the speaker's name in full."""
        return entity is not None and self._words(entity.full_name) == self._words(row["speaker"])


def _overlap(row: Row, span: QuoteSpan) -> float:
    shared = min(row["end"], span.inner.end) - max(row["start"], span.inner.start)
    return max(0, shared) / (max(row["end"], span.inner.end) - min(row["start"], span.inner.start))


def examples(article: ParsedArticle, gold: SpeakerGold, model: SpeakerModel) -> Iterator[TrainingExample]:
    """Iterate over the labelled quotations; where one rests on another, that one has its true speaker."""
    rows = gold.rows(article)
    attributor = Attributor(article.parse, article.spans, article.kinds, model)

    def corrected(index: int, speakers: SpeakerDistribution) -> SpeakerDistribution:
        return _corrected(speakers, rows[index], gold) if index in rows else speakers

    known = {index: corrected(index, speakers) for index, speakers in attributor.attribute().items()}
    attributed: dict[int | None, list[AttributedQuotation]] = {}
    for index, span in enumerate(article.spans):
        if article.kinds[index] is Kind.MENTION:
            continue
        before = attributed.setdefault(span.parent, [])
        hypotheses = tuple(attributor.hypotheses(index, before, known))
        if index in rows:
            correct = tuple(gold.is_right(each.entity, rows[index]) for each in hypotheses)
            yield TrainingExample(article.doc, hypotheses, correct, _target(hypotheses, correct, rows[index], gold))
        if speaker := attributed_quotation(index, corrected(index, model.distribution(hypotheses))):
            before.append(speaker)


def _corrected(speakers: SpeakerDistribution, row: Row, gold: SpeakerGold) -> SpeakerDistribution:
    right = [pair for pair in speakers.hypotheses if gold.is_right(pair[0].entity, row)]
    right = [pair for pair in right if gold.has_full_name(pair[0].entity, row)] or right
    if not right:
        return speakers
    best = max(right, key=lambda pair: pair[1])[0]
    return SpeakerDistribution(tuple(right), ((best.entity, 1.0),))


def _target(
    hypotheses: Sequence[SpeakerHypothesis], correct: Sequence[bool], row: Row, gold: SpeakerGold
) -> tuple[bool, ...]:
    """Return the hypotheses to learn from: of the correct ones those with the full name and nearest to the label."""
    full = [ok and gold.has_full_name(each.entity, row) for ok, each in zip(correct, hypotheses, strict=True)]
    right = full if any(full) else correct
    ranks = [_distance(each, row) if ok else 9 for ok, each in zip(right, hypotheses, strict=True)]
    nearest = min(ranks, default=9)
    return tuple(ok and rank == nearest for ok, rank in zip(right, ranks, strict=True))


def _distance(hypothesis: SpeakerHypothesis, row: Row) -> int:
    """Return how far the source of a hypothesis is from where the label says that the speaker is told, from 0."""
    evidence = hypothesis.evidence
    in_context = evidence.source in CONTEXT_SOURCES
    if row["explicit"] == "continued":
        return 0 if in_context else 1
    if evidence.is_reporting:
        return 0
    if evidence.source in LABEL_SOURCES:
        return 1
    return 3 if in_context else 2


def judge(article: ParsedArticle, gold: SpeakerGold, model: SpeakerModel) -> Iterator[JudgedQuotation]:
    """Iterate over the labelled quotations of an article as the model attributes them."""
    found = Attributor(article.parse, article.spans, article.kinds, model).attribute()
    for index, row in gold.rows(article).items():
        speakers = found.get(index)
        entity, confidence = speakers.likeliest if speakers else (None, 0.0)
        right = gold.is_right(entity, row)
        kind, words = article.kinds[index], len(article.spans[index].inner.of(article.text).split())
        yield JudgedQuotation(article.doc, row, kind, words, right, confidence if entity else 0.0, speakers)
