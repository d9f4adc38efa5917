"""Speaking ability: whether what a phrase names can say something, told by its head noun, its label and its words."""

from collections.abc import Sequence
from enum import StrEnum

from retrieval.quotes.entities.name_chunks import NameChunk
from retrieval.quotes.syntax.parse import Parse, Token
from retrieval.text.lexicon import tagged
from retrieval.text.names import fold

SPEAKING_POS = ("NOUN", "PROPN")
THINGS = frozenset({"EVENT", "PRODUCT", "WORK_OF_ART"})
LEAST_STEM = 3
"""Fewest letters before the ending of an abstract noun."""


class Ability(StrEnum):
    """Whether an entity can be a speaker."""

    ABLE = "able"  # a person, body, group or document
    DOUBTFUL = "doubtful"  # a noun of no known kind: only a clause of saying makes it a speaker
    UNABLE = "unable"  # a thing, an action, an abstraction, an illness


def ability_of_noun(head: Token) -> Ability:
    """Return whether a noun that is known neither for people, bodies, groups nor documents can speak."""
    word = fold(head.lemma)
    if head.pos not in SPEAKING_POS or head.tag == "VBG" or word in tagged("thing_noun", "illness_name"):
        return Ability.UNABLE
    ending = next((e.lstrip("-") for e in tagged("abstract_suffix") if word.endswith(e.lstrip("-"))), "")
    return Ability.UNABLE if ending and len(word) >= len(ending) + LEAST_STEM else Ability.DOUBTFUL


def ability_of_name(chunk: NameChunk, parse: Parse) -> Ability:
    """Return whether what a proper name stands for can speak."""
    if set(chunk.words) & tagged("illness_name") or _is_adjective(chunk.tokens, parse):
        return Ability.UNABLE
    if set(chunk.words) & tagged("outlet_word", "organisation_noun", "company_word", "document_noun"):
        return Ability.ABLE
    number = any(c.isdigit() for word in chunk.words[-1:] for c in word)
    return Ability.DOUBTFUL if number or chunk.label in THINGS else Ability.ABLE


def _is_adjective(tokens: Sequence[Token], parse: Parse) -> bool:
    """Return whether a name of one word modifies a noun behind it: the "Persian" of "the Persian people"."""
    last = tokens[-1]
    return len(tokens) == 1 and last.pos == "ADJ" and last.dep == "amod" and parse.head(last).pos == "NOUN"
