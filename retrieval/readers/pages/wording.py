"""Whether a paragraph stands in a body of text, whatever its typography; in time that doesn't grow with the body."""

from collections.abc import Iterable

from retrieval.text.tokens import letters_only

_WINDOW = 32
_LONGEST = 400_000


class Wording:
    """All stretches of 32 letters of some texts, of which no more than 400,000 letters are looked at."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._windows: set[str] = set()
        room = _LONGEST
        for text in texts:
            plain = letters_only(text[: 2 * room])[:room]
            room -= len(plain)
            self._windows.update(plain[at : at + _WINDOW] for at in range(len(plain) - _WINDOW + 1))

    def holds(self, text: str) -> bool:
        """By its first and last 32 letters; False for anything shorter."""
        plain = letters_only(text)
        return len(plain) >= _WINDOW and plain[:_WINDOW] in self._windows and plain[-_WINDOW:] in self._windows
