"""Pages of a timeline: what a button must hold to turn them, after a restart too."""

import re
from dataclasses import dataclass, replace
from datetime import date

from bot.cards.buttons import Button
from bot.cards.limits import CUSTOM_ID, length

PAGE = 5
_TURN, _OPEN, _LEAF = "page", "timeline", "leaf"
_PLACE = r"(?P<page>\d{1,4})\.(?P<after>\d{0,7})\.(?P<before>\d{0,7}):(?P<speaker>[^|]+)\|(?P<topic>.*)"
TURNS, OPENS = f"{_TURN}:{_PLACE}", f"{_OPEN}:{_PLACE}"

LEAVES = rf"{_LEAF}:(?P<page>\d{{1,4}}):(?P<article>.+)"


def leaf(article: str, page: int, label: str) -> Button | None:
    """To another page of an article's quotations. None where its id is too long for a button."""
    return _fitting(Button(_LEAF, label, f"{page}:{article}"))


@dataclass(frozen=True, slots=True)
class Line:
    """Which page of whose timeline; what a button holds of it."""

    speaker: str
    topic: str = ""
    after: date | None = None
    before: date | None = None
    page: int = 0

    def turned(self, page: int, label: str) -> Button | None:
        """To another page in the place of this one. None where the names are too long for a button."""
        return replace(self, page=page)._button(_TURN, label)

    def opened(self, label: str) -> Button | None:
        """To this timeline, beside something else."""
        return self._button(_OPEN, label)

    def _button(self, action: str, label: str) -> Button | None:
        days = ".".join(str(day.toordinal()) if day else "" for day in (self.after, self.before))
        sound = self.speaker and "|" not in self.speaker
        return _fitting(Button(action, label, f"{self.page}.{days}:{self.speaker}|{self.topic}")) if sound else None


def _fitting(button: Button) -> Button | None:
    fits = button.identifier.isprintable() and length(button.identifier) <= CUSTOM_ID
    return button if fits else None


def parse(match: re.Match[str]) -> Line:
    """What the button of a timeline holds. Raises ValueError for days that there can't be."""
    after, before = (date.fromordinal(int(number)) if number else None for number in match.group("after", "before"))
    return Line(match["speaker"], match["topic"], after, before, int(match["page"]))
