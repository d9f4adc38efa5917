"""Comparison of publishers' names: "nyt", "NYTimes.com" and "The New York Times" are one publisher.

Pure; names are compared with each other alone, so no list of publishers is needed.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from retrieval.text.caching import cached_by_text
from retrieval.text.lexicon import tagged
from retrieval.text.patterns import linear
from retrieval.text.person_names.spelling import plain

_BRACKETED = linear(r"\([^()]*\)")
_ADDRESS = linear(r"(?:https?://)?(?:[a-z0-9-]+\.)+[a-z]{2,24}", ignore_case=True)
_SMALL_THEN_CAPITAL = linear(r"([a-z])([A-Z])")
_CAPITALS_THEN_WORD = linear(r"([A-Z])([A-Z][a-z])")
_WORD = re.compile(r"[^\W_]+")
_GENERIC_DOMAINS = frozenset({"ac", "co", "com", "gov", "net", "org"})
_NEWS = "news"
_SHORT_NAME = 4
"""Letters of a name that may be followed by "news" or not: BBC, Fox, but not Space."""
_SHORTEST_ABBREVIATION = 4
"""Letters of an abbreviation that is more than initials."""
_SHORTEST_WITHOUT_ARTICLE = 3
"""Letters that must follow "the" in a name written as one word."""
_LONGEST_NAME = 80
_NEAR = 70
"""Least similarity, in per cent, of a name that is offered in place of an unknown one."""
_OFFERED = 3


@dataclass(frozen=True, slots=True)
class PublisherMatch:
    """The known spellings of a publisher that was named; where there is none, `nearest` are known names like it."""

    names: tuple[str, ...]
    nearest: tuple[str, ...] = ()


@cached_by_text(16_384, 200)
def publisher_words(name: str) -> tuple[str, ...]:
    """Return the plain words of a publisher's name: without an article, brackets, "News", "UK" and a domain's endings.

    At least one word is left, unless the name has none.
    """
    name = _BRACKETED.sub(" ", name[:_LONGEST_NAME]).strip()
    if _ADDRESS.fullmatch(name):
        name = _site(name)
    name = _CAPITALS_THEN_WORD.sub(r"\1 \2", _SMALL_THEN_CAPITAL.sub(r"\1 \2", name))  # "Rolling Stone"
    words = [plain(word) for word in _WORD.findall(name)]
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    short = sum(len(word) for word in words if word != _NEWS) <= _SHORT_NAME
    kept = [word for word in words if not _may_be_left_out(word, short)] or words[:1]
    first = kept[0] if kept else ""
    if first.startswith("the") and len(first) > _SHORTEST_WITHOUT_ARTICLE + 3:
        kept[0] = first[3:]
    return tuple(kept)


def same_publisher(one: str, other: str) -> bool:
    """Return whether two names are one publisher's: the same words, or one the abbreviation of the other."""
    mine, theirs = publisher_words(one), publisher_words(other)
    if not mine or not theirs:
        return False
    short, long = "".join(mine), "".join(theirs)
    return short == long or _abbreviates(short, theirs) or _abbreviates(long, mine)


def match_publisher(given: str, known: Iterable[str]) -> PublisherMatch:
    """Return every known spelling of the publisher that `given` names.

    Without one, the only publisher whose name holds all of the words given ("telegraph"); else the nearest names.
    """
    names = sorted(set(known))
    direct = [name for name in names if same_publisher(given, name)]
    found = _union(direct, names) or _union(_holding(publisher_words(given), names), names, only=True)
    return PublisherMatch(found) if found else PublisherMatch((), nearest_names(given, names))


def nearest_names(given: str, known: Iterable[str], limit: int = _OFFERED) -> tuple[str, ...]:
    """Return the known names that are written most nearly like `given`, best first; none that is unlike it."""
    found = process.extract(
        " ".join(publisher_words(given)),
        list(known),
        scorer=fuzz.WRatio,
        processor=lambda name: " ".join(publisher_words(name)),
        score_cutoff=_NEAR,
        limit=limit,
    )
    return tuple(name for name, _, _ in found)


def _site(address: str) -> str:
    """Return the label of an address that names the site: "cnn" of "money.cnn.com"."""
    labels = address.lower().partition("://")[2].split(".") if "://" in address else address.lower().split(".")
    labels = labels[:-1]
    while len(labels) > 1 and labels[-1] in _GENERIC_DOMAINS:
        labels = labels[:-1]
    return labels[-1]


def _abbreviates(short: str, words: Sequence[str]) -> bool:
    """Return whether `short` is made of the beginnings of all words, in order: "nytimes", "wapo"."""
    if len(words) < 2 or len(short) > sum(map(len, words)):
        return False
    if short == "".join(word[0] for word in words):
        return True
    if len(short) < _SHORTEST_ABBREVIATION:
        return False
    ends = {0}
    for word in words:
        ends = {end + size for end in ends for size in range(1, len(word) + 1) if short.startswith(word[:size], end)}
    return len(short) in ends


def _holding(wanted: Sequence[str], names: Iterable[str]) -> list[str]:
    return [name for name in names if wanted and set(wanted) <= set(publisher_words(name))]


def _union(found: Sequence[str], names: Sequence[str], *, only: bool = False) -> tuple[str, ...]:
    """Return `found` with all other spellings of the same publisher; with `only` nothing where they are several."""
    if only and not all(same_publisher(found[0], name) for name in found):
        return ()
    return tuple(name for name in names if name in found or any(same_publisher(name, other) for other in found))


def _may_be_left_out(word: str, short: bool) -> bool:
    return short if word == _NEWS else word in tagged("publisher_filler")
