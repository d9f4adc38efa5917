"""Whether a change of words turns what a sentence says: a lost "not", another number, "may" become "will"."""

from collections import Counter
from collections.abc import Iterable, Sequence

_NEGATIONS = frozenset(
    "not no never none nobody nothing neither nor nowhere without cannot hardly barely scarcely aint cant couldnt didnt"
    " doesnt dont hadnt hasnt havent isnt mightnt mustnt neednt shant shouldnt wasnt werent wont wouldnt"
    " deny denies denied denying refuse refuses refused refusing fail fails failed failing".split()
)
_MODALS = tuple(
    frozenset(forms.split()) for forms in ("may might could can", "will shall", "must", "should ought", "would")
)
_QUANTIFIERS = tuple(
    frozenset(forms.split())
    for forms in (
        "all every each always everybody everyone everything",
        "some sometimes somebody someone something",
        "most mostly",
        "few rarely seldom little",
        "many much often",
        "only",
        "any",
    )
)
_OPPOSITES = tuple(
    tuple(frozenset(side.split("/")) for side in pair.split())
    for pair in (
        "more less/fewer",
        "increase/increases/increased/increasing/rise/rises/rose/rising/grow/grows/grew/up"
        " decrease/decreases/decreased/decreasing/fall/falls/fell/falling/cut/cuts/shrink/shrinks/shrank/down",
        "before after",
        "above below",
        "over under",
        "win/wins/won/winning lose/loses/lost/losing",
        "support/supports/supported/supporting/back/backs/backed oppose/opposes/opposed/opposing",
        "for/with against",
        "true/right false/wrong",
        "good/better/best bad/worse/worst",
        "legal illegal",
        "accept/accepts/accepted reject/rejects/rejected",
        "guilty innocent",
        "safe/safer dangerous/unsafe",
        "first last",
        "big/bigger/large/larger/high/higher small/smaller/low/lower",
        "strong/stronger weak/weaker",
        "possible impossible",
        "begin/begins/began/start/starts/started end/ends/ended/stop/stops/stopped",
        "success failure",
        "succeed/succeeds/succeeded fail/fails/failed",
        "agree/agrees/agreed disagree/disagrees/disagreed",
        "yes no",
        "buy/buys/bought sell/sells/sold",
        "ally/allies/friend/friends enemy/enemies",
        "war peace",
    )
)
_NUMBERS = frozenset(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion"
    " half quarter third dozen once twice double triple first second hundreds thousands millions billions".split()
)
_PREFIXES = ("un", "in", "im", "dis", "non", "il", "ir")


def turns_sense(given: Sequence[str], real: Sequence[str]) -> bool:
    """Whether `given` in place of `real` (folded words) may turn the sense."""
    mine, theirs = Counter(given), Counter(real)
    fewer, more = list((theirs - mine).elements()), list((mine - theirs).elements())
    return (
        _count(fewer, _NEGATIONS) != _count(more, _NEGATIONS)
        or sorted(_numbers(fewer)) != sorted(_numbers(more))
        or _classes(fewer, _MODALS) != _classes(more, _MODALS)
        or bool(fewer and more and _classes(fewer, _QUANTIFIERS) != _classes(more, _QUANTIFIERS))
        or any(_opposed(a, b) for a in fewer for b in more)
    )


def holds_negation(words: Iterable[str]) -> bool:
    return any(word in _NEGATIONS for word in words)


def _count(words: Iterable[str], which: frozenset[str]) -> int:
    return sum(word in which for word in words)


def _numbers(words: Iterable[str]) -> list[str]:
    return [word.replace(",", "") for word in words if word in _NUMBERS or any(letter.isdigit() for letter in word)]


def _classes(words: Iterable[str], classes: Sequence[frozenset[str]]) -> list[int]:
    return sorted(number for word in words for number, members in enumerate(classes) if word in members)


def _opposed(one: str, other: str) -> bool:
    if any((one in a and other in b) or (one in b and other in a) for a, b in _OPPOSITES):
        return True
    short, long = sorted((one, other), key=len)
    return len(short) > 3 and any(long == prefix + short for prefix in _PREFIXES)
