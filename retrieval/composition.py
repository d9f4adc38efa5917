"""Put the parts of the archive together: what bot and command line build alike, from plain values.

It stands on the floor above everything in `retrieval`, and knows no settings.
"""

from dataclasses import dataclass

from retrieval.answering.answerer import Answerer
from retrieval.answering.citation_lookup import CitationLookup
from retrieval.answering.quotation_status import QuotationStatuses
from retrieval.answering.verification.verifier import Verifier
from retrieval.dialogue.archive_names import ArchiveNames
from retrieval.dialogue.conversation import Conversation
from retrieval.dialogue.dialogue import Dialogue
from retrieval.embedding.encoder import Encoder
from retrieval.embedding.reranker import reranker
from retrieval.fetching import Fetcher
from retrieval.guilds.additions import GuildAdditions
from retrieval.ingest.ingester import ARTICLE_SECONDS, Ingester
from retrieval.ingest.tasks import ExtractionRules
from retrieval.quotes.extractor import make_extractor
from retrieval.quotes.rules_version import rules_version
from retrieval.sandbox import Sandbox, SandboxedReader
from retrieval.search.local.engine import LocalEngine
from retrieval.sources.source_reader import SourceReader
from retrieval.speakers.index import SpeakerIndex
from retrieval.store.archive import Archive, utc_now


@dataclass(frozen=True, slots=True)
class Answering:
    """Everything that answers from one archive. As thread-safe as the archive."""

    answerer: Answerer
    conversation: Conversation
    verifier: Verifier
    lookup: CitationLookup
    speakers: SpeakerIndex
    standings: QuotationStatuses
    dialogue: Dialogue


def compose_answering(archive: Archive, encoder: Encoder, *, reranker_name: str, boldness: float) -> Answering:
    """Open the index of the archive and build what answers from it.

    `reranker_name` is `bundled`, `off` or a model's name or folder; `boldness` is 0..1. Raises ModelMismatch where the
    archive's vectors aren't the encoder's.
    """
    archive.expect_model(encoder.model)
    engine = LocalEngine(archive)
    answerer = Answerer(archive, engine, encoder, reranker(reranker_name), boldness)
    speakers = SpeakerIndex(archive, utc_now)
    conversation, verifier = Conversation(archive, answerer), Verifier(archive, engine, answerer)
    return Answering(
        answerer,
        conversation,
        verifier,
        CitationLookup(archive, speakers, answerer),
        speakers,
        QuotationStatuses(archive),
        Dialogue(conversation, verifier, engine, ArchiveNames(archive), {}),
    )


def compose_ingester(
    archive: Archive, model: str, *, workers: int, wait: float = 0, article_seconds: float = ARTICLE_SECONDS
) -> Ingester:
    """Build an ingester of `workers` processes that waits up to `wait` seconds for another ingest to end.

    Each process loads the model with one thread: two threads of one model wait for each other. The analysis of an
    article is given up after `article_seconds`, more for a long one.
    """
    rules = ExtractionRules(make_extractor, rules_version())
    return Ingester(archive, Encoder(model, 1), rules, workers, wait, article_seconds)


def compose_additions(
    archive: Archive, model: str, *, user_agent: str, most: int, article_seconds: float = ARTICLE_SECONDS
) -> GuildAdditions:
    """Build what adds a guild's own articles, at most `most`; web servers are told `user_agent`."""
    fetcher, sandbox = Fetcher(user_agent), Sandbox()
    pages = SourceReader(sandbox)
    return GuildAdditions(
        archive,
        lambda wait: compose_ingester(archive, model, workers=1, wait=wait, article_seconds=article_seconds),
        lambda address, owner: pages.page(fetcher.fetch(address), owner),
        most,
        SandboxedReader(sandbox),
    )
