"""Each way of asking for a person's words is understood as one."""

from datetime import date

import pytest

from retrieval.answering.questions.understanding import understand
from retrieval.query import QueryKind
from retrieval.text.statements.reported import asserts

TODAY = date(2026, 3, 20)


@pytest.mark.parametrize(
    ("text", "speaker", "topic"),
    [
        ("what's Ada Brook's take on the ferry?", "Ada Brook", "the ferry"),
        ("whats ada brooks view on the ferry", "ada brook", "the ferry"),
        ("Ada Brook's opinion of the ferry", "Ada Brook", "the ferry"),
        ("what is Ada Brook’s position on the ferry?", "Ada Brook", "the ferry"),
        ("where does Ada Brook stand on the ferry", "Ada Brook", "the ferry"),
        ("how did Ada Brook react to the ferry", "Ada Brook", "the ferry"),
        ("how did Ada Brook explain the delay", "Ada Brook", "the delay"),
        ("how does ada brook feel about singing", "ada brook", "singing"),
        ("why's Ada Brook worried about the ferry?", "Ada Brook", "the ferry"),
        ("whats Ada Brook worried about", "Ada Brook", "about"),
        ("what does Ada Brook think of the ferry?", "Ada Brook", "the ferry"),
        ("waht did Ada Brook say about the ferry", "Ada Brook", "the ferry"),
        ("according to Ada Brook, why did the ferry sink?", "Ada Brook", "why did the ferry sink"),
        ("why did the ferry sink according to Ada Brook", "Ada Brook", "why did the ferry sink"),
        ("Ada Brook on the ferry?", "Ada Brook", "the ferry"),
        ("mary brook about the ferry", "mary brook", "the ferry"),
        ("what did the mayor of Callan say about the ferry?", "the mayor of Callan", "the ferry"),
        ("what has Ada Brook got to say about the ferry", "Ada Brook", "the ferry"),
        ("what was ada brooks reaction to the vow", "ada brook", "the vow"),
        ("whats ada brook saying about the ferry", "ada brook", "the ferry"),
        ("what did Ada Brook make of the ferry?", "Ada Brook", "the ferry"),
        ("can you tell me what Ada Brook said about the ferry", "Ada Brook", "the ferry"),
        ("any comment from Ada Brook on the ferry?", "Ada Brook", "the ferry"),
        ("ada brook quotes on the ferry", "ada brook", "the ferry"),
        ("in Ada Brook's view, is the ferry safe?", "Ada Brook", "is the ferry safe"),
        ("why does ada brook think the ferry sank", "ada brook", "the ferry sank"),
        ("has Ada Brook said anything about the ferry?", "Ada Brook", "the ferry"),
        ("what did ada brook write about the ferry", "ada brook", "the ferry"),
    ],
)
def test_ways_of_asking_for_a_persons_words(text: str, speaker: str, topic: str) -> None:
    asked = understand(text, TODAY)
    assert (asked.kind, asked.speaker) == (QueryKind.WHAT_SAID, speaker)
    assert asked.statement in {topic, ""} if topic == "about" else asked.statement == topic


@pytest.mark.parametrize(
    "text",
    [
        "how many people were on the ferry according to Ada Brook?",
        "books on the shelf",
        "how did the ferry sink?",
        "how often did it sink according to Ada Brook?",
    ],
)
def test_questions_for_facts_stay_what_they_are(text: str) -> None:
    assert understand(text, TODAY).kind is not QueryKind.WHAT_SAID


@pytest.mark.parametrize("text", ["didnt ada brook say the ferry was safe", "didn't Ada Brook say the ferry was safe?"])
def test_a_contraction_without_apostrophe_asks_the_same(text: str) -> None:
    assert understand(text, TODAY).kind is QueryKind.DID_SAY


@pytest.mark.parametrize(
    "text",
    [
        "did Ada Brook really say the ferry was safe?",
        "did ada brook acutally say the ferry was safe",
        "is it true that Ada Brook said the ferry was safe?",
        "is it true ada brook said the ferry was safe",
        "i heard Ada Brook said the ferry was safe, is that true?",
        "could Ada Brook have said the ferry was safe",
        "was it Ada Brook who said the ferry was safe",
        "did Ada Brook make a joke that the ferry was safe",
        "did Ada Brook make a dig that the ferry was safe",
        "did Ada Brook remind people that the ferry was safe",
        "did Ada Brook tell the Callan Post that the ferry was safe?",
        "did Ada Brook gripe back in 2014 that the ferry was safe?",
        "did Ada Brook tweet that the ferry was safe",
        "did Ada Brook bet the ferry was safe",
        "did Ada Brook fret that the ferry was safe",
    ],
)
def test_ways_of_asking_whether_a_person_said_it(text: str) -> None:
    asked = understand(text, TODAY)
    assert (asked.kind, (asked.speaker or "").lower(), asked.statement) == (
        QueryKind.DID_SAY,
        "ada brook",
        "the ferry was safe",
    )
    assert asserts(asked.verb or "")


def test_a_name_that_begins_like_a_verb_is_no_verb() -> None:
    asked = understand("Did Mark Warner say that the ferry was safe?", TODAY)
    assert (asked.speaker, asked.verb) == ("Mark Warner", "say")


@pytest.mark.parametrize(
    ("text", "described"),
    [
        ("that oklahoma republican who predicted a handshake", "oklahoma republican"),
        ("which nasa manager felt lucky?", "nasa manager"),
        ("who's the college sports boss who said one rule is enough?", "college sports boss"),
        ("who said the ferry was a coffin?", None),
    ],
)
def test_the_words_that_describe_the_speaker_are_known(text: str, described: str | None) -> None:
    assert understand(text, TODAY).description == described


@pytest.mark.parametrize(
    "question",
    [
        "who owned up that the ferry was late again",
        "who took heart that the pier was still standing",
        "who was sceptical about a new bridge until the old one fell?",
        "who left it to the town to decide about the harbour",
        "Some engineer likened the pier to a house of cards. Who was that?",
        "somebody from the council said how much the bridge had cost, who was it",
        "which economist wasn't impressed by the best quarter of the port?",
    ],
)
def test_a_person_who_felt_or_told_something_is_asked_for_by_their_words(question: str) -> None:
    assert understand(question, TODAY).kind is QueryKind.WHO_SAID


@pytest.mark.parametrize(
    "question",
    [
        "who was left as the only runner of the town?",
        "who beat Ada Brook in the final at Callan?",
        "who makes up the crew of the ferry?",
        "who has the most boats in the harbour?",
        "which actor took the prize of the harbour festival?",
    ],
)
def test_a_person_who_did_or_was_something_is_no_speaker(question: str) -> None:
    assert not understand(question, TODAY).kind.speech
