"""The embedding model: texts to vectors. Nothing outside this package imports sentence_transformers."""

import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from retrieval.domain import EmbeddingModel
from retrieval.embedding.model_files import (
    BUNDLED,
    BUNDLED_NAME,
    BUNDLED_PACKAGE,
    WEIGHTS,
    bundled_folder,
    named_folder,
    weights_hash,
)
from retrieval.embedding.precision import has_bfloat16
from retrieval.errors import ModelError
from retrieval.weights.model_packages import package_hashes

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

    from retrieval.embedding.bundled_encoder import BundledEncoder

MAX_TOKENS = 256
"""The most tokens of a text that the bundled model reads."""


class Encoder:
    """Turns texts into vectors. Safe to use from several threads: the model isn't, and has one lock.

    The model's files are checked at once, and loaded when they are first needed.
    """

    def __init__(self, name: str = BUNDLED, threads: int = 1, batch: int = 8) -> None:
        """`name` is `bundled`, a folder, or a sentence-transformers model's name. Raises ModelError.

        One article's sentences in batches of 8 take two thirds of the time that they take in batches of 32, which
        are mostly padding.
        """
        bundled = name == BUNDLED
        # OpenMP reads these when torch is imported. Threads that wait for each other would else spin, and take six
        # times the processor time where other processes work too.
        os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
        os.environ.setdefault("OMP_NUM_THREADS", str(threads))
        if bundled:
            os.environ.setdefault("HF_HUB_OFFLINE", "1")  # the hub's library reads it when it is imported
        self._folder = bundled_folder() if bundled else named_folder(name)
        self._name, self._threads, self._batch = name, threads, batch
        self._lock = threading.Lock()
        self._bundled = bundled
        self._loaded: BundledEncoder | NamedEncoder | None = None
        self.model = EmbeddingModel(
            BUNDLED_NAME if bundled else name,
            package_hashes(BUNDLED_PACKAGE)[WEIGHTS] if bundled else weights_hash(self._folder),
        )

    def __reduce__(self) -> tuple[type["Encoder"], tuple[str, int, int]]:
        """Pickle the settings alone: another process loads a model of its own."""
        return Encoder, (self._name, self._threads, self._batch)

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Return float32 vectors (len(texts), dimension) of length 1, in the order of `texts`. Raises ModelError.

        Where the processor multiplies bfloat16 itself, cosines differ by some .0001 from those of float32.
        """
        with self._lock:
            if self._loaded is None:
                self._loaded = self._load()
            return self._loaded.encode(texts, self._batch)

    def _load(self) -> "BundledEncoder | NamedEncoder":
        import torch  # noqa: PLC0415  takes a second, which `--help` need not wait

        from retrieval.embedding.bundled_encoder import BundledEncoder  # noqa: PLC0415  loads torch

        torch.set_num_threads(self._threads)
        return BundledEncoder(MAX_TOKENS) if self._bundled else NamedEncoder(self._folder)


class NamedEncoder:
    """A sentence-transformers model that an operator names. Not to be used from several threads at once."""

    def __init__(self, folder: Path) -> None:
        """Load the model in `folder`. Raises ModelError."""
        self._model = load_named(folder)

    def encode(self, texts: Sequence[str], batch: int) -> npt.NDArray[np.float32]:
        """Return float32 vectors (len(texts), dimension) of length 1, in the order of `texts`."""
        import torch  # noqa: PLC0415  takes a second

        with torch.autocast("cpu", torch.bfloat16, enabled=has_bfloat16()):
            vectors = self._model.encode(
                list(texts), batch_size=batch, normalize_embeddings=True, show_progress_bar=False
            )
        return np.asarray(vectors, dtype=np.float32)


def load_named(folder: Path) -> "SentenceTransformer":
    """Return the sentence-transformers model in `folder`. Raises ModelError."""
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415  these two take five seconds
    from transformers.utils import logging  # noqa: PLC0415

    logging.disable_progress_bar()
    try:
        return SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        raise ModelError(f"the model in {folder} can't be loaded: {error}") from error
