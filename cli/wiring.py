"""Make what the commands work with: settings -> archive, models, engine, services."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.output import messages, plain
from retrieval.errors import ArchiveError

if TYPE_CHECKING:
    from config.settings import Settings
    from retrieval.answering.answerer import Answerer
    from retrieval.answering.verification.verifier import Verifier
    from retrieval.composition.answering import Answering
    from retrieval.embedding.encoder import Encoder
    from retrieval.fetching import Fetcher
    from retrieval.ingest.ingester import Ingester
    from retrieval.search.local.engine import LocalEngine
    from retrieval.store.archive import Archive

Data = Annotated[
    Path | None, typer.Option("--data", metavar="DIR", help="The folder that holds the archive.", show_default=False)
]
"""The option `--data`, which may stand before the command or after it."""


def load_settings(data: Path | None = None) -> "Settings":
    """Return the settings. Raises ArchiveError, which names the setting that can't be used."""
    from config.settings import SettingsError, load

    try:
        return load(data=data) if data else load()
    except SettingsError as error:
        raise ArchiveError(str(error)) from None


def settings_of(context: typer.Context, data: Path | None = None) -> "Settings":
    """Return the settings from `--data`, before the command or after it, and the environment."""
    from config.settings import Settings

    settings = context.find_object(Settings) or load_settings()
    return settings.model_copy(update={"data": data}) if data else settings


def configure_logs(settings: "Settings") -> None:
    """Start the log on stderr; unless the settings say otherwise, warnings and errors alone are written."""
    from config import logs

    logs.configure([], sys.stderr, logs.level_of(settings, "warning"), settings.log_format)


def holds_archive(settings: "Settings") -> bool:
    """Return whether the data folder holds an archive."""
    from retrieval.store.archive import FILE

    return (settings.data / FILE).exists()


@contextmanager
def open_archive(settings: "Settings", *, make: bool = False) -> Iterator["Archive"]:
    """Open the archive for the block. Raises ArchiveError if the folder holds none and `make` is false."""
    from retrieval.store.archive import Archive

    if not make and not holds_archive(settings):
        raise ArchiveError(
            f"{settings.data} holds no archive; `ontherecord ingest PATH` makes one there, "
            "and --data, or ONTHERECORD_DATA, names another folder"
        )
    archive = Archive.open(settings.data)
    try:
        yield archive
    finally:
        archive.close()


def tell_if_empty(archive: "Archive") -> None:
    """Tell a person who searches an empty archive how to fill it."""
    if not archive.counts().articles:
        messages().print(
            f"the archive in {plain(str(archive.folder))} is empty: `ontherecord ingest PATH` puts articles into it, "
            "`ontherecord sources add ADDRESS` keeps it filled"
        )


def open_encoder(settings: "Settings", threads: int | None = None) -> "Encoder":
    """Return the embedding model that the settings name. Raises ModelError."""
    from retrieval.embedding.encoder import Encoder

    return Encoder(settings.model, threads or settings.threads)


def open_engine(archive: "Archive", encoder: "Encoder") -> "LocalEngine":
    """Return the search engine over the archive. Raises ModelMismatch if another model made its vectors."""
    from retrieval.search.local.engine import LocalEngine

    archive.expect_model(encoder.model)
    return LocalEngine(archive)


@contextmanager
def open_answering(settings: "Settings") -> Iterator["Answering"]:
    """Open the archive and compose everything that answers from it."""
    from retrieval.composition.answering import compose_answering

    with open_archive(settings) as archive:
        tell_if_empty(archive)
        encoder = open_encoder(settings)
        yield compose_answering(archive, encoder, reranker_name=settings.reranker, boldness=settings.boldness)


@contextmanager
def open_answerer(settings: "Settings") -> Iterator["Answerer"]:
    """Open the archive and make what answers questions over it."""
    with open_answering(settings) as answering:
        yield answering.answerer


@contextmanager
def open_verifier(settings: "Settings") -> Iterator["Verifier"]:
    """Open the archive and make what verifies quotations against it."""
    with open_answering(settings) as answering:
        yield answering.verifier


def open_ingester(archive: "Archive", settings: "Settings", wait: float = 0) -> "Ingester":
    """Return what adds articles; it waits `wait` seconds for another ingest, -1 without end."""
    from retrieval.composition.ingesting import compose_ingester

    return compose_ingester(
        archive, settings.model, workers=settings.threads, wait=wait, article_seconds=settings.article_timeout
    )


def open_fetcher(settings: "Settings") -> "Fetcher":
    """Return what fetches addresses of the public internet."""
    from retrieval.fetching import Fetcher

    return Fetcher(settings.user_agent)
