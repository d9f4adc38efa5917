"""What a message wants, as the recogniser reads it; names and topics are made up."""

from datetime import date

import pytest

from retrieval.dialogue.intents import ArchiveTopic, Intent, IntentKind, ListOrder, SmallTalkTopic
from retrieval.dialogue.recognition.known_names import ListedNames
from retrieval.dialogue.recognition.recogniser import recognise
from retrieval.query import Period

TODAY = date(2026, 3, 20)
KNOWN = ListedNames(
    frozenset({"The Valley Post", "Harbour Today", "BBC"}),
    frozenset({"Ada Brook", "Tom Reed", "Eve Lake", "Maria Okonkwo"}),
)


def intents(message: str, language: str = "en") -> tuple[Intent, ...]:
    return recognise(message, TODAY, KNOWN, language)


def only(message: str, language: str = "en") -> Intent:
    found = intents(message, language)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("message", "topic"),
    [
        ("heyyy 👋", SmallTalkTopic.GREETING),
        ("good morning bot", SmallTalkTopic.GREETING),
        ("hello there!", SmallTalkTopic.GREETING),
        ("thx a lot!!", SmallTalkTopic.THANKS),
        ("ok thank you so much 🙏", SmallTalkTopic.THANKS),
        ("bye bye", SmallTalkTopic.FAREWELL),
        ("hows it going", SmallTalkTopic.HOW_ARE_YOU),
        ("who are u", SmallTalkTopic.WHO_ARE_YOU),
        ("r u a robot?", SmallTalkTopic.WHO_ARE_YOU),
        ("who are you, a person or an ai?", SmallTalkTopic.WHO_ARE_YOU),
        ("nice work bot", SmallTalkTopic.PRAISE),
        ("you are so useless", SmallTalkTopic.INSULT),
        ("this bot sucks", SmallTalkTopic.INSULT),
        ("do you know any good jokes", SmallTalkTopic.JOKE),
        ("is it going to rain tomorrow", SmallTalkTopic.WEATHER),
        ("ping", SmallTalkTopic.TEST),
        ("lol ok", SmallTalkTopic.CHATTER),
        ("write me a poem about cats", SmallTalkTopic.OFF_TOPIC),
        ("how do i bake a cake", SmallTalkTopic.OFF_TOPIC),
        ("what's 12 * 9", SmallTalkTopic.OFF_TOPIC),
    ],
)
def test_a_message_without_a_wish_is_small_talk(message: str, topic: SmallTalkTopic) -> None:
    intent = only(message)
    assert (intent.kind, intent.small_talk) == (IntentKind.SMALL_TALK, topic)


@pytest.mark.parametrize("message", ["help", "what can you do?", "how do i use this", "how does this bot work"])
def test_help_is_asked_for_in_many_words(message: str) -> None:
    assert only(message).kind is IntentKind.HELP


@pytest.mark.parametrize("message", ["🔥🔥", "???", "quotes pls", "give me a random quote", "tell me anything"])
def test_what_is_too_vague_is_not_searched_for(message: str) -> None:
    assert only(message).kind is IntentKind.UNINTELLIGIBLE


@pytest.mark.parametrize(
    ("message", "about", "subject"),
    [
        ("how many quotes are in here?", ArchiveTopic.SIZE, None),
        ("how big is your database", ArchiveTopic.SIZE, None),
        ("how far back do you go", ArchiveTopic.PERIOD, None),
        ("what's your latest article", ArchiveTopic.NEWEST, None),
        ("which newspapers do you have?", ArchiveTopic.PUBLISHERS, None),
        ("do u have any valley post articles", ArchiveTopic.PUBLISHER, "The Valley Post"),
        ("do you have articles from The Valley Post?", ArchiveTopic.PUBLISHER, "The Valley Post"),
        ("is the bbc in here", ArchiveTopic.PUBLISHER, "BBC"),
        ("who is quoted the most?", ArchiveTopic.SPEAKERS, None),
        ("is there anything about the dam here", ArchiveTopic.CONTENT, "the dam here"),
        ("got anything on flooding", ArchiveTopic.CONTENT, "flooding"),
        ("any news from today?", ArchiveTopic.DAY, None),
    ],
)
def test_the_archive_itself_is_asked_about(message: str, about: ArchiveTopic, subject: str | None) -> None:
    intent = only(message)
    assert (intent.kind, intent.archive, intent.subject) == (IntentKind.ARCHIVE, about, subject)


def test_a_day_of_the_archive_is_read_from_the_message() -> None:
    assert only("do you have yesterday's news").period == Period(date(2026, 3, 18), TODAY)


def test_a_list_by_topic_is_wanted_newest_first() -> None:
    intent = only("show me the latest quotes about the dam")
    assert (intent.kind, intent.listing.topic, intent.listing.order) == (IntentKind.LIST, "the dam", ListOrder.NEWEST)


def test_a_list_of_a_publisher_is_told_from_one_of_a_speaker() -> None:
    theirs, hers = only("BBC quotes about floods").listing, only("ada brook quotes about floods").listing
    assert (theirs.publisher, theirs.speakers, theirs.topic) == ("BBC", (), "floods")
    assert (hers.publisher, hers.speakers, hers.topic) == (None, ("ada brook",), "floods")


def test_a_publisher_whose_name_holds_a_word_of_time_names_no_period() -> None:
    listing = only("harbour today quotes about ferries").listing
    assert (listing.publisher, listing.topic, listing.period) == ("Harbour Today", "ferries", None)


@pytest.mark.parametrize(
    ("message", "group", "topic"),
    [
        ("what did economists say about the toll", "economists", "the toll"),
        ("nurses on night shifts", "nurses", "night shifts"),
        ("what do people in leeds think about the tram", "people in leeds", "the tram"),
    ],
)
def test_a_crowd_is_a_group_and_no_name(message: str, group: str, topic: str) -> None:
    intent = only(message)
    assert (intent.kind, intent.listing.speakers, intent.listing.group, intent.listing.topic) == (
        IntentKind.LIST,
        (group,),
        True,
        topic,
    )


def test_everything_that_a_person_said_in_a_month_is_a_list_with_a_period() -> None:
    listing = only("everything ada brook said in january 2026").listing
    assert (listing.speakers, listing.period) == (("ada brook",), Period(date(2026, 1, 1), date(2026, 1, 31)))


def test_a_name_and_a_period_alone_are_a_list() -> None:
    assert only("okonkwo in 2024").listing.speakers == ("okonkwo",)


def test_a_day_inside_an_event_bounds_the_period() -> None:
    listing = only("eve lake quotes from before the march 5 election").listing
    assert (listing.speakers, listing.period) == (("eve lake",), Period(None, date(2026, 3, 4)))


def test_a_number_of_quotations_is_counted() -> None:
    listing = only("give me 3 quotes about the harbour").listing
    assert (listing.count, listing.topic) == (3, "the harbour")


def test_who_spoke_of_something_is_a_list() -> None:
    assert only("who talked about the tunnel?").listing.topic == "the tunnel"


def test_who_disagrees_is_a_list_of_opponents() -> None:
    listing = only("who disagrees with ada brook on the toll").listing
    assert (listing.opposing, listing.topic) == ("ada brook", "the toll")


@pytest.mark.parametrize(
    ("message", "sides", "topic"),
    [
        ("compare ada brook and tom reed on the dam", ("ada brook", "tom reed"), "the dam"),
        ("brook vs reed on tolls", ("brook", "reed"), "tolls"),
        ("brook and lake about the ferry", ("brook", "lake"), "the ferry"),
    ],
)
def test_two_speakers_are_compared(message: str, sides: tuple[str, str], topic: str) -> None:
    intent = only(message)
    assert (intent.kind, intent.listing.speakers, intent.listing.topic) == (IntentKind.COMPARISON, sides, topic)


@pytest.mark.parametrize(
    ("message", "subject"),
    [
        ("who is maria okonkwo", "maria okonkwo"),
        ("whats ada brooks job", "ada brook"),
        ("Tom Reed, what does he do?", "Tom Reed"),
        ("whats her job", "her"),
        ("who is that?", "that"),
    ],
)
def test_a_person_is_asked_about(message: str, subject: str) -> None:
    intent = only(message)
    assert (intent.kind, intent.subject) == (IntentKind.PERSON, subject)


@pytest.mark.parametrize(
    ("message", "subject"),
    [
        ("who wrote the article about the leaking dam", "the leaking dam"),
        ("author of 'A Dam Too Far'?", "A Dam Too Far"),
        ("https://valley.example/news/dam-leaks?utm=1", "https://valley.example/news/dam-leaks?utm=1"),
        ("link to the article about the dam", "the dam"),
    ],
)
def test_an_article_is_asked_for(message: str, subject: str) -> None:
    intent = only(message)
    assert (intent.kind, intent.subject) == (IntentKind.ARTICLE, subject)


@pytest.mark.parametrize(
    ("message", "words", "speaker"),
    [
        ("“The dam will never leak again, I promise.”", "The dam will never leak again, I promise.", None),
        ('"The dam will never leak again" - Ada Brook', "The dam will never leak again", "Ada Brook"),
        ("BREAKING 🚨 Ada Brook, Jan 5 2026: “The dam is gone for good”", "The dam is gone for good", "Ada Brook"),
        ("“The dam is gone for good” is this real?", "The dam is gone for good", None),
        (
            "Ada Brook @adabrook · Jan 5, 2026\nThe dam is gone for good\n12:06 AM · 4,812 Views",
            "The dam is gone for good",
            "Ada Brook",
        ),
    ],
)
def test_pasted_words_are_checked(message: str, words: str, speaker: str | None) -> None:
    intent = only(message)
    assert (intent.kind, intent.subject, intent.speaker) == (IntentKind.QUOTATION, words, speaker)


@pytest.mark.parametrize(
    ("message", "question"),
    [
        ("wat did ada brook say abt the dam", "what did ada brook say about the dam"),
        ("hey bot, can you tell me who said the dam is safe?", "who said the dam is safe?"),
        ("did brook say the dam is safe lol", "did brook say the dam is safe"),
        ("deputy mayor of leeds on the tram?", "what did the deputy mayor of leeds say about the tram?"),
        ("union boss, whats his opinion of the pay deal", "what did union boss say about the pay deal?"),
        ("ada brook quote about her grandmother", "what did ada brook say about her grandmother?"),
        ("brook said the dam holds 5 million litres?", "did brook say the dam holds 5 million litres?"),
        ("what's that line.. a dam is only as strong as its walls?", "who said a dam is only as strong as its walls?"),
        ('did brook say "the dam is safe for now"', 'did brook say "the dam is safe for now"'),
    ],
)
def test_a_question_is_spelt_out(message: str, question: str) -> None:
    intent = only(message)
    assert (intent.kind, intent.text) == (IntentKind.QUESTION, question)


@pytest.mark.parametrize(
    ("message", "wishes"),
    [
        (
            "what did ada brook say about the dam, also what did reed say about the toll",
            ["what did ada brook say about the dam", "what did reed say about the toll"],
        ),
        ("what does brook say about the dam? and reed?", ["what does brook say about the dam", "and reed"]),
        ("thanks! who said the dam is safe?", ["who said the dam is safe"]),
        ("who won the race and what was their time?", ["who won the race and what was their time?"]),
    ],
)
def test_several_wishes_are_told_apart(message: str, wishes: list[str]) -> None:
    assert [intent.text for intent in intents(message)] == wishes


@pytest.mark.parametrize(
    ("message", "language", "kind"),
    [
        ("guten morgen!", "de", IntentKind.SMALL_TALK),
        ("merci beaucoup", "fr", IntentKind.SMALL_TALK),
        ("¿cuántos artículos tienes?", "es", IntentKind.ARCHIVE),
        ("Zitate zum Staudamm", "de", IntentKind.LIST),
        ("was sagte ada brook zum staudamm?", "de", IntentKind.QUESTION),
    ],
)
def test_messages_in_other_languages_are_understood(message: str, language: str, kind: IntentKind) -> None:
    assert only(message, language).kind is kind


@pytest.mark.parametrize(("message", "kind"), [("asdf qwer", "unintelligible"), ("asda prices", "question")])
def test_keys_pressed_at_random_are_no_question(message: str, kind: str) -> None:
    assert only(message).kind == kind
