"""An index of character n-grams, to test whether a paragraph occurs in a text whatever its typography."""

from collections.abc import Iterable

from retrieval.text.tokens import letters_only

_WINDOW = 32
_LONGEST = 400_000


class NgramIndex:
    """All 32-grams of the letters of some texts, of at most 400,000 letters together."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._windows: set[str] = set()
        room = _LONGEST
        for text in texts:
            plain = letters_only(text[: 2 * room])[:room]
            room -= len(plain)
            self._windows.update(plain[at : at + _WINDOW] for at in range(len(plain) - _WINDOW + 1))

    def contains(self, text: str) -> bool:
        """Return whether the first and the last 32 letters of `text` occur; False for anything shorter."""
        plain = letters_only(text)
        return len(plain) >= _WINDOW and plain[:_WINDOW] in self._windows and plain[-_WINDOW:] in self._windows
