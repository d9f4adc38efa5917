"""Two spellings of one name: aliases of the labels, and changes that people and agencies make."""

import random
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from benchmarks.quality.name_pairs.values import Bearer, Known, Pair

LONG = 7
"""Letters of a surname in which one edit leaves no doubt."""
TRANSLITERATED = dict(zip("yivwouekcszd", "iywvuoaqkzst", strict=True))
STROKES = {"o": "ø", "l": "ł", "d": "đ", "h": "ħ", "t": "ŧ"}
ACCENTS = {"a": "á", "e": "é", "i": "í", "o": "ö", "u": "ü", "c": "ç", "n": "ñ", "s": "š", "z": "ž"}
TITLES = ("Sen.", "Dr.", "President", "Mr", "Prof", "Governor", "Chief Inspector", "Lt. Col.", "Rear Admiral", "Sir")
NICKNAMES = ("Birdie", "Shorty", "Moose", "Sparks")
Change = Callable[[Known, random.Random], str | None]


def pairs(known: Sequence[Known], count: int, chance: random.Random) -> Iterator[Pair]:
    """Yield up to `count` pairs of each kind."""
    people = [one for one in known if one.bearer is Bearer.PERSON]
    for kind, change in CHANGES.items():
        mixed = chance.sample(people, len(people))
        mixed += [replace(one, name=MADE[kind](one, chance.choice(people))) for one in mixed] if kind in MADE else []
        made = (_pair(kind, one, change(one, chance)) for one in mixed)
        yield from islice((pair for pair in made if pair), count)
    bodies = [one for one in known if one.bearer is Bearer.ORGANISATION]
    for kind, spelled in (("a body in capitals", str.upper), ("a body with an article", "the {}".format)):
        both = (Bearer.ORGANISATION, Bearer.ORGANISATION)
        some = [body for body in bodies if spelled(body.name) != body.name and not body.name.startswith("The ")]
        yield from (Pair(kind, body.name, spelled(body.name), True, both) for body in some[:count])
    yield from islice(_aliases(chance.sample(people, len(people))), 2 * count)


def _pair(kind: str, known: Known, changed: str | None) -> Pair | None:
    if not changed or changed == known.name:
        return None
    return Pair(kind, known.name, changed, True, part=kind in PARTS)


def _aliases(people: Sequence[Known]) -> Iterator[Pair]:
    """Yield the labels' own aliases that hold the whole name, or a title with the surname."""
    for one in people:
        for alias in one.aliases:
            parts, whole = alias.split(), one.name.split()
            if not alias[:1].isupper() or parts[-1] != whole[-1] or alias == one.name:
                continue
            if set(whole) <= set(parts):
                yield Pair("alias: more words", one.name, alias, True)
            elif len(parts) == 1:
                yield Pair("alias: surname alone", one.name, alias, True, part=True)


def _apostrophe(known: Known, chance: random.Random) -> str | None:
    """O’Dwyer: another apostrophe, or none."""
    if not re.search("['’]", known.name):
        return None
    return re.sub("['’]", chance.choice(("'", "’", "`", "")), known.name)


def _hyphen(known: Known, chance: random.Random) -> str | None:
    return known.name.replace("-", chance.choice((" ", "")), 1) if "-" in known.name else None


def _lettered(letters: dict[str, str]) -> Change:
    def change(known: Known, chance: random.Random) -> str | None:
        places = [n for n, letter in enumerate(known.surname) if n and letter in letters]
        if not places or len(known.surname) <= 3:
            return None
        place = chance.choice(places)
        return known.name[: -len(known.surname)] + replaced(known.surname, place, letters[known.surname[place]])

    return change


def replaced(word: str, place: int, letter: str) -> str:
    """Return `word` with another letter, or none, at a place."""
    return word[:place] + letter + word[place + 1 :]


def _plain(known: Known, _: random.Random) -> str | None:
    return "".join(c for c in unicodedata.normalize("NFKD", known.name) if not unicodedata.combining(c))


def _one_edit(known: Known, chance: random.Random) -> str | None:
    """Change one inner letter of a long surname as another transliteration would."""
    word, found = known.surname, []
    if len(word) < LONG:
        return None
    for place in range(1, len(word) - 1):
        if word[place] in TRANSLITERATED:
            found.append(replaced(word, place, TRANSLITERATED[word[place]]))
        if word[place] == word[place + 1] or (word[place] == "h" and word[place - 1] not in "sc"):
            found.append(replaced(word, place, ""))
    return known.name[: -len(word)] + chance.choice(found) if found else None


def _middle_initial(known: Known, chance: random.Random) -> str | None:
    if len(known.name.split()) != 2:
        return None
    return f"{known.first} {chance.choice('ABDHJLMRT')}. {known.surname}"


def _first_initial(known: Known, _: random.Random) -> str | None:
    return f"{known.name[0]}. {known.surname}" if len(known.first) > 2 else None


def _initials_together(known: Known, _: random.Random) -> str | None:
    """Write "J. P. Marchetti" as "JP Marchetti", for names that begin with two initials."""
    found = re.fullmatch(r"([A-Z])\.? ?([A-Z])\.? (.+)", known.name)
    return found and f"{found[1]}{found[2]} {found[3]}"


CHANGES: dict[str, Change] = {
    "apostrophe": _apostrophe,
    "hyphen": _hyphen,
    "accent left out": _plain,
    "accent put in": _lettered(ACCENTS),
    "letter with a stroke": _lettered(STROKES),
    "one edit in a long surname": _one_edit,
    "title": lambda known, chance: f"{chance.choice(TITLES)} {known.name}",
    "title and surname": lambda known, chance: f"{chance.choice(TITLES)} {known.surname}",
    "middle initial": _middle_initial,
    "first initial": _first_initial,
    "initials together": _initials_together,
    "all capitals": lambda known, _: known.name.upper(),
    "no capitals": lambda known, _: known.name.lower(),
    "honours": lambda known, chance: known.name + chance.choice((" MP", ", PhD", " OBE", " (D-N.M.)")),
    "surname first, comma": lambda known, _: f"{known.surname}, {known.name[: -len(known.surname)].strip()}",
    "nickname in marks": lambda known, chance: known.name.replace(" ", f" “{chance.choice(NICKNAMES)}” ", 1),
    "possessive": lambda known, _: f"{known.name}’s",
}
MADE: dict[str, Callable[[Known, Known], str]] = {
    "apostrophe": lambda known, _: f"{known.first} O’{known.surname}",
    "hyphen": lambda known, other: f"{known.name}-{other.surname}",
    "initials together": lambda known, other: f"{known.first[0]}.{other.first[0]}. {known.surname}",
}
"""Names in which such a change can be made, where the archive has too few."""
PARTS = frozenset(("title and surname", "first initial"))
