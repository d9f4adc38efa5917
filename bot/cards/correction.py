"""Notes below words of a posted answer that the archive no longer has, or has changed."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import discord
from discord import ui

from bot.cards.citation import marked
from bot.cards.layout import finished
from bot.cards.limits import COMPONENTS, TEXT_TOTAL, fit, fit_line, length, walk
from bot.cards.references import PATTERN, Reference, parse
from bot.locales import N_, _, written
from retrieval.answering.quotation_status import QuotationFate, QuotationStatus

FIRST_NOTE = 1 << 20
"""The id of a message's first note among its components, so that it can be found and replaced; others' are small."""

_WORDS, _NAME = 400, 100
_CITED = re.compile(rf"[a-z]+:(?P<reference>{PATTERN})")
_NOTES = {
    QuotationFate.CHANGED: N_("**The article was changed on {day}: these words now read** {words}"),
    QuotationFate.TAKEN_OUT: N_("**The article was changed on {day}: these words have been taken out.**"),
    QuotationFate.WIPED_OUT: N_(
        "**The article was changed on {day}; what it said before was taken out of the archive.**"
    ),
    QuotationFate.REATTRIBUTED: N_("**The article was changed on {day}: it now gives these words to {name}.**"),
    QuotationFate.WITHDRAWN: N_("**This article was withdrawn by its publisher on {day}.**"),
    QuotationFate.REMOVED: N_("**This article was taken out of the archive on {day}.**"),
}
_UNNAMED = N_("**The article was changed on {day}: it no longer says who said these words.**")


def note(standing: QuotationStatus) -> str:
    """Return what became of quoted words as Markdown; empty where the article still has them."""
    if standing.fate is QuotationFate.STANDS:
        return ""
    name = fit_line(standing.speaker or "", _NAME)
    text = _UNNAMED if standing.fate is QuotationFate.REATTRIBUTED and not name else _NOTES[standing.fate]
    assert standing.on is not None
    return "⚠️ " + _(text, day=written(standing.on), name=name, words=_words(standing))


def _words(standing: QuotationStatus) -> str:
    return marked(fit(standing.words or "", _WORDS), standing.kind)


def references_in(message: discord.Message) -> tuple[Reference, ...]:
    """Return the references that the buttons of a message hold, each once.

    A message that was sent is the only record of a private answer.
    """
    return tuple(dict.fromkeys(_references(part.to_dict() for part in message.components)))


def with_notes(message: discord.Message, standings: Mapping[str, QuotationStatus]) -> ui.LayoutView:
    """Return the message with a note below each changed quotation, and with no older notes."""
    view = ui.LayoutView.from_message(message, timeout=None)
    put_notes(view, standings)
    return finished(view)


def put_notes(view: ui.LayoutView, standings: Mapping[str, QuotationStatus]) -> None:
    """Put a note below each changed quotation; where the notes don't fit, the lowest parts make room."""
    notes = {reference: text for reference, standing in standings.items() if (text := note(standing))}
    number = FIRST_NOTE
    for container in [item for item in view.children if isinstance(item, ui.Container)]:
        parts = [item for item in container.children if (item.id or 0) < FIRST_NOTE]
        container.clear_items()
        for part in parts:
            container.add_item(part)
            for reference in dict.fromkeys(map(str, _references([part.to_component_dict()]))):
                if reference in notes:
                    container.add_item(ui.TextDisplay(notes.pop(reference), id=number))
                    number += 1
        while _too_much(view) and (lowest := _lowest(container)):
            container.remove_item(lowest)


def _references(components: Iterable[Mapping[str, Any]]) -> Iterator[Reference]:
    for part in walk([dict(each) for each in components]):
        if match := _CITED.fullmatch(part.get("custom_id") or ""):
            yield parse(match["reference"])


def _too_much(view: ui.LayoutView) -> bool:
    parts = list(walk([item.to_component_dict() for item in view.children]))
    return len(parts) > COMPONENTS or sum(length(part.get("content") or "") for part in parts) > TEXT_TOTAL


def _lowest(container: ui.Container[Any]) -> ui.Item[Any] | None:
    """Return the last part that is no note; the first part always stays."""
    return next((item for item in reversed(container.children[1:]) if (item.id or 0) < FIRST_NOTE), None)
