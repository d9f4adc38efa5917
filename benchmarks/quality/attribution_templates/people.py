"""Invented people: names of 40 languages in every form that an article may write them in."""

import random
import re
import unicodedata
from collections.abc import Callable
from typing import Any

from benchmarks.quality.attribution_templates.lists import Split, table
from benchmarks.quality.attribution_templates.values import NameKind, Person

TITLES = (
    "Dr. Prof. Sen. Rep. Gov. Sgt. Capt. Judge Councillor Sheikh Dame Sir Rev. Lord Minister Comrade Mrs Mr Ms Sister"
    " Alderman Coach Chef Imam"
).split()
LONG_TITLES = (
    "Prof. em.",
    "Lt. Col.",
    "Lt. Col. (ret.)",
    "Rear Admiral",
    "Dr. h.c.",
    "Chief Inspector",
    "Her Honour Judge",
)
SUFFIXES = (" Jr.", " III", ", MP", " Sr.", " (D-N.M.)", ", PhD", " OBE")
NICKNAMES = ("Birdie", "Shorty", "The Captain", "Moose", "Two-Step", "Biscuit", "Sparks", "Nan")
UNFOLDED = str.maketrans("øłđðþæœßıØŁĐÞÆ", "olddtaosiOLDTA")


class People:
    """Draws people from one half of the names; `language` goes round, so that all 40 are used alike."""

    def __init__(self, chance: random.Random, split: Split) -> None:
        self._chance, self._split = chance, split
        self._languages = list(table("names"))
        chance.shuffle(self._languages)
        self._drawn = 0
        self._forms: dict[NameKind, Callable[[dict[str, Any]], tuple[str, str]]] = {
            NameKind.PLAIN: self._plain,
            NameKind.PARTICLE: self._particle,
            NameKind.HYPHEN: self._hyphen,
            NameKind.ONE_WORD: self._one_word,
            NameKind.THREE_WORDS: self._three_words,
            NameKind.TITLE: self._title,
            NameKind.INITIALS: self._initials,
            NameKind.NICKNAME: self._nickname,
            NameKind.SUFFIX: self._suffix,
            NameKind.HANDLE: self._handle,
        }

    def person(self, kind: NameKind) -> Person:
        """Return a person named in the form `kind`."""
        if kind is NameKind.DESCRIPTION:
            described = self._one(table("material")["descriptions"])
            return Person(described, described, kind, "english")
        able = [
            tongue
            for tongue in self._languages
            if kind is not NameKind.PARTICLE or table("names")[tongue].get("particles")
        ]
        language = able[self._drawn % len(able)]
        self._drawn += 1
        shown, name = self._forms[kind](table("names")[language])
        return Person(shown, name, kind, language)

    def _one(self, items: list[str]) -> str:
        return self._chance.choice(self._split.of(items))

    def _first(self, tongue: dict[str, Any]) -> str:
        return self._one(tongue[self._chance.choice(("women", "men"))])

    def _joined(self, tongue: dict[str, Any], first: str, family: str) -> str:
        return f"{family} {first}" if tongue.get("family_first") else f"{first} {family}"

    def _plain(self, tongue: dict[str, Any]) -> tuple[str, str]:
        name = self._joined(tongue, self._first(tongue), self._one(tongue["families"]))
        return name, name

    def _particle(self, tongue: dict[str, Any]) -> tuple[str, str]:
        family = f"{self._chance.choice(tongue['particles'])} {self._one(tongue['families'])}".replace("’ ", "’")
        name = f"{self._first(tongue)} {family}"
        return name, name

    def _hyphen(self, tongue: dict[str, Any]) -> tuple[str, str]:
        first, family = self._first(tongue), self._one(tongue["families"])
        if "-" not in first + family:
            family += "-" + self._chance.choice([other for other in tongue["families"] if other != family])
        name = self._joined(tongue, first, family)
        return name, name

    def _one_word(self, tongue: dict[str, Any]) -> tuple[str, str]:
        words = [word for part in ("women", "men", "families") for word in tongue[part] if " " not in word]
        name = self._one(words)
        return name, name

    def _three_words(self, tongue: dict[str, Any]) -> tuple[str, str]:
        first = self._first(tongue)
        if " " not in first:
            first += " " + self._chance.choice([word for word in tongue["women"] + tongue["men"] if word != first])
        name = self._joined(tongue, first, self._one(tongue["families"]))
        return name, name

    def _title(self, tongue: dict[str, Any]) -> tuple[str, str]:
        title = self._one([*TITLES, *LONG_TITLES])
        name = self._plain(tongue)[0]
        if title in TITLES and self._chance.random() < 0.3:
            name = self._one(tongue["families"])
        return f"{title} {name}", name

    def _initials(self, tongue: dict[str, Any]) -> tuple[str, str]:
        first, letter = self._first(tongue), self._chance.choice("BCEGHKLMRT")
        form = self._chance.choice(("{0[0]}. {1}.", "{0[0]}.{1}.", "{0[0]}.", "{0} {1}."))
        name = self._joined(tongue, form.format(first, letter), self._one(tongue["families"]))
        return name, name

    def _nickname(self, tongue: dict[str, Any]) -> tuple[str, str]:
        first, family = self._first(tongue), self._one(tongue["families"])
        marked = f"“{self._one(list(NICKNAMES))}”"
        return f"{first} {marked} {family}", f"{first} {family}"

    def _suffix(self, tongue: dict[str, Any]) -> tuple[str, str]:
        name = self._plain(tongue)[0]
        return name + self._one(list(SUFFIXES)), name

    def _handle(self, tongue: dict[str, Any]) -> tuple[str, str]:
        first, family = (ascii_letters(word) for word in (self._first(tongue), self._one(tongue["families"])))
        form = self._chance.choice(("@{1}_{0}", "@{0}{1}", "@the_real_{0}", "@{1}{0[0]}{2}"))
        made = form.format(first, family, self._chance.randrange(10, 99))
        name = made if self._chance.random() < 0.5 else made.lower()
        return name, name


def ascii_letters(word: str) -> str:
    """Return `word` in plain Latin letters, without anything else."""
    plain = unicodedata.normalize("NFKD", word.translate(UNFOLDED)).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z]", "", plain)
