"""Comparison of roles: whether two roles are the same, and the field that a role belongs to."""

from collections.abc import Iterable

from retrieval.text.lexicon import spelt_out, tagged
from retrieval.text.person_names.matching import identifying_words, name_tokens

FIELDS = ("sport_role", "science_role", "art_role", "office_role", "crime_role")
"""Tags of the lexicon; no person has roles of two fields, such as striker and surgeon, in unrelated articles."""


def role_words(role: str) -> frozenset[str]:
    """Return the words that make up a role, folded, with abbreviations spelt out: "Sen." is "senator"."""
    words = map(spelt_out, name_tokens(role))
    return frozenset(word for word in words if word not in tagged("role_stopword"))


def title_of(name: str) -> str:
    """Return the title before a name, folded: "sen" of "Sen. Lindsey Graham"."""
    kept = set(identifying_words(name))
    return " ".join(word for word in name_tokens(name) if word not in kept)


def same_role(first: Iterable[str], second: Iterable[str]) -> bool:
    """Return whether a role of one list is one of the other, perhaps shortened: "Republican senator", "senator"."""
    theirs = [words for role in second if (words := role_words(role))]
    return any(mine <= other or other <= mine for role in first if (mine := role_words(role)) for other in theirs)


def field_of(roles: Iterable[str]) -> str | None:
    """Return the tag of the one field that the roles belong to; None where they tell none or several."""
    words = frozenset(word for role in roles for word in role_words(role))
    found = [field for field in FIELDS if words & tagged(field)]
    return found[0] if len(found) == 1 else None
