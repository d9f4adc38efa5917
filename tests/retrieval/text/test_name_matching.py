import pytest

from retrieval.domain import Certainty, Speaker, SpeakerKind
from retrieval.text.name_matching import names_speaker

BROOK = Speaker("Ada Brook", "harbour master of Callan", SpeakerKind.PERSON, 0.9, Certainty.CERTAIN)


@pytest.mark.parametrize("given", ["Ada Brook", "Brook", "Mrs Brook", "A. Brook", "the harbour master", "BROOK"])
def test_a_speaker_is_named_by_the_name_a_part_that_ends_it_or_the_role(given: str) -> None:
    assert names_speaker(given, BROOK)


@pytest.mark.parametrize("given", ["", "???", "🦀", "Ada", "Tom Brook", "the mayor", "the mayor of Callan"])
def test_neither_another_name_nor_no_name_at_all_is_taken_for_the_speaker(given: str) -> None:
    assert not names_speaker(given, BROOK)
