"""Opposition: whose words may be against a side, and whose are the side's own."""

import pytest

from retrieval.dialogue.handlers.opposition import NEGATION_BONUS, OpposedSide
from retrieval.domain import Article, Certainty, Kind, Quotation, Span, Speaker, SpeakerKind
from retrieval.ranking.candidates import AnswerCandidate

TEXT = (
    "HARC asked for another name. “The name is cruel,” said Ada Brook, president of HARC. HARC outreach coordinator Eve"
    " Lake agreed. “It is not cruel,” said Tom Reed, the mayor."
)


def candidate(name, words, role=None, kind=SpeakerKind.PERSON):
    start = TEXT.index(words)
    span = Span(start, start + len(words))
    quotation = Quotation(span, Kind.DIRECT, Speaker(name, role, kind, 0.9, Certainty.CERTAIN))
    return AnswerCandidate(Article("a", "Name", TEXT), span, 1, quotation, 0.5, 0.5, 1.0)


@pytest.mark.parametrize(
    ("name", "role", "opponent"),
    [
        ("Tom Reed", "mayor", True),
        ("HARC", None, False),
        ("Ada Brook", "president of HARC", False),
        ("Ada Brook", None, False),
        ("Eve Lake", None, False),
        ("Harbour Animal Rights Council", None, False),
    ],
)
def test_the_people_of_a_side_are_not_its_opponents(name, role, opponent):
    assert OpposedSide.of("harc").may_be_opponent(candidate(name, "cruel", role)) is opponent


def test_words_of_nobody_or_of_a_document_tell_of_no_opponent():
    assert not OpposedSide.of("harc").may_be_opponent(candidate(None, "cruel"))
    assert not OpposedSide.of("harc").may_be_opponent(candidate("press release", "cruel", kind=SpeakerKind.DOCUMENT))


def test_a_negation_speaks_for_disagreement():
    side = OpposedSide.of("harc")
    assert side.bonus(candidate("Tom Reed", "It is not cruel,")) == NEGATION_BONUS
    assert side.bonus(candidate("Ada Brook", "The name is cruel,")) == 0
