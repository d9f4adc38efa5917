"""The parts of a card before they become Discord's: text blocks, buttons and menus."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum, IntEnum

from bot.cards.limits import CUSTOM_ID, TEXT_TOTAL, length
from bot.cards.references import Reference
from bot.locales import N_


class Tone(IntEnum):
    """The colour of a card's edge, 0xRRGGBB."""

    CERTAIN = 0x2E8B57  # checked, and true: never under words that are only similar
    NEUTRAL = 0x4F6BED
    UNCERTAIN = 0xC77D0A
    NOTHING = 0x80848E


@dataclass(frozen=True, slots=True)
class Button:
    """A button whose custom_id holds all that pressing it needs, so that it outlives a restart.

    `action` names what is done; `about` says with what, mostly a reference to words. `label` is English and is
    translated when the card is laid out; `{what}` in it stands for `what`, plain text.
    """

    action: str
    label: str
    about: str = ""
    what: str = ""

    @property
    def identifier(self) -> str:
        """The custom_id."""
        return f"{self.action}:{self.about}"


def fitting_button(action: str, label: str, about: str, what: str = "") -> Button | None:
    """Return the button, or None where its custom_id would be too long, or hold what can't be printed."""
    button = Button(action, label, about, what)
    fits = button.identifier.isprintable() and length(button.identifier) <= CUSTOM_ID
    return button if fits else None


class MenuKind(Enum):
    """What a menu offers: our own options, or channels or roles that Discord lists."""

    OPTIONS = "options"
    CHANNELS = "channels"
    ROLES = "roles"


@dataclass(frozen=True, slots=True)
class MenuOption:
    """One option of a menu. `label` is plain text in the reader's language."""

    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Menu:
    """A menu whose custom_id is `action`; it outlives a restart.

    `placeholder` is in the reader's language. `chosen` holds ids, for menus of channels and roles. At least `least` and
    at most `most` options are chosen.
    """

    action: str
    placeholder: str
    of: MenuKind = MenuKind.OPTIONS
    options: tuple[MenuOption, ...] = ()
    chosen: tuple[int, ...] = ()
    least: int = 1
    most: int = 1


@dataclass(frozen=True, slots=True)
class Block:
    """Markdown with the buttons and menus that belong to it, and references to the archive's words that it shows."""

    text: str
    buttons: tuple[Button, ...] = ()
    menus: tuple[Menu, ...] = ()
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """Blocks from top to bottom with a line between them, and buttons below. Escaped, and within Discord's limits."""

    blocks: tuple[Block, ...]
    tone: Tone = Tone.NEUTRAL
    buttons: tuple[Button, ...] = ()

    @property
    def references(self) -> tuple[Reference, ...]:
        """References to the archive's words that the card shows, each once, from top to bottom."""
        return tuple(dict.fromkeys(reference for block in self.blocks for reference in block.references))


SHARE = Button("share", N_("Share here"))


def notice(text: str, tone: Tone = Tone.NOTHING) -> Card:
    """Return a card with one text of our own, which is Markdown already."""
    return Card((Block(text),), tone)


def within_limits(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Return as many blocks, from the first, as Discord shows in one message, with no button twice."""
    kept: list[Block] = []
    known: set[str] = set()
    room = TEXT_TOTAL
    for block in blocks:
        room -= length(block.text)
        if room < 0:
            break
        fresh = {button.identifier: button for button in block.buttons if button.identifier not in known}
        kept.append(replace(block, buttons=tuple(fresh.values())))
        known.update(fresh)
    return tuple(kept)
