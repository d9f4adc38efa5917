"""`ontherecord status`: the contents and the state of the archive."""

from typing import TYPE_CHECKING, Any

import typer

from cli.output import AsJson, page, plain, write_line
from cli.wiring import Data, open_archive, open_encoder, settings_of
from retrieval.domain import EmbeddingModel

if TYPE_CHECKING:
    from config.settings import Settings


def status(context: typer.Context, *, as_json: AsJson = False, data: Data = None) -> None:
    """Show what the archive holds, which model made its vectors, and what to do if it is out of date."""
    settings = settings_of(context, data)
    state = state_of(settings)
    if as_json:
        write_line(state)
        return
    console = page()
    for name, value in state.items():
        if value is not None:
            console.print(f"{name.replace('_', ' '):>14}  {plain(str(value))}")


def state_of(settings: "Settings") -> dict[str, Any]:
    """Return the figures of the archive by name. Raises ArchiveError."""
    from retrieval.quotes.rules_version import rules_version

    encoder = open_encoder(settings)
    with open_archive(settings) as archive:
        counts, model = archive.counts(), archive.model()
        outdated = len(archive.outdated(rules_version(), model or encoder.model))
        return {
            "data": str(settings.data.absolute()),
            "articles": counts.articles,
            "passages": counts.passages,
            "quotations": counts.quotations,
            "speakers": counts.speakers,
            "model": model.name if model else None,
            "model_sha256": model.sha256 if model else None,
            "megabytes": round(sum(file.stat().st_size for file in settings.data.glob("archive.sqlite*")) / 1e6, 1),
            "last_change": archive.state().generation,
            "outdated": outdated,
            "advice": advice(model, encoder.model, outdated),
        }


def advice(stored: EmbeddingModel | None, named: EmbeddingModel, outdated: int) -> str | None:
    """Return the command that brings the archive up to date, None where it is."""
    if stored and stored.sha256 != named.sha256:
        return f"the settings name another model, {named.name}; `ontherecord ingest --rebuild` changes to it"
    return f"`ontherecord ingest --rebuild` brings {outdated} articles up to date" if outdated else None
