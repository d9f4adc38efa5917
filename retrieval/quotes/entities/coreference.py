"""Coreference: the entities that a mention may mean, each with the facts that speak for or against it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retrieval.domain import SpeakerKind
from retrieval.quotes.entities.antecedents import GENDERS, MOST_ANTECEDENTS, AntecedentFinder, PersonFacts, RoleHolders
from retrieval.quotes.entities.descriptions import DescriptionIndex
from retrieval.quotes.entities.entity import Entity, Recency
from retrieval.quotes.entities.entity_index import EntityIndex
from retrieval.quotes.entities.issuers import issuers
from retrieval.quotes.entities.mentions import Mention, MentionForm
from retrieval.quotes.entities.organisation_coreference import OrganisationCoreference, OrganisationReferentFacts
from retrieval.quotes.entities.pronouns import PronounResolver, PronounScorer
from retrieval.quotes.syntax.parse import Parse
from retrieval.text.person_names.names import fold, folded_words

NEAR = 3
"""Sentences in which a fuller description is still in mind."""


@dataclass(frozen=True, slots=True)
class NameFacts:
    """A bearer of a name; `rank` is its place among several bearers, None where there is one.

    `shared`: nothing tells this bearer from another one who is named before, too.
    """

    rank: int | None
    shared: bool = False


@dataclass(frozen=True, slots=True)
class DescriptionFacts:
    """A description that stands for itself: "the minister" is the speaker's name.

    `known`: a fuller description says more; `introduced`: an indefinite one stands before; `near`: the fuller one is
    close; `age`: "the 45-year-old"; `modified`: it has more words than its noun.
    """

    form: MentionForm
    definite: bool
    known: bool
    introduced: bool
    near: bool
    age: bool
    modified: bool


@dataclass(frozen=True, slots=True)
class EpithetFacts:
    """How much a description says that may mean a person named before: the more, the less likely it does."""

    words: int
    relative: bool
    introduced: bool


@dataclass(frozen=True, slots=True)
class RoleHolderFacts:
    """A person whose role has the noun of a description; `rank` is 0 for the one named last before it.

    `fits`: all words of the description are in one role; `otherwise`: it has words that are in none.
    """

    rank: int
    definite: bool
    fits: bool
    otherwise: bool
    last_speaker: bool


@dataclass(frozen=True, slots=True)
class IssuerFacts:
    """Who issued the writing that a mention names; `form` is that of the issuer's own mention."""

    rank: int
    form: MentionForm


@dataclass(frozen=True, slots=True)
class TheyOrganisationFacts:
    """An organisation that "they" may mean; `rank` is 0 for the one named last."""

    rank: int


@dataclass(frozen=True, slots=True)
class TheyGroupFacts:
    """A described group that "they" may mean; `subject`: it is the subject of its clause."""

    subject: bool


@dataclass(frozen=True, slots=True)
class GroupLastSpeakerFacts:
    """The speaker of the quotation before, as what "they" or a group noun may mean."""

    form: MentionForm
    kind: SpeakerKind


ReferentFacts = (
    NameFacts
    | DescriptionFacts
    | EpithetFacts
    | RoleHolderFacts
    | IssuerFacts
    | TheyOrganisationFacts
    | TheyGroupFacts
    | GroupLastSpeakerFacts
    | PersonFacts
    | OrganisationReferentFacts
)


@dataclass(frozen=True, slots=True)
class Referent:
    """An entity that a mention may mean, with the facts of that link."""

    entity: Entity
    facts: tuple[ReferentFacts, ...]


class CoreferenceResolver:
    """Finds what the mentions of one article may mean."""

    def __init__(self, parse: Parse, entities: EntityIndex, score: PronounScorer) -> None:
        """Resolve the pronouns of the article and collect its descriptions."""
        self._parse = parse
        self._entities = entities
        self.descriptions = DescriptionIndex(parse, entities)
        self.pronouns = PronounResolver(parse, entities, score)
        self._antecedents = AntecedentFinder(parse, entities, self.descriptions, self.pronouns)
        self._organisations = OrganisationCoreference(parse, entities, self.descriptions)
        organisations = [e for e in entities.entities if not e.is_person and not e.is_place]
        self._organisations_before = Recency.of(organisations, 2)
        self._holders_of = RoleHolders(entities.people)
        self._joint: dict[str, Entity] = {}

    def of(self, mention: Mention, last: Entity | None) -> list[Referent]:
        """Return what a mention may mean; `last` is the speaker of the quotation before."""
        form = mention.form
        if form in (MentionForm.WE, MentionForm.YOU):
            return []
        if form in (MentionForm.PERSON_NAME, MentionForm.ORGANISATION_NAME, MentionForm.PLACE_NAME):
            return list(self._named(mention))
        if form in GENDERS:
            return [Referent(entity, (facts,)) for entity, facts in self._antecedents.of(mention, last)]
        if form is MentionForm.IT:
            return self._organisation(mention, last)
        return [*self._others(mention, last), self._itself(mention)]

    def _others(self, mention: Mention, last: Entity | None) -> Iterator[Referent]:
        """Iterate over those whom a description may mean beside the one that it describes by itself."""
        form = mention.form
        if form is MentionForm.DOCUMENT_NOUN and mention.definite:
            yield from self._issuers(mention, last)
        if form in (MentionForm.ORGANISATION_NOUN, MentionForm.DOCUMENT_NOUN) and not mention.plural:
            yield from self._organisation(mention, last)
        elif form is MentionForm.PERSON_NOUN:
            yield from self._holders(mention, last)
        elif form in (MentionForm.THEY, MentionForm.GROUP_NOUN):
            yield from self._group(mention, last)

    def _organisation(self, mention: Mention, last: Entity | None) -> list[Referent]:
        return [Referent(entity, (facts,)) for entity, facts in self._organisations.of(mention, last)]

    def _issuers(self, mention: Mention, last: Entity | None) -> Iterator[Referent]:
        for rank, issuer in enumerate(list(issuers(self._parse, self._entities, mention.head))[:2]):
            for referent in self.of(issuer, last)[:1] if issuer.form is not MentionForm.DOCUMENT_NOUN else ():
                yield Referent(referent.entity, (IssuerFacts(rank, issuer.form),))

    def _itself(self, mention: Mention) -> Referent:
        entity = self.descriptions.entity_of(mention)
        fuller = self.descriptions.fuller(mention)
        words = len(self.descriptions.words(mention))
        facts = DescriptionFacts(
            form=mention.form,
            definite=mention.definite,
            known=mention.definite and len(entity.words) > words,
            introduced=mention.definite and self.descriptions.introduced(mention),
            near=fuller is not None and 0 <= self.descriptions.apart(mention, fuller) < NEAR,
            age=mention.definite and fold(mention.head.text).endswith("old"),
            modified=words > 1,
        )
        return Referent(entity, (facts,))

    def _named(self, mention: Mention) -> Iterator[Referent]:
        named = self._entities.of_token(mention.head)
        if joint := self._together(mention, named):
            yield Referent(joint, (NameFacts(None),))
            return
        if len(named) == 1:
            yield Referent(named[0], (NameFacts(None),))
            return
        known = [entity for entity in named if any(at < mention.head.index for at in entity.occurrences)]
        for rank, entity in enumerate(named[:MOST_ANTECEDENTS]):
            yield Referent(entity, (NameFacts(rank, shared=known != [entity]),))

    def _together(self, mention: Mention, named: Sequence[Entity]) -> Entity | None:
        """Return the two whom a subject names together, as one group: "Lee and Park wrote"."""
        others = self._parse.below(mention.head, "conj")
        joins = any(word.text == "and" for word in self._parse.below(mention.head, "cc"))
        if not joins or len(others) != 1 or not mention.head.dep.startswith("nsubj"):
            return None
        beside = self._entities.of_token(others[0])
        if len(named) != 1 or len(beside) != 1 or beside[0] is named[0] or beside[0].is_person != named[0].is_person:
            return None
        name = f"{named[0].full_name} and {beside[0].full_name}"
        return self._joint.setdefault(name, Entity(name, tuple(folded_words(name)), SpeakerKind.GROUP))

    def _holders(self, mention: Mention, last: Entity | None) -> Iterator[Referent]:
        """Iterate over people who hold the role, and, of a definite description, those whom "he" could mean."""
        noun = fold(mention.head.lemma)
        words = {fold(w) for w in self.descriptions.words(mention)}
        order = self._holders_of.before(noun, mention.head.index)
        for rank, entity in enumerate(order):
            fits = any(words <= role.words | {role.head} for role in entity.roles)
            otherwise = not fits and len(words) > 1
            yield Referent(entity, (RoleHolderFacts(rank, mention.definite, fits, otherwise, entity is last),))
        if mention.definite:
            epithet = self._epithet(mention)
            for entity, facts in self._antecedents.of(mention, last):
                if entity not in order:
                    yield Referent(entity, (facts, epithet))

    def _epithet(self, mention: Mention) -> EpithetFacts:
        words = len(self.descriptions.words(mention))
        relative = bool(self._parse.below(mention.head, "relcl"))
        return EpithetFacts(words, relative, self.descriptions.introduced(mention))

    def _group(self, mention: Mention, last: Entity | None) -> Iterator[Referent]:
        if mention.form is MentionForm.THEY:
            index = self._parse.outside(mention.head).index
            for rank, (_, entity) in enumerate(self._organisations_before.before(index)):
                yield Referent(entity, (TheyOrganisationFacts(rank),))
            group = self.descriptions.group_before(mention.head)
            if group and group[0] is not last:
                yield Referent(group[0], (TheyGroupFacts(group[1]),))
        if last:
            yield Referent(last, (GroupLastSpeakerFacts(mention.form, last.kind),))
