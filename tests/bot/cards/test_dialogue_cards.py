"""Cards of every kind of reply: what stands where, in four languages, within limits whatever comes."""

import re
from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cards.components import Tone
from bot.cards.dialogue.list_pages import LIST_PAGE, ListPage, list_button, page_buttons, parse_list_page
from bot.cards.dialogue.reply_card import reply_card
from bot.cards.dialogue.reply_texts import reply_text_told
from bot.locales import LANGUAGES, speaking
from retrieval.dialogue.intents import Intent, IntentKind, ListOrder, ListRequest
from retrieval.dialogue.replies import DialogueReply, ReplyCode, ReplyKind, ReplyText
from retrieval.domain import Answer
from retrieval.query import Period
from tests.bot.any_cards import WORDS, answers, articles, check_card, sent
from tests.bot.made_up import ARTICLE, DECLINED, HARBOUR, citation

COUNTED = ReplyText.of(ReplyCode.ARTICLES_COUNTED, articles=1234, quotations=56789)
HELLO = ReplyText.of(ReplyCode.GREETING)
NOTHING = Answer("", 0.0)
LISTING = ListRequest("the harbour", ("Ada Marlowe",), period=Period(date(2024, 1, 1), None), order=ListOrder.NEWEST)
LISTED = DialogueReply(
    ReplyKind.LIST,
    Answer("", 0.9, [citation(number) for number in (1, 2, 3, 4, 5)]),
    (COUNTED,),
    intent=Intent(IntentKind.LIST, "latest on the harbour", listing=LISTING),
    total=12,
)

few = settings(deadline=None, max_examples=15, derandomize=True)
TEXTS = st.sampled_from(((), (HELLO,), (COUNTED, HELLO)))
INTENTS = st.none() | st.builds(
    Intent,
    st.sampled_from(IntentKind),
    WORDS,
    listing=st.builds(ListRequest, st.none() | WORDS, st.lists(WORDS, max_size=2).map(tuple)),
)
SIMPLE = st.builds(
    DialogueReply,
    st.sampled_from(ReplyKind),
    answers(),
    TEXTS,
    article=st.none() | articles(),
    intent=INTENTS,
    total=st.none() | st.integers(0, 99),
)
REPLIES = SIMPLE | st.builds(
    lambda kind, texts, parts: DialogueReply(kind, NOTHING, texts, tuple(parts)),
    st.sampled_from((ReplyKind.COMPARISON, ReplyKind.QUOTATIONS)),
    TEXTS,
    st.lists(SIMPLE, min_size=1, max_size=4),
)


def text_of(card):
    return "\n".join(block.text for block in card.blocks)


@few
@given(REPLIES, WORDS, st.sampled_from([*LANGUAGES]))
def test_any_reply(reply, asked, language):
    with speaking("en"):
        every = [reply.answer, *(part.answer for part in reply.parts)]
        shown = [cited for answer in every for cited in answer.citations]
        near = [miss.citation for answer in every for miss in answer.near_misses]
        named = [each.article for each in (reply, *reply.parts) if each.article]
        check_card(reply_card(reply, asked=asked), [*shown, *near], named)
    with speaking(language):
        sent(reply_card(reply, asked=asked, thread=True, offset=5))


def test_numbers_are_written_by_the_rules_of_the_language():
    assert "1,234 articles with 56,789" in reply_text_told(COUNTED)
    with speaking("de"):
        assert "1.234" in reply_text_told(COUNTED)


def test_small_talk_is_told_plainly_and_offers_nothing_to_judge():
    card = reply_card(DialogueReply(ReplyKind.SMALL_TALK, NOTHING, (HELLO,)))
    assert text_of(card) == reply_text_told(HELLO)
    assert not card.buttons


def test_a_list_has_its_heading_first_then_the_words_then_the_way_on():
    card = reply_card(LISTED, asked="latest on the harbour")
    assert card.blocks[0].text.split("\n") == [
        "-# latest on the harbour",
        f"**{reply_text_told(COUNTED)[:-1]}**",
        "-# Ada Marlowe · the harbour · since 1 January 2024 · the latest first · 1–5 of 12",
    ]
    assert len(card.blocks) == 6
    (on,) = (button for button in card.buttons if button.action == "list")
    assert (on.label, on.what) == ("Next {what}", "5")
    assert parse_list_page(re.fullmatch(LIST_PAGE, on.about)) == ListPage(LISTING, 5)


def test_the_last_page_of_a_list_leads_back_alone():
    last = replace(LISTED, answer=replace(LISTED.answer, citations=[citation(1), citation(2)]))
    assert [button.label for button in reply_card(last, offset=10).buttons if button.action == "list"] == ["Previous"]


@given(
    st.builds(
        ListPage,
        st.builds(
            ListRequest,
            st.none() | WORDS.filter(bool),
            st.lists(WORDS.filter(bool), max_size=2).map(tuple),
            st.booleans(),
            st.none() | WORDS.filter(bool),
            st.none() | st.builds(Period, st.dates(), st.none() | st.dates()),
            st.sampled_from(ListOrder),
            st.none() | WORDS.filter(bool),
            st.none() | st.integers(1, 9_999),
        ),
        st.integers(0, 99_999),
    )
)
def test_a_button_holds_its_list_or_there_is_none(page):
    button = list_button("list", "l", page)
    assert button is None or parse_list_page(re.fullmatch(LIST_PAGE, button.about)) == page


NARROWED = {
    "topic": "the harbour",
    "speakers": ("Ada Marlowe", "Tom Rook"),
    "group": True,
    "publisher": "The Gazette",
    "period": Period(date(2024, 1, 1), date(2024, 2, 1)),
    "order": ListOrder.NEWEST,
    "count": 3,
}


@pytest.mark.parametrize("name", [each.name for each in fields(ListRequest)])
def test_a_button_keeps_each_field_of_a_list_or_there_is_none(name):
    if name == "opposing":
        page = ListPage(ListRequest("the harbour", opposing="Ada Marlowe"))
        assert page_buttons(page, 5, 12) == ()
    else:
        page = ListPage(ListRequest(**{name: NARROWED[name]}), 5)
        assert parse_list_page(re.fullmatch(LIST_PAGE, str(page))) == page


def test_buttons_of_lists_from_before_counts_were_kept_still_work():
    page = parse_list_page(re.fullmatch(LIST_PAGE, "5.ng..:Ada Marlowe||the harbour"))
    assert page == ListPage(ListRequest("the harbour", ("Ada Marlowe",), group=True, order=ListOrder.NEWEST), 5)


def test_a_list_narrowed_by_options_is_turned_within_them():
    wish = ListRequest("fish", ("Ada Marlowe",), publisher="The Gazette", period=Period(date(2024, 1, 1), None))
    reply = replace(LISTED, intent=Intent(IntentKind.LIST, "quotes about fish", listing=wish))
    buttons = reply_card(reply).buttons
    assert [button.action for button in buttons] == ["list", "chart", "export"]
    assert [parse_list_page(re.fullmatch(LIST_PAGE, button.about)).listing for button in buttons] == [wish] * 3


def test_a_list_counts_what_it_shows_and_goes_on_from_there():
    many = replace(LISTED, answer=replace(LISTED.answer, citations=[citation(1 + number % 5) for number in range(9)]))
    card = reply_card(many)
    assert len(card.blocks) == 6
    assert card.blocks[0].text.endswith("1–5 of 12")
    assert parse_list_page(re.fullmatch(LIST_PAGE, card.buttons[0].about)).offset == 5


def test_a_comparison_shows_each_side_and_who_said_nothing():
    side = DialogueReply(ReplyKind.QUOTATIONS, replace(HARBOUR, citations=(citation(1),)))
    silent = DialogueReply(ReplyKind.DECLINED, NOTHING, (HELLO,))
    card = reply_card(DialogueReply(ReplyKind.COMPARISON, NOTHING, (COUNTED,), (side, silent)))
    assert len(card.blocks) == 3
    assert "Ada Marlowe" in card.blocks[1].text
    assert card.blocks[2].text == reply_text_told(HELLO)


def test_two_questions_get_two_answers_each_under_its_own_words():
    def part(answer, asked):
        kind = ReplyKind.QUOTATIONS if answer.answered else ReplyKind.DECLINED
        return DialogueReply(kind, answer, intent=Intent(IntentKind.QUESTION, asked))

    both = DialogueReply(ReplyKind.QUOTATIONS, NOTHING, (), (part(HARBOUR, "who said it?"), part(DECLINED, "who won?")))
    text = text_of(reply_card(both))
    assert text.index("-# who said it?\n**Ada Marlowe**") < text.index("-# who won?\n**The archive doesn't say.**")


def test_an_article_is_shown_with_its_quotations():
    reply = DialogueReply(ReplyKind.ARTICLE, replace(HARBOUR, citations=(citation(1),)), article=ARTICLE)
    assert reply_card(reply).blocks[0].text.startswith("[Harbour stays open, minister says]")


def test_a_person_is_told_with_the_words_that_show_it_and_a_way_to_all_of_them():
    reply = DialogueReply(ReplyKind.QUOTATIONS, HARBOUR, (HELLO,), intent=Intent(IntentKind.PERSON, "who is Marlowe?"))
    card = reply_card(reply)
    assert card.blocks[0].text == f"**{reply_text_told(HELLO)[:-1]}**"
    assert [button.what for button in card.buttons] == ["Ada Marlowe"]


@pytest.mark.parametrize("kind", ReplyKind)
def test_what_has_neither_words_nor_texts_still_says_something(kind):
    card = reply_card(DialogueReply(kind, NOTHING))
    assert text_of(card).strip()
    assert card.tone is not Tone.CERTAIN
