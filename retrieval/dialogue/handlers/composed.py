"""Put the handlers of one archive together."""

from collections.abc import Mapping

from retrieval.answering.article_lookup import ArticleLookup
from retrieval.dialogue.handlers.archive_facts import ArchiveFacts
from retrieval.dialogue.handlers.articles import ArticleHandler
from retrieval.dialogue.handlers.comparisons import ComparisonHandler
from retrieval.dialogue.handlers.list_narrowing import ListNarrowing
from retrieval.dialogue.handlers.lists import ListHandler
from retrieval.dialogue.handlers.persons import PersonHandler
from retrieval.dialogue.handlers.quotation_search import QuotationSearch
from retrieval.dialogue.handlers.speaker_choice import SpeakerChoice
from retrieval.dialogue.handlers.topic_articles import TopicArticles
from retrieval.dialogue.intents import IntentKind
from retrieval.dialogue.interfaces import SupportsReply
from retrieval.ranking.pipeline import CandidateRanking
from retrieval.speakers.index import SpeakerIndex


def compose_lists(ranking: CandidateRanking, speakers: SpeakerIndex) -> ListHandler:
    """Return what lists quotations; an export takes whole lists from it."""
    search = QuotationSearch(ranking.archive, ranking.engine, ranking)
    narrowing = ListNarrowing(ranking.archive, SpeakerChoice(speakers))
    return ListHandler(ranking.archive, search, narrowing)


def compose_handlers(
    ranking: CandidateRanking, speakers: SpeakerIndex, lists: ListHandler
) -> Mapping[IntentKind, SupportsReply]:
    """Return what replies to lists, comparisons, questions about the archive, articles and persons."""
    archive, engine = ranking.archive, ranking.engine
    topics = TopicArticles(archive, engine, ranking)
    return {
        IntentKind.LIST: lists,
        IntentKind.COMPARISON: ComparisonHandler(lists),
        IntentKind.ARCHIVE: ArchiveFacts(archive, speakers, topics),
        IntentKind.ARTICLE: ArticleHandler(archive, ArticleLookup(archive, engine), topics),
        IntentKind.PERSON: PersonHandler(archive, SpeakerChoice(speakers)),
    }
