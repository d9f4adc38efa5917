"""The bundled model as an encoder: texts to vectors, in batches of texts of similar length."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from retrieval.embedding.bert import DIMENSION
from retrieval.embedding.lora import bundled_model
from retrieval.embedding.tokenizer import BundledTokenizer


class BundledEncoder:
    """The bundled model, with deltas merged into it where there are any. Safe to use from several threads."""

    def __init__(self, most: int, deltas: Mapping[str, Tensor] | None = None) -> None:
        """Load the model, which reads the first `most` tokens of a text. Raises ModelError."""
        self._tokenizer, self._most = BundledTokenizer(), most
        self._model = bundled_model(deltas or {}).in_native_precision()

    def encode(self, texts: Sequence[str], batch: int = 8) -> npt.NDArray[np.float32]:
        """Return float32 vectors (len(texts), 384) of length 1, in the order of `texts`, `batch` texts read at once."""
        vectors = np.empty((len(texts), DIMENSION), dtype=np.float32)
        order = sorted(range(len(texts)), key=lambda number: len(texts[number]))
        for start in range(0, len(order), batch):
            some = order[start : start + batch]
            tokens = self._tokenizer.tokens([texts[number] for number in some], most=self._most)
            with torch.inference_mode():
                vectors[some] = self._model.vectors(tokens.ids, tokens.mask).numpy()
        return vectors
