"""Speakers without a name: "a Home Office spokesman", "the report". The fullest description counts as the name."""

from collections import defaultdict

from retrieval.articles import SpeakerKind
from retrieval.quotes.lexicon import FEMALE_NOUNS, MALE_NOUNS, SAYING
from retrieval.quotes.mentions import Form, Mention, mention_of
from retrieval.quotes.names import plain
from retrieval.quotes.roster import Entity, Roster
from retrieval.quotes.syntax import Parse, Token

KINDS = {
    Form.SOMEBODY: SpeakerKind.UNNAMED,
    Form.GROUP: SpeakerKind.GROUP,
    Form.COMPANY: SpeakerKind.ORGANISATION,
    Form.DOCUMENT: SpeakerKind.DOCUMENT,
    Form.OTHER: SpeakerKind.UNNAMED,
    Form.THEY: SpeakerKind.GROUP,
}
ARTICLES = frozenset("the a an this that these those his her its their another one".split())
OTHERS = frozenset("another other one".split())
LONGEST = 12  # words


class Descriptions:
    """All described speakers of an article."""

    def __init__(self, parse: Parse, roster: Roster) -> None:
        self._parse = parse
        self._by_head: dict[str, list[Mention]] = defaultdict(list)
        self._entities: dict[str, Entity] = {}
        self._people: list[Mention] = []
        for token in parse.tokens:
            if token.quotation is None and token.pos in ("NOUN", "PROPN") and token.index not in roster.chunk_at:
                mention = mention_of(parse, roster, token)
                if mention.form in KINDS and mention.head.index == token.index and token.dep != "compound":
                    self._by_head[plain(token.lemma)].append(mention)
                    if mention.form is Form.SOMEBODY and token.dep == "nsubj":
                        self._people.append(mention)

    def entity_of(self, mention: Mention) -> Entity:
        """The speaker whom a description means: a definite one takes the words of a fuller one that fits it."""
        words = self.words(mention)
        same_head = self._by_head.get(plain(mention.head.lemma), [])
        if (mention.definite or len(words) == 1) and not self._is_other(mention):
            fuller = [m for m in same_head if m.plural == mention.plural and set(words) < set(self.words(m))]
            earlier = [m for m in fuller if m.head.index < mention.head.index]
            if earlier or (fuller and mention.definite):
                words = self.words(earlier[-1] if earlier else fuller[0])
        return self._entity(words, mention)

    def _is_other(self, mention: Mention) -> bool:
        """ "Another victim" is none of those before."""
        return plain(mention.span.of(self._parse.text).split()[0]) in OTHERS

    def person_before(self, token: Token) -> tuple[Entity, bool] | None:
        """The nameless person who is the subject of the same sentence or one of the two before, and if of "said"."""
        for mention in reversed(self._people):
            head = mention.head
            if head.index < token.index:
                speaks = self._parse.head(head).lemma in SAYING
                near = token.sentence - head.sentence < 2 + speaks
                return (self.entity_of(mention), speaks) if near else None
        return None

    def words(self, mention: Mention) -> list[str]:
        words = mention.span.of(self._parse.text).split()
        while len(words) > 1 and plain(words[0]) in ARTICLES:
            words = words[1:]
        return words[:LONGEST]

    def _entity(self, words: list[str], mention: Mention) -> Entity:
        name = " ".join(words)
        kind = KINDS.get(mention.form, SpeakerKind.UNNAMED)
        key = plain(name)
        if key not in self._entities:
            self._entities[key] = Entity(name, tuple(plain(word) for word in words), kind)
        return self._entities[key]


def described_gender(entity: Entity) -> str | None:
    """ "f" of "a spokeswoman for the ministry"."""
    words = set(entity.words)
    return "f" if words & FEMALE_NOUNS else "m" if words & MALE_NOUNS else None
