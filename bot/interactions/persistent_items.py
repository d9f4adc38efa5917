"""A button of an answer, when somebody presses it. It outlives a restart, for all that it needs is its custom_id."""

import re
from typing import Any, Self, cast

import discord
from discord import ui


class Pressed(ui.DynamicItem[ui.Button[Any]], template=r"(?!)"):
    """`match` is the custom_id, as the template of the subclass reads it. Whoever sees a button may press it."""

    def __init__(self, item: ui.Button[Any], match: re.Match[str]) -> None:
        super().__init__(item)
        self.match = match

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        assert isinstance(item, ui.Button)
        return cls(item, match)


class Selected(ui.DynamicItem[ui.Select[Any]], template=r"(?!)"):
    """The same for a menu; `item.values` is what was chosen."""

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: ui.Item[Any], _match: re.Match[str], /
    ) -> Self:
        return cls(cast("ui.Select[Any]", item))
