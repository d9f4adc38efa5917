"""The question encoder: questions to vectors near those of the words that answer them."""

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from retrieval.embedding.encoder import Encoder
from retrieval.embedding.lora import bundled_model, read_deltas
from retrieval.embedding.model_files import BUNDLED_PACKAGE
from retrieval.embedding.tokenizer import BundledTokenizer
from retrieval.weights.files import FITTED, fitted_hash
from retrieval.weights.model_packages import package_hashes

if TYPE_CHECKING:
    from retrieval.embedding.bert import Bert

DELTAS = "question_encoder.safetensors"
MAX_TOKENS = 128


class QuestionEncoder:
    """The bundled model, adapted to questions. The archive's vectors stay those of the bundled model itself.

    Safe to use from several threads; loads when it is first needed.
    """

    def __init__(self, deltas: Path = FITTED / DELTAS, sha256: str | None = None) -> None:
        self._deltas = deltas
        self._sha256 = sha256 or fitted_hash(deltas.name)
        self._lock = threading.Lock()
        self._loaded: tuple[BundledTokenizer, Bert] | None = None

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Return float32 vectors (len(texts), 384) of length 1. Raises ModelError."""
        import torch  # noqa: PLC0415  takes seconds

        with self._lock, torch.inference_mode():
            if self._loaded is None:
                self._loaded = BundledTokenizer(), bundled_model(read_deltas(self._deltas, self._sha256))
            tokenizer, model = self._loaded
            batch = tokenizer.tokens(texts, most=MAX_TOKENS)
            return model.vectors(batch.ids, batch.mask).numpy()


def is_bundled(encoder: Encoder) -> bool:
    """Return whether `encoder` is the bundled model, on whose vectors everything was fitted."""
    return encoder.model.sha256 == package_hashes(BUNDLED_PACKAGE)["model.safetensors"]


def question_encoder(encoder: Encoder) -> "Encoder | QuestionEncoder":
    """Return what encodes questions to an archive that `encoder` embeds: the bundled model's adaptation, or itself."""
    return QuestionEncoder() if is_bundled(encoder) and (FITTED / DELTAS).exists() else encoder
