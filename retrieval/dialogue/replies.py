"""Replies as values. Doors make cards, sentences and JSON of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from retrieval.answering.verification.verifier import Verification
from retrieval.dialogue.intents import Intent
from retrieval.domain import Answer, Article


class ReplyKind(StrEnum):
    """What a reply consists of."""

    QUOTATIONS = "quotations"
    VERDICT = "verdict"
    LIST = "list"
    COMPARISON = "comparison"
    ARCHIVE = "archive"
    ARTICLE = "article"
    HELP = "help"
    SMALL_TALK = "small_talk"
    DECLINED = "declined"


class ReplyCode(StrEnum):
    """Every sentence that the program says in its own words."""

    # small talk
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
    CHATTER = "chatter"
    # help
    HELP = "help"
    UNINTELLIGIBLE = "unintelligible"
    NOTHING_BEFORE = "nothing_before"
    # the archive
    ARTICLES_COUNTED = "articles_counted"
    ARCHIVE_PERIOD = "archive_period"
    ARCHIVE_EMPTY = "archive_empty"
    NEWEST_ARTICLE = "newest_article"
    PUBLISHERS_COUNTED = "publishers_counted"
    PUBLISHER_COUNTED = "publisher_counted"
    PUBLISHER_UNION = "publisher_union"
    PUBLISHER_UNKNOWN = "publisher_unknown"
    PUBLISHER_NEAREST = "publisher_nearest"
    MOST_QUOTED = "most_quoted"
    ARTICLES_ABOUT = "articles_about"
    MANY_ARTICLES_ABOUT = "many_articles_about"
    NO_ARTICLES_ABOUT = "no_articles_about"
    ARTICLES_OF_DAYS = "articles_of_days"
    NO_ARTICLES_OF_DAYS = "no_articles_of_days"
    # lists and comparisons
    QUOTATIONS_LISTED = "quotations_listed"
    NOTHING_LISTED = "nothing_listed"
    NOTHING_ABOUT = "nothing_about"
    NOTHING_BY_ABOUT = "nothing_by_about"
    NOTHING_SO_NEW = "nothing_so_new"
    NOBODY_CALLED = "nobody_called"
    OTHERS_CALLED = "others_called"
    COMPARED = "compared"
    # persons
    ROLE_TOLD = "role_told"
    UNDATED_ROLE_TOLD = "undated_role_told"
    NO_ROLE_TOLD = "no_role_told"
    # articles
    ARTICLE_TOLD = "article_told"
    ARTICLE_WITHOUT_AUTHOR = "article_without_author"
    ARTICLE_WITHOUT_DATE = "article_without_date"
    ADDRESS_UNKNOWN = "address_unknown"
    # answers
    NOT_SAID = "not_said"
    SEARCHED_IN_ENGLISH = "searched_in_english"


ENGLISH: Mapping[ReplyCode, str] = MappingProxyType(
    {
        ReplyCode.GREETING: "Hello! Ask me who said what, and I look it up in the archive.",
        ReplyCode.FAREWELL: "Goodbye! Come back whenever you want to know who said what.",
        ReplyCode.THANKS: "You're welcome!",
        ReplyCode.HOW_ARE_YOU: "I'm fine, thank you. What would you like to know from the archive?",
        ReplyCode.WHO_ARE_YOU: (
            "I'm a program, not a person and not a language model: I find exact quotations in stored news articles, "
            "and say who said them, when and where."
        ),
        ReplyCode.PRAISE: "Thank you! That's kind of you.",
        ReplyCode.INSULT: "I'm sorry that I was no help. Tell me who or what you are looking for, and I try again.",
        ReplyCode.JOKE: "I know no jokes, only what people said in the archive's articles.",
        ReplyCode.WEATHER: "I know nothing of today's weather, only the articles of this archive.",
        ReplyCode.TEST: "I'm here and listening.",
        ReplyCode.OFF_TOPIC: "I can't help with that: I only look up who said what in the archive's articles.",
        ReplyCode.CHATTER: "All right. Ask me who said what whenever you like.",
        ReplyCode.HELP: (
            "Ask me who said something, what a person said about a topic, or whether somebody really said it. "
            "Paste a quotation, and I check it; I also list, compare, and tell what the archive holds."
        ),
        ReplyCode.UNINTELLIGIBLE: (
            "I don't know what to look for. Ask a whole question, for example: what did the mayor say about the bridge?"
        ),
        ReplyCode.NOTHING_BEFORE: "I don't know what that refers to. Please ask the whole question.",
        ReplyCode.ARTICLES_COUNTED: "The archive holds {articles} articles with {quotations} quotations.",
        ReplyCode.ARCHIVE_PERIOD: "The oldest article is of {first}, the newest of {last}.",
        ReplyCode.ARCHIVE_EMPTY: "The archive holds no articles yet.",
        ReplyCode.NEWEST_ARTICLE: "The newest article is “{title}”, {publisher}, {published}.",
        ReplyCode.PUBLISHERS_COUNTED: (
            "Every quotation comes from a stored article, of {publishers} publishers; the most are of {names}."
        ),
        ReplyCode.PUBLISHER_COUNTED: "Yes. Articles of {publisher}: {articles}.",
        ReplyCode.PUBLISHER_UNION: "They are stored as {names}.",
        ReplyCode.PUBLISHER_UNKNOWN: "The archive has no articles of {publisher}.",
        ReplyCode.PUBLISHER_NEAREST: "The archive has no articles of {publisher}. The nearest names are {names}.",
        ReplyCode.MOST_QUOTED: "Quoted most often: {names}.",
        ReplyCode.ARTICLES_ABOUT: "Yes. Articles about {topic}: {articles}.",
        ReplyCode.MANY_ARTICLES_ABOUT: "Yes. Articles about {topic}: at least {articles}.",
        ReplyCode.NO_ARTICLES_ABOUT: "No, the archive has nothing about {topic}.",
        ReplyCode.ARTICLES_OF_DAYS: "Yes. Articles from {first} to {last}: {articles}.",
        ReplyCode.NO_ARTICLES_OF_DAYS: "No, there is nothing of these days: the newest article is of {newest}.",
        ReplyCode.QUOTATIONS_LISTED: "Quotations found: {quotations}.",
        ReplyCode.NOTHING_LISTED: "The archive has no such quotation.",
        ReplyCode.NOTHING_ABOUT: "Nobody is quoted on {topic} in this archive.",
        ReplyCode.NOTHING_BY_ABOUT: "Nothing on {topic} is quoted here from {speaker}.",
        ReplyCode.NOTHING_SO_NEW: "There is nothing so new: the newest article is of {newest}.",
        ReplyCode.NOBODY_CALLED: "Nobody called {name} is quoted in this archive.",
        ReplyCode.OTHERS_CALLED: "Others of that name are quoted too: {names}.",
        ReplyCode.COMPARED: "{first} and {second} on {topic}.",
        ReplyCode.ROLE_TOLD: "{name}: {role} ({published}).",
        ReplyCode.UNDATED_ROLE_TOLD: "{name}: {role}.",
        ReplyCode.NO_ROLE_TOLD: "The articles quote {name}, and don't say who that is.",
        ReplyCode.ARTICLE_TOLD: "“{title}” by {authors}, {publisher}, {published}.",
        ReplyCode.ARTICLE_WITHOUT_AUTHOR: "“{title}”, {publisher}, {published}.",
        ReplyCode.ARTICLE_WITHOUT_DATE: "“{title}”, {publisher}.",
        ReplyCode.ADDRESS_UNKNOWN: "The archive has no article with the address {address}.",
        ReplyCode.NOT_SAID: "The archive doesn't say.",
        ReplyCode.SEARCHED_IN_ENGLISH: (
            "I search the articles in English. If nothing fits, please ask the question in English."
        ),
    }
)
"""The English sentence of each code; also the texts that are translated. Numbers and days are written by the door."""

Parameter = str | int | date


@dataclass(frozen=True, slots=True)
class ReplyText:
    """A sentence of the program's own: a code, and the values of its placeholders as pairs of name and value."""

    code: ReplyCode
    parameters: tuple[tuple[str, Parameter], ...] = ()

    @classmethod
    def of(cls, code: ReplyCode, **parameters: Parameter) -> "ReplyText":
        """Return the text with `parameters` by name."""
        return cls(code, tuple(parameters.items()))


@dataclass(frozen=True, slots=True)
class DialogueReply:
    """The reply to one message, or to one wish of it.

    `answer` holds the citations, near misses, verdict, did-you-mean and reading, whatever the kind; small talk has
    none of them. `texts` are the program's own words. `parts` are the replies to the wishes of a message that has
    several, or the sides of a comparison; `answer` holds the citations of all of them then. `article` is what an
    article reply shows; `intent` what was understood, by which a list is turned to its next page; `total` how many a
    list has in all. `verification` is the verdict on pasted words.
    """

    kind: ReplyKind
    answer: Answer
    texts: tuple[ReplyText, ...] = ()
    parts: tuple["DialogueReply", ...] = ()
    article: Article | None = None
    intent: Intent | None = None
    total: int | None = None
    verification: Verification | None = None
    language: str = "en"


def article_text(article: Article) -> ReplyText:
    """Return the sentence that names an article's title, authors, publisher and day, as far as they are known."""
    publisher = article.publisher or article.id
    day = _day(article.published)
    if day is None:
        return ReplyText.of(ReplyCode.ARTICLE_WITHOUT_DATE, title=article.title, publisher=publisher)
    if not article.authors:
        return ReplyText.of(ReplyCode.ARTICLE_WITHOUT_AUTHOR, title=article.title, publisher=publisher, published=day)
    authors = ", ".join(article.authors)
    return ReplyText.of(
        ReplyCode.ARTICLE_TOLD, title=article.title, authors=authors, publisher=publisher, published=day
    )


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None
