"""Stand-ins that load in no time, for worker processes. What they do is decided by the article's words."""

import hashlib
import os
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from retrieval.domain import Certainty, EmbeddingModel, Kind, Quotation, Span, Speaker

DELAY = "ONTHERECORD_TEST_DELAY"


DIMENSION = 16


def vector_of(text: str) -> npt.NDArray[np.float32]:
    """Always the same for the same text, of length 1, rounded as the store rounds."""
    seed = int.from_bytes(hashlib.sha256(text.encode(errors="surrogatepass")).digest()[:8], "little")
    vector = np.random.default_rng(seed).standard_normal(DIMENSION).astype(np.float32)
    return (vector / np.linalg.norm(vector)).astype(np.float16).astype(np.float32)


class MarksOnly:
    """Everything between curly marks, said by whoever's name follows."""

    def extract(self, text: str, *, published: str | None, language: str | None) -> tuple[Quotation, ...]:
        """Return the quotations between curly marks. Some words make it sleep, fail or end the process."""
        time.sleep(float(os.environ.get(DELAY, "0")))
        if "kills the process" in text:
            os._exit(3)
        if "can't be parsed" in text:
            raise ValueError("no such construction")
        return tuple(
            Quotation(Span(*found.span(1)), Kind.DIRECT, Speaker(found[2], None, None, 0.8, Certainty.PROBABLE))
            for found in re.finditer(r"“([^”]+)” said (\w+)", text)
        )


class Shouting(MarksOnly):
    """Finds no quotations but those in capitals."""

    def extract(self, text: str, *, published: str | None, language: str | None) -> tuple[Quotation, ...]:
        """Return the quotations in capitals."""
        found = super().extract(text, published=published, language=language)
        return tuple(quotation for quotation in found if quotation.span.of(text).isupper())


@dataclass(frozen=True)
class HashEncoder:
    """Vectors that depend on the text and the model's name."""

    name: str = "hashes"

    @property
    def model(self) -> EmbeddingModel:
        """The model's name, and a made-up hash that depends on it."""
        return EmbeddingModel(self.name, vector_of(self.name).tobytes().hex()[:64])

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Return a vector for each text, always the same for the same text."""
        return np.stack([vector_of(self.name + text) for text in texts])


class Undecided(HashEncoder):
    """Never the same vectors twice, so that what stays the same was used again."""

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Return random vectors."""
        vectors = np.random.default_rng().standard_normal((len(texts), 16))
        unit: npt.NDArray[np.float32] = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
        return unit
