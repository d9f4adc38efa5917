"""Buttons and menus that outlive a restart: all that they need is in their custom_id."""

import re
from typing import Any, Self, cast

import discord
from discord import ui


class PersistentButton(ui.DynamicItem[ui.Button[Any]], template=r"(?!)"):
    """A pressed button. `match` is its custom_id as the template of the subclass reads it. Anybody may press it."""

    def __init__(self, item: ui.Button[Any], match: re.Match[str]) -> None:
        super().__init__(item)
        self.match = match

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Make the item of a pressed button."""
        assert isinstance(item, ui.Button)
        return cls(item, match)


class PersistentMenu(ui.DynamicItem[ui.Select[Any]], template=r"(?!)"):
    """A menu in which something was chosen: `item.values`."""

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: ui.Item[Any], _match: re.Match[str], /
    ) -> Self:
        """Make the item of a menu that was used."""
        return cls(cast("ui.Select[Any]", item))
