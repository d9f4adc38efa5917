"""Cards as Components V2, which need no permission to embed links and keep each button beside its words."""

from collections.abc import Iterator
from typing import Any

import discord
from discord import ui

from bot.cards import limits
from bot.cards.components import Block, Button, Card, Menu, MenuKind, MenuOption
from bot.cards.limits import plain_line
from bot.locales import _

Item = ui.Item[ui.LayoutView]

_WHAT = 40  # units of a name on a button
_CHANNELS = [discord.ChannelType.text, discord.ChannelType.news, discord.ChannelType.forum]


def layout(card: Card) -> ui.LayoutView:
    """Return a card as discord.py sends it; to be called inside the event loop.

    Raises LimitExceeded if Discord would refuse the message.
    The view is finished before it is sent, so that the client keeps nothing of it: a button that is pressed is found
    again by its custom_id alone, after a restart just the same.
    """
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.Container(*_items(card), accent_colour=int(card.tone)))
    if card.buttons:
        view.add_item(ui.ActionRow(*map(_button, card.buttons)))
    return finished(view)


def finished(view: ui.LayoutView) -> ui.LayoutView:
    """Return the view, stopped and checked. Raises LimitExceeded if Discord would refuse it."""
    view.stop()
    limits.check({"components": [item.to_component_dict() for item in view.children], "flags": limits.COMPONENTS_V2})
    return view


def _items(card: Card) -> Iterator[Item]:
    for number, block in enumerate(card.blocks):
        if number:
            yield ui.Separator(spacing=discord.SeparatorSpacing.small)
        yield from _block(block)


def _block(block: Block) -> Iterator[Item]:
    """Yield a block's items: a single button stands beside its words, several below them."""
    if len(block.buttons) == 1 and not block.menus:
        yield ui.Section(block.text, accessory=_button(block.buttons[0]))
        return
    yield ui.TextDisplay(block.text)
    if block.buttons:
        yield ui.ActionRow(*map(_button, block.buttons))
    for menu in block.menus:
        yield ui.ActionRow(_select(menu))


def _button(button: Button) -> ui.Button[Any]:
    label = _(button.label, what=plain_line(button.what, _WHAT)) if button.what else _(button.label)
    return ui.Button(label=limits.clip(label, limits.LABEL, "…"), custom_id=button.identifier)


def _select(menu: Menu) -> ui.Select[Any] | ui.ChannelSelect[Any] | ui.RoleSelect[Any]:
    known: dict[str, Any] = {
        "custom_id": menu.action,
        "placeholder": limits.clip(menu.placeholder, limits.PLACEHOLDER),
        "min_values": menu.least,
        "max_values": menu.most,
    }
    chosen = [discord.Object(id_) for id_ in menu.chosen]
    if menu.of is MenuKind.CHANNELS:
        return ui.ChannelSelect(**known, default_values=chosen, channel_types=_CHANNELS)
    if menu.of is MenuKind.ROLES:
        return ui.RoleSelect(**known, default_values=chosen)
    return ui.Select(**known, options=[_option(option) for option in menu.options])


def _option(option: MenuOption) -> discord.SelectOption:
    label = limits.clip(option.label, limits.OPTION) or option.value
    return discord.SelectOption(label=label, value=option.value, default=option.chosen)
