"""The question encoder: questions to vectors near those of the words that answer them."""

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from retrieval.embedding.encoder import Encoder
from retrieval.embedding.lora import read_deltas
from retrieval.embedding.model_files import BUNDLED_PACKAGE
from retrieval.weights.files import FITTED, fitted_hash
from retrieval.weights.model_packages import package_hashes

if TYPE_CHECKING:
    from retrieval.embedding.bundled_encoder import BundledEncoder

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
        self._loaded: BundledEncoder | None = None

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Return float32 vectors (len(texts), 384) of length 1. Raises ModelError."""
        from retrieval.embedding.bundled_encoder import BundledEncoder  # noqa: PLC0415  loads torch

        with self._lock:
            if self._loaded is None:
                self._loaded = BundledEncoder(MAX_TOKENS, read_deltas(self._deltas, self._sha256))
        return self._loaded.encode(texts)


def is_bundled(encoder: Encoder) -> bool:
    """Return whether `encoder` is the bundled model, on whose vectors everything was fitted."""
    return encoder.model.sha256 == package_hashes(BUNDLED_PACKAGE)["model.safetensors"]


def question_encoder(encoder: Encoder) -> "Encoder | QuestionEncoder":
    """Return what encodes questions to an archive that `encoder` embeds: the bundled model's adaptation, or itself."""
    return QuestionEncoder() if is_bundled(encoder) and (FITTED / DELTAS).exists() else encoder
