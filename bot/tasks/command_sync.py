"""Sends commands to Discord when they have changed, always globally: never for a guild too."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

import structlog
from discord import AppCommandType, app_commands

from bot.locales.commands import payloads
from bot.tasks.application_record import ApplicationRecord

log = structlog.get_logger(__name__)


async def sync_if_changed(
    tree: app_commands.CommandTree[Any], record: ApplicationRecord, application: int | None
) -> dict[str, int]:
    """Send the commands if they have changed, or if Discord lists others; return their ids by name, menus left out."""
    assert application is not None
    payload = await payloads(tree)
    digest = hashlib.sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()
    known = await tree.fetch_commands()
    listed = {(command.name, command.type.value) for command in known}
    ours = {(command["name"], command.get("type", 1)) for command in payload}
    if record.get(application) == digest and listed == ours:
        return _ids(known)
    sent = await tree.sync()
    record.remember(application, digest)
    log.info("commands_synced", commands=len(payload))
    return _ids(sent)


def _ids(commands: Iterable[app_commands.AppCommand]) -> dict[str, int]:
    return {each.name: each.id for each in commands if each.type is AppCommandType.chat_input}
