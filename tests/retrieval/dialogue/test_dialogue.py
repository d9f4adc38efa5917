"""What a person is replied, message after message, over an archive of a few made-up articles with real vectors."""

from dataclasses import replace
from datetime import date

import pytest

from retrieval.composition.answering import compose_answering
from retrieval.dialogue.archive_names import ArchiveNames, NamesOfOwners
from retrieval.dialogue.dialogue import Dialogue, turn_after
from retrieval.dialogue.replies import DialogueReply, ReplyCode, ReplyKind
from retrieval.domain import Filters, Verdict
from retrieval.embedding.encoder import Encoder
from retrieval.query import Period
from retrieval.store.archive import Archive

TODAY = date(2026, 8, 1)
MEMBERS = Filters(frozenset({"operator", "guild:7"}))


@pytest.fixture(scope="session")
def dialogue(told_archive: Archive) -> Dialogue:
    return compose_answering(told_archive, Encoder(), reranker_name="off", boldness=0.8).dialogue


def said(dialogue: Dialogue, *messages: str, filters: Filters = MEMBERS, language: str = "en") -> DialogueReply:
    """The reply to the last of several messages of one person."""
    last = None
    for message in messages[:-1]:
        last = turn_after(last, message, dialogue.reply(message, last, filters, language=language, today=TODAY))
    return dialogue.reply(messages[-1], last, filters, language=language, today=TODAY)


def first(reply: DialogueReply) -> str:
    return reply.answer.citations[0].text


def codes(reply: DialogueReply) -> list[ReplyCode]:
    return [text.code for text in reply.texts]


@pytest.mark.parametrize(
    ("message", "kind", "code"),
    [
        ("hi!", ReplyKind.SMALL_TALK, ReplyCode.GREETING),
        ("thx", ReplyKind.SMALL_TALK, ReplyCode.THANKS),
        ("what can you do", ReplyKind.HELP, ReplyCode.HELP),
        ("😂", ReplyKind.DECLINED, ReplyCode.UNINTELLIGIBLE),
        ("qwrtz plmkn", ReplyKind.DECLINED, ReplyCode.UNINTELLIGIBLE),
    ],
)
def test_what_asks_nothing_is_replied_to_without_a_citation(
    dialogue: Dialogue, message: str, kind: ReplyKind, code: ReplyCode
) -> None:
    reply = said(dialogue, message)
    assert (reply.kind, codes(reply), reply.answer.citations) == (kind, [code], ())


def test_a_question_is_answered_with_quotations(dialogue: Dialogue) -> None:
    reply = said(dialogue, "what did ada brook say about the sea?")
    assert reply.kind is ReplyKind.QUOTATIONS
    assert first(reply) == "The harbour wall has held back the sea for two hundred years,"
    assert reply.answer.question == "what did ada brook say about the sea?"


def test_a_list_and_its_next_page_show_different_words(dialogue: Dialogue) -> None:
    page = said(dialogue, "quotes about the harbour wall")
    more = said(dialogue, "quotes about the harbour wall", "more")
    assert (page.kind, more.kind) == (ReplyKind.LIST, ReplyKind.LIST)
    assert {c.text for c in page.answer.citations}.isdisjoint(c.text for c in more.answer.citations)


def test_pasted_words_that_stand_in_the_archive_are_supported(dialogue: Dialogue) -> None:
    reply = said(dialogue, "“A harbour wall of granite will pay for itself in ten years” - Mina Okafor")
    assert (reply.kind, reply.answer.verdict) == (ReplyKind.VERDICT, Verdict.SUPPORTED)
    assert first(reply).startswith("A harbour wall of granite")


def test_pasted_words_of_another_meaning_are_contradicted_with_the_real_ones(dialogue: Dialogue) -> None:
    reply = said(dialogue, "“A harbour wall of granite will not pay for itself in ten years”")
    assert reply.answer.verdict is Verdict.CONTRADICTED
    assert first(reply).startswith("A harbour wall of granite will pay")


def test_pasted_words_given_to_somebody_else_are_misattributed(dialogue: Dialogue) -> None:
    reply = said(dialogue, "Tom Reed: “A harbour wall of granite will pay for itself in ten years”")
    assert reply.answer.verdict is Verdict.MISATTRIBUTED


def test_pasted_words_of_nobody_are_not_found(dialogue: Dialogue) -> None:
    reply = said(dialogue, "“The moon is made of blue cheese and sailors eat it”")
    assert (reply.answer.verdict, reply.answer.citations) == (Verdict.NOT_FOUND, ())


def test_a_plain_statement_without_marks_is_checked_too(dialogue: Dialogue) -> None:
    reply = said(dialogue, "we lit fires between the rows all night and still woke up to brown petals")
    assert (reply.kind, reply.answer.verdict) == (ReplyKind.VERDICT, Verdict.SUPPORTED)


def test_two_wishes_get_two_replies(dialogue: Dialogue) -> None:
    reply = said(dialogue, "what did joan brook say about the fires? and what did tom reed say about the taxpayers?")
    assert [first(part) for part in reply.parts] == [
        "We lit fires between the rows all night and still woke up to brown petals,",
        "Nobody asked the taxpayers about this wall,",
    ]


def test_what_the_second_wish_leaves_out_is_taken_from_the_first(dialogue: Dialogue) -> None:
    reply = said(dialogue, "what did ada brook say about the harbour wall? and okafor?")
    assert first(reply.parts[1]) == "A harbour wall of granite will pay for itself in ten years,"
    assert reply.parts[1].answer.reading is not None


@pytest.mark.parametrize(
    ("then", "words"),
    [
        ("and reed?", "harbour wall"),
        ("sorry i meant okafor", "A harbour wall of granite"),
        ("and what did mina okafor say", "A harbour wall of granite"),
        ("what did okafor say to that", "A harbour wall of granite"),
    ],
)
def test_a_message_is_completed_by_the_question_before(dialogue: Dialogue, then: str, words: str) -> None:
    reply = said(dialogue, "what did ada brook say about the harbour wall?", then)
    assert words in first(reply)
    assert reply.answer.reading is not None
    assert reply.answer.citations[0].speaker is not None
    assert reply.answer.citations[0].speaker.name != "Ada Brook"


@pytest.mark.parametrize("then", ["when was that?", "source?", "link pls"])
def test_the_source_of_the_words_above_is_an_article(dialogue: Dialogue, then: str) -> None:
    reply = said(dialogue, "what did ada brook say about the sea?", then)
    assert (reply.kind, reply.article and reply.article.id) == (ReplyKind.ARTICLE, "harbour")
    assert codes(reply) == [ReplyCode.ARTICLE_TOLD]


@pytest.mark.parametrize("then", ["who is that?", "whats her job"])
def test_the_person_above_is_told_of(dialogue: Dialogue, then: str) -> None:
    reply = said(dialogue, "who said the wall has held back the sea?", then)
    assert "the harbour master of Callan" in reply.answer.citations[0].text


def test_a_pronoun_that_refers_to_nothing_is_asked_back(dialogue: Dialogue) -> None:
    assert codes(said(dialogue, "whats his job")) == [ReplyCode.NOTHING_BEFORE]
    assert codes(said(dialogue, "more")) == [ReplyCode.NOTHING_BEFORE]


def test_small_talk_between_doesnt_interrupt_a_conversation(dialogue: Dialogue) -> None:
    reply = said(dialogue, "what did ada brook say about the sea?", "thanks!", "when was that?")
    assert reply.kind is ReplyKind.ARTICLE


def test_a_speaker_who_is_described_is_found_and_named(dialogue: Dialogue) -> None:
    reply = said(dialogue, "what did the harbour master of callan say about the sea?")
    assert first(reply) == "The harbour wall has held back the sea for two hundred years,"
    initials = said(dialogue, "what did mina say about cider prices?")
    assert first(initials) == "Cider prices will rise by a fifth,"


def test_misspelt_words_are_put_right(dialogue: Dialogue) -> None:
    assert first(said(dialogue, "who said we lit fires betwen the rowws all nightt")).startswith("We lit fires")


def test_a_misspelt_name_is_put_right_and_said_so(dialogue: Dialogue) -> None:
    reply = said(dialogue, "what did mina okafro say about cider prices?")
    assert (reply.answer.did_you_mean, first(reply)) == ("Mina Okafor", "Cider prices will rise by a fifth,")


def test_a_message_in_another_language_is_replied_to_in_it(dialogue: Dialogue) -> None:
    assert said(dialogue, "danke dir!").language == "de"
    reply = said(dialogue, "was sagte joan brook über die feuer?")
    assert (reply.language, reply.kind) == ("de", ReplyKind.QUOTATIONS)


def test_what_another_server_owns_is_neither_shown_nor_spoken_of(dialogue: Dialogue) -> None:
    reply = said(dialogue, "what did ada brook say about a secret?", filters=Filters())
    assert all(citation.article.id != "secret" for citation in reply.answer.citations)
    pasted = said(dialogue, "“The harbour wall is our secret”", filters=Filters())
    assert all(citation.article.id != "secret" for citation in pasted.answer.citations)


def test_whether_anybody_said_it_is_told_by_the_words_of_the_one_who_did(dialogue: Dialogue) -> None:
    reply = said(dialogue, "did anyone say the harbour wall will be finished by Christmas?")
    assert (reply.kind, reply.answer.verdict) == (ReplyKind.VERDICT, Verdict.SUPPORTED)
    other = said(dialogue, "did anyone say the harbour wall will be finished by Easter?")
    assert other.answer.verdict is not Verdict.SUPPORTED


def test_words_are_taken_for_a_title_only_where_an_article_has_it(dialogue: Dialogue) -> None:
    assert said(dialogue, "Late Frost Costs Cider Growers Half Their Crop").kind is ReplyKind.ARTICLE
    assert said(dialogue, "Harbour Wall Painted Pink By Children").kind is not ReplyKind.ARTICLE


def test_who_is_told_of_is_kept_beside_the_sentences_which_stay_nobodys_words(dialogue: Dialogue) -> None:
    reply = dialogue.reply("who is tom reed?", None, MEMBERS, today=TODAY)
    turn = turn_after(None, "who is tom reed?", reply)
    assert (turn.about, turn.speaker) == ("Tom Reed", "Tom Reed")
    source = said(dialogue, "who is tom reed?", "source?")
    assert [cited.speaker for cited in source.answer.citations] == [None]
    more = said(dialogue, "who is tom reed?", "source?", "what else did she say?")
    assert {cited.speaker and cited.speaker.name for cited in more.answer.citations} == {"Tom Reed"}


def test_a_command_narrows_the_page_after_the_first_too(dialogue: Dialogue) -> None:
    filters = replace(MEMBERS, publisher="harbour post", before=date(2026, 5, 1))
    page = dialogue.reply("quotes about the harbour wall", None, filters, today=TODAY, limit=2)
    assert page.intent is not None
    assert (page.intent.listing.publisher, page.intent.listing.period) == (
        "harbour post",
        Period(None, date(2026, 5, 1)),
    )
    turn = turn_after(None, "quotes about the harbour wall", page)
    more = dialogue.reply("more", turn, filters, today=TODAY, limit=2)
    assert [{cited.article.id for cited in each.answer.citations} for each in (page, more)] == [{"harbour"}] * 2
    assert {c.text for c in page.answer.citations}.isdisjoint(c.text for c in more.answer.citations)
    wider = dialogue.reply("more", turn_after(None, "", page), replace(filters, publisher="vale gazette"), today=TODAY)
    assert wider.answer.citations == ()


def test_who_is_that_shows_no_article_of_another_server(dialogue: Dialogue) -> None:
    question = "what did ada brook say about a secret?"
    turn = turn_after(None, question, dialogue.reply(question, None, MEMBERS, today=TODAY))
    assert turn.first is not None
    assert turn.first.article.id == "secret"
    reply = dialogue.reply("who is that?", turn, Filters(), today=TODAY)
    assert "secret" not in {cited.article.id for cited in reply.answer.citations}


def test_a_whole_question_without_a_word_of_the_archive_is_declined_as_a_question(dialogue: Dialogue) -> None:
    reply = said(dialogue, "what did the gryphon say about zeppelins?")
    assert (reply.kind, codes(reply)) == (ReplyKind.DECLINED, [ReplyCode.NOT_SAID])


def test_names_are_read_while_others_may_ask_for_theirs(told_archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    names, held = ArchiveNames(told_archive), []

    def read(self: ArchiveNames, owners: frozenset[str]) -> NamesOfOwners:
        held.append(self._lock.locked())
        return NamesOfOwners(sorted(owners), ())

    monkeypatch.setattr(ArchiveNames, "_read", read)
    assert [names.of(MEMBERS.owners).publishers for _ in range(2)] == [["guild:7", "operator"]] * 2
    assert held == [False]
