"""What every picture needs: fonts, colours that are read on both of Discord's themes, and letters that can be drawn.

matplotlib and Pillow are imported when the first picture is made: they take a second, and most people ask for words.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.cards.escaping import visible
from bot.cards.limits import clip

PAPER, INK, FAINT, ACCENT = "#fbfaf7", "#1f2328", "#5c6470", "#4f6bed"
"""Colours of pictures: dark on light, whatever surrounds them."""

PLAIN, BOLD, SERIF = "DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSerif.ttf"
"""Files of the fonts; a letter is drawn where all of them have it."""

ALT_TEXT = 1000
"""Units of the text that stands for a picture where it isn't seen; Discord takes 1,024."""

_TURNED = frozenset({"R", "AL", "AN", "RLE", "RLO", "RLI"})
_UNKNOWN = "□"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as PNG, with the text that stands for it."""

    data: bytes
    alt: str
    name: str


@cache
def fonts() -> Path:
    """Return the folder of the fonts that come with matplotlib: DejaVu, for most European scripts."""
    import matplotlib as mpl

    return Path(mpl.get_data_path()) / "fonts" / "ttf"


@cache
def _letters() -> frozenset[int]:
    from matplotlib.ft2font import FT2Font

    maps = (FT2Font(str(fonts() / file)).get_charmap() for file in (PLAIN, BOLD, SERIF))
    return frozenset.intersection(*map(frozenset, maps))


def can_draw(text: str) -> bool:
    """Return whether every letter can be drawn as it is written: known to the font, and running from left to right."""
    return all(_drawable(character) for character in text)


def drawable(text: str, limit: int) -> str:
    """Return a label on one line within `limit` units, with a box for each run of letters that can't be drawn."""
    shown = "".join(character if _drawable(character) else _UNKNOWN for character in " ".join(visible(text).split()))
    while _UNKNOWN * 2 in shown:
        shown = shown.replace(_UNKNOWN * 2, _UNKNOWN)
    return clip(shown, limit, "…")


def alt_text(text: str) -> str:
    """Return a text within what Discord takes for a picture's description."""
    return clip(" ".join(visible(text).split()), ALT_TEXT, "…")


def _drawable(character: str) -> bool:
    if character in "\n ":
        return True
    known = ord(character) in _letters() and unicodedata.bidirectional(character) not in _TURNED
    return known and unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Mn", "Me"}
