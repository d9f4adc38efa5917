"""Persons: the roles that articles give, with the sentence that tells each, the latest first."""

from retrieval.dialogue.handlers.persons import telling_sentence
from retrieval.dialogue.intents import Intent, IntentKind
from retrieval.dialogue.replies import ReplyCode, ReplyKind
from retrieval.domain import Kind
from retrieval.store.archive import Archive


def who_is(handlers, context, name):
    return handlers[IntentKind.PERSON].reply(Intent(IntentKind.PERSON, f"who is {name}?", name), context)


def test_roles_come_with_the_sentences_that_tell_them_the_latest_first(handlers, context):
    found = who_is(handlers, context, "ada brook")
    first, second = found.answer.citations
    assert (found.kind, first.kind) == (ReplyKind.QUOTATIONS, Kind.TEXT)
    assert "Ada Brook, chair of the port authority" in first.text
    assert "Ada Brook, the harbour master of Callan" in second.text
    told = dict(found.texts[0].parameters)
    assert (told["name"], told["role"], str(told["published"])) == (
        "Ada Brook",
        "chair of the port authority",
        "2026-06-01",
    )


def test_a_role_is_not_invented_where_no_article_gives_one(handlers, context):
    found = who_is(handlers, context, "Joan Brook")
    assert found.texts[0].code is ReplyCode.NO_ROLE_TOLD
    assert "Joan Brook" in found.answer.citations[0].text


def test_others_of_the_name_are_told_of(handlers, context):
    found = who_is(handlers, context, "brook")
    assert dict(found.texts[0].parameters)["name"] == "Ada Brook"
    assert found.texts[1].code is ReplyCode.OTHERS_CALLED
    assert dict(found.texts[1].parameters) == {"names": "Joan Brook"}
    assert len(who_is(handlers, context, "Ada Brook").texts) == 1


def test_a_mistyped_name_is_answered_with_the_right_one(handlers, context):
    found = who_is(handlers, context, "Mina Okafir")
    assert found.answer.did_you_mean == "Mina Okafor"
    assert "economist" in found.answer.citations[0].text


def test_nobody_of_the_name_is_left_to_questions(handlers, context):
    assert who_is(handlers, context, "Zoe Quill") is None


def test_a_role_far_from_the_name_tells_nothing_of_it():
    text = "The president said a good deal about the weather in the north of the country to young Hunter Lake."
    assert telling_sentence(text, "Hunter Lake", "president") is None
    near = "It was warm. President Hunter Lake spoke."
    assert telling_sentence(near, "Hunter Lake", "President").of(near) == "President Hunter Lake spoke."


def test_of_somebody_without_a_role_only_the_articles_that_are_shown_are_read(handlers, context, monkeypatch):
    person, read = handlers[IntentKind.PERSON], []

    def articles(archive, seqs):
        read.append(len(seqs))
        return kept(archive, seqs)

    kept = Archive.articles
    [entry] = person.choice.meant("Tom Reed", context.filters.owners).entries
    monkeypatch.setattr(Archive, "articles", articles)
    assert len(entry.articles) == 2
    assert "Tom Reed" in next(person._mentions(entry, 1)).text
    assert read == [1]
