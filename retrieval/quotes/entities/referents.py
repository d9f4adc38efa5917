"""Whom a mention may mean: the entities, each with the features that speak for it or against it."""

from collections.abc import Iterator

from retrieval.quotes.attribution.model import Features
from retrieval.quotes.entities.antecedents import GENDERS, MOST, Antecedents, Referent
from retrieval.quotes.entities.descriptions import Descriptions
from retrieval.quotes.entities.entity import Entity, nearest_before
from retrieval.quotes.entities.entity_index import Roster
from retrieval.quotes.entities.issuers import issuers
from retrieval.quotes.entities.mentions import Form, Mention
from retrieval.quotes.entities.organisation_coreference import Bodies
from retrieval.quotes.syntax.parse import Parse
from retrieval.text.names import fold

NEAR = 3  # sentences in which a fuller description is still in mind


class Referents:
    """One article's: `of(mention, last)` where `last` is the speaker of the quotation before."""

    def __init__(self, parse: Parse, roster: Roster) -> None:
        self._parse = parse
        self._roster = roster
        self.descriptions = Descriptions(parse, roster)
        self._antecedents = Antecedents(parse, roster, self.descriptions)
        self.pronouns = self._antecedents.pronouns
        self._bodies = Bodies(parse, roster, self.descriptions)

    def of(self, mention: Mention, last: Entity | None) -> list[Referent]:
        form = mention.form
        if form in (Form.WE, Form.YOU):
            return []
        if form in (Form.PERSON, Form.BODY, Form.PLACE):
            return list(self._named(mention))
        if form in GENDERS:
            return list(self._antecedents.of(mention, last))
        if form is Form.IT:
            return list(self._bodies.of(mention, last))
        return [*self._others(mention, last), self._itself(mention)]

    def _others(self, mention: Mention, last: Entity | None) -> Iterator[Referent]:
        """Those whom a description may mean beside the one that it describes by itself."""
        if mention.form is Form.DOCUMENT and mention.definite:
            yield from self._issuers(mention, last)
        if mention.form in (Form.COMPANY, Form.DOCUMENT) and not mention.plural:
            yield from self._bodies.of(mention, last)
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
        features[f"itself:{mention.form}:introduced"] = float(
            mention.definite and self.descriptions.introduced(mention)
        )
        fuller = self.descriptions.fuller(mention)
        near = fuller is not None and 0 <= self.descriptions.apart(mention, fuller) < NEAR
        features[f"itself:{mention.form}:near"] = float(near)
        features["itself:age"] = float(mention.definite and fold(mention.head.text).endswith("old"))
        features[f"itself:{mention.form}:modified"] = float(len(self.descriptions.words(mention)) > 1)
        return Referent(entity, features)

    def _named(self, mention: Mention) -> Iterator[Referent]:
        named = self._roster.of_token(mention.head)
        if len(named) == 1:
            yield Referent(named[0], {"name:alone": 1.0})
            return
        for rank, entity in enumerate(named[:MOST]):
            yield Referent(entity, {f"name:shared:{min(rank, 2)}": 1.0})

    def _holders(self, mention: Mention, last: Entity | None) -> Iterator[Referent]:
        """People who hold the role, and, of a definite description, those whom "he" could mean."""
        noun = fold(mention.head.lemma)
        words = {fold(w) for w in self.descriptions.words(mention)}
        holders = [e for e in self._roster.people if any(r.head == noun or noun in r.words for r in e.roles)]
        order = [e for _, e in nearest_before(holders, mention.head.index)]
        order += [e for e in holders if e not in order]
        definite = "definite" if mention.definite else "bare"
        for rank, entity in enumerate(order[:MOST]):
            fits = any(words <= role.words | {role.head} for role in entity.roles)
            features = {f"holder:{definite}:{min(rank, 2)}": 1.0, "holder:fits": float(fits)}
            features["holder:otherwise"] = float(not fits and len(words) > 1)
            features[f"holder:last:{definite}"] = float(entity is last)
            yield Referent(entity, features)
        if mention.definite:
            for referent in self._antecedents.of(mention, last):
                if referent.entity not in order[:MOST]:
                    yield Referent(referent.entity, referent.features | self._detail(mention))

    def _detail(self, mention: Mention) -> Features:
        """How much a description tells by itself: the more, the less it is one of those named before."""
        words = len(self.descriptions.words(mention))
        relative = bool(self._parse.below(mention.head, "relcl"))
        introduced = self.descriptions.introduced(mention)
        features = {f"epithet:words:{min(words, 4)}": 1.0, "epithet:relative": float(relative)}
        return features | {"epithet:introduced": float(introduced)}

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
