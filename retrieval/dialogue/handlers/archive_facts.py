"""The archive's facts: how much it holds, of which days and publishers, what is newest, who is quoted most."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from retrieval.answering.citations import cite
from retrieval.answering.publisher_names import match_publisher
from retrieval.dialogue.handlers.archive_statistics import (
    ArchiveSize,
    archive_size,
    count_articles,
    most_quoted_names,
    newest_articles,
    oldest_articles,
    publisher_counts,
)
from retrieval.dialogue.handlers.content_wish import content_wish
from retrieval.dialogue.handlers.list_narrowing import common_days
from retrieval.dialogue.handlers.topic_articles import LOOKED_AT, TopicArticles
from retrieval.dialogue.intents import ArchiveTopic, Intent
from retrieval.dialogue.interfaces import ReplyContext
from retrieval.dialogue.replies import DialogueReply, ReplyCode, ReplyKind, ReplyText, article_text
from retrieval.domain import Answer, Article, Citation
from retrieval.query import Period
from retrieval.speakers.index import SpeakerIndex
from retrieval.store.archive import Archive
from retrieval.store.sqlite.database import read_transaction
from retrieval.text.passages import sentences

SHOWN = 3
"""Articles that are shown of many."""
NAMED = 5
"""Publishers or speakers that are named of many."""
MOST_QUOTED = 30
"""Names among which the most quoted speakers are looked for; one speaker may have several."""


@dataclass(frozen=True, slots=True)
class ArchiveFacts:
    """Replies to questions about the archive itself. Only what the asker may see is counted."""

    archive: Archive
    speakers: SpeakerIndex
    topics: TopicArticles

    def reply(self, intent: Intent, context: ReplyContext) -> DialogueReply:
        """Return the fact in own words, and the articles that show it."""
        topic = intent.archive or ArchiveTopic.SIZE
        with read_transaction(self.archive.database) as connection:
            size = archive_size(connection, context.filters.owners)
        if not size.articles:
            return _told(intent, context, [ReplyText.of(ReplyCode.ARCHIVE_EMPTY)])
        return self._replies[topic](intent, context, size)

    @property
    def _replies(self) -> Mapping[ArchiveTopic, Callable[[Intent, ReplyContext, ArchiveSize], DialogueReply]]:
        return {
            ArchiveTopic.SIZE: self._size,
            ArchiveTopic.PERIOD: self._period,
            ArchiveTopic.NEWEST: self._newest,
            ArchiveTopic.PUBLISHERS: self._publishers,
            ArchiveTopic.PUBLISHER: self._publisher,
            ArchiveTopic.SPEAKERS: self._most_quoted,
            ArchiveTopic.CONTENT: self._content,
            ArchiveTopic.DAY: self._day,
        }

    def _size(self, intent: Intent, context: ReplyContext, size: ArchiveSize) -> DialogueReply:
        counted = ReplyText.of(ReplyCode.ARTICLES_COUNTED, articles=size.articles, quotations=size.quotations)
        return _told(intent, context, [counted, *_period(size)])

    def _period(self, intent: Intent, context: ReplyContext, size: ArchiveSize) -> DialogueReply:
        with read_transaction(self.archive.database) as connection:
            ends = [*oldest_articles(connection, context.filters.owners, 1)]
            ends += newest_articles(connection, context.filters.owners, 1)
        counted = ReplyText.of(ReplyCode.ARTICLES_COUNTED, articles=size.articles, quotations=size.quotations)
        return self._shown(intent, context, [*_period(size), counted], self._articles(ends))

    def _newest(self, intent: Intent, context: ReplyContext, _size: ArchiveSize) -> DialogueReply:
        with read_transaction(self.archive.database) as connection:
            shown = self._articles(newest_articles(connection, context.filters.owners, SHOWN))
        return self._shown(intent, context, _newest_texts(shown), shown)

    def _publishers(self, intent: Intent, context: ReplyContext, _size: ArchiveSize) -> DialogueReply:
        with read_transaction(self.archive.database) as connection:
            counts = publisher_counts(connection, context.filters.owners)
        names = ", ".join(f"{name} ({count})" for name, count in list(counts.items())[:NAMED])
        told = ReplyText.of(ReplyCode.PUBLISHERS_COUNTED, publishers=len(counts), names=names)
        return _told(intent, context, [told])

    def _publisher(self, intent: Intent, context: ReplyContext, size: ArchiveSize) -> DialogueReply:
        if not intent.subject:
            return self._publishers(intent, context, size)
        with read_transaction(self.archive.database) as connection:
            counts = publisher_counts(connection, context.filters.owners)
            match = match_publisher(intent.subject, counts)
            newest = newest_articles(connection, context.filters.owners, SHOWN, publishers=match.names)
        if not match.names:
            return _told(intent, context, [_unknown(intent.subject, match.nearest)])
        held = sorted(match.names, key=lambda name: -counts[name])
        told = [
            ReplyText.of(ReplyCode.PUBLISHER_COUNTED, articles=sum(map(counts.__getitem__, held)), publisher=held[0])
        ]
        if len(held) > 1:
            names = ", ".join(f"{name} ({counts[name]})" for name in held)
            told.append(ReplyText.of(ReplyCode.PUBLISHER_UNION, names=names))
        return self._shown(intent, context, told, self._articles(newest))

    def _most_quoted(self, intent: Intent, context: ReplyContext, _size: ArchiveSize) -> DialogueReply:
        with read_transaction(self.archive.database) as connection:
            names = most_quoted_names(connection, context.filters.owners, MOST_QUOTED)
        entries = self.speakers.families(names, context.filters.owners)[:NAMED]
        told = ", ".join(f"{entry.name} ({entry.quotations})" for entry in entries)
        return _told(intent, context, [ReplyText.of(ReplyCode.MOST_QUOTED, names=told)])

    def _content(self, intent: Intent, context: ReplyContext, size: ArchiveSize) -> DialogueReply:
        if not intent.subject:
            return self._size(intent, context, size)
        with read_transaction(self.archive.database) as connection:
            known = publisher_counts(connection, context.filters.owners)
        wish = content_wish(intent.subject, known, context.today)
        period = common_days(intent.period or wish.period, context.filters.after, context.filters.before)
        if not wish.topic:
            return self._day(replace(intent, period=period), context, size)
        within = replace(context.filters, after=period.first, before=period.last) if period else context.filters
        found = [
            article
            for article in self.topics.about(wish.topic, within)
            if wish.publishers is None or article.publisher in wish.publishers
        ]
        if not found:
            return _told(intent, context, [ReplyText.of(ReplyCode.NO_ARTICLES_ABOUT, topic=intent.subject)])
        code = ReplyCode.ARTICLES_ABOUT if len(found) < LOOKED_AT else ReplyCode.MANY_ARTICLES_ABOUT
        told = ReplyText.of(code, articles=len(found), topic=wish.topic)
        return self._shown(intent, context, [told], found[:SHOWN])

    def _day(self, intent: Intent, context: ReplyContext, size: ArchiveSize) -> DialogueReply:
        period = intent.period or Period(context.today, context.today)
        owners = context.filters.owners
        with read_transaction(self.archive.database) as connection:
            count = count_articles(connection, owners, period=period)
            shown = self._articles(newest_articles(connection, owners, SHOWN, period=period if count else None))
        if not count:
            missing = [ReplyText.of(ReplyCode.NO_ARTICLES_OF_DAYS, newest=size.last)] if size.last else []
            return _told(intent, context, [*missing, *_newest_texts(shown)])
        first, last = period.first or size.first, period.last or size.last
        told = (
            [ReplyText.of(ReplyCode.ARTICLES_OF_DAYS, articles=count, first=first, last=last)] if first and last else []
        )
        return self._shown(intent, context, told, shown)

    def _articles(self, seqs: Sequence[int]) -> list[Article]:
        known = self.archive.articles(seqs)
        return [known[seq] for seq in seqs if seq in known]

    def _shown(
        self, intent: Intent, context: ReplyContext, texts: Sequence[ReplyText], articles: Sequence[Article]
    ) -> DialogueReply:
        """The reply that shows articles by their titles' first sentences, which the card links to."""
        return _told(intent, context, texts, [cited for cited in map(_first_sentence, articles) if cited])


def _told(
    intent: Intent, context: ReplyContext, texts: Sequence[ReplyText], citations: Sequence[Citation] = ()
) -> DialogueReply:
    answer = Answer(intent.text, 1.0, citations)
    return DialogueReply(ReplyKind.ARCHIVE, answer, tuple(texts), intent=intent, language=context.language)


def _first_sentence(article: Article) -> Citation | None:
    """Return the first sentence, None of a text without one."""
    span = next(iter(sentences(article.text)), None)
    return cite(article, span, 0.0) if span else None


def _newest_texts(articles: Sequence[Article]) -> list[ReplyText]:
    """Return the sentence that names the newest article, the first; without articles that there is none."""
    if not articles:
        return [ReplyText.of(ReplyCode.ARCHIVE_EMPTY)]
    told = dict(article_text(articles[0]).parameters)
    if "published" not in told:
        return [article_text(articles[0])]
    newest = {name: told[name] for name in ("title", "publisher", "published")}
    return [ReplyText.of(ReplyCode.NEWEST_ARTICLE, **newest)]


def _period(size: ArchiveSize) -> list[ReplyText]:
    if size.first is None or size.last is None:
        return []
    return [ReplyText.of(ReplyCode.ARCHIVE_PERIOD, first=size.first, last=size.last)]


def _unknown(publisher: str, nearest: Sequence[str]) -> ReplyText:
    if nearest:
        return ReplyText.of(ReplyCode.PUBLISHER_NEAREST, publisher=publisher, names=", ".join(nearest))
    return ReplyText.of(ReplyCode.PUBLISHER_UNKNOWN, publisher=publisher)
