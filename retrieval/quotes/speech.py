"""Tells somebody's words from titles, nicknames, scare quotes and words mentioned as words."""

from collections.abc import Sequence

from retrieval.articles import Kind
from retrieval.quotes.scanner import Stretch


def kinds(text: str, stretches: Sequence[Stretch]) -> tuple[Kind, ...]:
    """For each stretch DIRECT, MIXED or NESTED if it is speech, MENTION if it is not. Needs no parse."""
    raise NotImplementedError
