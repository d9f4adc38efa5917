"""Speaker attribution of one article: hypotheses for every quotation, their referents, and one probability each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from retrieval.domain import Kind
from retrieval.quotes.attribution.candidates import CandidateFinder, SpeakerCandidate
from retrieval.quotes.attribution.channels import channel_of
from retrieval.quotes.attribution.facts.carry_over import (
    AttributedQuotation,
    CarryOver,
    attributed_quotation,
    named_between,
    same_speaker,
)
from retrieval.quotes.attribution.facts.quote_position import QuotePosition
from retrieval.quotes.attribution.facts.quoted_words import (
    FirstPersonFacts,
    QuotationWords,
    QuotedContent,
    QuotedWordsFacts,
    UnattributedFacts,
)
from retrieval.quotes.attribution.hypotheses import Evidence, EvidenceSource, SpeakerDistribution, SpeakerHypothesis
from retrieval.quotes.attribution.labels import label_inside
from retrieval.quotes.attribution.model import SpeakerModel
from retrieval.quotes.attribution.nested_sources import ContextSpeakerFacts, sources, with_role
from retrieval.quotes.attribution.registry import Features
from retrieval.quotes.attribution.standing import by_quotation
from retrieval.quotes.entities.coreference import CoreferenceResolver, NameFacts, Referent
from retrieval.quotes.entities.entity import Entity
from retrieval.quotes.entities.entity_index import EntityIndex
from retrieval.quotes.entities.mentions import Mention, MentionForm
from retrieval.quotes.spans.scanner import QuoteSpan
from retrieval.quotes.spans.standing_names import standing_names
from retrieval.quotes.syntax.parse import Parse, Token

MOST_BEHIND = 200
"""Quotations behind one among which the next is looked for that is no mention and stands in the same outer one."""

Distributions = Mapping[int, SpeakerDistribution]


class Attributor:
    """Attributes the quotations of one article, given as stretches with their kinds."""

    def __init__(
        self, parse: Parse, stretches: Sequence[QuoteSpan], kinds: Sequence[Kind], model: SpeakerModel
    ) -> None:
        """Index the entities of the article; `kinds` are those of the stretches."""
        standing = standing_names(parse.text, stretches)
        self.entities = EntityIndex(
            parse, list(dict.fromkeys(name.phrase.span for name in standing if name.phrase.name))
        )
        self._parse = parse
        self._stretches = stretches
        self._kinds = kinds
        self._model = model
        self._registry = model.registry
        self._finder = CandidateFinder(parse, self.entities, model.registry, by_quotation(standing))
        self._coreference = CoreferenceResolver(parse, self.entities, model.pronoun_score)
        self._candidates: dict[int, Sequence[SpeakerCandidate]] = {}
        self._words = QuotationWords(parse.text, stretches, self.entities)

    def attribute(self) -> dict[int, SpeakerDistribution]:
        """Return the distribution over speakers of every stretch that is speech, by its index.

        Two passes: in the second the speakers of later quotations, and of the same words elsewhere, are known.
        """
        return self._pass(self._pass({}))

    def _pass(self, known: Distributions) -> dict[int, SpeakerDistribution]:
        found: dict[int, SpeakerDistribution] = {}
        attributed: dict[int | None, list[AttributedQuotation]] = {}
        for index, stretch in enumerate(self._stretches):
            if self._kinds[index] is Kind.MENTION:
                continue
            before = attributed.setdefault(stretch.parent, [])
            found[index] = self._model.distribution(list(self.hypotheses(index, before, known)))
            if speaker := attributed_quotation(index, found[index]):
                before.append(speaker)
        return found

    def hypotheses(
        self, index: int, before: Sequence[AttributedQuotation], known: Distributions
    ) -> Iterator[SpeakerHypothesis]:
        """Iterate over all hypotheses of one quotation.

        `before` are the quotations before it, in order; `known` are the distributions of an earlier pass.
        """
        position = self._finder.position_of(index)
        last = before[-1].entity if before else None
        yield self._nobody(index, position, last)
        if position is None:
            return
        content = self._content(index, before, known)
        phrase = 0
        for phrase, candidate in enumerate(self._around(index)):
            for hypothesis in self._of_candidate(phrase, candidate, position, last, content.outer):
                facts = content.facts(hypothesis.entity, candidate.mention, position)
                features = hypothesis.referent_features | self._registry.features(facts)
                placed = replace(hypothesis, referent_features=features)
                yield self._in_outer(index, placed, candidate.mention, content.outer)
        for hypothesis in self._from_context(index, position, before, known):
            phrase += 1
            facts = QuotedWordsFacts(named=id(hypothesis.entity) in content.named)
            placed = replace(hypothesis, phrase=phrase, referent_features=self._registry.features(facts))
            yield self._in_outer(index, placed, None, content.outer)

    def _in_outer(
        self, index: int, hypothesis: SpeakerHypothesis, mention: Mention | None, outer: AttributedQuotation | None
    ) -> SpeakerHypothesis:
        """Return a hypothesis with its role in the quotation `outer` around; unchanged where there is none."""
        if outer is None or hypothesis.entity is None or self._kinds[index] is not Kind.NESTED:
            return hypothesis
        named = id(hypothesis.entity) in self._words.named_in(outer.index)
        return with_role(hypothesis, mention, outer, named, self._registry)

    def of_mention(self, mention: Mention, last: Entity | None) -> SpeakerDistribution:
        """Return whom a phrase means that is known to name the speaker; `last` is who spoke before."""
        evidence = Evidence(EvidenceSource.INDIRECT_SPEECH)
        return self._model.distribution(
            [
                SpeakerHypothesis(referent.entity, mention.span, 0, evidence, {}, self._referent_features(referent))
                for referent in self._coreference.of(mention, last)
            ]
        )

    def channel(self, sentence: Sequence[Token] | int, speaker: Entity | None) -> str | None:
        """Return the outlet through which words of a speaker came, by their sentence or the quotation's index."""
        if isinstance(sentence, int):
            position = self._finder.position_of(sentence)
            sentence = position.region if position else ()
        channel = channel_of(self._parse, self.entities, sentence, speaker) if speaker else None
        return channel.full_name if channel else None

    def _nobody(self, index: int, position: QuotePosition | None, last: Entity | None) -> SpeakerHypothesis:
        facts = UnattributedFacts(
            surroundings=position.surroundings if position else "lost",
            words=len(self._stretches[index].inner.of(self._parse.text).split()),
            asked=position is not None and position.asked,
            first=last is None,
        )
        return SpeakerHypothesis(None, None, -1, Evidence(EvidenceSource.NOBODY), self._registry.features(facts))

    def _content(self, index: int, before: Sequence[AttributedQuotation], known: Distributions) -> QuotedContent:
        named, outer = self._words.named_in(index), self._outer(index, known)
        utterance = self._stretches[index].utterance
        reported = any(self._is_reported(beside, utterance) for beside in (index - 1, index + 1))
        if not before:
            return QuotedContent(named, outer, reported_beside=reported)
        last = before[-1]
        goes_on = self._stretches[last.index].utterance == utterance
        return QuotedContent(named, outer, last, self._words.named_in(last.index), goes_on, reported)

    def _is_reported(self, index: int, utterance: int) -> bool:
        """Return whether a clause reports the quotation, which is part of an utterance."""
        if not 0 <= index < len(self._stretches) or self._stretches[index].utterance != utterance:
            return False
        position = self._finder.position_of(index)
        return position is not None and position.reported

    def _around(self, index: int) -> Sequence[SpeakerCandidate]:
        if index not in self._candidates:
            self._candidates[index] = self._finder.around(index)
        return self._candidates[index]

    def _of_candidate(
        self,
        phrase: int,
        candidate: SpeakerCandidate,
        position: QuotePosition,
        last: Entity | None,
        outer: AttributedQuotation | None,
    ) -> Iterator[SpeakerHypothesis]:
        """Iterate over the hypotheses of one phrase: one for each entity that it may mean."""
        mention, features, evidence = candidate.mention, candidate.features, candidate.evidence
        if mention.form is MentionForm.WE and outer:
            facts = FirstPersonFacts(quoted=True, beside=mention.head not in position.region)
            told = self._registry.features(facts)
            yield SpeakerHypothesis(outer.entity, mention.span, phrase, evidence, features, told, outer.spread)
        elif mention.form is MentionForm.WE:
            features = features | self._registry.features(FirstPersonFacts(quoted=False))
            writer = replace(evidence, source=EvidenceSource.WRITER)
            yield SpeakerHypothesis(None, mention.span, phrase, writer, features)
        for referent in self._coreference.of(mention, last):
            referent_features = self._referent_features(referent)
            doubtful = any(isinstance(facts, NameFacts) and facts.shared for facts in referent.facts)
            yield SpeakerHypothesis(
                referent.entity, mention.span, phrase, evidence, features, referent_features, doubtful=doubtful
            )

    def _referent_features(self, referent: Referent) -> Features:
        found: Features = {}
        for facts in referent.facts:
            found |= self._registry.features(facts)
        return found

    def _from_context(
        self, index: int, position: QuotePosition, before: Sequence[AttributedQuotation], known: Distributions
    ) -> Iterator[SpeakerHypothesis]:
        """Iterate over the hypotheses of the words' own head and of other quotations."""
        label = label_inside(self._parse.text, self._stretches[index].inner, self.entities)
        if label:
            evidence = Evidence(EvidenceSource.TRANSCRIPT_LABEL)
            yield SpeakerHypothesis(label.entity, label.span, 0, evidence, self._registry.features(label.facts))
        outer = self._outer(index, known)
        if outer:
            facts = ContextSpeakerFacts("outer", position.surroundings)
            yield same_speaker(outer, EvidenceSource.OUTER_QUOTATION, self._registry.features(facts))
        yield from self._nested_sources(index, position, before[-1].entity if before else None)
        carry_over = CarryOver(self._parse, self._stretches, index, position)
        for earlier, carried in carry_over.earlier(before):
            features = self._registry.features(carried) | self._named_between(earlier, position)
            yield same_speaker(earlier, EvidenceSource.EARLIER_QUOTATION, features)
        later = self._later(index, known)
        if later:
            features = self._registry.features(carry_over.later(later))
            yield same_speaker(later, EvidenceSource.LATER_QUOTATION, features)
        for same in self._same_words(index, known):
            facts = ContextSpeakerFacts("repeated", position.surroundings)
            yield same_speaker(same, EvidenceSource.REPEATED_WORDS, self._registry.features(facts))
        echoed = self._words.echoed(index, known) if position.heading else ()
        for same in islice(filter(None, (attributed_quotation(other, known[other]) for other in echoed)), 1):
            facts = ContextSpeakerFacts("echoed", position.surroundings)
            yield same_speaker(same, EvidenceSource.REPEATED_WORDS, self._registry.features(facts))

    def _nested_sources(self, index: int, position: QuotePosition, last: Entity | None) -> Iterator[SpeakerHypothesis]:
        """Iterate over those whom the speaker of the outer quotation quotes."""
        parent = self._stretches[index].parent
        around = self._finder.position_of(parent) if parent is not None else None
        if around is None:
            return
        evidence = Evidence(EvidenceSource.CITED_SOURCE)
        for mention, way in sources(self._parse, self.entities, position, around):
            features = self._registry.features(ContextSpeakerFacts(way, position.surroundings))
            for referent in self._coreference.of(mention, last)[:1]:
                yield SpeakerHypothesis(referent.entity, mention.span, 0, evidence, features)

    def _named_between(self, earlier: AttributedQuotation, position: QuotePosition) -> Features:
        end = self._stretches[earlier.index].outer.end
        named = self._coreference.pronouns.between(end, position.first)
        return self._registry.features(named_between(earlier.entity, named, position.surroundings))

    def _outer(self, index: int, known: Distributions) -> AttributedQuotation | None:
        """Return the quotation around this one, with its speaker."""
        parent = self._stretches[index].parent
        return attributed_quotation(parent, known[parent]) if parent is not None and parent in known else None

    def _later(self, index: int, known: Distributions) -> AttributedQuotation | None:
        parent = self._stretches[index].parent
        for later in range(index + 1, min(index + 1 + MOST_BEHIND, len(self._stretches))):
            if later in known and self._stretches[later].parent == parent:
                return attributed_quotation(later, known[later])
        return None

    def _same_words(self, index: int, known: Distributions) -> Iterator[AttributedQuotation]:
        same = (attributed_quotation(other, known[other]) for other in self._words.repeated(index, known))
        yield from islice(filter(None, same), 1)
