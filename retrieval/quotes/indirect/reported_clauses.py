"""Reported clauses: the words that a cue reports without quotation marks, found in the parse alone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from retrieval.domain import Span
from retrieval.quotes.indirect.complements import (
    announced_noun,
    called_for,
    colon_complement,
    noun_complement,
    promised_infinitive,
    relative_complement,
    requested_infinitive,
    that_complement,
    verb_complement,
)
from retrieval.quotes.indirect.cues import Cue, find_cues
from retrieval.quotes.indirect.parentheticals import according_to, as_clause, interrupted_clause
from retrieval.quotes.syntax.parse import Parse, Tokens
from retrieval.text.lexicon import tagged

CLOSERS = frozenset(")]”’'")

Rule = Callable[[Parse, Cue], Tokens]


@dataclass(frozen=True, slots=True)
class ReportedClause:
    """A reported clause and its cue; `span` holds reporting words that interrupt it: "The plan, she said, is dead"."""

    span: Span
    cue: Cue


def find_reported_clauses(parse: Parse) -> list[ReportedClause]:
    """Return every reported clause that holds no quotation, in order of start.

    A report within a report ("Lee said that Kim promised to pay") is left out as second hand.
    """
    found = sorted(_reports(parse), key=lambda report: (report.span.start, -report.span.end))
    kept: list[ReportedClause] = []
    for report in found:
        if not kept or report.span.end > kept[-1].span.end:
            kept.append(report)
    return kept


def _reports(parse: Parse) -> Iterator[ReportedClause]:
    for cue in find_cues(parse):
        clause = _trimmed(_clause(parse, cue))
        words = sum(token.pos not in ("PUNCT", "SPACE") for token in clause)
        if words > 1 and all(token.quotation is None for token in clause):
            yield ReportedClause(parse.span(clause), cue)


def _clause(parse: Parse, cue: Cue) -> Tokens:
    """Return the reported words of a cue, by the first rule that applies."""
    rules: tuple[Rule, ...] = (requested_infinitive, called_for)
    if cue.actor.way == "according":
        rules = (according_to,)
    elif cue.token.pos == "NOUN":
        rules = (noun_complement,)
    elif cue.token.lemma in tagged("indirect_speech_verb") and not _gives_quotation(parse, cue):
        rules = (
            as_clause,
            relative_complement,
            colon_complement,
            verb_complement,
            that_complement,
            interrupted_clause,
            promised_infinitive,
            requested_infinitive,
            called_for,
            announced_noun,
        )
    return next((tokens for rule in rules if (tokens := rule(parse, cue))), ())


def _gives_quotation(parse: Parse, cue: Cue) -> bool:
    """Return whether a cue follows a quotation that opens the sentence, and so reports nothing else."""
    before = [t for t in parse.sentence(cue.token.sentence) if t.index < cue.first and t.pos not in ("PUNCT", "SPACE")]
    return bool(before) and all(t.quotation is not None for t in before)


def _trimmed(tokens: Tokens) -> Tokens:
    start, end = 0, len(tokens)
    while start < end and tokens[end - 1].pos in ("PUNCT", "SPACE", "CCONJ") and tokens[end - 1].text not in CLOSERS:
        end -= 1
    while start < end and tokens[start].pos in ("PUNCT", "SPACE"):
        start += 1
    return tokens[start:end]
