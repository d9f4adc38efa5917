"""Organisation coreference: which organisation, place or writing "it", "the company" or "the report" may mean."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from retrieval.domain import SpeakerKind
from retrieval.quotes.entities.antecedents import MOST_ANTECEDENTS
from retrieval.quotes.entities.descriptions import DescriptionIndex
from retrieval.quotes.entities.entity import Entity, Recency
from retrieval.quotes.entities.entity_index import EntityIndex
from retrieval.quotes.entities.mentions import Mention, MentionForm
from retrieval.quotes.entities.prominence import Prominence, prominence
from retrieval.quotes.entities.role_phrases import nouns_beside
from retrieval.quotes.syntax.parse import Parse, Token
from retrieval.text.lexicon import tagged
from retrieval.text.person_names.names import fold


class Definiteness(StrEnum):
    """How a mention points at an organisation: "the Danish company", "it" or "the company", "company"."""

    MODIFIED = "modified"
    DEFINITE = "definite"
    BARE = "bare"


@dataclass(frozen=True, slots=True)
class OrganisationFacts:
    """A named organisation, place or writing that a mention may mean, by its last naming before the mention.

    `rank` is 0 for the one named last; `back` counts sentences in the article's own words, `far` says that more than
    two lie between. `label` is that of entity recognition, "" where there is none. `called`: the article calls the
    organisation by the mention's noun; `unlike`: neither that nor its name holds the noun. `described_since`: a fuller
    description of the mention stands between. `share` is its part of all namings of organisations, 0..1.
    """

    form: MentionForm
    definiteness: Definiteness
    state_noun: bool
    rank: int
    back: int
    far: bool
    subject: bool
    prominence: Prominence
    label: str
    is_place: bool
    kind: SpeakerKind
    noun_in_name: bool
    called: bool
    modifier_in_name: bool
    described_since: bool
    last_speaker: bool
    share: float

    @property
    def unlike(self) -> bool:
        """Return whether neither name nor callings of the organisation hold the mention's noun."""
        return not self.noun_in_name and not self.called


@dataclass(frozen=True, slots=True)
class DescribedOrganisationFacts:
    """The speaker of the quotation before, not named near; `same_noun`: its words hold the mention's noun."""

    definiteness: Definiteness
    same_noun: bool


OrganisationReferentFacts = OrganisationFacts | DescribedOrganisationFacts


class OrganisationCoreference:
    """Finds what the nouns and pronouns of one article that stand for organisations may mean."""

    def __init__(self, parse: Parse, entities: EntityIndex, descriptions: DescriptionIndex) -> None:
        """Collect the named organisations, places and documents."""
        self._parse = parse
        self._descriptions = descriptions
        self._organisations = [entity for entity in entities.entities if not entity.is_person]
        self._namings = sum(len(entity.occurrences) for entity in self._organisations) or 1
        self._called: dict[int, frozenset[str]] = {}
        self._before = Recency.of(self._organisations, MOST_ANTECEDENTS)
        self._with_word: dict[str, Recency] = {}

    def of(self, mention: Mention, last: Entity | None) -> Iterator[tuple[Entity, OrganisationReferentFacts]]:
        """Iterate over those named last before the mention and those with its noun in the name; `last` spoke before."""
        noun = fold(mention.head.lemma)
        near = self._near(noun, self._parse.outside(mention.head).index)
        fuller = self._descriptions.fuller(mention)
        for rank, (index, entity) in enumerate(near):
            yield entity, self._facts(mention, (rank, self._parse.tokens[index], entity), fuller, last)
        if last and not last.is_person and last not in [entity for _, entity in near]:
            yield last, DescribedOrganisationFacts(self._definiteness(mention), noun in last.words)

    def _near(self, noun: str, token: int) -> list[tuple[int, Entity]]:
        """Return the last naming before a token, and whom it names, of those named last and of some with the noun."""
        if noun not in self._with_word:
            bearers = [entity for entity in self._organisations if noun in entity.words]
            self._with_word[noun] = Recency.of(bearers, 2 * MOST_ANTECEDENTS)
        near = dict((*self._before.before(token), *self._with_word[noun].before(token)))
        return sorted(near.items(), reverse=True)[: 2 * MOST_ANTECEDENTS]

    def _definiteness(self, mention: Mention) -> Definiteness:
        if mention.form is not MentionForm.IT and len(self._descriptions.words(mention)) > 1:
            return Definiteness.MODIFIED
        return Definiteness.DEFINITE if mention.definite or mention.form is MentionForm.IT else Definiteness.BARE

    def _facts(
        self, mention: Mention, naming: tuple[int, Token, Entity], fuller: Mention | None, last: Entity | None
    ) -> OrganisationFacts:
        """Return the facts of an organisation, given the rank and the last token of its last naming before the mention.

        `fuller` is the fuller description of the mention.
        """
        rank, named, entity = naming
        noun = fold(mention.head.lemma)
        modifiers = {fold(word) for word in self._descriptions.words(mention)} - {noun}
        return OrganisationFacts(
            form=mention.form,
            definiteness=self._definiteness(mention),
            state_noun=noun in tagged("state_noun"),
            rank=rank,
            back=self._parse.outside(mention.head).sentence - named.sentence,
            far=mention.head.sentence - named.sentence > 2,
            subject=named.dep.startswith("nsubj"),
            prominence=prominence(self._parse, named),
            label=entity.label,
            is_place=entity.is_place,
            kind=entity.kind,
            noun_in_name=noun in entity.words,
            called=noun in self._callings(entity),
            modifier_in_name=bool(modifiers & set(entity.words)),
            described_since=fuller is not None and named.index < fuller.head.index < mention.head.index,
            last_speaker=entity is last,
            share=len(entity.occurrences) / self._namings,
        )

    def _callings(self, entity: Entity) -> frozenset[str]:
        """Return the nouns that the article calls an organisation by: "Lumo, a company", "the company Lumo"."""
        if id(entity) not in self._called:
            tokens = [self._parse.tokens[index] for index in entity.occurrences]
            self._called[id(entity)] = frozenset(fold(n.lemma) for t in tokens for n in nouns_beside(self._parse, t))
        return self._called[id(entity)]
