"""What an engine can do. Ids and scores come back, never text: words come from the store alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from retrieval.domain import Filters

Vector = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Hit:
    """`unit` is the store's row of a passage or quotation; `score` is higher for better."""

    unit: int
    score: float


class SearchEngine(Protocol):
    """Finds units (passages and quotations) of an archive.

    A search sees only what `filters` lets through: the filter is applied inside, so `limit` hits come back
    whenever that many may be seen.
    """

    def search_vector(self, vector: Vector, filters: Filters, limit: int) -> Sequence[Hit]:
        """The nearest units by cosine of `vector`, float32 of the model's dimension, length 1."""
        ...

    def search_terms(self, terms: str, filters: Filters, limit: int) -> Sequence[Hit]:
        """The best units by BM25 over the words of `terms`, any of which may match."""
        ...

    def search_articles(self, terms: str, filters: Filters, limit: int) -> Sequence[Hit]:
        """The best articles by BM25 over the words of `terms`; `unit` of a hit is the article's row.

        With a speaker among the filters, only articles that quote them.
        """
        ...

    def __len__(self) -> int:
        """How many units there are."""
        ...

    def frequencies(self, terms: Sequence[str]) -> dict[str, int]:
        """In how many units each word of `terms` stands: what is rare in the archive tells more."""
        ...

    def search_wording(self, words: str, filters: Filters, limit: int) -> Sequence[Hit]:
        """The units likeliest to hold `words` as they stand, or nearly so: those that share its rarest words, or
        runs of its words where all are common. Takes about as long in a large archive as in a small one."""
        ...

    def generation(self) -> int:
        """The sequence number of the last change that this engine's answers take account of."""
        ...

    def refresh(self) -> None:
        """Take in what this or another process has changed in the store since `generation`."""
        ...
