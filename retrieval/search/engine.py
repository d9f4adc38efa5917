"""The protocol of a search engine. It returns ids and scores, never text: words come from the store alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from retrieval.domain import Filters

Vector = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Hit:
    """A search result: the row of a unit (or article) and its score, higher for better."""

    unit: int
    score: float


class SearchEngine(Protocol):
    """Finds units (passages and quotations) of an archive.

    Filters are applied inside the search, so `limit` hits come back whenever that many may be seen.
    """

    def search_vector(self, vector: Vector, filters: Filters, limit: int) -> Sequence[Hit]:
        """Return the nearest units by cosine of `vector`, float32 of the model's dimension, length 1."""
        ...

    def search_terms(self, terms: str, filters: Filters, limit: int) -> Sequence[Hit]:
        """Return the best units by BM25 over the words of `terms`, any of which may match."""
        ...

    def search_articles(self, terms: str, filters: Filters, limit: int) -> Sequence[Hit]:
        """Return the best articles by BM25 over the words of `terms`; `unit` of a hit is the article's row.

        With a speaker among the filters, only articles that quote them.
        """
        ...

    def __len__(self) -> int:
        """Return how many units there are."""
        ...

    def unit_count(self, owners: frozenset[str]) -> int:
        """Return how many units the articles of `owners` have."""
        ...

    def frequencies(self, terms: Sequence[str], owners: frozenset[str]) -> dict[str, int]:
        """Return the document frequency of each word: the number of units of `owners` that hold it."""
        ...

    def search_wording(self, words: str, filters: Filters, limit: int) -> Sequence[Hit]:
        """Return the units likeliest to hold `words` literally, or nearly so.

        They share the rarest of the words, or runs of words where all are common. The time hardly grows with the
        archive.
        """
        ...

    def generation(self) -> int:
        """Return the number of the last change that this engine has taken in."""
        ...

    def refresh(self) -> None:
        """Take in what any process has changed in the store since `generation`."""
        ...
