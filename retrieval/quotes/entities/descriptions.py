"""Described speakers: "a Home Office spokesman", "the report". The fullest description counts as the name."""

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Sequence

from retrieval.domain import SpeakerKind
from retrieval.quotes.entities.entity import Entity
from retrieval.quotes.entities.entity_index import EntityIndex
from retrieval.quotes.entities.mentions import Mention, MentionForm, mention_of
from retrieval.quotes.entities.speaking_ability import ability_of_noun
from retrieval.quotes.syntax.parse import Parse, Token
from retrieval.text.lexicon import tagged
from retrieval.text.person_names.names import fold

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
MOST_COMPARED = 50
"""Descriptions before a mention, and behind it, among which one that says more is looked for."""


class DescriptionIndex:
    """The described speakers of one article."""

    def __init__(self, parse: Parse, entities: EntityIndex) -> None:
        """Collect every description outside of quotations that stands beside no name."""
        self._parse = parse
        self._long: dict[tuple[str, bool], list[tuple[Mention, set[str]]]] = defaultdict(list)
        self._indefinite: dict[tuple[str, bool], list[tuple[int, int]]] = defaultdict(list)
        self._entities: dict[str, Entity] = {}
        self._people: list[Mention] = []
        self._objects: list[Mention] = []
        self._groups: list[Mention] = []
        for token in parse.tokens:
            if token.quotation is None and token.pos in ("NOUN", "PROPN") and token.index not in entities.chunk_at:
                mention = mention_of(parse, entities, token)
                nameless = token.dep != "compound" and not _describes_a_name(parse, entities, token)
                if mention.form in KINDS and mention.head.index == token.index and nameless:
                    self._add(mention)
                    if mention.form is MentionForm.PERSON_NOUN and token.dep == "nsubj":
                        self._people.append(mention)
                    if mention.form is MentionForm.PERSON_NOUN and token.dep in ("dobj", "nsubjpass", "attr"):
                        self._objects.append(mention)
                    if mention.form is MentionForm.GROUP_NOUN:
                        self._groups.append(mention)

    def _add(self, mention: Mention) -> None:
        key = fold(mention.head.lemma), mention.plural
        words = set(self.words(mention))
        if len(words) > 1 and not self._is_other(mention):
            self._long[key].append((mention, words))
        if not mention.definite:
            insort(self._indefinite[key], (self._parse.outside(mention.head).sentence, mention.head.index))

    def entity_of(self, mention: Mention) -> Entity:
        """Return the described speaker: a definite description takes the words of a fuller one that fits it."""
        return self._entity(self.words(self.fuller(mention) or mention), mention)

    def fuller(self, mention: Mention) -> Mention | None:
        """Return the last earlier description that says more; for a definite one, else the first later one."""
        words = set(self.words(mention))
        if not (mention.definite or len(words) == 1) or self._is_other(mention):
            return None
        described = self._long.get((fold(mention.head.lemma), mention.plural), [])
        at = bisect_left(described, mention.head.index, key=lambda pair: pair[0].head.index)
        earlier = self._first_fuller(reversed(described[max(0, at - MOST_COMPARED) : at]), mention, words)
        if earlier or not mention.definite:
            return earlier
        return self._first_fuller(described[at : at + MOST_COMPARED], mention, words)

    def _first_fuller(
        self, described: Iterable[tuple[Mention, set[str]]], mention: Mention, words: set[str]
    ) -> Mention | None:
        """Return the first description that has all words and more; a statement's must be near."""
        near = mention.head.lemma in tagged("statement_noun")
        fuller = (earlier for earlier, more in described if words < more)
        return next((m for m in fuller if not near or abs(self.apart(m, mention)) < NEAR), None)

    def introduced(self, mention: Mention) -> bool:
        """Return whether an indefinite description with the same noun stands in the sentences before."""
        places = self._indefinite.get((fold(mention.head.lemma), mention.plural), [])
        sentence = self._parse.outside(mention.head).sentence
        first = bisect_right(places, sentence - NEAR, key=lambda place: place[0])
        last = bisect_right(places, sentence, key=lambda place: place[0])
        return any(index != mention.head.index for _, index in places[first : min(last, first + 2)])

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
        at = bisect_left(mentions, token.index, key=lambda mention: mention.head.index)
        if at and mentions[at - 1].head.block == token.block:
            return mentions[at - 1]
        at = bisect_left(mentions, self._parse.outside(token).index, key=lambda mention: mention.head.index)
        return mentions[at - 1] if at else None

    def _back(self, token: Token, mention: Mention) -> int:
        same = mention.head.block == token.block
        return (token if same else self._parse.outside(token)).sentence - mention.head.sentence

    def words(self, mention: Mention) -> list[str]:
        """Return the words of a description without determiners in front but "one", cut at a preposition where long."""
        words = mention.span.of(self._parse.text).split()
        while len(words) > 1 and fold(words[0]) in tagged("description_determiner") - {"one"}:
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
