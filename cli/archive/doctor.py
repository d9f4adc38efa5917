"""`ontherecord doctor`: check the installation and the archive."""

import os
import re
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from cli.output import AsJson, page, plain, write_line
from cli.wiring import Data, settings_of
from retrieval.errors import ArchiveError

if TYPE_CHECKING:
    from config.settings import Settings
    from retrieval.doctor.findings import Finding

TOKEN = re.compile(r"[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}", re.ASCII)
COLOURS = {"fine": "green", "note": "yellow", "wrong": "red"}


def doctor(context: typer.Context, *, as_json: AsJson = False, data: Data = None) -> None:
    """Check settings, token, models, archive, indexes, disk and clock. Changes nothing; status 1 if a check fails."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")  # a model that isn't there is a finding, and not fetched
    failed = False
    for finding in findings(settings_of(context, data)):
        failed = failed or finding.level == "wrong"
        if as_json:
            write_line(asdict(finding))
        else:
            remedy = f" — {finding.remedy}" if finding.remedy else ""
            level = f"[{COLOURS[finding.level]}]{finding.level:>5}[/]"
            page().print(f"{level}  {plain(f'{finding.check}: {finding.said}{remedy}')}")
    if failed:
        raise typer.Exit(1)


def findings(settings: "Settings") -> Iterator["Finding"]:
    """Yield the finding of each check, from the settings to the archive's indexes."""
    from retrieval.doctor.archive import check_archive
    from retrieval.doctor.findings import fine
    from retrieval.doctor.folder import check_folder
    from retrieval.doctor.models import check_models
    from retrieval.quotes.rules_version import rules_version
    from retrieval.store.archive import utc_now

    yield fine("settings", "each can be used")  # load_settings has refused what can't
    yield check_token(settings)
    model = yield from check_models(settings.model, settings.reranker)
    now = utc_now()
    yield from check_folder(settings.data, now)
    yield from check_archive(settings.data, model, rules_version(), now)
    yield from check_feedback(settings.data)


def check_feedback(folder: Path) -> Iterator["Finding"]:
    """Check the file in which the bot keeps what people said of answers."""
    from bot.services.feedback import DAMAGED, FILE, is_damaged
    from retrieval.doctor.findings import fine, note, wrong

    aside = sorted(path.name for path in folder.glob(f"{FILE}{DAMAGED}*"))
    if aside:
        yield note("feedback", f"damaged files lie aside: {', '.join(aside)}", "delete them, or restore a backup")
    if (folder / FILE).exists():
        if is_damaged(folder / FILE):
            yield wrong("feedback", f"{FILE} is damaged", "restore a backup; the bot moves it aside when it starts")
        else:
            yield fine("feedback", f"{FILE} can be read")


def check_token(settings: "Settings") -> "Finding":
    """Check the form of the token. Whether Discord accepts it is not asked."""
    from bot.token import token_of
    from retrieval.doctor.findings import fine, note, wrong
    from retrieval.doctor.folder import check_secret_file

    if settings.token is None and settings.token_file is None:
        return note("token", "there is none, so the bot can't start", "put it into DISCORD_TOKEN or DISCORD_TOKEN_FILE")
    try:
        token = token_of(settings)
    except ArchiveError as error:
        return wrong("token", str(error), "see DISCORD_TOKEN and DISCORD_TOKEN_FILE in the settings")
    if not TOKEN.fullmatch(token):
        return wrong(
            "token", "what is set doesn't look like a bot's token", "copy it again: developer portal, Bot, Reset Token"
        )
    opened = check_secret_file("token", settings.token_file) if settings.token_file else None
    return opened or fine("token", "there is one, and it looks like a bot's")
