"""Pairs of a text and a statement with what the text makes of the statement; those of the public sets."""

import gzip
import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from retrieval.embedding.tokenizer import BundledTokenizer

ENTAILS, NEUTRAL, CONTRADICTS = range(3)
"""The classes, in the order of the model's logits."""
MOST = {
    "VitaminC real": 8000,
    "HANS": 1500,
    "ScoNe": 900,
    "MED": 700,
    "Breaking NLI": 1300,
    "FoolMeTwice": 1500,
}
"""Pairs that are taken of a public set at most; of others all."""
LONGEST, LONGEST_ASKED = 52, 80
"""Tokens of a pair, and of a yes/no question with its passage, that is taken."""
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


def public_pairs(folder: Path, tokenizer: BundledTokenizer, seed: int) -> list[LabelledPair]:
    """Return short pairs of the public sets and short yes/no questions as statements, mixed.

    Of sets that show one thing again and again no more than MOST are taken.
    """
    rows = list(_rows(folder / "entailment.jsonl.gz"))
    pairs = [
        LabelledPair(row["premise"], row["hypothesis"], _LABELS[row["label"]], group=row["source"]) for row in rows
    ]
    taken: Counter[str] = Counter()
    kept: list[LabelledPair] = []
    for pair in short_pairs(pairs, tokenizer, LONGEST):
        if taken[pair.group] < MOST.get(pair.group, len(pairs)):
            taken[pair.group] += 1
            kept.append(pair)
    asked = _rows(folder / "extra_yesno.jsonl.gz")
    answered = [LabelledPair(row["passage"], row["question"], _ANSWERS[row["answer"]], 0.5) for row in asked]
    kept += short_pairs(answered, tokenizer, LONGEST_ASKED)
    random.Random(seed).shuffle(kept)
    return kept


def short_pairs(pairs: Sequence[LabelledPair], tokenizer: BundledTokenizer, longest: int) -> list[LabelledPair]:
    """Return the pairs of at most `longest` tokens."""
    lengths = tokenizer.lengths([pair.text for pair in pairs], [pair.statement for pair in pairs])
    return [pair for pair, length in zip(pairs, lengths, strict=True) if length <= longest]


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)
