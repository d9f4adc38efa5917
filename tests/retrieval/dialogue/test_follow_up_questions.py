"""What a follow-up means after the last answer, over a real archive; the questions in full are answered by script."""

from dataclasses import replace
from datetime import date

import pytest

from retrieval.answering.citations import cite
from retrieval.answering.questions.understanding import speech_about
from retrieval.dialogue.conversation import Conversation
from retrieval.dialogue.turns import ConversationTurn
from retrieval.domain import Answer, Filters, FollowUpKind, FollowUpReading, Quotation, Span, SpeakerKind
from retrieval.query import Query, QueryKind
from retrieval.store.archive import Archive
from tests.retrieval.made_up_archive import article, entry, quotation

FERRY = (
    '"The ferry will sail on Monday," said Ada Brook. "I hope so," said Tom Reed. '
    '"Bring a coat," Brook added. "Nobody will drown," she said.'
)
QUAY = '"The quay is ours alone," said Eve Lake. "Keep off it," she said.'
OURS = Filters(frozenset({"operator", "guild:1"}))


class Script:
    """Answers everything with nothing; keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.queries: list[Query] = []

    def today(self) -> date:
        return date(2026, 3, 20)

    def answer_query(self, query: Query, filters: Filters | None = None, limit: int = 5) -> Answer:
        self.asked.append(query.text)
        self.queries.append(query)
        return Answer(query.text, 0.0)

    def as_bold_as(self, boldness: float) -> "Script":
        return self


@pytest.fixture
def archive(archive: Archive) -> Archive:
    said = {"The ferry will sail on Monday,": "Ada Brook", "I hope so,": "Tom Reed", "Bring a coat,": "Ada Brook"}
    found = [quotation(FERRY, words, name) for words, name in said.items()]
    archive.put(entry(article("ferry", FERRY), [*found, quotation(FERRY, "Nobody will drown,")]))
    theirs = [quotation(QUAY, words, "Eve Lake") for words in ("The quay is ours alone,", "Keep off it,")]
    archive.put(entry(article("quay", QUAY, owner="guild:1"), theirs))
    return archive


@pytest.fixture
def conversation(archive: Archive) -> Conversation:
    return Conversation(archive, Script())


def turn(archive: Archive, id_: str = "ferry", at: int = 0, kind: SpeakerKind = SpeakerKind.PERSON) -> ConversationTurn:
    """As if the article's quotation in this place had been the answer."""
    found = archive.find(id_, ["operator", "guild:1"])
    assert found is not None
    row, text = found
    unit = [unit for unit in archive.units_of(row) if unit.quotation][at]
    said = unit.quotation
    assert isinstance(said, Quotation)
    assert said.speaker is not None
    shown = cite(text, unit.span, 1.0, replace(said, speaker=replace(said.speaker, kind=kind)), unit.id)
    return ConversationTurn.after(None, "who said it?", Answer("who said it?", 0.9, [shown]))


def sentence(archive: Archive, holding: str) -> ConversationTurn:
    """As if the sentence that holds these words had been the answer, and not the quotation in it."""
    found = archive.find("ferry", ["operator"])
    assert found is not None
    [span] = [unit.span for unit in archive.units_of(found[0]) if not unit.quotation and holding in unit.span.of(FERRY)]
    return ConversationTurn.after(None, "who said it?", Answer("who said it?", 0.9, [cite(found[1], span, 1.0)]))


def asked(conversation: Conversation) -> list[str]:
    assert isinstance(conversation.answers, Script)
    return conversation.answers.asked


def words(answer: Answer) -> list[str]:
    return [citation.text for citation in answer.citations]


def test_more_are_the_next_words_of_the_same_speaker_and_each_is_shown_once(
    conversation: Conversation, archive: Archive
) -> None:
    last = turn(archive)
    more = conversation.answer("what else did she say?", last, OURS, limit=1)
    assert words(more) == ["Bring a coat,"]
    assert more.reading == FollowUpReading(FollowUpKind.MORE, "Ada Brook")
    again = conversation.answer("go on", ConversationTurn.after(last, "what else did she say?", more), OURS)
    assert words(again) == ["Nobody will drown,"]


def test_after_the_last_of_a_speakers_words_there_is_an_honest_no(conversation: Conversation, archive: Archive) -> None:
    assert not conversation.answer("anything else?", turn(archive, at=1), OURS).answered


@pytest.mark.parametrize("question", ["what else did Brook say?", "did she say anything else?", "more quotes by her"])
def test_more_can_be_asked_for_by_name_and_in_many_ways(
    conversation: Conversation, archive: Archive, question: str
) -> None:
    assert words(conversation.answer(question, turn(archive), OURS))[0] == "Bring a coat,"


def test_more_of_somebody_else_is_a_question_of_its_own(conversation: Conversation, archive: Archive) -> None:
    conversation.answer("what else did Reed say?", turn(archive), OURS)
    conversation.answer("what else did Reed say?", None, OURS)
    assert asked(conversation) == ["what else did Reed say?"] * 2


def test_where_a_sentence_was_cited_the_one_who_is_quoted_in_it_is_meant(
    conversation: Conversation, archive: Archive
) -> None:
    [more, *_] = conversation.answer("what else did she say?", sentence(archive, "Bring a coat"), OURS).citations
    assert more.text == "Nobody will drown,"
    conversation.answer("and on the weather?", sentence(archive, "Bring a coat"), OURS)
    assert asked(conversation) == ["what did Ada Brook say about the weather?"]


def test_more_is_not_looked_for_where_nobody_is_quoted(conversation: Conversation, archive: Archive) -> None:
    found = archive.find("ferry", ["operator"])
    assert found is not None
    nobody = ConversationTurn.after(None, "when?", Answer("when?", 0.9, [cite(found[1], Span(0, 0), 1.0)]))
    assert not conversation.answer("what else did she say?", nobody, OURS).answered
    assert asked(conversation) == []


def test_and_somebody_else_who_is_quoted_there_is_asked_the_same(conversation: Conversation, archive: Archive) -> None:
    last = replace(turn(archive), question="what did Ada Brook say about Monday?")
    answer = conversation.answer("and Reed?", last, OURS)
    assert asked(conversation) == ["what did Tom Reed say about Monday?"]
    assert answer.reading == FollowUpReading(FollowUpKind.SAME_QUESTION, "Tom Reed")


@pytest.mark.parametrize(
    "question",
    [
        "when was that?",
        "where did she say that?",
        "source?",
        "Who said this?",
        "what's the source?",
        "which article?",
        "when exactly?",
        "when exactly did she say that?",
        "where did Ada Brook say that?",
        "where can I read it?",
        "which paper published this?",
        "which article is this from?",
        "when was this published?",
    ],
)
def test_a_question_about_the_words_shown_shows_them_again(
    conversation: Conversation, archive: Archive, question: str
) -> None:
    answer = conversation.answer(question, turn(archive), OURS)
    assert words(answer) == ["The ferry will sail on Monday,"]
    assert answer.reading == FollowUpReading(FollowUpKind.AGAIN, "Ada Brook")


@pytest.mark.parametrize("question", ["when was that?", "what else did she say?"])
def test_what_was_removed_in_the_meantime_is_not_cited_again(
    conversation: Conversation, archive: Archive, question: str
) -> None:
    last = turn(archive)
    archive.remove("operator", "ferry")
    assert not conversation.answer(question, last, OURS).answered


@pytest.mark.parametrize("question", ["when was that?", "what else did she say?", "and on the weather?"])
def test_words_that_only_another_server_may_see_are_not_followed_up(
    conversation: Conversation, archive: Archive, question: str
) -> None:
    answer = conversation.answer(question, turn(archive, "quay"), Filters())
    assert (answer.answered, answer.reading) == (False, None)


@pytest.mark.parametrize("question", ["what else did she say?", "more, please"])
def test_what_follows_up_nothing_is_not_looked_for(conversation: Conversation, question: str) -> None:
    assert not conversation.answer(question, None, OURS).answered
    assert asked(conversation) == []


@pytest.mark.parametrize(
    ("question", "in_full"),
    [
        ("did she mention the weather?", "did Ada Brook mention the weather?"),
        ("and on the weather?", "what did Ada Brook say about the weather?"),
        ("what else did she say about coats?", "what did Ada Brook say about coats?"),
    ],
)
def test_a_follow_up_is_asked_in_full_and_the_reading_is_told(
    conversation: Conversation, archive: Archive, question: str, in_full: str
) -> None:
    answer = conversation.answer(question, turn(archive), OURS)
    assert asked(conversation) == [in_full]
    assert answer.question == question
    assert answer.reading is not None
    assert answer.reading.person == "Ada Brook"


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("did they mention the weather?", SpeakerKind.PERSON),
        ("did she mention the weather?", SpeakerKind.ORGANISATION),
        ("did he mention the weather?", SpeakerKind.GROUP),
        ("did she mention the weather?", SpeakerKind.DOCUMENT),
    ],
)
def test_a_pronoun_that_cannot_mean_the_speaker_is_not_read_as_the_speaker(
    conversation: Conversation, archive: Archive, question: str, kind: SpeakerKind
) -> None:
    assert conversation.answer(question, turn(archive, kind=kind), OURS).reading is None
    assert asked(conversation) == [question]


def test_a_question_that_stands_alone_is_answered_as_the_first(conversation: Conversation, archive: Archive) -> None:
    for alone in ("who won the regatta in 2019?", "who paid for it?", "who else said that?"):
        assert conversation.answer(alone, turn(archive), OURS).reading is None
        assert conversation.answer(alone, None, OURS).reading is None
        assert asked(conversation)[-2:] == [alone, alone]


def test_and_another_speaker_is_asked_the_same_with_that_speaker_as_the_one_named(
    conversation: Conversation, archive: Archive
) -> None:
    last = replace(turn(archive), question="what did Ada Brook say on Monday's crossing?")
    answer = conversation.answer("and Reed?", last, OURS)
    [query] = conversation.answers.queries  # type: ignore[attr-defined]
    assert query == Query(
        "what did Tom Reed say on Monday's crossing?", QueryKind.WHAT_SAID, "Monday's crossing", "Tom Reed"
    )
    assert answer.reading == FollowUpReading(FollowUpKind.SAME_QUESTION, "Tom Reed")


def test_a_name_that_holds_a_verb_of_speech_stays_one_name(archive: Archive) -> None:
    query = speech_about("Mark Fear", "the quay", date(2026, 3, 20))
    assert (query.speaker, query.statement) == ("Mark Fear", "the quay")


def test_another_answer_is_shown_only_while_its_article_stands_and_may_be_seen(
    conversation: Conversation, archive: Archive
) -> None:
    quay = turn(archive, "quay").answer.citations
    last = turn(archive)
    last = replace(last, answer=replace(last.answer, citations=(*last.answer.citations, *quay)))
    assert words(conversation.answer("no, the other one", last, OURS)) == ["The quay is ours alone,"]
    assert words(conversation.answer("no, the other one", last, Filters())) == []
    archive.remove("guild:1", "quay")
    assert words(conversation.answer("no, the other one", last, OURS)) == []


def test_more_of_a_person_who_was_told_of_is_found_by_another_spelling(
    conversation: Conversation, archive: Archive
) -> None:
    found = archive.find("ferry", ["operator"])
    assert found is not None
    about = cite(found[1], Span(0, 4), 1.0)
    last = replace(ConversationTurn.after(None, "", Answer("who is she?", 1.0, [about])), about="Ada M. Brook")
    more = conversation.answer("what else did she say?", last, OURS, limit=1)
    assert (words(more), more.reading) == (["Bring a coat,"], FollowUpReading(FollowUpKind.MORE, "Ada M. Brook"))
    following = ConversationTurn.after(last, "", more)
    assert following.about == "Ada M. Brook"
    assert "Bring a coat," not in words(conversation.answer("what else did she say?", following, OURS))
