"""Pairs of a text and a statement with what the text makes of the statement; those of the public sets."""

import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ENTAILS, NEUTRAL, CONTRADICTS = range(3)
"""The classes, in the order of the model's logits."""
_LABELS = {"entailment": ENTAILS, "neutral": NEUTRAL, "contradiction": CONTRADICTS}
_ANSWERS = {"yes": ENTAILS, "unknown": NEUTRAL, "no": CONTRADICTS}


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """A text, a statement, and the class of the pair. `weight` scales its loss, `group` keeps folds apart."""

    text: str
    statement: str
    label: int
    weight: float = 1.0
    group: str = ""


def public_pairs(folder: Path) -> Iterator[LabelledPair]:
    """Yield the pairs of the public sets, and their yes/no questions as statements."""
    for row in _rows(folder / "entailment.jsonl.gz"):
        yield LabelledPair(row["premise"], row["hypothesis"], _LABELS[row["label"]])
    for row in _rows(folder / "extra_yesno.jsonl.gz"):
        yield LabelledPair(row["passage"], row["question"], _ANSWERS[row["answer"]], 0.5)


def short_pairs(pairs: Sequence[LabelledPair], tokenizer: Any, longest: int) -> list[LabelledPair]:
    """Return the pairs of at most `longest` tokens."""
    rows = tokenizer([pair.text for pair in pairs], [pair.statement for pair in pairs])["input_ids"]
    return [pair for pair, ids in zip(pairs, rows, strict=True) if len(ids) <= longest]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)
