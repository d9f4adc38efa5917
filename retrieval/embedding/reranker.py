"""Reads question and candidate together: slow, and better than what compares them from afar."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from retrieval.domain import Article, Quotation, Span
from retrieval.embedding.encoder import NamedReranker
from retrieval.embedding.lora import bundled_model, bundled_tokenizer, read_deltas
from retrieval.weights.files import FITTED, fitted_hash

if TYPE_CHECKING:
    from torch import Tensor

    from retrieval.embedding.cross_encoder import CrossEncoder

DELTAS = "reranker.safetensors"
BEFORE, AFTER = 200, 80  # characters of the surroundings that are read
QUESTION_TOKENS, CANDIDATE_TOKENS = 48, 80


@dataclass(frozen=True, slots=True)
class Tokens:
    """`own` marks the candidate's own words; all are (texts, tokens)."""

    ids: "Tensor"
    mask: "Tensor"
    own: "Tensor"


class Rerankable(Protocol):
    """A stretch of an article that a cross-encoder scores: its words, and where they stand."""

    @property
    def article(self) -> Article: ...

    @property
    def span(self) -> Span: ...

    @property
    def quotation(self) -> Quotation | None: ...

    @property
    def text(self) -> str: ...


class BundledReranker:
    """The cross-encoder that comes with the program. Safe to use from several threads; loads when first needed."""

    def __init__(self, deltas: Path = FITTED / DELTAS, sha256: str | None = None) -> None:
        self._deltas = deltas
        self._sha256 = sha256 or fitted_hash(deltas.name)
        self._lock = threading.Lock()
        self._loaded: tuple[Any, CrossEncoder] | None = None

    def score(self, question: str, candidates: Sequence[Rerankable]) -> Sequence[float]:
        """The log-odds, roughly, that each candidate answers `question`. Raises ModelError."""
        import torch  # noqa: PLC0415  takes seconds

        with self._lock, torch.inference_mode(), torch.autocast("cpu", torch.bfloat16, enabled=halves_pay()):
            if self._loaded is None:
                self._loaded = bundled_tokenizer(), self._load()
            tokenizer, model = self._loaded
            asked = question_tokens(tokenizer, question)
            told = candidate_tokens(tokenizer, candidates)
            states = model.lower(asked.ids, asked.mask).expand(len(candidates), -1, -1)
            mask = asked.mask.expand(len(candidates), -1)
            scores: list[float] = model.upper(
                states, mask, model.lower(told.ids, told.mask), told.mask, told.own
            ).tolist()
            return scores

    def _load(self) -> "CrossEncoder":
        from retrieval.embedding.cross_encoder import CrossEncoder  # noqa: PLC0415  loads torch

        tensors = read_deltas(self._deltas, self._sha256)
        model = CrossEncoder(bundled_model(tensors))
        model.load_state_dict({name: tensors[name] for name in HEAD}, strict=False)
        return model.eval()


class OwnReranker:
    """The operator's own cross-encoder."""

    def __init__(self, name: str) -> None:
        self._model = NamedReranker(name)

    def score(self, question: str, candidates: Sequence[Rerankable]) -> Sequence[float]:
        return self._model.score(question, [f"{c.text} ({surroundings(c)})" for c in candidates])


def reranker(name: str) -> BundledReranker | OwnReranker | None:
    """What the setting `reranker` names: `bundled`, `off`, or a cross-encoder. Raises ModelError."""
    match name:
        case "off":
            return None
        case "bundled":
            return BundledReranker() if (FITTED / DELTAS).exists() else None
        case _:
            return OwnReranker(name)


def halves_pay() -> bool:
    """Whether this processor multiplies half-precision numbers itself: then reading takes half the time, and the
    scores differ by about a hundredth."""
    import torch  # noqa: PLC0415  takes seconds

    able = torch.cpu.get_capabilities()
    return bool(able.get("avx512_bf16") or able.get("amx_bf16") or able.get("bf16"))


HEAD = ("sides", "agreement", "opening", "bias")
"""The cross-encoder's own tensors, beside the deltas of its body."""


def question_tokens(tokenizer: Any, question: str) -> Tokens:
    batch = tokenizer([question], truncation=True, max_length=QUESTION_TOKENS, return_tensors="pt")
    mask = batch["attention_mask"].bool()
    return Tokens(batch["input_ids"], mask, mask)


def candidate_tokens(tokenizer: Any, candidates: Sequence[Rerankable]) -> Tokens:
    """A candidate's own words, then who said them, the title, and what stands before and after."""
    batch = tokenizer(
        [candidate.text for candidate in candidates],
        [surroundings(candidate) for candidate in candidates],
        padding=True,
        truncation="longest_first",
        max_length=CANDIDATE_TOKENS,
        return_tensors="pt",
    )
    mask = batch["attention_mask"].bool()
    return Tokens(batch["input_ids"], mask, mask & (batch["token_type_ids"] == 0))


def surroundings(candidate: Rerankable) -> str:
    text, span = candidate.article.text, candidate.span
    speaker = candidate.quotation.speaker if candidate.quotation else None
    who = ", ".join(part for part in (speaker.name, speaker.role) if part) if speaker else ""
    before, after = text[max(0, span.start - BEFORE) : span.start], text[span.end : span.end + AFTER]
    return f"{who}. {candidate.article.title}. {before} … {after}"
