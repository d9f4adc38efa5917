"""Whom a mention may mean: the entities, each with the features that speak for it or against it."""

from collections.abc import Iterator
from dataclasses import dataclass

from retrieval.articles import SpeakerKind
from retrieval.quotes.descriptions import Descriptions, described_gender
from retrieval.quotes.issuers import issuers
from retrieval.quotes.mentions import Form, Mention
from retrieval.quotes.names import plain
from retrieval.quotes.pronouns import Prominence, Pronouns
from retrieval.quotes.role_phrases import nouns_beside
from retrieval.quotes.roster import Entity, Roster, is_surely_person, nearest_before
from retrieval.quotes.syntax import Parse

Features = dict[str, float]
GENDERS = {Form.HE: "m", Form.SHE: "f"}
MOST = 5


@dataclass(frozen=True, slots=True)
class Referent:
    entity: Entity
    features: Features


class Referents:
    """One article's: `of(mention, last)` where `last` is the speaker of the quotation before."""

    def __init__(self, parse: Parse, roster: Roster) -> None:
        self._parse = parse
        self._roster = roster
        self.pronouns = Pronouns(parse, roster)
        self.descriptions = Descriptions(parse, roster)
        self._called: dict[int, frozenset[str]] = {}

    def of(self, mention: Mention, last: Entity | None) -> list[Referent]:
        form = mention.form
        if form in (Form.WE, Form.YOU):
            return []
        if form in (Form.PERSON, Form.BODY, Form.PLACE):
            return list(self._named(mention))
        if form in GENDERS:
            return list(self._person(mention, last, "pronoun"))
        if form is Form.IT:
            return list(self._body(mention, last))
        return [*self._others(mention, last), self._itself(mention)]

    def _others(self, mention: Mention, last: Entity | None) -> Iterator[Referent]:
        """Those whom a description may mean beside the one that it describes by itself."""
        if mention.form is Form.DOCUMENT and mention.definite:
            yield from self._issuers(mention, last)
        if mention.form in (Form.COMPANY, Form.DOCUMENT):
            yield from self._body(mention, last)
        elif mention.form is Form.SOMEBODY:
            yield from self._holders(mention, last)
        elif mention.form in (Form.THEY, Form.GROUP):
            yield from self._group(mention, last)

    def _issuers(self, mention: Mention, last: Entity | None) -> Iterator[Referent]:
        for rank, issuer in enumerate(list(issuers(self._parse, self._roster, mention.head))[:2]):
            for referent in self.of(issuer, last)[:1] if issuer.form is not Form.DOCUMENT else ():
                yield Referent(referent.entity, {f"issuer:{rank}": 1.0, f"issuer:{issuer.form}": 1.0})

    def _itself(self, mention: Mention) -> Referent:
        entity = self.descriptions.entity_of(mention)
        kind = "definite" if mention.definite else "indefinite"
        known = mention.definite and len(entity.words) > len(self.descriptions.words(mention))
        features = {f"itself:{mention.form}:{kind}": 1.0, f"itself:{mention.form}:known": float(known)}
        features["itself:age"] = float(mention.definite and plain(mention.head.text).endswith("old"))
        features[f"itself:{mention.form}:modified"] = float(len(self.descriptions.words(mention)) > 1)
        return Referent(entity, features)

    def _named(self, mention: Mention) -> Iterator[Referent]:
        named = self._roster.of_token(mention.head)
        if len(named) == 1:
            yield Referent(named[0], {"name:alone": 1.0})
            return
        for rank, entity in enumerate(named[:MOST]):
            yield Referent(entity, {f"name:shared:{min(rank, 2)}": 1.0})

    def _person(self, mention: Mention, last: Entity | None, way: str) -> Iterator[Referent]:
        gender = GENDERS.get(mention.form)
        near = []
        for person in self._roster.people:
            naming = self.pronouns.last(person, mention.head)
            if naming and (gender is None or person.gender in (None, gender)):
                near.append((naming, person))
        near.sort(key=lambda pair: (self.pronouns.back(mention.head, pair[0]), -pair[0].token))
        meant = self.pronouns.meant.get(mention.head.index)
        spoke = max((naming.spoke for naming, _ in near if naming.spoke is not None), default=None)
        inside = self._parse.outside(mention.head) is not mention.head
        topics = [p for n, p in near if n.prominence > Prominence.ASIDE and self.pronouns.back(mention.head, n) < 2]
        for rank, (naming, person) in enumerate(near[:MOST]):
            back = self.pronouns.back(mention.head, naming)
            apart = self.pronouns.paragraphs(mention.head, naming)
            features = {
                f"{way}:spoke_last": float(naming.spoke is not None and naming.spoke == spoke),
                f"{way}:outside": float(inside and naming.block != mention.head.block),
                f"{way}:introduced": float(naming.first and back < 3),
                f"{way}:introduced:{naming.prominence.name}": float(naming.first and back < 3),
                f"{way}:paragraphs:{apart if 0 <= apart < 3 else 'many'}": 1.0,
                f"{way}:rank:{min(rank, 2)}": 1.0,
                f"{way}:back:{_steps(back)}": 1.0,
                f"{way}:followed": float(person is meant),
                f"{way}:last": float(person is last),
                f"{way}:{naming.prominence.name}": 1.0,
                f"{way}:back:{_steps(back)}:{naming.prominence.name}:{naming.speaks}": 1.0,
                f"{way}:only_topic": float(topics == [person]),
                f"{way}:followed_and_last": float(person is meant and person is last),
                f"{way}:followed_and_topic": float(person is meant and topics == [person]),
                f"{way}:{'near' if back < 2 else 'far'}:{naming.prominence.name}": 1.0,
                f"{way}:{'near' if back < 3 else 'far'}:speaks": float(naming.speaks),
                f"{way}:share": self.pronouns.share(person),
                f"{way}:sure_person": float(is_surely_person(person)),
                f"{way}:gender_unknown": float(person.gender is None),
                f"{way}:alone": float(len(near) == 1),
            }
            yield Referent(person, features)
        described, speaks = (self.descriptions.person_before(mention.head) if gender else None) or (None, False)
        if described and described is not last and described_gender(described) in (None, gender):
            features = {f"{way}:described_near": 1.0, f"{way}:described_speaks": float(speaks)}
            fits = float(described_gender(described) == gender)
            features |= {f"{way}:described_fits": fits, f"{way}:described_inside": float(inside)}
            yield Referent(described, features)
        if last and last.kind is SpeakerKind.UNNAMED and gender and described_gender(last) in (None, gender):
            yield Referent(
                last, {f"{way}:described_last": 1.0, f"{way}:described_fits": float(described_gender(last) == gender)}
            )
        if not near and gender:
            later = [e for e in self._roster.people if e.gender in (None, gender)][:2]
            for person in later:
                yield Referent(person, {f"{way}:later": 1.0})

    def _holders(self, mention: Mention, last: Entity | None) -> Iterator[Referent]:
        """People who hold the role, and, of a definite description, those whom "he" could mean."""
        noun = plain(mention.head.lemma)
        words = {plain(w) for w in self.descriptions.words(mention)}
        holders = [e for e in self._roster.people if any(r.head == noun or noun in r.words for r in e.roles)]
        order = [e for _, e in nearest_before(holders, mention.head.index)]
        order += [e for e in holders if e not in order]
        definite = "definite" if mention.definite else "bare"
        for rank, entity in enumerate(order[:MOST]):
            fits = any(words <= role.words | {role.head} for role in entity.roles)
            features = {f"holder:{definite}:{min(rank, 2)}": 1.0, "holder:fits": float(fits)}
            features[f"holder:last:{definite}"] = float(entity is last)
            yield Referent(entity, features)
        if mention.definite:
            for referent in self._person(mention, last, "epithet"):
                if referent.entity not in order[:MOST]:
                    yield referent

    def _body(self, mention: Mention, last: Entity | None) -> Iterator[Referent]:
        bodies = [e for e in self._roster.entities if not e.is_person]
        noun = plain(mention.head.lemma)
        before = nearest_before(bodies, self._parse.outside(mention.head).index)
        near = [pair for i, pair in enumerate(before) if i < MOST or noun in pair[1].words][: 2 * MOST]
        all_places = sum(len(e.places) for e in bodies) or 1
        modified = mention.form is not Form.IT and len(self.descriptions.words(mention)) > 1
        definite = "definite" if mention.definite or mention.form is Form.IT else "bare"
        definite = "modified" if modified else definite
        for rank, (place, entity) in enumerate(near):
            token = self._parse.tokens[place]
            features = {
                f"body:{definite}:rank:{min(rank, 3)}": 1.0,
                f"body:{definite}:place": float(entity.place),
                f"body:label:{entity.label}": 1.0,
                f"body:{mention.form}:place": float(entity.place),
                f"body:{mention.form}:group": float(entity.kind is SpeakerKind.GROUP),
                f"body:{definite}:subject": float(token.dep.startswith("nsubj")),
                f"body:{definite}:last": float(entity is last),
                f"body:{definite}:far": float(mention.head.sentence - token.sentence > 2),
                f"body:{definite}:noun_in_name": float(noun in entity.words),
                f"body:{definite}:called": float(noun in self._callings(entity)),
                f"body:{definite}:share": len(entity.places) / all_places,
                f"body:{definite}:kind": float(entity.kind.value == "organisation"),
            }
            yield Referent(entity, features)
        if last and not last.is_person and last not in [e for _, e in near]:
            yield Referent(last, {f"body:{definite}:described_last": 1.0})

    def _callings(self, entity: Entity) -> frozenset[str]:
        """What nouns the article calls a body by: "Lumo, a company", "Lumo is a company", "the company Lumo"."""
        if id(entity) not in self._called:
            tokens = [self._parse.tokens[place] for place in entity.places]
            self._called[id(entity)] = frozenset(plain(n.lemma) for t in tokens for n in nouns_beside(self._parse, t))
        return self._called[id(entity)]

    def _group(self, mention: Mention, last: Entity | None) -> Iterator[Referent]:
        bodies = [e for e in self._roster.entities if not e.is_person and not e.place]
        if mention.form is Form.THEY:
            index = self._parse.outside(mention.head).index
            for rank, (_, entity) in enumerate(nearest_before(bodies, index)[:2]):
                yield Referent(entity, {f"they:rank:{rank}": 1.0})
            group = self.descriptions.group_before(mention.head)
            if group and group[0] is not last:
                yield Referent(group[0], {"they:described_near": 1.0, "they:described_subject": float(group[1])})
        if last:
            yield Referent(last, {f"{mention.form}:last:{last.kind.value}": 1.0})


def _steps(back: int) -> str:
    return str(back) if back < 2 else "2-3" if back < 4 else "4+"
