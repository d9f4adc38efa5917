"""What a message wants, as values. One message may hold several intents."""

from dataclasses import dataclass, field
from enum import StrEnum

from retrieval.query import Period


class IntentKind(StrEnum):
    """What kind of reply a message wants. In doubt it is a question."""

    QUESTION = "question"  # who, what, fact, did X say: answered by retrieval
    LIST = "list"  # quotations by topic, speaker, publisher, period
    COMPARISON = "comparison"  # two or more speakers on one topic, side by side
    ARCHIVE = "archive"  # how many articles, from when, which publishers, anything about X
    ARTICLE = "article"  # one article: by title, address, or who wrote it and when
    PERSON = "person"  # who a speaker is: the roles that articles give
    QUOTATION = "quotation"  # pasted words that are to be checked
    SMALL_TALK = "small_talk"
    HELP = "help"
    UNINTELLIGIBLE = "unintelligible"  # nothing that could be searched for


class ListOrder(StrEnum):
    """The order of a list."""

    BEST = "best"
    NEWEST = "newest"


class SmallTalkTopic(StrEnum):
    """What a message without a wish says; each has a reply of its own."""

    GREETING = "greeting"
    FAREWELL = "farewell"
    THANKS = "thanks"
    HOW_ARE_YOU = "how_are_you"
    WHO_ARE_YOU = "who_are_you"
    PRAISE = "praise"
    INSULT = "insult"
    JOKE = "joke"
    WEATHER = "weather"
    TEST = "test"
    OFF_TOPIC = "off_topic"
    CHATTER = "chatter"  # "lol", "ok": nothing to answer


class ArchiveTopic(StrEnum):
    """What is asked about the archive as a whole."""

    SIZE = "size"
    PERIOD = "period"
    NEWEST = "newest"
    PUBLISHERS = "publishers"
    PUBLISHER = "publisher"  # whether, and how much, one publisher is in it
    SPEAKERS = "speakers"  # who is quoted most
    CONTENT = "content"  # whether anything is about a topic
    DAY = "day"  # whether anything is of a day or period


@dataclass(frozen=True, slots=True)
class ListRequest:
    """Which quotations are wanted, and in which order. All that is None is not narrowed by.

    `speakers` are names or descriptions as the person wrote them ("economists"); `group` tells that they describe many.
    A comparison has its sides there. Words against `opposing` are wanted where it is asked who disagrees with them.
    `count` is how many are asked for.
    """

    topic: str | None = None
    speakers: tuple[str, ...] = ()
    group: bool = False
    publisher: str | None = None
    period: Period | None = None
    order: ListOrder = ListOrder.BEST
    opposing: str | None = None
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Intent:
    """One wish of a message. `text` is the part of the message that holds it, `subject` what it is about.

    `subject` is a topic, a person, a title or what an article is about, an address, a publisher, or pasted words, by
    `kind`; pronouns in it, and in `listing`, are resolved before a reply is asked for. `speaker` is the one whom a
    message names beside pasted words. `period` is what ARCHIVE asks about a day. `doubt`, 0..1, is how probably it is
    another kind. Fields that a kind doesn't use stay empty.
    """

    kind: IntentKind
    text: str
    subject: str | None = None
    listing: ListRequest = field(default_factory=ListRequest)
    small_talk: SmallTalkTopic | None = None
    archive: ArchiveTopic | None = None
    speaker: str | None = None
    period: Period | None = None
    doubt: float = 0.0
