"""Forms that outlive a restart: the client keeps nothing of them, and a submission is found by its custom_id."""

import re
from typing import Any

import discord
from discord import ui

from bot.cards.limits import MODAL_TITLE, clip, walk

_TEXT_INPUT = 4


def form(title: str, identifier: str, field: ui.TextInput[Any]) -> ui.Modal:
    """Return a form with one field. `title` is in the reader's language."""
    made = ui.Modal(title=clip(title, MODAL_TITLE, "…"), custom_id=identifier)
    made.add_item(field)
    made.stop()
    return made


def entered(interaction: discord.Interaction[Any], pattern: re.Pattern[str]) -> tuple[re.Match[str], str] | None:
    """Return the matched custom_id and the text of a submitted form; None for any other interaction."""
    if interaction.type is not discord.InteractionType.modal_submit:
        return None
    sent: Any = interaction.data
    match = pattern.fullmatch(sent["custom_id"])
    if match is None:
        return None
    fields = [part for part in walk(sent["components"]) if part["type"] == _TEXT_INPUT]
    return match, fields[0]["value"] if fields else ""
