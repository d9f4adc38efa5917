"""Archives of made-up articles with made-up vectors: what the tests of store and engine work on."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import text as sql

from benchmarks.reliability.light_models import vector_of
from retrieval.domain import OPERATOR, Article, Certainty, EmbeddingModel, Kind, Quotation, Span, Speaker, SpeakerKind
from retrieval.store.archive import Archive
from retrieval.store.records import AnalysedArticle, NewUnit
from retrieval.store.sqlite.database import MIGRATIONS, connect, write_transaction
from retrieval.text.passages import context_of, sentences

MODEL = EmbeddingModel("made-up", "a" * 64)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)

ARTICLE = """
INSERT INTO articles
    (seq, owner, id, version, title, text, authors, edits, content_hash, rules_version, model, stored_at)
VALUES (7, 'operator', 'a1', 1, 'Pier', 'The pier is closed.', '[]', '{}', 'f00', 1, 'a', '2026-01-01T00:00:00+00:00')
"""


class Days:
    """A clock that stands still until it is told to go on."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, days: int) -> None:
        self.now += timedelta(days=days)


def make_old_archive(file: Path, version: str) -> None:
    """An archive as an older version of the program left it, with one article in row 7."""
    database = connect(file)
    with write_transaction(database) as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        command.upgrade(config, version)
        connection.execute(sql(ARTICLE))
    database.dispose()


def open_archive(folder: Path) -> Archive:
    return Archive.open(folder, clock=lambda: NOON)


def article(id_: str, text: str, **fields: object) -> Article:
    return Article(**{"id": id_, "title": f"Title of {id_}", "text": text, "owner": OPERATOR} | fields)  # type: ignore[arg-type]


def quotation(text: str, words: str, speaker: str | None = "Ada Brook") -> Quotation:
    start = text.index(words)
    certainty = Certainty.CERTAIN if speaker else Certainty.UNCLEAR
    who = Speaker(speaker, "harbour master", SpeakerKind.PERSON, 0.9, certainty)
    return Quotation(Span(start, start + len(words)), Kind.DIRECT, who, Span(0, 3), 0)


def entry(
    article: Article, quotations: Sequence[Quotation] = (), model: EmbeddingModel = MODEL, rules_version: int = 1
) -> AnalysedArticle:
    lines = sentences(article.text)
    plain = [(span, span.start, None) for span in lines]
    said = [(found.span, context_of(lines, found.span).start, found) for found in quotations]
    units = [unit(article, span, start, found) for span, start, found in [*plain, *said]]
    content_hash = hashlib.sha256(ascii(article).encode()).hexdigest()
    return AnalysedArticle(article, units, content_hash, rules_version, model, {})


def unit(article: Article, span: Span, start: int, found: Quotation | None) -> NewUnit:
    words = span.of(article.text)
    return NewUnit(span, start, found, hashlib.md5(words.encode(errors="surrogatepass")).digest(), vector_of(words))
