"""Discord's limits, in one place: cut to fit, and the last check before anything is sent.

Lengths are counted in UTF-16 units, as Discord's clients do; that is never less than what its servers count.
Source: https://discord.com/developers/docs (Message, Component Reference, Application Commands).
"""

from collections.abc import Iterator, Sequence
from typing import Any

from bot.cards.escaping import CUT, escape, safe, visible

MARK = escape(CUT)

MESSAGE = 2000
TEXT_TOTAL = 4000  # over all texts of a Components V2 message
COMPONENTS = 40  # nested ones counted
ROW = 5
LABEL = 80
CUSTOM_ID = 100
BUTTON_URL = 512
SELECT_OPTIONS = 25
OPTION = 100
PLACEHOLDER = 150
MODAL_TITLE = 45
THREAD = 100
CHOICES = 25
CHOICE = 100
QUESTION = 1000  # Discord takes 6,000; nobody asks that much in one question
QUOTATION = 3000
SPEAKER = 100
REASON = 500
COMPONENTS_V2 = 1 << 15

_SINGLE = str.maketrans('"＂“„‟«〝「『”»〞〟」』', "''‘‘‘‘‘‘‘’’’’’’")
_RAW = 4  # characters that are looked at for one that is shown
_ROW_TYPE, _BUTTON_TYPE, _SELECT_TYPE, _TEXT_TYPE = 1, 2, 3, 10
_SELECT_TYPES = frozenset({3, 5, 6, 7, 8})
_LINK_STYLE = 5


class LimitExceeded(Exception):
    """A payload that Discord would refuse; the message says which part."""


def length(text: str) -> int:
    """Count UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def fit(text: str, limit: int) -> str:
    """Return text of an article or a person as Markdown that shows it as it is, within `limit` units."""
    head = text[: limit * _RAW]
    shown = safe(head)
    return clip(shown if head == text else f"{shown} {MARK}", limit)


def fit_line(text: str, limit: int) -> str:
    """Return what `fit` does, on one line."""
    return fit(text, limit).replace("\n", " ")


def fit_typed(text: str, limit: int) -> str:
    """Return what `fit_line` does, with single marks for double ones: those stand around an article's words alone."""
    return fit_line(text.translate(_SINGLE), limit)


def plain_line(text: str, limit: int) -> str:
    """Return text of an article or a person on one line where Discord shows no Markdown: buttons, names of threads."""
    return clip(" ".join(visible(text[: limit * _RAW]).split()), limit, "…")


def fit_end(text: str, limit: int) -> str:
    """Return what `fit` does for the end of `text` rather than its beginning."""
    tail = text[-limit * _RAW :]
    shown = safe(tail)
    if length(shown) <= limit:
        return shown if tail == text else f"{MARK} {shown}"
    units = shown.encode("utf-16-le", "surrogatepass")[-2 * (limit - length(MARK) - 1) :]
    return f"{MARK} {units.decode('utf-16-le', 'ignore').partition(' ')[2]}"


def clip(text: str, limit: int, mark: str = MARK) -> str:
    """Return `text` within `limit` units, cut between words and marked "[…]"; escapes are never torn.

    A cut takes place inside a word only where no blank lies in the latter half of what fits.
    """
    if length(text) <= limit:
        return text
    head = _head(text, max(0, limit - length(mark) - 1))
    blank = max(head.rfind(" "), head.rfind("\n"))
    if not text[len(head)].isspace() and blank >= len(head) // 2:
        head = head[:blank]
    return f"{head.rstrip()} {mark}".lstrip()


def _head(text: str, room: int) -> str:
    """Return the longest beginning of `text` within `room` units that tears neither an escape nor a mark."""
    head = text.encode("utf-16-le", "surrogatepass")[: room * 2].decode("utf-16-le", "ignore")
    last = text.rfind(MARK, 0, len(head) + len(MARK) - 1)
    if 0 <= last < len(head) < last + len(MARK):
        head = head[:last]
    backslashes = len(head) - len(head.rstrip("\\"))
    return head[:-1] if backslashes % 2 else head


def check(payload: dict[str, Any]) -> None:
    """Check a message before it is sent. Raises LimitExceeded if Discord would refuse it."""
    components: Sequence[dict[str, Any]] = payload.get("components") or ()
    every = list(walk(components))
    texts = [part["content"] for part in every if part["type"] == _TEXT_TYPE]
    _at_most("content", length(payload.get("content") or ""), MESSAGE)
    _at_most("components", len(every), COMPONENTS)
    _at_most("all texts together", sum(map(length, texts)), TEXT_TOTAL)
    if not all(text.strip() for text in texts):
        raise LimitExceeded("a text is empty")
    for part in every:
        _check_component(part)
    identifiers = [part["custom_id"] for part in every if "custom_id" in part]
    if len(identifiers) != len(set(identifiers)):
        raise LimitExceeded("a custom_id stands twice")
    if (payload.get("flags") or 0) & COMPONENTS_V2 and (payload.get("content") or payload.get("embeds")):
        raise LimitExceeded("content or embeds beside Components V2")
    if not components and not payload.get("content") and not payload.get("embeds"):
        raise LimitExceeded("an empty message")


def walk(components: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield every component, the nested ones too."""
    for component in components:
        yield component
        yield from walk(component.get("components") or ())
        if accessory := component.get("accessory"):
            yield accessory


def _check_component(part: dict[str, Any]) -> None:
    if part["type"] == _ROW_TYPE:
        _at_most("buttons in a row", len(part["components"]), ROW)
    if part["type"] == _SELECT_TYPE:
        _at_most("options", len(part["options"]), SELECT_OPTIONS)
    if part["type"] in _SELECT_TYPES:
        _at_most("placeholder", length(part.get("placeholder") or ""), PLACEHOLDER)
    if part["type"] == _BUTTON_TYPE:
        _at_most("label", length(part.get("label") or ""), LABEL)
        if not (part.get("label") or part.get("emoji")):
            raise LimitExceeded("a button without label")
    if part.get("style") == _LINK_STYLE:
        _at_most("address of a button", length(part["url"]), BUTTON_URL)
    elif part["type"] in {_BUTTON_TYPE, *_SELECT_TYPES}:
        _at_most("custom_id", length(part["custom_id"]), CUSTOM_ID)


def _at_most(what: str, value: int, limit: int) -> None:
    if value > limit:
        raise LimitExceeded(f"{what}: {value}, but Discord takes {limit}")
