"""The text of a message as a person reads it: content, embeds and components, top to bottom, without Markdown."""

import re
from collections.abc import Iterator
from typing import Any

from bot.cards.escaping import unescape
from bot.playground.world import Payload
from retrieval.text.patterns import linear

_LINK = linear(r"\[((?:[^\]\\]|\\.)*)\]\(<?[^)]*>?\)")
LOADING = 1 << 7
"""The flag of a message that still says "Thinking…"."""


def shown_text(message: Payload) -> str:
    """Return the text of a message as a person reads it, without Markdown."""
    return "\n".join(_plain(text) for text in _texts(message) if text)


def buttons(message: Payload) -> list[tuple[str, str]]:
    """The label and the custom_id of each button that can be pressed, from top to bottom."""
    return [(part.get("label", ""), part["custom_id"]) for part in _components(message) if "custom_id" in part]


def button(message: Payload, label: str) -> str:
    """The custom_id of the first button of that label; StopIteration if there is none."""
    return next(identity for shown, identity in buttons(message) if shown == label)


def _texts(message: Payload) -> Iterator[str]:
    yield message.get("content", "")
    for embed in message.get("embeds", ()):
        yield embed.get("author", {}).get("name", "")
        yield embed.get("title", "")
        yield embed.get("description", "")
        for field in embed.get("fields", ()):
            yield field["name"]
            yield field["value"]
        yield embed.get("footer", {}).get("text", "")
    for part in _components(message):
        yield part.get("content", "")


def _components(message: Payload) -> Iterator[Payload]:
    waiting: list[Any] = list(reversed(message.get("components", ())))
    while waiting:
        part = waiting.pop()
        yield part
        waiting += [part["accessory"]] if "accessory" in part else []
        waiting += reversed(part.get("components", ()))


def _plain(markdown: str) -> str:
    text = re.sub(r"^(?:>>> |> |#{1,3} |-# )+", "", markdown, flags=re.MULTILINE)
    text = _LINK.sub(r"\1", text)
    text = re.sub(r"(?<!\\)(\*\*|\*|__|~~|`|\|\|)", "", text)
    return unescape(text)
