"""Comparisons: one part a side, the best words first, and who said nothing."""

from retrieval.dialogue.intents import Intent, IntentKind, ListRequest
from retrieval.dialogue.replies import ReplyCode, ReplyKind


def compared(handlers, context, topic, *sides):
    request = ListRequest(topic=topic, speakers=sides)
    return handlers[IntentKind.COMPARISON].reply(Intent(IntentKind.COMPARISON, "compare", listing=request), context)


def test_each_side_has_its_own_words_with_date_and_source(handlers, context):
    found = compared(handlers, context, "the harbour wall", "ada brook", "reed")
    assert found.kind is ReplyKind.COMPARISON
    assert [{c.speaker.name for c in part.answer.citations} for part in found.parts] == [{"Ada Brook"}, {"Tom Reed"}]
    assert all(c.article.published and c.article.publisher for c in found.answer.citations)
    assert found.texts[0].code is ReplyCode.COMPARED
    assert dict(found.texts[0].parameters) == {
        "first": "Ada Brook",
        "second": "Tom Reed",
        "topic": "the harbour wall",
    }


def test_the_side_that_said_nothing_is_named(handlers, context):
    found = compared(handlers, context, "cider prices", "okafor", "reed")
    assert [part.kind for part in found.parts] == [ReplyKind.QUOTATIONS, ReplyKind.DECLINED]
    assert dict(found.texts[0].parameters)["second"] == "Tom Reed"
    assert found.texts[1].code is ReplyCode.NOTHING_BY_ABOUT
    assert dict(found.texts[1].parameters)["speaker"] == "Tom Reed"


def test_two_sides_that_said_nothing_are_declined(handlers, context):
    found = compared(handlers, context, "volcanoes", "okafor", "zoe quill")
    assert (found.kind, found.answer.citations, found.parts) == (ReplyKind.DECLINED, [], ())
    assert {text.code for text in found.texts} == {ReplyCode.NOTHING_BY_ABOUT, ReplyCode.NOBODY_CALLED}


def test_one_side_is_no_comparison(handlers, context):
    assert compared(handlers, context, "the harbour wall", "reed") is None
