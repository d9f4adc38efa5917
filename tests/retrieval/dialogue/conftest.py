"""An archive of a few made-up articles with real vectors, and the handlers over it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from retrieval.answering.answerer import Answerer
from retrieval.dialogue.handlers.composed import compose_handlers, compose_lists
from retrieval.dialogue.interfaces import ReplyContext
from retrieval.domain import Article, Certainty, Filters, Kind, Quotation, Span, Speaker, SpeakerKind
from retrieval.embedding.encoder import Encoder
from retrieval.ingest.analysis import draft_units, embed_units
from retrieval.search.local.engine import LocalEngine
from retrieval.speakers.index import SpeakerIndex
from retrieval.store.archive import Archive, utc_now
from retrieval.store.records import AnalysedArticle, NewUnit

HARBOUR = Article(
    "harbour",
    "Harbour wall to be rebuilt after the storm",
    "The harbour wall will be rebuilt, the council said on Monday.\n\n"
    "“The harbour wall has held back the sea for two hundred years,” said Ada Brook, the harbour master of Callan."
    " Councillor Tom Reed was against it. “We cannot afford a new harbour wall,” Reed said. “Nobody asked the taxpayers"
    " about this wall,” he said.\n\n“A harbour wall of granite will pay for itself in ten years,” said Mina Okafor, an"
    " economist at Vale University.",
    authors=("Eve Lake",),
    publisher="The Harbour Post",
    published="2026-03-12",
    url="https://www.harbourpost.example/news/harbour-wall?id=7",
)
WALL_LATER = Article(
    "wall-later",
    "First stones of the harbour wall are laid",
    "Work began in Callan.\n\n“The harbour wall will be finished by Christmas,” said Ada Brook, chair of the port"
    " authority. “I still say that the harbour wall is a waste of money,” said Tom Reed.",
    publisher="harbourpost.example",
    published="2026-06-01",
)
CIDER = Article(
    "cider",
    "Late frost costs cider growers half their crop",
    "Cider growers in the Vale lost half of their blossom to a frost on 2 May.\n\n"
    "“We lit fires between the rows all night and still woke up to brown petals,” said Joan Brook, who farms near"
    " Hallow. “Cider prices will rise by a fifth,” said Mina Okafor, the economist.",
    publisher="Vale Gazette",
    published="2026-05-09",
)
SECRET = Article(
    "secret",
    "Members discuss the harbour wall",
    "“The harbour wall is our secret,” said Ada Brook.",
    publisher="Club News",
    published="2026-07-01",
    owner="guild:7",
)
ARTICLES = (HARBOUR, WALL_LATER, CIDER, SECRET)
SPEAKERS = {
    "held back": ("Ada Brook", "harbour master of Callan"),
    "cannot afford": ("Tom Reed", "Councillor"),
    "asked the taxpayers": ("Tom Reed", None),
    "granite": ("Mina Okafor", "economist at Vale University"),
    "by Christmas": ("Ada Brook", "chair of the port authority"),
    "waste of money": ("Tom Reed", None),
    "lit fires": ("Joan Brook", None),
    "prices": ("Mina Okafor", "economist"),
    "our secret": ("Ada Brook", None),
}


class Marked:
    """Curly quotation marks, and the speakers set by hand."""

    def extract(self, text: str, *, published: str | None, language: str | None) -> tuple[Quotation, ...]:
        return tuple(self._quotations(text))

    def _quotations(self, text: str) -> Iterator[Quotation]:
        start = text.find("“")
        while start >= 0:
            end = text.index("”", start)
            name, role = next(who for words, who in SPEAKERS.items() if words in text[start:end])
            speaker = Speaker(name, role, SpeakerKind.PERSON, 0.9, Certainty.CERTAIN)
            yield Quotation(Span(start + 1, end), Kind.DIRECT, speaker)
            start = text.find("“", end)


@pytest.fixture(scope="session")
def told_archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    encoder, archive = Encoder(), Archive.open(Path(tmp_path_factory.mktemp("told")))
    for article in ARTICLES:
        pieces = draft_units(article, Marked())
        units = [
            NewUnit(piece.span, piece.context, piece.quotation, piece.digest, vector)
            for piece, vector in zip(pieces, embed_units(pieces, encoder), strict=True)
        ]
        archive.put(AnalysedArticle(article, units, article.id, 1, encoder.model, {}))
    yield archive
    archive.close()


@pytest.fixture(scope="session")
def lists(told_archive):
    ranking = Answerer(told_archive, LocalEngine(told_archive), Encoder()).ranking
    return compose_lists(ranking, SpeakerIndex(told_archive, utc_now))


@pytest.fixture(scope="session")
def handlers(told_archive, lists):
    return compose_handlers(lists.search.ranking, SpeakerIndex(told_archive, utc_now), lists)


@pytest.fixture
def context():
    return ReplyContext(None, Filters(), date(2026, 8, 1))
