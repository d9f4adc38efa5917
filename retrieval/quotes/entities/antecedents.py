"""Antecedents of "he", "she" and of epithets such as "the goalkeeper": the people who may be meant, with facts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from retrieval.domain import SpeakerKind
from retrieval.quotes.entities.descriptions import DescriptionIndex, described_gender
from retrieval.quotes.entities.entity import Entity, Recency, is_surely_person, may_be
from retrieval.quotes.entities.entity_index import EntityIndex
from retrieval.quotes.entities.mentions import Mention, MentionForm
from retrieval.quotes.entities.prominence import Prominence, are_joined
from retrieval.quotes.entities.pronouns import PersonMention, PronounResolver
from retrieval.quotes.syntax.parse import Parse

GENDERS = {MentionForm.HE: "m", MentionForm.SHE: "f"}
MOST_ANTECEDENTS = 5


class Anaphor(StrEnum):
    """What refers back: a pronoun, or a noun phrase with "the"."""

    PRONOUN = "pronoun"
    EPITHET = "epithet"


class SinceQuotation(StrEnum):
    """Who is named between the quotation before and the anaphor, seen from one person."""

    ONLY = "only"
    AMONG = "among"
    OTHERS = "others"
    NOBODY = "nobody"


class DescribedWhere(StrEnum):
    """How a person without a name stands to a pronoun: a subject near it, an object near it, the speaker before."""

    NEAR = "near"
    OBJECT = "object"
    LAST_SPEAKER = "last"


@dataclass(frozen=True, slots=True)
class AntecedentFacts:
    """A named person whom an anaphor may mean, by the last sentence before it that names or means them.

    `rank` is 0 for the person named last; `back` and `paragraphs` count what lies between. `resolved`: the pronoun
    resolver takes the pronoun for this person; `share` is the person's part of all mentions of people, 0..1. `outside`:
    the anaphor is quoted and the person is named outside of that quotation.
    """

    anaphor: Anaphor
    rank: int
    back: int
    paragraphs: int
    prominence: Prominence
    speaks: bool
    listed: bool
    asked_about: bool
    introduced: bool
    outside: bool
    last_speaker: bool
    share: float
    surely_person: bool
    gender_unknown: bool
    gender_guessed: bool
    alone: bool
    resolved: bool
    spoke_last: bool
    only_topic: bool
    since: SinceQuotation


@dataclass(frozen=True, slots=True)
class DescribedAntecedentFacts:
    """A person without a name whom a pronoun may mean: "a spokeswoman".

    `fits`: the description tells the pronoun's gender; `inside`: the pronoun is quoted; `rivalled`: somebody is named
    in that quotation; `latest`: nobody is named between.
    """

    where: DescribedWhere
    fits: bool
    speaks: bool = False
    inside: bool = False
    rivalled: bool = False
    latest: bool = False


@dataclass(frozen=True, slots=True)
class CataphoraFacts:
    """A person whom the article names only behind the pronoun."""


PersonFacts = AntecedentFacts | DescribedAntecedentFacts | CataphoraFacts


class AntecedentFinder:
    """Finds the antecedents of one article."""

    def __init__(
        self, parse: Parse, entities: EntityIndex, descriptions: DescriptionIndex, pronouns: PronounResolver
    ) -> None:
        """Keep what the article names, describes and means by pronouns."""
        self._parse = parse
        self._entities = entities
        self._descriptions = descriptions
        self._pronouns = pronouns
        self._first: dict[tuple[str, int], tuple[Entity, ...]] = {}

    def of(self, mention: Mention, last: Entity | None) -> Iterator[tuple[Entity, PersonFacts]]:
        """Iterate over the antecedents, those named last before the mention first; `last` spoke before."""
        gender = GENDERS.get(mention.form)
        near = self._near(mention, gender)
        yield from self._named(mention, gender, near, last)
        if gender:
            yield from self._nameless(mention, last, gender, [named for named, _ in near])
        if gender and not near:
            for person in self._first_people(gender):
                yield person, CataphoraFacts()

    def _first_people(self, gender: str) -> Sequence[Entity]:
        """Return the first people of the article who may be of a gender."""
        people = self._entities.people
        if (gender, len(people)) not in self._first:
            fitting = (e for e in people if e.gender in (None, gender))
            self._first[gender, len(people)] = tuple(islice(fitting, 2))
        return self._first[gender, len(people)]

    def _near(self, mention: Mention, gender: str | None) -> list[tuple[PersonMention, Entity]]:
        fitting = [e for e in self._pronouns.recent(mention.head) if may_be(e, gender)]
        mentions = [(self._pronouns.last(person, mention.head), person) for person in fitting]
        near = [(named, person) for named, person in mentions if named]
        return sorted(near, key=lambda pair: (self._pronouns.back(mention.head, pair[0]), -pair[0].token))

    def _ranks(self, near: Sequence[PersonMention]) -> list[int]:
        """Return the place of each in the order; names of one list share theirs."""
        tokens = [self._parse.tokens[named.token] for named in near]
        ranks: list[int] = []
        for number, token in enumerate(tokens):
            joined = bool(ranks) and are_joined(self._parse, tokens[number - 1], token)
            ranks.append(ranks[-1] if joined else len(set(ranks)))
        return ranks

    def _named(
        self, mention: Mention, gender: str | None, near: list[tuple[PersonMention, Entity]], last: Entity | None
    ) -> Iterator[tuple[Entity, AntecedentFacts]]:
        head = mention.head
        backs = [self._pronouns.back(head, named) for named, _ in near]
        ranks = self._ranks([named for named, _ in near])
        meant = self._pronouns.meant.get(head.index)
        spoke = max((named.spoke for named, _ in near if named.spoke is not None), default=None)
        topics = [p for (n, p), back in zip(near, backs, strict=True) if back < 2 and n.prominence > Prominence.ASIDE]
        since = [e for e in self._pronouns.named_since_quotation(head) if any(e is person for _, person in near)]
        inside = self._is_inside(mention)
        for rank, back, (named, person) in list(zip(ranks, backs, near, strict=True))[:MOST_ANTECEDENTS]:
            yield (
                person,
                AntecedentFacts(
                    anaphor=Anaphor.PRONOUN if gender else Anaphor.EPITHET,
                    rank=rank,
                    back=back,
                    paragraphs=self._pronouns.paragraphs(head, named),
                    prominence=named.prominence,
                    speaks=named.speaks,
                    listed=named.listed,
                    asked_about=named.asked_about,
                    introduced=named.first,
                    outside=inside and named.block != head.block,
                    last_speaker=person is last,
                    share=self._pronouns.share(person),
                    surely_person=is_surely_person(person),
                    gender_unknown=person.gender is None,
                    gender_guessed=gender is not None and person.gender not in (None, gender),
                    alone=len(near) == 1,
                    resolved=person is meant,
                    spoke_last=named.spoke is not None and named.spoke == spoke,
                    only_topic=topics == [person],
                    since=_since(person, since),
                ),
            )

    def _nameless(
        self, mention: Mention, last: Entity | None, gender: str, near: Sequence[PersonMention]
    ) -> Iterator[tuple[Entity, DescribedAntecedentFacts]]:
        """Iterate over people who are only described: near the pronoun, or as the speaker before."""
        described, speaks, place = self._descriptions.person_before(mention.head) or (None, False, 0)
        if described and described is not last and described_gender(described) in (None, gender):
            inside = self._is_inside(mention)
            facts = DescribedAntecedentFacts(
                where=DescribedWhere.NEAR,
                fits=described_gender(described) == gender,
                speaks=speaks,
                inside=inside,
                rivalled=inside and any(named.block == mention.head.block for named in near),
                latest=not inside and all(named.token < place for named in near),
            )
            yield described, facts
        acted_on = self._descriptions.object_before(mention.head)
        if acted_on and acted_on not in (last, described) and described_gender(acted_on) in (None, gender):
            yield acted_on, DescribedAntecedentFacts(DescribedWhere.OBJECT, described_gender(acted_on) == gender)
        if last and last.kind is SpeakerKind.UNNAMED and described_gender(last) in (None, gender):
            yield last, DescribedAntecedentFacts(DescribedWhere.LAST_SPEAKER, described_gender(last) == gender)

    def _is_inside(self, mention: Mention) -> bool:
        """Return whether the mention stands inside a quotation."""
        return self._parse.outside(mention.head) is not mention.head


def _since(person: Entity, named: Sequence[Entity]) -> SinceQuotation:
    if not named:
        return SinceQuotation.NOBODY
    if not any(other is person for other in named):
        return SinceQuotation.OTHERS
    return SinceQuotation.ONLY if len(named) == 1 else SinceQuotation.AMONG


class RoleHolders:
    """The people of an article by the nouns of their roles."""

    def __init__(self, people: Sequence[Entity]) -> None:
        """Collect the holders of each role."""
        self._holders: dict[str, list[Entity]] = {}
        self._recency: dict[str, Recency] = {}
        for person in people:
            for noun in {noun for role in person.roles for noun in (role.head, *role.words)}:
                self._holders.setdefault(noun, []).append(person)

    def before(self, noun: str, token: int) -> list[Entity]:
        """Return a few people whose role has the noun, those named last before a token first."""
        holders = self._holders.get(noun, [])
        if noun not in self._recency:
            self._recency[noun] = Recency.of(holders, MOST_ANTECEDENTS)
        order = [entity for _, entity in self._recency[noun].before(token)]
        rest = (entity for entity in holders if entity not in order)
        return [*order, *islice(rest, MOST_ANTECEDENTS - len(order))]
