"""A menu of a card, before it is Discord's. It outlives a restart, for all that it needs is its custom_id."""

from dataclasses import dataclass
from enum import Enum


class Of(Enum):
    """What a menu offers: options of ours, or what Discord knows of the server."""

    OPTIONS = "options"
    CHANNELS = "channels"
    ROLES = "roles"


@dataclass(frozen=True, slots=True)
class Option:
    """`label` is shown as it is: plain text in the reader's language."""

    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Menu:
    """`placeholder` is in the reader's language. `chosen` are ids, for menus of channels and roles.

    At least `least` and at most `most` are chosen.
    """

    action: str
    placeholder: str
    of: Of = Of.OPTIONS
    options: tuple[Option, ...] = ()
    chosen: tuple[int, ...] = ()
    least: int = 1
    most: int = 1
