"""Closed values of the fields in feature names, shared by the feature groups."""

from retrieval.quotes.attribution.facts.clause_facts import SORTS
from retrieval.quotes.attribution.facts.quote_position import Surroundings
from retrieval.quotes.entities.mentions import MentionForm
from retrieval.quotes.entities.prominence import Prominence

__all__ = ["FORMS", "PROMINENCES", "RELATIONS", "SIDES", "SORTS", "SURROUNDINGS", "VERBS", "bucket"]

SIDES = ("before", "after", "around")
SURROUNDINGS = tuple(Surroundings)
VERBS = ("say", "think", "be", "show", "hear", "passive", "other", "quoted", "according", "owner", "sender")
RELATIONS = (
    *("subject", "inverted", "relative", "agent", "shared", "object", "noun", "maker"),
    *("according", "owner", "sender"),
)
FORMS = tuple(form.value for form in MentionForm)
PROMINENCES = tuple(prominence.name for prominence in Prominence)


def bucket(count: int, *limits: tuple[int, str], rest: str) -> str:
    """Return the name of the first limit that a count is below, `rest` where there is none."""
    return next((name for limit, name in limits if count < limit), rest)
