"""Words that a speaker puts into another's mouth: whose they are, and that they are never the speaker's as certain."""

import pytest

from retrieval.domain import Certainty, Kind, Quotation, SpeakerKind
from retrieval.quotes.attribution.calibration import speaker_of
from retrieval.quotes.attribution.hypotheses import (
    Evidence,
    EvidenceSource,
    NestedRole,
    SpeakerDistribution,
    SpeakerHypothesis,
)
from retrieval.quotes.entities.entity import Entity
from retrieval.quotes.extractor import Extractor
from retrieval.reasons import Reason, ReasonCode


def nested(extractor: Extractor, text: str) -> Quotation:
    found = [quotation for quotation in extractor.extract(text) if quotation.kind is Kind.NESTED]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("“People say, ‘The harbour is dead,’ and they are wrong,” said Maren Holt.", "People"),
        ("“Councillor Vik replied that ‘we have no money for that,’ and we left,” Maren Holt testified.", "Vik"),
        ("“I heard Captain Vik ask, quote, ‘Who moved the lamp?’ and then it went dark,” Maren Holt said.", "Vik"),
        ("“The police will be saying to everybody ‘we need to close the bridge now,’” said Maren Holt.", "police"),
        ("“My father used to say, ‘Look twice and jump once,’ and I never did,” said Maren Holt.", "father"),
    ],
)
def test_words_in_anothers_mouth_are_that_persons(extractor: Extractor, text: str, name: str) -> None:
    speaker = nested(extractor, text).speaker
    assert speaker is not None
    assert speaker.name == name


@pytest.mark.parametrize(
    "text",
    [
        "“I told the driver, ‘Turn around at once,’ and he laughed at me,” said Maren Holt.",
        "“I thought, ‘The bridge is going to fall,’ and I ran,” said Maren Holt.",
    ],
)
def test_who_quotes_themselves_is_named(extractor: Extractor, text: str) -> None:
    speaker = nested(extractor, text).speaker
    assert speaker is not None
    assert speaker.name == "Maren Holt"


@pytest.mark.parametrize(
    "text",
    [
        "“It was never only about the boats, ‘The sea will take them all,’ and so on,” said Maren Holt.",
        "“He said, ‘The keys are in the river.’ Nobody believed it,” said Maren Holt. Olaf Vik was in the room.",
        "“They weren’t like, ‘We want a picture of you,’ they wanted to talk,” said Maren Holt.",
        "“I was only a face to them, ‘You are so lovely, look at me,’ day after day,” said Maren Holt.",
    ],
)
def test_the_outer_speaker_is_never_certain_of_words_that_are_not_told_to_be_their_own(
    extractor: Extractor, text: str
) -> None:
    speaker = nested(extractor, text).speaker
    assert speaker is not None
    assert speaker.name != "Maren Holt"
    assert speaker.certainty is not Certainty.CERTAIN


def test_the_reason_says_that_the_speaker_quotes_somebody() -> None:
    entity = Entity("Maren Holt", ("maren", "holt"), SpeakerKind.PERSON)
    evidence = Evidence(EvidenceSource.OUTER_QUOTATION, nested=NestedRole.OUTER)
    chosen = SpeakerDistribution.of([SpeakerHypothesis(entity, None, 0, evidence, {})], [1.0])
    speaker, _ = speaker_of(chosen, "")
    assert (speaker.name, speaker.certainty) == (None, Certainty.UNCLEAR)
    assert speaker.reason == Reason.of(ReasonCode.WORDS_OF_ANOTHER, name="Maren Holt")
