"""Which organisation, place or titled writing "it", "the company" or "the report" may mean."""

from collections.abc import Iterator

from retrieval.quotes.attribution.model import Features
from retrieval.quotes.entities.antecedents import MOST, Referent
from retrieval.quotes.entities.descriptions import Descriptions
from retrieval.quotes.entities.entity import Entity, nearest_before
from retrieval.quotes.entities.entity_index import Roster
from retrieval.quotes.entities.mentions import Form, Mention
from retrieval.quotes.entities.prominence import prominence
from retrieval.quotes.entities.role_phrases import nouns_beside
from retrieval.quotes.syntax.parse import Parse, Token
from retrieval.text.lexicon import tagged
from retrieval.text.names import plain


class Bodies:
    """One article's. The names of features begin with "body"."""

    def __init__(self, parse: Parse, roster: Roster, descriptions: Descriptions) -> None:
        self._parse = parse
        self._descriptions = descriptions
        self._bodies = [entity for entity in roster.entities if not entity.is_person]
        self._places = sum(len(entity.places) for entity in self._bodies) or 1
        self._called: dict[int, frozenset[str]] = {}

    def of(self, mention: Mention, last: Entity | None) -> Iterator[Referent]:
        """Those named last before the mention, and those whose name holds its noun; `last` spoke before."""
        noun = plain(mention.head.lemma)
        before = nearest_before(self._bodies, self._parse.outside(mention.head).index)
        near = [pair for i, pair in enumerate(before) if i < MOST or noun in pair[1].words][: 2 * MOST]
        way = self._way(mention)
        fuller = self._descriptions.fuller(mention)
        for rank, (place, entity) in enumerate(near):
            features = self._nearness(mention, way, self._parse.tokens[place], rank) | self._kind(mention, way, entity)
            described = fuller is not None and place < fuller.head.index < mention.head.index
            features[f"body:{way}:described_since"] = float(described)
            features[f"body:{way}:last"] = float(entity is last)
            features[f"body:{way}:share"] = len(entity.places) / self._places
            yield Referent(entity, features)
        if last and not last.is_person and last not in [entity for _, entity in near]:
            same = "same" if noun in last.words else "unlike"
            yield Referent(last, {f"body:{way}:described_last": 1.0, f"body:{way}:last:{same}": 1.0})

    def _way(self, mention: Mention) -> str:
        """ "modified" of "the Danish company", "definite" of "it" and "the company", "bare" of "company"."""
        if mention.form is not Form.IT and len(self._descriptions.words(mention)) > 1:
            return "modified"
        return "definite" if mention.definite or mention.form is Form.IT else "bare"

    def _nearness(self, mention: Mention, way: str, named: Token, rank: int) -> Features:
        """`named` is the last token of the body's last naming before the mention."""
        back = self._parse.outside(mention.head).sentence - named.sentence
        how = prominence(self._parse, named).name
        return {
            f"body:{way}:rank:{min(rank, 3)}": 1.0,
            f"body:{way}:far": float(mention.head.sentence - named.sentence > 2),
            f"body:{way}:subject": float(named.dep.startswith("nsubj")),
            f"body:{way}:{how}": 1.0,
            f"body:back:{min(back, 3)}:{how}": 1.0,
        }

    def _kind(self, mention: Mention, way: str, entity: Entity) -> Features:
        """What sort of body it is, and whether noun and modifiers of the mention fit it."""
        noun = plain(mention.head.lemma)
        modifiers = {plain(word) for word in self._descriptions.words(mention)} - {noun}
        sort = "state" if noun in tagged("state_noun") else mention.form
        return {
            f"body:label:{entity.label}": 1.0,
            f"body:{way}:place": float(entity.place),
            f"body:{sort}:place": float(entity.place),
            f"body:{mention.form}:{entity.kind}": 1.0,
            f"body:{way}:{entity.kind}": 1.0,
            f"body:{way}:noun_in_name": float(noun in entity.words),
            f"body:{way}:called": float(noun in self._callings(entity)),
            f"body:{way}:unlike": float(noun not in entity.words and noun not in self._callings(entity)),
            f"body:{way}:modifier_in_name": float(bool(modifiers & set(entity.words))),
        }

    def _callings(self, entity: Entity) -> frozenset[str]:
        """What nouns the article calls a body by: "Lumo, a company", "Lumo is a company", "the company Lumo"."""
        if id(entity) not in self._called:
            tokens = [self._parse.tokens[place] for place in entity.places]
            self._called[id(entity)] = frozenset(plain(n.lemma) for t in tokens for n in nouns_beside(self._parse, t))
        return self._called[id(entity)]
