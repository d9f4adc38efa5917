"""Words as ranking compares them: folded, without inflections, the small ones left out. Pure."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+|[.,]\d+)*")
_APOSTROPHES = str.maketrans("", "", "'’")
_SMALL = frozenset(
    "a about according after all am an and any anybody are as asked at be been before being but by can cant"
    " could did didnt do does doesnt dont during ever exactly for from get gets getting got had has hasnt have"
    " having he hed her hers him his how i id if im in into is isnt it its ive just like made make many me more"
    " most much my no not of off on once or other our out over own per quite really roughly s said same say"
    " saying says she should so some somebody someone still such t talking than that the their theirs them then"
    " there these they theyd this those though through to too under up us was wasnt we were werent what when"
    " where whether which while who whod whom whos whose why will with would wouldnt yet you your".split()
)
_ENDINGS = tuple("ingly edly ments ment ings ness ing ies ied ers ed er es ly s e".split())


def content_words(text: str) -> list[str]:
    """The words that carry meaning, as they stand but folded, in order and with repetitions."""
    return [word for word in words(text) if word not in _SMALL]


def words(text: str) -> list[str]:
    """Every word, folded, without possessives and apostrophes."""
    found: list[str] = _WORD.findall(unicodedata.normalize("NFKC", text).casefold())
    return [plain(word) if "'" in word or "’" in word else word for word in found]


def plain(word: str) -> str:
    return word.removesuffix("'s").removesuffix("’s").translate(_APOSTROPHES)


@cache
def stem(word: str) -> str:
    """A crude stem: enough that "warned" meets "warning" and "cities" meets "city"."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word[0].isdigit():
            return word[: -len(ending)].removesuffix("y").removesuffix("i")
    return word.removesuffix("y") if len(word) > 3 else word


def stems(text: str) -> frozenset[str]:
    return frozenset(map(stem, set(words(text)) - _SMALL))


def located_stems(text: str) -> Iterator[tuple[int, str]]:
    """Where each word of `text` begins, and its stem; the small words are left out."""
    folded = text.lower()
    if len(folded) != len(text):  # a few letters of other alphabets grow
        folded = text
    for match in _WORD.finditer(folded):
        word = match.group()
        word = plain(word) if "'" in word or "’" in word else word
        if word not in _SMALL:
            yield match.start(), stem(word)
