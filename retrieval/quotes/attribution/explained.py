"""A quotation together with why its speaker was chosen."""

from dataclasses import dataclass

from retrieval.domain import Quotation
from retrieval.quotes.attribution.hypotheses import Reading


@dataclass(frozen=True, slots=True)
class Explained:
    """`reading` holds every choice with its probability; what is no speech has none."""

    quotation: Quotation
    reading: Reading | None
