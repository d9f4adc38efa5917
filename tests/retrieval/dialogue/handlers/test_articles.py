"""Articles: found by title, by a part of it, by address, and by what they are about."""

import pytest

from retrieval.answering.article_lookup import address_in, address_key, title_likeness
from retrieval.dialogue.intents import Intent, IntentKind
from retrieval.dialogue.replies import ReplyCode, ReplyKind


def shown(handlers, context, subject):
    return handlers[IntentKind.ARTICLE].reply(Intent(IntentKind.ARTICLE, "article", subject), context)


@pytest.mark.parametrize(
    "subject",
    [
        "Harbour wall to be rebuilt after the storm",
        "harbour wall to be rebuilt",
        "Harbor wall to be rebuilt after the storm",
        "https://harbourpost.example/news/harbour-wall?id=7&utm_source=chat",
        "look: http://www.harbourpost.example/news/harbour-wall/?id=7#top",
        "the harbour wall after the storm",
    ],
)
def test_an_article_is_shown_by_title_address_or_subject(handlers, context, subject):
    found = shown(handlers, context, subject)
    assert (found.kind, found.article.id) == (ReplyKind.ARTICLE, "harbour")
    assert {citation.article.id for citation in found.answer.citations} == {"harbour"}
    told = dict(found.texts[0].parameters)
    assert (told["authors"], told["publisher"], str(told["published"])) == (
        "Eve Lake",
        "The Harbour Post",
        "2026-03-12",
    )


def test_an_unknown_address_is_told(handlers, context):
    found = shown(handlers, context, "https://harbourpost.example/news/another")
    assert (found.kind, found.texts[0].code) == (ReplyKind.DECLINED, ReplyCode.ADDRESS_UNKNOWN)


def test_what_no_article_is_about_shows_none(handlers, context):
    assert shown(handlers, context, "the moon landing of the cats") is None


def test_another_servers_article_is_not_shown(handlers, context):
    found = shown(handlers, context, "Members discuss the harbour wall")
    assert found is None or found.article.id != "secret"


def test_addresses_are_compared_without_what_only_tracks():
    plain = address_key("https://www.example.com/a/b/?utm_campaign=x&id=3&fbclid=9#part")
    assert plain == "example.com/a/b?id=3"
    assert address_key("http://m.example.com/a/b?id=3") == plain
    assert address_in("see https://example.com/a.") == "https://example.com/a"
    assert address_in("no address here") is None


def test_a_short_word_of_a_title_is_not_the_title():
    assert title_likeness("harbour", "Harbour wall to be rebuilt") == 0
    assert title_likeness("harbour wall to be", "Harbour wall to be rebuilt") > 0
