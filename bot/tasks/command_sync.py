"""Sends commands to Discord when they have changed, always globally: never for a guild too."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import structlog
from discord import app_commands

from bot.locales.commands import payloads

log = structlog.get_logger(__name__)


class SyncRecord:
    """A file that holds the digest of what was sent for each application."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def digest(self, application: int) -> str | None:
        """Return the digest of what was sent last."""
        return self._read().get(str(application))

    def remember(self, application: int, digest: str) -> None:
        """Keep the digest of what was sent."""
        known = {**self._read(), str(application): digest}
        self._file.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")

    def _read(self) -> Mapping[str, str]:
        try:
            known = json.loads(self._file.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return {}
        return known if isinstance(known, dict) else {}


async def sync_if_changed(tree: app_commands.CommandTree[Any], record: SyncRecord, application: int | None) -> bool:
    """Send the commands if they have changed, or if Discord lists others; return whether that was necessary."""
    assert application is not None
    payload = await payloads(tree)
    digest = hashlib.sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()
    listed = {(command.name, command.type.value) for command in await tree.fetch_commands()}
    ours = {(command["name"], command.get("type", 1)) for command in payload}
    if record.digest(application) == digest and listed == ours:
        return False
    await tree.sync()
    record.remember(application, digest)
    log.info("commands_synced", commands=len(payload))
    return True
