"""Changes of meaning between two wordings: a lost "not", another number, "may" become "will", "rose" become "fell"."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

from retrieval.text.lexicon import lexicon, tagged
from retrieval.text.numbers import numbers

_MODALITIES = ("modal_possibility", "modal_future", "modal_obligation", "modal_advice", "modal_condition")
_QUANTIFIERS = tuple(f"quantifier_{amount}" for amount in ("all", "some", "most", "few", "many", "only", "any"))
_NEGATIVE_PREFIXES = ("un", "in", "im", "dis", "non", "il", "ir")


def changes_meaning(given: Sequence[str], real: Sequence[str]) -> bool:
    """Return whether `given` in place of `real` (folded words) may change the meaning of a sentence."""
    mine, theirs = Counter(given), Counter(real)
    fewer, more = list((theirs - mine).elements()), list((mine - theirs).elements())
    return (
        _count(fewer, "negation") != _count(more, "negation")
        or _numbers(given, more) != _numbers(real, fewer)
        or _classes(fewer, _MODALITIES) != _classes(more, _MODALITIES)
        or bool(fewer and more and _classes(fewer, _QUANTIFIERS) != _classes(more, _QUANTIFIERS))
        or _opposed(frozenset(fewer), frozenset(more))
    )


def contains_negation(words: Iterable[str]) -> bool:
    """Return whether one of the folded words is a negation."""
    return any(word in tagged("negation") for word in words)


def are_opposed(one: str, other: str) -> bool:
    """Return whether two folded words are the two ends of a scale, or one is the other with a negative prefix."""
    return _opposed(frozenset({one}), frozenset({other}))


def _opposed(some: frozenset[str], others: frozenset[str]) -> bool:
    """Return whether a word of the one set and one of the other are opposites."""
    return any((some & a and others & b) or (some & b and others & a) for a, b in _scales()) or any(
        len(word) > 3 and prefix + word in long
        for short, long in ((some, others), (others, some))
        for word in short
        for prefix in _NEGATIVE_PREFIXES
    )


def _count(words: Iterable[str], tag: str) -> int:
    return sum(word in tagged(tag) for word in words)


def _numbers(words: Sequence[str], differing: Sequence[str]) -> list[str]:
    """The values of numbers, sorted, and the number words without a value that the other wording hasn't."""
    found = numbers(words)
    counted = {words[at] for number in found for at in range(number.start, number.stop)}
    others = [word for word in differing if word in tagged("number_word") and word not in counted]
    others += [word for word in differing if word not in counted and any(letter.isdigit() for letter in word)]
    return sorted([*(f"{number.value:g}" for number in found), *others])


def _classes(words: Iterable[str], tags: Sequence[str]) -> list[str]:
    return sorted(tag for word in words for tag in tags if word in tagged(tag))


@cache
def _scales() -> Sequence[tuple[frozenset[str], frozenset[str]]]:
    """Return the words at the two ends of every scale in the lexicon."""
    return tuple((tagged(tag), tagged(f"{tag[:-1]}-")) for tag in lexicon().tags if tag.endswith("+"))
