"""The archive's facts: counted over what may be seen, and shown by articles."""

from dataclasses import replace
from datetime import date

import pytest

from retrieval.dialogue.handlers.archive_facts import _first_sentence, _newest_texts
from retrieval.dialogue.intents import ArchiveTopic, Intent, IntentKind
from retrieval.dialogue.replies import ReplyCode, ReplyKind
from retrieval.domain import Article, Filters
from retrieval.query import Period


@pytest.fixture
def told(handlers, context):
    def reply(topic, subject=None, period=None, owners=("operator",)):
        intent = Intent(IntentKind.ARCHIVE, "archive", subject, archive=topic, period=period)
        found = handlers[IntentKind.ARCHIVE].reply(intent, replace(context, filters=Filters(frozenset(owners))))
        assert found.kind is ReplyKind.ARCHIVE
        return {text.code: dict(text.parameters) for text in found.texts}, [
            citation.article.id for citation in found.answer.citations
        ]

    return reply


def test_size_and_days_are_those_of_what_may_be_seen(told):
    mine, _ = told(ArchiveTopic.SIZE)
    assert mine == {
        ReplyCode.ARTICLES_COUNTED: {"articles": 3, "quotations": 8},
        ReplyCode.ARCHIVE_PERIOD: {"first": date(2026, 3, 12), "last": date(2026, 6, 1)},
    }
    ours, _ = told(ArchiveTopic.PERIOD, owners=("operator", "guild:7"))
    assert ours[ReplyCode.ARTICLES_COUNTED] == {"articles": 4, "quotations": 9}
    assert ours[ReplyCode.ARCHIVE_PERIOD]["last"] == date(2026, 7, 1)


def test_an_archive_of_which_nothing_may_be_seen_is_empty(told):
    assert told(ArchiveTopic.NEWEST, owners=("guild:9",)) == ({ReplyCode.ARCHIVE_EMPTY: {}}, [])


def test_the_newest_article_is_named_and_shown_first(told):
    texts, shown = told(ArchiveTopic.NEWEST)
    assert texts[ReplyCode.NEWEST_ARTICLE]["title"] == "First stones of the harbour wall are laid"
    assert shown == ["wall-later", "cider", "harbour"]


def test_a_publisher_is_counted_in_all_of_its_spellings(told):
    texts, shown = told(ArchiveTopic.PUBLISHER, "harbour post")
    assert texts[ReplyCode.PUBLISHER_COUNTED]["articles"] == 2
    assert texts[ReplyCode.PUBLISHER_UNION]["names"] == "The Harbour Post (1), harbourpost.example (1)"
    assert shown == ["wall-later", "harbour"]
    assert told(ArchiveTopic.PUBLISHER, "Der Spiegel") == (
        {ReplyCode.PUBLISHER_UNKNOWN: {"publisher": "Der Spiegel"}},
        [],
    )


def test_publishers_are_counted(told):
    texts, _ = told(ArchiveTopic.PUBLISHERS)
    assert texts[ReplyCode.PUBLISHERS_COUNTED]["publishers"] == 3


def test_who_is_quoted_most_is_one_person_a_name(told):
    texts, _ = told(ArchiveTopic.SPEAKERS)
    assert texts[ReplyCode.MOST_QUOTED]["names"].startswith("Tom Reed (3), Ada Brook (2), Mina Okafor (2)")


def test_what_is_there_about_a_topic_is_counted_and_shown(told):
    texts, shown = told(ArchiveTopic.CONTENT, "the harbour wall")
    assert texts[ReplyCode.ARTICLES_ABOUT] == {"articles": 2, "topic": "the harbour wall"}
    assert set(shown) == {"harbour", "wall-later"}
    assert told(ArchiveTopic.CONTENT, "kangaroos") == ({ReplyCode.NO_ARTICLES_ABOUT: {"topic": "kangaroos"}}, [])


def test_a_publisher_or_a_period_beside_the_topic_narrows_it(told):
    _, shown = told(ArchiveTopic.CONTENT, "harbour post about the harbour wall")
    assert set(shown) == {"harbour", "wall-later"}
    assert told(ArchiveTopic.CONTENT, "vale gazette about the harbour wall")[1] == []
    assert told(ArchiveTopic.CONTENT, "the harbour wall in march 2026")[1] == ["harbour"]
    assert told(ArchiveTopic.CONTENT, "2026")[0][ReplyCode.ARTICLES_OF_DAYS]["articles"] == 3


def test_the_period_is_shown_by_its_oldest_and_newest_article(told):
    texts, shown = told(ArchiveTopic.PERIOD)
    assert texts[ReplyCode.ARCHIVE_PERIOD] == {"first": date(2026, 3, 12), "last": date(2026, 6, 1)}
    assert shown == ["harbour", "wall-later"]


def test_a_day_without_articles_names_the_newest(told):
    texts, shown = told(ArchiveTopic.DAY)
    assert texts[ReplyCode.NO_ARTICLES_OF_DAYS] == {"newest": date(2026, 6, 1)}
    assert texts[ReplyCode.NEWEST_ARTICLE]["title"] == "First stones of the harbour wall are laid"
    assert shown == []
    texts, shown = told(ArchiveTopic.DAY, period=Period(date(2026, 3, 1), date(2026, 3, 31)))
    assert texts[ReplyCode.ARTICLES_OF_DAYS]["articles"] == 1
    assert shown == ["harbour"]


def test_a_period_of_the_message_lies_within_the_days_of_the_command(handlers, context):
    intent = Intent(IntentKind.ARCHIVE, "archive", "the harbour wall in 2026", archive=ArchiveTopic.CONTENT)
    until_may = replace(context, filters=Filters(before=date(2026, 5, 1)))
    found = handlers[IntentKind.ARCHIVE].reply(intent, until_may)
    assert [citation.article.id for citation in found.answer.citations] == ["harbour"]


def test_a_text_without_sentences_is_not_shown_and_no_article_is_none():
    assert _first_sentence(Article("blank", "Blank", " \n ")) is None
    assert [text.code for text in _newest_texts([])] == [ReplyCode.ARCHIVE_EMPTY]
