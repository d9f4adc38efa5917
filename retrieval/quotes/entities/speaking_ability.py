"""Speaking ability: whether what a phrase names can say something, told by its head noun, its label and its words."""

from collections.abc import Sequence
from enum import StrEnum

from retrieval.quotes.entities.name_chunks import NameChunk
from retrieval.quotes.syntax.parse import Parse, Token
from retrieval.text.lexicon import lexicon, tagged
from retrieval.text.names import first_names, fold

SPEAKING_POS = ("NOUN", "PROPN")
THINGS = frozenset({"EVENT", "PRODUCT", "WORK_OF_ART"})
SPEAKING_TAGS = ("person_noun", "group_noun", "organisation_noun", "outlet_word")
COMMON_ENDINGS = ("ed", "ing", "ion")
LONGER_THAN_ACRONYMS = 5
"""Fewest letters of a common word in capitals; shorter ones are acronyms: "WHO"."""
LEAST_STEM = 3
"""Fewest letters before the ending of an abstract noun."""


class Ability(StrEnum):
    """Whether an entity can be a speaker."""

    ABLE = "able"  # a person, body, group or document
    DOUBTFUL = "doubtful"  # a noun of no known kind: only a clause of saying makes it a speaker
    UNABLE = "unable"  # a thing, an action, an abstraction, an illness


def is_common_word(name: str) -> bool:
    """Return whether a name in capitals is one common word, and no surname: "QUESTION", "WARNING"."""
    word = fold(name)
    if not name.isupper() or " " in name or word in first_names() or word in tagged(*SPEAKING_TAGS):
        return False
    return len(word) >= LONGER_THAN_ACRONYMS and (word in lexicon().entries or word.endswith(COMMON_ENDINGS))


def ability_of_noun(head: Token, *, known: bool) -> Ability:
    """Return whether a noun can speak; `known`: it is one for people, bodies, groups or documents."""
    word = fold(head.lemma)
    if known:
        return Ability.DOUBTFUL if word in tagged("thing_noun") else Ability.ABLE
    if head.pos not in SPEAKING_POS or head.tag == "VBG" or word in tagged("thing_noun", "illness_name"):
        return Ability.UNABLE
    ending = next((e.lstrip("-") for e in tagged("abstract_suffix") if word.endswith(e.lstrip("-"))), "")
    return Ability.UNABLE if ending and len(word) >= len(ending) + LEAST_STEM else Ability.DOUBTFUL


def ability_of_name(chunk: NameChunk, parse: Parse) -> Ability:
    """Return whether what a proper name stands for can speak."""
    if set(chunk.words) & tagged("illness_name") or _is_adjective(chunk.tokens, parse) or is_common_word(chunk.text):
        return Ability.UNABLE
    if set(chunk.words) & tagged("outlet_word", "organisation_noun", "company_word", "document_noun"):
        return Ability.ABLE
    number = any(c.isdigit() for word in chunk.words[-1:] for c in word)
    return Ability.DOUBTFUL if number or chunk.label in THINGS else Ability.ABLE


def _is_adjective(tokens: Sequence[Token], parse: Parse) -> bool:
    """Return whether a name of one word modifies a noun behind it: the "Persian" of "the Persian people"."""
    last = tokens[-1]
    return len(tokens) == 1 and last.pos == "ADJ" and last.dep == "amod" and parse.head(last).pos == "NOUN"
