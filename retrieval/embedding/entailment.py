"""The entailment reader: how likely a text entails a statement, contradicts it, or does neither."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from retrieval.embedding.lora import bundled_model, read_deltas
from retrieval.embedding.tokenizer import BundledTokenizer
from retrieval.weights.files import FITTED, fitted_hash

if TYPE_CHECKING:
    from torch import Tensor

    from retrieval.embedding.entailment_model import EntailmentModel

DELTAS = "entailment.safetensors"
HEAD = ("hidden.weight", "hidden.bias", "out.weight", "out.bias")
"""The reader's own tensors, beside the deltas of its body."""
TOKENS = 96
"""Tokens that are read of a text and a statement together; the longer of both is cut first."""
TOGETHER = 8
"""Pairs that are read at once; those of similar length go together."""


@dataclass(frozen=True, slots=True)
class EntailmentScores:
    """Probabilities of a text's relation to a statement; they add up to 1."""

    entails: float
    neutral: float
    contradicts: float


class EntailmentReader:
    """The reader that comes with the program. Safe to use from several threads; loads when first needed."""

    def __init__(self, deltas: Path = FITTED / DELTAS, sha256: str | None = None) -> None:
        """`sha256` is the expected hash of the file `deltas`; by default the published one."""
        self._deltas = deltas
        self._sha256 = sha256 or fitted_hash(deltas.name)
        self._lock = threading.Lock()
        self._loaded: tuple[BundledTokenizer, EntailmentModel] | None = None

    def read(self, statement: str, texts: Sequence[str]) -> Sequence[EntailmentScores]:
        """Return what each text makes of `statement`, in the order of `texts`. Raises ModelError."""
        import torch  # noqa: PLC0415  takes seconds

        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        found: dict[int, EntailmentScores] = {}
        with self._lock, torch.inference_mode():
            if self._loaded is None:
                self._loaded = BundledTokenizer(), self._load()
            tokenizer, model = self._loaded
            for start in range(0, len(order), TOGETHER):
                some = order[start : start + TOGETHER]
                logits = model(*pair_tokens(tokenizer, [(texts[at], statement) for at in some]))
                for at, row in zip(some, torch.softmax(logits.float(), 1).tolist(), strict=True):
                    found[at] = EntailmentScores(*row)
        return [found[at] for at in range(len(texts))]

    def _load(self) -> "EntailmentModel":
        from retrieval.embedding.entailment_model import EntailmentModel  # noqa: PLC0415  loads torch

        tensors = read_deltas(self._deltas, self._sha256)
        model = EntailmentModel(bundled_model(tensors).in_native_precision())
        model.load_state_dict({name: tensors[name] for name in HEAD}, strict=False)
        return model.eval()


def entailment_reader() -> EntailmentReader | None:
    """Return the reader; None where its file isn't there."""
    return EntailmentReader() if (FITTED / DELTAS).exists() else None


def pair_tokens(tokenizer: BundledTokenizer, pairs: Sequence[tuple[str, str]]) -> "tuple[Tensor, Tensor, Tensor]":
    """Return ids, types and mask of pairs of a text and a statement, each (pairs, tokens)."""
    batch = tokenizer.tokens([text for text, _ in pairs], [statement for _, statement in pairs], most=TOKENS)
    return batch.ids, (batch.mask & ~batch.own).long(), batch.mask.long()
