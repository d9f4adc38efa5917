"""Groups: what "economists", "the police" or "people in gaza" ask of a speaker."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from retrieval.text.lexicon import abbreviations, spelt_out, tagged
from retrieval.text.patterns import linear
from retrieval.text.person_names.matching import name_tokens
from retrieval.text.stemming import content_words

FAMILIES = {
    "expert": ("expert_role", "science_role"),
    "scientist": ("science_role",),
    "doctor": ("medical_role",),
    "police": ("police_role",),
    "politician": ("politician_role",),
    "lawmaker": ("politician_role",),
}
"""Groups that have members of other names, with the tags of the words by which members are described."""


@dataclass(frozen=True, slots=True)
class SpeakerGroup:
    """What a speaker's role or name must hold, one of `role_words`; none for people of any role.

    `description` are all words of the group, of which its members should have some: "people in gaza".
    """

    role_words: tuple[str, ...]
    description: str

    def members(self, described: Iterable[str]) -> tuple[str, ...]:
        """Return those of `described`, roles with names, that hold one of `role_words`, in singular or plural."""
        words = "|".join(map(re.escape, self.role_words))
        pattern = linear(rf"(?:^|[^\p{{L}}])(?:{words})(?:e?s)?(?:[^\p{{L}}]|$)", ignore_case=True)
        return tuple(text for text in described if pattern.search(text))


def speaker_group(described: str) -> SpeakerGroup:
    """Return the group that a person wrote of: "economists", "doctors in london", "police", "people in gaza"."""
    words = name_tokens(described)
    end = next((n for n, word in enumerate(words) if n and word in tagged("description_preposition")), len(words))
    head = singular(words[end - 1]) if words else ""
    if not head or {head, words[end - 1]} & tagged("indefinite_person"):
        return SpeakerGroup((), described)
    family = tagged(*FAMILIES[head]) if head in FAMILIES else frozenset[str]()
    return SpeakerGroup(tuple(sorted({head, spelt_out(head)} | abbreviations(head) | family)), described)


def describes_group(name: str) -> bool:
    """Return whether a name is none, but tells what people are: "economists", "local fans"."""
    last = name_tokens(name)[-1:]
    nouns = tagged("person_noun", "group_noun") | FAMILIES.keys()
    return name.islower() and any(word in nouns or singular(word) in nouns for word in last)


def tells_several(name: str) -> bool:
    """Return whether the last word of a description is of several: "economists", "police"."""
    last = "".join(name_tokens(name)[-1:])
    return last in tagged("group_noun") or last != singular(last)


def tells_nothing(described: str) -> bool:
    """Return whether a description is of anybody: "people", "anyone", "everybody"."""
    words = set(content_words(described)) | set(name_tokens(described))
    return all({word, singular(word)} & (tagged("indefinite_person") | tagged("stopword")) for word in words)


def singular(word: str) -> str:
    """Return a noun of a group in the singular, as far as its ending tells: "secretaries", "coaches", "fans"."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word
