"""Entities of an article: who may speak, what is known of each, and who was named last."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from retrieval.domain import SpeakerKind
from retrieval.quotes.entities.role_phrases import RolePhrase
from retrieval.quotes.entities.speaking_ability import Ability
from retrieval.text.lexicon import tagged
from retrieval.text.person_names.names import first_name_gender, first_names, gender_by_ending

MOST_ROLES = 40
"""Roles of one entity that are kept."""
JUST_BEFORE = 60
"""Tokens within which a bearer of a shared surname was named just before."""


@dataclass(slots=True, eq=False)
class Entity:
    """One possible speaker. `occurrences` are the indices of the last tokens of its names in the article, in order.

    `label` is what entity recognition takes the name for: PERSON, ORG, GPE …, "" where it is no name.
    """

    name: str
    words: tuple[str, ...]
    kind: SpeakerKind
    gender: str | None = None
    is_place: bool = False
    label: str = ""
    rank: str | None = None
    titled: bool = False
    roles: list[RolePhrase] = field(default_factory=list)
    occurrences: list[int] = field(default_factory=list)
    ability: Ability = Ability.ABLE

    @property
    def is_person(self) -> bool:
        """Return whether it is a named person."""
        return self.kind is SpeakerKind.PERSON

    @property
    def full_name(self) -> str:
        """Return the name with the rank that the article gives: "King Charles", "Cardinal Pell"."""
        return f"{self.rank} {self.name}" if self.rank else self.name

    def occur(self, token: int) -> None:
        """Add an occurrence, by the index of its last token."""
        insort(self.occurrences, token)

    def take_roles(self, roles: Iterable[RolePhrase]) -> None:
        """Add roles, each once, in order."""
        for role in roles:
            if len(self.roles) < MOST_ROLES and role not in self.roles:
                self.roles.append(role)

    @property
    def role(self) -> str | None:
        """Return the first role that the article gives, in its words."""
        return self.roles[0].text if self.roles else None


def gender_of(entity: Entity) -> str | None:
    """Return "f" or "m" by the roles and the first name of a person, None where nothing tells."""
    if not entity.is_person:
        return None
    heads = {role.head for role in entity.roles}
    if heads & tagged("female_noun"):
        return "f"
    known = first_name_gender(entity.words)
    if known:
        return known
    return "m" if heads & tagged("male_noun") else gender_by_ending(entity.words)


def may_be(entity: Entity, gender: str | None) -> bool:
    """Return whether nothing but the ending of a first name speaks against the gender."""
    return gender is None or entity.gender in (None, gender) or is_guessed(entity)


def is_guessed(entity: Entity) -> bool:
    """Return whether the ending of a first name is all that tells the gender."""
    return (
        gender_of(entity) is not None
        and entity.gender == gender_by_ending(entity.words)
        and not entity.titled
        and (
            first_name_gender(entity.words) is None
            and not {r.head for r in entity.roles} & (tagged("female_noun", "male_noun"))
        )
    )


def is_surely_person(entity: Entity) -> bool:
    """Return whether more than entity recognition tells that it is a person: a first name, a title, a role."""
    return entity.titled or bool(entity.roles) or entity.words[0] in first_names()


def likely_bearers(entities: Sequence[Entity], index: int) -> tuple[Entity, ...]:
    """Return those who share a surname, the likeliest first: named just before, with a role, introduced first."""
    first = min(entities, key=lambda entity: entity.occurrences[0] if entity.occurrences else index)

    def likelihood(entity: Entity) -> int:
        at = bisect_left(entity.occurrences, index) - 1
        just_before = at >= 0 and index - entity.occurrences[at] <= JUST_BEFORE
        return 2 * just_before + bool(entity.roles) + (entity is first)

    return tuple(sorted(entities, key=likelihood, reverse=True))


class Recency:
    """The entities named last before each token of an article, the nearest first, at most `most` of them."""

    def __init__(self, most: int) -> None:
        """Begin with no naming."""
        self._most = most
        self._tokens: list[int] = []
        self._latest: list[tuple[tuple[int, Entity], ...]] = []

    @classmethod
    def of(cls, entities: Iterable[Entity], most: int) -> "Recency":
        """Return the recency of entities by their occurrences."""
        found = cls(most)
        named = ((token, entity) for entity in entities for token in entity.occurrences)
        for token, entity in sorted(named, key=lambda pair: pair[0]):
            found.add(token, entity)
        return found

    def add(self, token: int, entity: Entity) -> None:
        """Add a naming that stands behind all those before, by token index."""
        earlier = self._latest[-1] if self._latest else ()
        others = tuple(pair for pair in earlier if pair[1] is not entity)
        self._tokens.append(token)
        self._latest.append(((token, entity), *others[: self._most - 1]))

    def before(self, token: int) -> tuple[tuple[int, Entity], ...]:
        """Return the last naming before a token, and its entity, for each of the entities named last."""
        at = bisect_left(self._tokens, token) - 1
        return self._latest[at] if at >= 0 else ()
