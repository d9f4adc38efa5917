"""Comparison of names: whether two names, or a name and a role, may mean the same person."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from retrieval.domain import Speaker
from retrieval.text.caching import cached_by_text
from retrieval.text.lexicon import spelt_out, tagged
from retrieval.text.person_names.names import first_names
from retrieval.text.person_names.spelling import near_word, plain, same_long_word, same_word, sound_key

_WORD = re.compile(r"[^\W_]+(?:['’‘ʼ`´.-][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’`]s\b", re.IGNORECASE)
_BRACKETED = re.compile(r"\([^()]*\)")
_NICKNAME = re.compile(r"[“\"„«‘].{1,40}?[”\"“»’](?=\s)")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?")
_CAPITAL_INITIALS = re.compile(r"[A-Z]{2}(?= [A-Z][^\W\d_]*[a-z])")
_LONGEST_NAME = 4
"""Words of a name behind a role, and on each side of the comma of "Surname, First"."""


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name as it is compared.

    `words` are plain ones: initials apart, titles, honours, possessives and brackets left out. `generation` is "jr",
    "ii" and the like. `core` are the words without a nickname in marks.
    """

    words: tuple[str, ...]
    core: tuple[str, ...]
    generation: str | None = None

    @property
    def full(self) -> bool:
        """Whether there is more than a surname."""
        return len(self.words) > 1


@cached_by_text()
def person_name(name: str) -> PersonName:
    """Return a name as it is compared; a name that is all title ("the Minister") keeps its words."""
    text = _surname_last(_BRACKETED.sub(" ", name).strip())
    words, generation = _without_suffixes(_name_words(text))
    short, _ = _without_suffixes(_name_words(_NICKNAME.sub("", text)))
    return PersonName(words, short if len(short) > 1 else words, generation)


def identifying_words(name: str) -> list[str]:
    """Return the words that tell one person from another, plain; see `PersonName`. Jr. and the like are among them."""
    parsed = person_name(name)
    return [*parsed.words, *([parsed.generation] if parsed.generation else [])]


def name_tokens(name: str) -> list[str]:
    """Return every word of a name or role, plain, without possessives and the dots of initials."""
    return [plain(word).replace(".", "") for word in _WORD.findall(_POSSESSIVE.sub("", name))]


def same_name(given: str, full: str) -> bool:
    """Return whether either name ("Graham", "Sen. Lindsey Graham") may mean the person of the other.

    One must stand in the other, surname included (an initial stands for a first or middle name); so a first name
    alone, another first name, another middle initial, or Jr. beside no Jr. is not enough.
    """
    one, other = person_name(given), person_name(full)
    if one.generation != other.generation and one.full and other.full:
        return False
    return any(_one_person(*pair) for pair in _pairs_of_spellings(one, other))


def same_full_name(one: PersonName, other: PersonName) -> bool:
    """Return whether two names tell by themselves that they are one person's: first name and surname are the same.

    A middle name or a nickname may be missing in one of them.
    """
    if one.generation != other.generation:
        return False
    return any(_shares_first_name(*pair) and _one_person(*pair) for pair in _pairs_of_spellings(one, other)) or (
        _joined(one.words) == _joined(other.words)
    )


@lru_cache(maxsize=65_536)
def surname_keys(name: PersonName) -> frozenset[str]:
    """Return keys of the surname; two names that `same_full_name` takes for one person's share at least one."""
    words = name.words
    endings = {words[-1], _joined(words[-2:]), _joined(words[-3:])} if words else set()
    return frozenset(sound_key(ending) for ending in endings)


def near_name(given: str, full: str) -> bool:
    """Return whether a name may be another one mistyped: every word of it is at most some letters from one there."""
    one, other = person_name(given), person_name(full)
    if not one.words or not other.words or one.generation != other.generation:
        return False
    mine, theirs = _regrouped(one.words, other.words), _regrouped(other.words, one.words)
    if len(mine) > len(theirs) or not near_word(mine[-1], theirs[-1]):
        return False
    firsts = iter(theirs[:-1])
    return all(any(_same_first(word, first) or near_word(word, first) for first in firsts) for word in mine[:-1])


def holds_name(phrase: str, name: str) -> bool:
    """Return whether a phrase about a person ("economist Bernt Nelson", "the donald") holds the surname of `name`.

    Another known first name right before it, at the beginning of the phrase, means another person.
    """
    if same_name(phrase, name):
        return True
    said, wanted = person_name(phrase), person_name(name)
    if not wanted.words:
        return False
    words = _regrouped(said.words, wanted.words)
    *firsts, surname = _regrouped(wanted.words, said.words)
    found = [n for n, word in enumerate(words) if same_word(word, surname) or (n and same_long_word(word, surname))]
    if not found:
        return False
    given = words[0] if firsts and found[0] == 1 and words[0] in first_names() else ""
    return not given or any(given[0] == first[0] for first in firsts)


def names_speaker(given: str, speaker: Speaker) -> bool:
    """Return whether a phrase names a speaker, by name or by a part of the role ("the Pentagon spokesman").

    In a role a title counts: the president of a country isn't its foreign minister.
    """
    if speaker.name and same_name(given, speaker.name):
        return True
    named = set(name_tokens(given)) - tagged("article")
    return bool(named) and named <= set(name_tokens(speaker.role or ""))


def _pairs_of_spellings(one: PersonName, other: PersonName) -> Iterator[tuple[list[str], list[str]]]:
    """Yield the words of both, with and without nicknames, divided alike: "Jean Luc" beside "Jean-Luc"."""
    if not one.words or not other.words:
        return
    for mine, theirs in dict.fromkeys(((one.words, other.words), (one.core, other.core))):
        yield _regrouped(mine, theirs), _regrouped(theirs, mine)


def _one_person(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    if len(mine) > len(theirs):
        mine, theirs = theirs, mine
    if _joined(mine) == _joined(theirs):
        return True
    named_in_full = len(mine) > 1
    surname = same_long_word if named_in_full else same_word
    return surname(mine[-1], theirs[-1]) and _first_names_agree(mine[:-1], theirs[:-1])


def _first_names_agree(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Return whether the fewer first and middle names stand in the more, in order; `mine` are the fewer.

    Where the first ones agree, the middle ones must too from the first on: George W. is not George H. W.
    """
    if not mine or _same_first(mine[0], theirs[0]):
        return all(map(_same_first, mine, theirs))
    rest = iter(theirs)
    return all(any(len(word) > 1 and same_word(word, other) for other in rest) for word in mine)


def _shares_first_name(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    return min(len(mine), len(theirs)) > 1 and same_word(mine[0], theirs[0]) and len(mine[0]) > 1


def _same_first(one: str, other: str) -> bool:
    if len(one) == 1 or len(other) == 1:
        return one[:1] == other[:1]
    return same_word(one, other)


def _regrouped(words: Sequence[str], like: Sequence[str]) -> list[str]:
    """Return words with neighbours joined where the other name writes them as one."""
    whole, result, at = set(like), list[str](), 0
    while at < len(words):
        step = next((n for n in (3, 2) if at + n <= len(words) and _joined(words[at : at + n]) in whole), 1)
        result.append(_joined(words[at : at + step]))
        at += step
    return result


def _joined(words: Sequence[str]) -> str:
    return "".join(words)


def _surname_last(name: str) -> str:
    """Return "Ruth Okonkwo" for "Okonkwo, Ruth"; a comma before a suffix, an honour or a role is no such comma."""
    before, comma, behind = name.partition(",")
    surname, first = before.split(), behind.split()
    if not comma or "," in behind or not 0 < len(surname) <= _LONGEST_NAME or not 0 < len(first) <= _LONGEST_NAME:
        return name
    leading = plain(first[0]).rstrip(".")
    if leading in tagged("honour", "name_suffix") or leading in tagged("person_noun") or first[-1][0].isdigit():
        return name
    if not first[0][0].isupper() and leading not in first_names():
        return name
    if any(plain(word) in tagged("person_noun") for word in surname):  # "RNID technology director, Guido Gybels"
        return f"{before} {behind}"
    return f"{behind.strip()} {before}"


def _name_words(text: str) -> list[str]:
    """Return the plain words of a name without titles and roles in front; initials stand apart."""
    tokens = [token.group() for token in _WORD.finditer(_CAPITAL_INITIALS.sub(_with_dots, _POSSESSIVE.sub("", text)))]
    tokens = tokens[_role_words(tokens) :] if tokens else []
    words: list[str] = []
    for token in [t for n, t in enumerate(tokens[:-1]) if not _is_title(t, n)] + tokens[-1:]:
        letters = plain(token)
        words += letters.split(".") if _INITIALS.fullmatch(token) else [letters.replace(".", "").replace("-", "")]
    return [word for word in words if word]


def _with_dots(match: re.Match[str]) -> str:
    return ".".join(match.group())


def _bare(token: str) -> str:
    return plain(token).replace(".", "")


def _is_title(token: str, place: int) -> bool:
    """Return whether a word is left out; a letter inside a name is an initial rather than an article."""
    return _bare(token) in tagged("matching_title") and not (place and len(token) == 1)


def _role_words(tokens: Sequence[str]) -> int:
    """Return how many words in front are a title or a role: 1 of "Sheriff Hayward", 3 of "New York mayor Ann Lee"."""
    abbreviated = len(tokens) > 2 and spelt_out(_bare(tokens[1])) != _bare(tokens[1])
    if _bare(tokens[0]) in first_names() and not abbreviated:  # "Texas Gov." is no first name
        return 0
    titles = 0
    while titles < len(tokens) - 1 and _bare(tokens[titles]) in tagged("title"):
        titles += 1
    roles = [n for n, token in enumerate(tokens) if _bare(token) in tagged("person_noun", "title")]
    end = max((n for n in roles if 2 <= len(tokens) - n - 1 <= _LONGEST_NAME), default=-1) + 1
    name = tokens[end:]
    if end > titles and not any(_bare(token) in tagged("organisation_noun", "stopword") for token in name):
        return end
    return titles


def _without_suffixes(words: list[str]) -> tuple[tuple[str, ...], str | None]:
    generation = None
    while len(words) > 1 and words[-1] in tagged("honour", "name_suffix"):
        last = words.pop()
        generation = generation if last in tagged("honour") else last
    return tuple(words), generation
