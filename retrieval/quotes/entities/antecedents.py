"""Which person "he", "she" or an epithet such as "the goalkeeper" may mean, with the features that speak for each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retrieval.domain import SpeakerKind
from retrieval.quotes.attribution.model import Features
from retrieval.quotes.entities.descriptions import Descriptions, described_gender
from retrieval.quotes.entities.entity import Entity, is_surely_person, may_be
from retrieval.quotes.entities.entity_index import Roster
from retrieval.quotes.entities.mentions import Form, Mention
from retrieval.quotes.entities.prominence import Prominence, are_joined
from retrieval.quotes.entities.pronouns import Naming, Pronouns
from retrieval.quotes.syntax.parse import Parse

GENDERS = {Form.HE: "m", Form.SHE: "f"}
MOST = 5


@dataclass(frozen=True, slots=True)
class Referent:
    entity: Entity
    features: Features


class Antecedents:
    """One article's. The names of features begin with "pronoun" or "epithet"."""

    def __init__(self, parse: Parse, roster: Roster, descriptions: Descriptions) -> None:
        self._parse = parse
        self._roster = roster
        self._descriptions = descriptions
        self.pronouns = Pronouns(parse, roster)

    def of(self, mention: Mention, last: Entity | None) -> Iterator[Referent]:
        """`last` is the speaker of the quotation before. Those named nearest before the mention come first."""
        gender = GENDERS.get(mention.form)
        way = "pronoun" if gender else "epithet"
        near = self._near(mention, gender)
        traits = self._traits(mention, near, last)
        ranks = self._ranks([naming for naming, _ in near])
        for rank, (naming, person) in zip(ranks[:MOST], near, strict=False):
            features = self._nearness(mention, naming, rank) | self._standing(person, last) | traits[id(person)]
            features["gender_guessed"] = float(gender is not None and person.gender not in (None, gender))
            features["alone"] = float(len(near) == 1)
            yield Referent(person, {f"{way}:{name}": value for name, value in features.items()})
        if gender:
            for referent in self._nameless(mention, last, gender, [naming for naming, _ in near]):
                yield Referent(referent.entity, {f"{way}:{n}": value for n, value in referent.features.items()})
        if gender and not near:
            for person in [e for e in self._roster.people if e.gender in (None, gender)][:2]:
                yield Referent(person, {f"{way}:later": 1.0})

    def _near(self, mention: Mention, gender: str | None) -> list[tuple[Naming, Entity]]:
        fitting = [e for e in self._roster.people if may_be(e, gender)]
        namings = [(self.pronouns.last(person, mention.head), person) for person in fitting]
        near = [(naming, person) for naming, person in namings if naming]
        return sorted(near, key=lambda pair: (self.pronouns.back(mention.head, pair[0]), -pair[0].token))

    def _ranks(self, near: Sequence[Naming]) -> list[int]:
        """Of each its place in the order; names of one list share theirs."""
        tokens = [self._parse.tokens[naming.token] for naming in near]
        ranks: list[int] = []
        for number, token in enumerate(tokens):
            joined = bool(ranks) and are_joined(self._parse, tokens[number - 1], token)
            ranks.append(ranks[-1] if joined else len(set(ranks)))
        return ranks

    def _traits(self, mention: Mention, near: list[tuple[Naming, Entity]], last: Entity | None) -> dict[int, Features]:
        """What can be told of each only beside the others, by the entity's id."""
        meant = self.pronouns.meant.get(mention.head.index)
        spoke = max((naming.spoke for naming, _ in near if naming.spoke is not None), default=None)
        recent = [pair for pair in near if self.pronouns.back(mention.head, pair[0]) < 2]
        topics = [person for naming, person in recent if naming.prominence > Prominence.ASIDE]
        since = [e for e in self.pronouns.told_since(mention.head) if any(e is person for _, person in near)]
        return {
            id(person): {
                "followed": float(person is meant),
                "spoke_last": float(naming.spoke is not None and naming.spoke == spoke),
                "only_topic": float(topics == [person]),
                "followed_and_last": float(person is meant and person is last),
                "followed_and_topic": float(person is meant and topics == [person]),
                "since:only": float(since == [person]),
                "since:only:new": float(since == [person] and naming.first),
                "since:among": float(len(since) > 1 and person in since),
                "since:others": float(bool(since) and person not in since),
            }
            for naming, person in near
        }

    def _nearness(self, mention: Mention, naming: Naming, rank: int) -> Features:
        """Where and how the article spoke of the person last."""
        back = self.pronouns.back(mention.head, naming)
        apart = self.pronouns.paragraphs(mention.head, naming)
        how = naming.prominence.name
        outside = self._is_inside(mention) and naming.block != mention.head.block
        return {
            f"rank:{min(rank, 2)}": 1.0,
            f"back:{_steps(back)}": 1.0,
            f"back:{_steps(back)}:{how}:{naming.speaks}": 1.0,
            f"paragraphs:{apart if 0 <= apart < 3 else 'many'}": 1.0,
            "outside": float(outside),
            how: 1.0,
            f"{'near' if back < 2 else 'far'}:{how}": 1.0,
            f"{'near' if back < 3 else 'far'}:speaks": float(naming.speaks),
            "listed": float(naming.listed),
            "asked_about": float(naming.asked_about and back < 3),
            "introduced": float(naming.first and back < 3),
            f"introduced:{how}": float(naming.first and back < 3),
        }

    def _standing(self, person: Entity, last: Entity | None) -> Features:
        return {
            "last": float(person is last),
            "share": self.pronouns.share(person),
            "sure_person": float(is_surely_person(person)),
            "gender_unknown": float(person.gender is None),
        }

    def _nameless(
        self, mention: Mention, last: Entity | None, gender: str, near: Sequence[Naming]
    ) -> Iterator[Referent]:
        """Someone who is only described: near the pronoun, or as the speaker before."""
        described, speaks, place = self._descriptions.person_before(mention.head) or (None, False, 0)
        if described and described is not last and described_gender(described) in (None, gender):
            inside = self._is_inside(mention)
            features = {"described_near": 1.0, "described_speaks": float(speaks), "described_inside": float(inside)}
            features["described_fits"] = float(described_gender(described) == gender)
            features["described_rivalled"] = float(inside and any(n.block == mention.head.block for n in near))
            features["described_latest"] = float(not inside and all(naming.token < place for naming in near))
            yield Referent(described, features)
        acted_on = self._descriptions.object_before(mention.head)
        if acted_on and acted_on not in (last, described) and described_gender(acted_on) in (None, gender):
            fits = float(described_gender(acted_on) == gender)
            yield Referent(acted_on, {"described_object": 1.0, "described_object:fits": fits})
        if last and last.kind is SpeakerKind.UNNAMED and described_gender(last) in (None, gender):
            fits = float(described_gender(last) == gender)
            yield Referent(last, {"described_last": 1.0, "described_fits": fits})

    def _is_inside(self, mention: Mention) -> bool:
        """Whether the mention stands inside a quotation."""
        return self._parse.outside(mention.head) is not mention.head


def _steps(back: int) -> str:
    return str(back) if back < 2 else "2-3" if back < 4 else "4+"
