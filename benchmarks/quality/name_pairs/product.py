"""The one place where this benchmark touches the product: its comparison of names, and its ledger of speakers."""

from benchmarks.quality.name_pairs.values import Pair
from retrieval.domain import SpeakerKind
from retrieval.speakers.clustering import cluster_speakers
from retrieval.speakers.records import SpeakerAppearance
from retrieval.text.person_names.matching import same_name


def compared(pair: Pair) -> bool:
    """Whether either name may mean the other's bearer: what filters, verifying and autocomplete ask."""
    return same_name(pair.first, pair.second) or same_name(pair.second, pair.first)


def in_one_entry(pair: Pair) -> bool:
    """Whether the ledger makes one entry of the two names, each in an article of its own and without a role."""
    appearances = [
        SpeakerAppearance(name, SpeakerKind(bearer.value), number, (), quotations=1, certain=1)
        for number, (name, bearer) in enumerate(zip((pair.first, pair.second), pair.bearers, strict=True))
    ]
    return len(cluster_speakers(appearances)) == 1
