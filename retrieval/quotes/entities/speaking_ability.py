"""Speaking ability: whether what a phrase names can say something, by its noun, label and words."""

from collections.abc import Sequence
from enum import StrEnum

from retrieval.quotes.entities.name_chunks import NameChunk
from retrieval.quotes.syntax.parse import Parse, Token
from retrieval.text.lexicon import lexicon, tagged
from retrieval.text.person_names.names import first_names, fold

SPEAKING_POS = ("NOUN", "PROPN")
THINGS = frozenset({"EVENT", "PRODUCT", "WORK_OF_ART"})
SPEAKING_TAGS = ("person_noun", "group_noun", "organisation_noun", "outlet_word")
COMMON_ENDINGS = ("ed", "ing", "ion")
LONGER_THAN_ACRONYMS = 5
"""Fewest letters of a common word in capitals; shorter ones are acronyms: "WHO"."""
LEAST_STEM = 3
"""Fewest letters before the ending of an abstract noun."""
LEAST_SLASHED = 3
"""Fewest words of a name with a slash that is a credit: "Getty Images/Jane Doe", and not "AC/DC"."""


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


def is_picture_credit(parse: Parse, chunk: NameChunk) -> bool:
    """Return whether a name is a picture's credit: "Photo: Jane Doe", "Jane Doe/Getty Images", "A caption. CNN"."""
    first, last = chunk.tokens[0].index, chunk.tokens[-1].index
    slashed = "/" in chunk.text and len(chunk.words) >= LEAST_SLASHED
    beside = "/" in (parse.text_at(first - 1) if first else "", parse.text_at(last + 1))
    agency = bool(set(chunk.words) & tagged("outlet_word", "credit_word"))
    return slashed or (beside and agency) or _is_labelled(parse, first) or _ends_caption(parse, chunk)


def _is_labelled(parse: Parse, first: int) -> bool:
    """Return whether "Photo:" or "Picture by" stands before a name."""
    if first < len(("Photo", ":")):
        return False
    mark, word = parse.tokens[first - 1], parse.tokens[first - 2]
    return mark.text in (":", "by") and fold(word.text) in tagged("credit_word") and mark.block == word.block


def _ends_caption(parse: Parse, chunk: NameChunk) -> bool:
    """Return whether a body's name alone, without a stop, closes a paragraph that quotes nothing."""
    last = chunk.tokens[-1]
    if chunk.label == "PERSON" or not _is_last(parse, last):
        return False
    sentence = parse.sentence(last.sentence)
    before = parse.sentence(last.sentence - 1)
    alone = {t.index for t in sentence if t.pos not in ("SPACE", "DET")} <= {t.index for t in chunk.tokens}
    caption = bool(before) and before[-1].block == last.block
    return alone and caption and not any(t.quotation is not None for t in (*before, *sentence))


def _is_last(parse: Parse, token: Token) -> bool:
    following = [t for t in parse.tokens[token.index + 1 : token.index + 3] if t.pos != "SPACE"]
    return not following or following[0].block != token.block
