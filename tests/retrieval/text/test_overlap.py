"""Which words that stand together prove that those were meant, and which stand in anybody's mouth."""

import pytest

from retrieval.text.overlap import is_chance_overlap

TOTAL = 60_000
UNITS = {
    "it": 9_000,
    "was": 10_000,
    "a": 22_000,
    "for": 12_000,
    "me": 1_500,
    "our": 2_000,
    "there": 3_000,
    "is": 14_000,
}
UNITS |= {"over": 2_200, "mission": 40, "triumph": 25, "lighthouse": 0, "keeper": 60}


@pytest.mark.parametrize(
    ("kept", "missed", "chance"),
    [
        ("it was a for me", "triumph", True),
        ("our mission there is over", "", False),
        ("our mission is", "triumph lighthouse", True),
        ("mission keeper", "it was", False),
        ("", "lighthouse keeper", True),
    ],
)
def test_rare_words_together_are_no_chance_and_common_ones_are(kept: str, missed: str, chance: bool) -> None:
    assert is_chance_overlap(kept.split(), missed.split(), UNITS, TOTAL) is chance


def test_the_larger_the_archive_the_more_the_words_must_tell() -> None:
    words = ["promised", "boat"]
    assert not is_chance_overlap(words, [], dict.fromkeys(words, 1), 100)
    assert is_chance_overlap(words, [], dict.fromkeys(words, 10_000), 1_000_000)
