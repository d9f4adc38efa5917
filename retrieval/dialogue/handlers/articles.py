"""Articles: one by its title or address, and who wrote or published it, and when."""

from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.answering.article_lookup import ArticleLookup, address_in
from retrieval.answering.citations import cite
from retrieval.dialogue.handlers.topic_articles import TopicArticles
from retrieval.dialogue.intents import Intent
from retrieval.dialogue.interfaces import ReplyContext
from retrieval.dialogue.replies import DialogueReply, ReplyCode, ReplyKind, ReplyText, article_text
from retrieval.domain import Answer, Article, Citation, Kind
from retrieval.store.archive import Archive
from retrieval.text.passages import sentences


@dataclass(frozen=True, slots=True)
class ArticleHandler:
    """Replies to wishes for one article. As thread-safe as its collaborators."""

    archive: Archive
    lookup: ArticleLookup
    topics: TopicArticles

    def reply(self, intent: Intent, context: ReplyContext) -> DialogueReply | None:
        """Return the article with its quotations; that there is none at an address; None where none is meant."""
        subject, owners = intent.subject or intent.text, context.filters.owners
        address = address_in(subject)
        if address:
            found = self.lookup.by_address(address, owners)
            return self._shown(found, intent, context) if found else _unknown(intent, context, address)
        found = self.lookup.by_title(subject, owners) or self.topics.nearest(subject, context.filters)
        return self._shown(found, intent, context) if found else None

    def _shown(self, article: Article, intent: Intent, context: ReplyContext) -> DialogueReply:
        citations = self._citations(article)[: context.limit]
        answer = Answer(intent.text, 1.0, citations)
        return DialogueReply(
            ReplyKind.ARTICLE,
            answer,
            (article_text(article),),
            article=article,
            intent=intent,
            language=context.language,
        )

    def _citations(self, article: Article) -> Sequence[Citation]:
        """Return the article's quotations in order, or its first sentence where it quotes nobody."""
        found = self.archive.find(article.id, [article.owner])
        units = self.archive.units_of(found[0]) if found else []
        said = [
            cite(article, unit.span, 0.0, unit.quotation, unit.id)
            for unit in units
            if unit.quotation and unit.quotation.kind is not Kind.MENTION
        ]
        said.sort(key=lambda citation: citation.span.start)
        return said or [cite(article, span, 0.0) for span in sentences(article.text)[:1]]


def _unknown(intent: Intent, context: ReplyContext, address: str) -> DialogueReply:
    why = ReplyText.of(ReplyCode.ADDRESS_UNKNOWN, address=address)
    return DialogueReply(ReplyKind.DECLINED, Answer(intent.text, 0.0), (why,), intent=intent, language=context.language)
