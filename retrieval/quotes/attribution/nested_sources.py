"""Sources that the speaker of a quotation quotes: looked for inside the quotation and beside its reporting clause."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from retrieval.quotes.attribution.facts.carry_over import AttributedQuotation
from retrieval.quotes.attribution.facts.quote_position import QuotePosition
from retrieval.quotes.attribution.hypotheses import EvidenceSource, NestedRole, SpeakerHypothesis
from retrieval.quotes.attribution.registry import FeatureRegistry
from retrieval.quotes.entities.entity_index import EntityIndex
from retrieval.quotes.entities.mentions import PRONOUNS, Mention, MentionForm, mention_of
from retrieval.quotes.syntax.parse import Parse, Token
from retrieval.text.lexicon import tagged

MIN_CLAUSE = 2
"""Fewest words of a clause: a name and a verb."""
MOST_TOKENS = 400
"""Tokens from the start of a quotation among which the person is looked for whom it names first."""


@dataclass(frozen=True, slots=True)
class ContextSpeakerFacts:
    """A speaker whom something other than a clause of the quotation's own sentence suggests.

    `way` is "outer" for the speaker of the quotation around, "repeated" for that of the same words elsewhere, "echoed"
    for that of most words of a heading, "cited", "named_before_verb" and "named_first" for a source that the outer
    speaker quotes. `surroundings` is what the quotation's sentence holds.
    """

    way: str
    surroundings: str


@dataclass(frozen=True, slots=True)
class NestedSpeakerFacts:
    """A speaker of words that stand inside another quotation, by the role that the hypothesis gives them."""

    role: NestedRole


def with_role(
    hypothesis: SpeakerHypothesis,
    mention: Mention | None,
    outer: AttributedQuotation,
    named: bool,
    registry: FeatureRegistry,
) -> SpeakerHypothesis:
    """Return a hypothesis for words inside the quotation `outer` with its role there, and the feature of that role.

    `mention` is that of a clause, None where the hypothesis rests on none; `named`: the outer words name the entity.
    """
    role = _nested_role(hypothesis, mention.form if mention else None, outer, named)
    features = hypothesis.referent_features | registry.features(NestedSpeakerFacts(role))
    return replace(hypothesis, evidence=replace(hypothesis.evidence, nested=role), referent_features=features)


def _nested_role(
    hypothesis: SpeakerHypothesis, form: MentionForm | None, outer: AttributedQuotation, named: bool
) -> NestedRole:
    clause, source, first_person = hypothesis.evidence.clause, hypothesis.evidence.source, form is MentionForm.WE
    voicing = clause is not None and clause.voicing and source is not EvidenceSource.NEIGHBOUR_CLAUSE
    if hypothesis.entity is outer.entity or first_person:
        return NestedRole.SELF if voicing and first_person else NestedRole.OUTER
    if not voicing:
        return NestedRole.SOURCE if source is EvidenceSource.CITED_SOURCE else NestedRole.OTHER
    made = clause is not None and clause.relation == "object"
    return NestedRole.UNSURE if made or (form in PRONOUNS and not named) else NestedRole.SOURCE


def sources(
    parse: Parse, entities: EntityIndex, position: QuotePosition, around: QuotePosition
) -> Iterator[tuple[Mention, str]]:
    """Iterate over the sources, each with its way; `around` is where the quotation around this one stands."""
    for mention in cited(parse, entities, around):
        yield mention, "cited"
    spoken = named_before_verb(parse, entities, position)
    if spoken:
        yield spoken, "named_before_verb"
    first = named_first(parse, entities, position)
    if first:
        yield first, "named_first"


def cited(parse: Parse, entities: EntityIndex, around: QuotePosition) -> Iterator[Mention]:
    """Iterate over what the outer speaker is said to cite: "…," Lee wrote, citing a report."""
    for token in around.outside:
        if token.lemma in tagged("citing_verb") and token.pos == "VERB":
            for noun in parse.below(token, "dobj"):
                yield mention_of(parse, entities, noun)


def named_before_verb(parse: Parse, entities: EntityIndex, position: QuotePosition) -> Mention | None:
    """Return the name right before a reporting verb that leads to the words: "I heard President Lee ask, quote, …"."""
    words = [t for t in _before(parse, position.first) if t.pos not in ("PUNCT", "SPACE", "ADV")]
    if words and words[-1].text == "quote":
        words.pop()
    verb = words[-1:]
    if len(words) < MIN_CLAUSE or verb[0].lemma not in tagged("reporting_verb") or verb[0].quotation is not None:
        return None
    named = entities.of_token(words[-2])
    return mention_of(parse, entities, words[-2]) if named and not named[0].is_place else None


def named_first(parse: Parse, entities: EntityIndex, position: QuotePosition) -> Mention | None:
    """Return the person whom the outer quotation names first: "Ann Lee (1912-1956). Two gold medals. ‘…’"."""
    for token in _before(parse, position.first):
        named = entities.of_token(token)
        if token.quotation is None and named and named[0].is_person:
            return mention_of(parse, entities, entities.chunk_at[token.index].tokens[-1])
    return None


def _before(parse: Parse, first: Token) -> Sequence[Token]:
    start = bisect_left(parse.tokens, first.block, key=lambda token: token.block)
    return parse.tokens[start : min(first.index, start + MOST_TOKENS)]
