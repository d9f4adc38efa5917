"""Described speakers: "a Home Office spokesman", "the report". The fullest description counts as the name."""

from collections import defaultdict
from collections.abc import Sequence

from retrieval.domain import SpeakerKind
from retrieval.quotes.entities.entity import Entity
from retrieval.quotes.entities.entity_index import EntityIndex
from retrieval.quotes.entities.mentions import Mention, MentionForm, mention_of
from retrieval.quotes.entities.speaking_ability import ability_of_noun
from retrieval.quotes.syntax.parse import Parse, Token
from retrieval.text.lexicon import tagged
from retrieval.text.names import fold

KINDS = {
    MentionForm.PERSON_NOUN: SpeakerKind.UNNAMED,
    MentionForm.GROUP_NOUN: SpeakerKind.GROUP,
    MentionForm.ORGANISATION_NOUN: SpeakerKind.ORGANISATION,
    MentionForm.DOCUMENT_NOUN: SpeakerKind.DOCUMENT,
    MentionForm.OTHER: SpeakerKind.UNNAMED,
    MentionForm.THEY: SpeakerKind.GROUP,
}
LONGEST = 20
"""Most words of a description."""
NEAR = 6
"""Sentences within which "the statement" is the same statement."""


class DescriptionIndex:
    """The described speakers of one article."""

    def __init__(self, parse: Parse, entities: EntityIndex) -> None:
        """Collect every description outside of quotations that stands beside no name."""
        self._parse = parse
        self._by_head: dict[str, list[Mention]] = defaultdict(list)
        self._entities: dict[str, Entity] = {}
        self._people: list[Mention] = []
        self._objects: list[Mention] = []
        self._groups: list[Mention] = []
        for token in parse.tokens:
            if token.quotation is None and token.pos in ("NOUN", "PROPN") and token.index not in entities.chunk_at:
                mention = mention_of(parse, entities, token)
                nameless = token.dep != "compound" and not _describes_a_name(parse, entities, token)
                if mention.form in KINDS and mention.head.index == token.index and nameless:
                    self._by_head[fold(token.lemma)].append(mention)
                    if mention.form is MentionForm.PERSON_NOUN and token.dep == "nsubj":
                        self._people.append(mention)
                    if mention.form is MentionForm.PERSON_NOUN and token.dep in ("dobj", "nsubjpass", "attr"):
                        self._objects.append(mention)
                    if mention.form is MentionForm.GROUP_NOUN:
                        self._groups.append(mention)

    def entity_of(self, mention: Mention) -> Entity:
        """Return the described speaker: a definite description takes the words of a fuller one that fits it."""
        return self._entity(self.words(self.fuller(mention) or mention), mention)

    def fuller(self, mention: Mention) -> Mention | None:
        """Return the last earlier description that says more; for a definite one, else the first later one."""
        words = set(self.words(mention))
        if not (mention.definite or len(words) == 1) or self._is_other(mention):
            return None
        same_head = self._by_head.get(fold(mention.head.lemma), [])
        fuller = [m for m in same_head if m.plural == mention.plural and words < set(self.words(m))]
        if mention.head.lemma in tagged("statement_noun"):
            fuller = [m for m in fuller if abs(self.apart(m, mention)) < NEAR]
        fuller = [m for m in fuller if not self._is_other(m)]
        earlier = [m for m in fuller if m.head.index < mention.head.index]
        if earlier:
            return earlier[-1]
        return fuller[0] if fuller and mention.definite else None

    def introduced(self, mention: Mention) -> bool:
        """Return whether an indefinite description with the same noun stands in the sentences before."""
        before = [m for m in self._by_head.get(fold(mention.head.lemma), []) if m.plural == mention.plural]
        near = (self.apart(mention, m) for m in before if not m.definite and m.head.index != mention.head.index)
        return any(0 <= apart < NEAR for apart in near)

    def apart(self, one: Mention, other: Mention) -> int:
        """Return how many sentences one mention stands behind the other."""
        return self._parse.outside(one.head).sentence - self._parse.outside(other.head).sentence

    def _is_other(self, mention: Mention) -> bool:
        """Return whether it is "another victim", none of those before."""
        return any(fold(word) in tagged("other_determiner") for word in mention.span.of(self._parse.text).split()[:2])

    def person_before(self, token: Token) -> tuple[Entity, bool, int] | None:
        """Return the described subject of this sentence or the two before, whether it speaks, and its index."""
        mention = self._before(self._people, token)
        if mention is None:
            return None
        speaks = self._parse.head(mention.head).lemma in tagged("reporting_verb")
        return (
            (self.entity_of(mention), speaks, mention.head.index) if self._back(token, mention) < 2 + speaks else None
        )

    def object_before(self, token: Token) -> Entity | None:
        """Return the described person who is the object in this sentence or the one before."""
        mention = self._before(self._objects, token)
        return self.entity_of(mention) if mention and self._back(token, mention) < 2 else None

    def group_before(self, token: Token) -> tuple[Entity, bool] | None:
        """Return the group described in this sentence or the one before, and whether it is a subject."""
        mention = self._before(self._groups, token)
        if mention is None or self._back(token, mention) > 1:
            return None
        return self.entity_of(mention), mention.head.dep.startswith("nsubj")

    def _before(self, mentions: Sequence[Mention], token: Token) -> Mention | None:
        """Return the last mention before the token: in its own quotation, else in the article's own words."""
        outside = self._parse.outside(token)
        for mention in reversed(mentions):
            inside = mention.head.block == token.block and mention.head.index < token.index
            if inside or mention.head.index < outside.index:
                return mention
        return None

    def _back(self, token: Token, mention: Mention) -> int:
        same = mention.head.block == token.block
        return (token if same else self._parse.outside(token)).sentence - mention.head.sentence

    def words(self, mention: Mention) -> list[str]:
        """Return the words of a description without determiners in front, cut at a preposition where it is long."""
        words = mention.span.of(self._parse.text).split()
        while len(words) > 1 and fold(words[0]) in tagged("description_determiner"):
            words = words[1:]
        if len(words) <= LONGEST:
            return words
        ends = [i for i in range(1, LONGEST) if fold(words[i]) in tagged("description_preposition")]
        return words[: ends[-1] if ends else LONGEST]

    def _entity(self, words: list[str], mention: Mention) -> Entity:
        name = " ".join(words)
        kind = KINDS.get(mention.form, SpeakerKind.UNNAMED)
        key = fold(name)
        if key not in self._entities:
            ability = ability_of_noun(mention.head, known=mention.form is not MentionForm.OTHER)
            self._entities[key] = Entity(name, tuple(fold(word) for word in words), kind, ability=ability)
        return self._entities[key]


def _describes_a_name(parse: Parse, entities: EntityIndex, noun: Token) -> bool:
    """Return whether a noun stands for a name beside it: "Lumo, the maker", "Lumo is the maker"."""
    head = parse.head(noun)
    named = [head] if noun.dep == "appos" else []
    if noun.dep == "attr" and head.lemma in ("be", "become"):
        named = parse.below(head, "nsubj")
    return any(token.index in entities.chunk_at for token in named)


def described_gender(entity: Entity) -> str | None:
    """Return "f" or "m" where a description tells it: "f" of "a spokeswoman for the ministry"."""
    words = set(entity.words)
    return "f" if words & tagged("female_noun") else "m" if words & tagged("male_noun") else None
