"""Whatever an article, a person or a model brings: within limits, true to the article, and nothing renders as else."""

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.cards.answer import answer_card, list_card, more_card, surroundings_card
from bot.cards.dialogue.timeline import article_card, timeline_card
from bot.cards.escaping import unescape
from bot.cards.guilds.archive import (
    AdditionProgress,
    added_card,
    archive_list_card,
    confirmation_card,
    gaps_card,
    removed_card,
)
from bot.cards.guilds.watches import news_card, promise_card, watching_card
from bot.cards.help import HelpFacts, help_card
from bot.cards.references import TimelinePage
from bot.cards.verification import checks_card, verification_card, who_said_card
from bot.locales import LANGUAGES, speaking
from retrieval.answering.verification.verifier import MessageVerification
from retrieval.domain import Answer, Kind
from retrieval.guilds.additions import GuildArticle
from retrieval.guilds.gaps import Gap
from retrieval.guilds.watch_matcher import WatchMatch
from retrieval.guilds.watches import Watch
from retrieval.ingest.events import ArticleFailed, ArticleStored
from retrieval.reasons import Reason
from tests.bot.any_cards import (
    SPOKEN,
    WORDS,
    answers,
    articles,
    check_card,
    check_markdown,
    citations,
    sent,
    stands_in,
    timelines,
    verifications,
)
from tests.bot.made_up import HARBOUR

NAMES = st.none() | WORDS.filter(str.strip)
NUMBERS = st.none() | st.integers(1, 2**60)

few = settings(deadline=None, max_examples=20, derandomize=True)


@few
@example(HARBOUR, "de")
@given(answers(), st.sampled_from([*LANGUAGES]))
def test_an_answer(answer, language):
    with speaking("en"):
        check_card(
            answer_card(answer, asked=True), [*answer.citations, *(miss.citation for miss in answer.near_misses)]
        )
    with speaking(language):
        sent(answer_card(answer, asked=True, thread=True))


@few
@given(verifications())
def test_a_verified_quotation(verification):
    check_card(verification_card(verification), verification.citations)
    check_card(who_said_card(verification), verification.citations)


@few
@given(st.lists(verifications(), max_size=7))
def test_all_quotations_of_a_message(found):
    check_card(
        checks_card(MessageVerification(tuple(found[:5]), len(found))),
        [citation for each in found for citation in each.citations],
    )


@few
@given(timelines(), WORDS, st.integers(0, 3), st.none() | st.dates())
def test_a_timeline(timeline, topic, page, day):
    line = TimelinePage(timeline.speaker, topic, day, day, page)
    check_card(timeline_card(line, timeline), timeline.citations)


@few
@given(articles(), st.lists(citations(), max_size=8), st.integers(0, 1))
def test_an_article(article, cited, page):
    cited = [replace(citation, article=article) for citation in cited]
    check_card(article_card(article, cited, page), cited, [article])


@few
@given(st.lists(citations(), min_size=1, max_size=8))
def test_lists_and_more_of_them(cited):
    check_card(list_card("Quotations", cited), cited)
    check_card(more_card(cited[0], cited[1:]), cited)


@few
@given(citations())
def test_surroundings(cited):
    card = surroundings_card(cited)
    sent(card)
    check_markdown(card.blocks[0].text)
    assert stands_in(unescape(card.blocks[1].text).replace("**", ""), cited.article.text.replace("**", ""))


@few
@given(WORDS.filter(str.strip), WORDS, st.lists(citations(), min_size=1, max_size=8))
def test_news_of_what_is_watched(speaker, topic, cited):
    watch = Watch(1, 2, None, None, speaker, topic or None)
    check_card(news_card(WatchMatch(watch, tuple(cited))), cited)


@few
@given(
    st.lists(st.builds(Watch, st.integers(1, 10**9), st.just(2), NUMBERS, NUMBERS, NAMES, NAMES), max_size=20), WORDS
)
def test_what_is_watched(watches, channel):
    watches = [watch for watch in watches if watch.speaker or watch.topic]
    check_card(watching_card(watches, lambda _channel: channel), [])
    for watch in watches[:2]:
        check_card(promise_card(watch, known=False, others=[channel], own=True), [])


@few
@given(st.lists(articles(), max_size=7), WORDS)
def test_what_a_server_has_added(added, reason):
    failures = (ArticleFailed(reason, Reason.stated(reason)),) * 2
    progress = AdditionProgress(len(added), tuple(ArticleStored(article, 9, 3) for article in added), 1, failures)
    check_card(added_card(progress), [], added)
    listed = [
        GuildArticle(row, article.title, article.publisher, article.published) for row, article in enumerate(added)
    ]
    check_card(archive_list_card(listed, 300, 1), [], added)
    for article in added[:1]:
        check_card(confirmation_card(article, 7), [], [article])
        check_card(removed_card(article), [], [article])


@few
@given(st.lists(st.lists(WORDS.filter(str.strip), min_size=1, max_size=3).map(tuple), max_size=30), st.dates())
def test_questions_without_an_answer(questions, day):
    check_card(gaps_card([Gap(wordings, 3, day) for wordings in questions]), [])


@few
@given(st.none() | citations())
def test_help(example):
    for language in LANGUAGES:
        with speaking(language):
            sent(help_card(HelpFacts(example, commands={"ask": 1}), None))


@few
@given(citations())
def test_reported_speech_and_sentences_get_no_quotation_marks(cited):
    for kind in (Kind.REPORTED, Kind.TEXT, Kind.MENTION):
        plain = replace(cited, kind=kind, earlier=(), speaker=None)
        words = answer_card(Answer("q", 0.5, [plain])).blocks[0].text.partition("> ")[2]
        assert not words.startswith("“") or cited.text.lstrip().startswith("“") or "“" in cited.text[:200]
        check_card(answer_card(Answer("q", 0.5, [plain])), [plain])


@pytest.mark.parametrize("kind", SPOKEN)
@few
@given(cited=citations())
def test_quoted_words_stand_between_marks(kind, cited):
    spoken = replace(cited, kind=kind)
    check_card(answer_card(Answer("q", 0.5, [spoken])), [spoken])
