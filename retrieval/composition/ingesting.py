"""Build what adds articles to an archive."""

from retrieval.embedding.encoder import Encoder
from retrieval.fetching import Fetcher
from retrieval.guilds.additions import GuildAdditions
from retrieval.ingest.ingester import ARTICLE_SECONDS, Ingester
from retrieval.ingest.tasks import ExtractionRules
from retrieval.quotes.extractor import make_extractor
from retrieval.quotes.rules_version import rules_version
from retrieval.sandbox import Sandbox, SandboxedReader, sandboxed_rules
from retrieval.sources.source_reader import SourceReader
from retrieval.store.archive import Archive


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
    sandbox = Sandbox()
    fetcher, pages = Fetcher(user_agent, judge=sandboxed_rules(sandbox)), SourceReader(sandbox)
    return GuildAdditions(
        archive,
        lambda wait: compose_ingester(archive, model, workers=1, wait=wait, article_seconds=article_seconds),
        lambda address, owner: pages.page(fetcher.fetch(address), owner),
        most,
        SandboxedReader(sandbox),
    )
