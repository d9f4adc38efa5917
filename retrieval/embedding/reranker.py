"""Cross-encoders read a question and a passage together: slower than comparing vectors, and better."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from retrieval.embedding.lora import bundled_model, read_deltas
from retrieval.embedding.model_files import named_folder
from retrieval.embedding.tokenizer import BundledTokenizer, TokenBatch
from retrieval.errors import ModelError
from retrieval.weights.files import FITTED, fitted_hash

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

    from retrieval.embedding.cross_encoder import SplitCrossEncoder

DELTAS = "reranker.safetensors"
HEAD = ("sides", "agreement", "opening", "bias")
"""The cross-encoder's own tensors, beside the deltas of its body."""
QUESTION_TOKENS, PASSAGE_TOKENS = 48, 80


@dataclass(frozen=True, slots=True)
class RerankPassage:
    """What is read of a candidate: its own `words`, and their `surroundings`, which tell whose they are and where."""

    words: str
    surroundings: str


class BundledReranker:
    """The cross-encoder that comes with the program. Safe to use from several threads; loads when first needed."""

    def __init__(self, deltas: Path = FITTED / DELTAS, sha256: str | None = None) -> None:
        """`sha256` is the expected hash of the file `deltas`; by default the published one."""
        self._deltas = deltas
        self._sha256 = sha256 or fitted_hash(deltas.name)
        self._lock = threading.Lock()
        self._loaded: tuple[BundledTokenizer, SplitCrossEncoder] | None = None

    def score(self, question: str, passages: Sequence[RerankPassage]) -> Sequence[float]:
        """Return the log-odds, roughly, that each passage answers `question`. Raises ModelError."""
        import torch  # noqa: PLC0415  takes seconds

        with self._lock, torch.inference_mode():
            if self._loaded is None:
                self._loaded = BundledTokenizer(), self._load()
            tokenizer, model = self._loaded
            asked = question_tokens(tokenizer, question)
            told = passage_tokens(tokenizer, passages)
            states = model.lower(asked.ids, asked.mask).expand(len(passages), -1, -1)
            mask = asked.mask.expand(len(passages), -1)
            scores: list[float] = model.upper(
                states, mask, model.lower(told.ids, told.mask), told.mask, told.own
            ).tolist()
            return scores

    def _load(self) -> "SplitCrossEncoder":
        from retrieval.embedding.cross_encoder import SplitCrossEncoder  # noqa: PLC0415  loads torch

        tensors = read_deltas(self._deltas, self._sha256)
        model = SplitCrossEncoder(bundled_model(tensors).in_native_precision())
        model.load_state_dict({name: tensors[name] for name in HEAD}, strict=False)
        return model.eval()


class NamedReranker:
    """A sentence-transformers cross-encoder that an operator names. Safe to use from several threads."""

    def __init__(self, name: str) -> None:
        """`name` is a folder, or a model's name on the hub. Raises ModelError."""
        self._folder = named_folder(name)
        self._lock = threading.Lock()
        self._loaded: CrossEncoder | None = None

    def score(self, question: str, passages: Sequence[RerankPassage]) -> Sequence[float]:
        """Return what the model gives each passage, taken for log-odds. Raises ModelError."""
        from sentence_transformers import CrossEncoder  # noqa: PLC0415  takes seconds

        pairs = [(question, f"{passage.words} ({passage.surroundings})") for passage in passages]
        with self._lock:
            try:
                if self._loaded is None:
                    self._loaded = CrossEncoder(str(self._folder), device="cpu", local_files_only=True)
                return [float(each) for each in self._loaded.predict(pairs)]
            except (OSError, ValueError, KeyError, RuntimeError) as error:
                raise ModelError(f"the cross-encoder in {self._folder} can't be used: {error}") from error


def reranker(name: str) -> BundledReranker | NamedReranker | None:
    """Return what the setting `reranker` names: `bundled`, `off` (None), or a cross-encoder. Raises ModelError."""
    match name:
        case "off":
            return None
        case "bundled":
            return BundledReranker() if (FITTED / DELTAS).exists() else None
        case _:
            return NamedReranker(name)


def question_tokens(tokenizer: BundledTokenizer, question: str) -> TokenBatch:
    """Return the tokens of one question, cut to what is read of it."""
    return tokenizer.tokens([question], most=QUESTION_TOKENS)


def passage_tokens(tokenizer: BundledTokenizer, passages: Sequence[RerankPassage]) -> TokenBatch:
    """Return the tokens of passages: their own words, then the surroundings, the longer of both cut first."""
    words, around = [passage.words for passage in passages], [passage.surroundings for passage in passages]
    return tokenizer.tokens(words, around, most=PASSAGE_TOKENS)
