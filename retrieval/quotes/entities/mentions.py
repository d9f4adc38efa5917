"""Mentions: phrases that may name a speaker, with their form, head and span."""

from dataclasses import dataclass
from enum import StrEnum

from retrieval.domain import Span
from retrieval.quotes.entities.entity_index import EntityIndex
from retrieval.quotes.entities.role_phrases import is_person_noun
from retrieval.quotes.syntax.noun_phrases import noun_phrase
from retrieval.quotes.syntax.parse import Parse, Token
from retrieval.text.lexicon import tagged
from retrieval.text.person_names.names import fold, is_title


class MentionForm(StrEnum):
    """What kind of phrase a mention is: a pronoun, a proper name, or a noun of some kind."""

    HE = "he"
    SHE = "she"
    THEY = "they"
    IT = "it"
    WE = "we"
    YOU = "you"
    PERSON_NAME = "person_name"
    ORGANISATION_NAME = "organisation_name"
    PLACE_NAME = "place_name"
    PERSON_NOUN = "person_noun"  # "the minister"
    GROUP_NOUN = "group_noun"  # "officials"
    ORGANISATION_NOUN = "organisation_noun"  # "the ministry"
    DOCUMENT_NOUN = "document_noun"  # "the report"
    OTHER = "other"


PRONOUNS = {  # the lexicon's tag of each form
    MentionForm.HE: "he_pronoun",
    MentionForm.SHE: "she_pronoun",
    MentionForm.THEY: "they_pronoun",
    MentionForm.IT: "it_pronoun",
    MentionForm.WE: "first_person",
    MentionForm.YOU: "second_person",
}

NAMED_FORMS = frozenset(
    {MentionForm.PERSON_NAME, MentionForm.ORGANISATION_NAME, MentionForm.PLACE_NAME, MentionForm.ORGANISATION_NOUN}
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A phrase that may name a speaker.

    `head` is the noun that decides who is meant: of "the head of the club, Ann Lee," it is Lee.
    """

    head: Token
    form: MentionForm
    span: Span
    definite: bool
    plural: bool


def mention_of(parse: Parse, entities: EntityIndex, noun: Token) -> Mention:
    """Return the mention that a noun heads or stands beside: of "the chairman, Ann Lee" that of "Ann Lee"."""
    head = _named_head(parse, entities, noun)
    form = _form(entities, head)
    phrase = noun_phrase(parse, head)
    others = _others(parse, phrase) if form in NAMED_FORMS else []
    if others:
        form, phrase = MentionForm.GROUP_NOUN, phrase + others
    first = phrase[0].text.casefold()
    plural = head.tag in ("NNS", "NNPS") or form is MentionForm.THEY or bool(parse.below(head, "conj"))
    return Mention(head, form, parse.span(phrase), first in tagged("definite_determiner"), plural)


def _others(parse: Parse, phrase: list[Token]) -> list[Token]:
    """Return the "and other bodies" of "the UN and other bodies", which are more than the UN."""
    last = phrase[-1].index
    for noun in parse.below(phrase[-1], "conj"):
        tokens = list(parse.tokens[last + 1 : noun.index + 1])
        solid = all(t.quotation is None and t.pos not in ("PUNCT", "VERB", "AUX", "SPACE") for t in tokens)
        if noun.tag in ("NNS", "NNPS") and solid and tokens and tokens[0].pos == "CCONJ":
            return tokens
    return []


def _named_head(parse: Parse, entities: EntityIndex, noun: Token) -> Token:
    """Return the head of the name beside a role: "Lee" of "the club's chairman, Ann Lee"."""
    if noun.text.casefold() in tagged("relative_pronoun") and parse.head(noun).dep == "relcl":
        return _named_head(parse, entities, parse.head(parse.head(noun)))
    if noun.index in entities.chunk_at:
        return noun
    for apposition in parse.below(noun, "appos"):
        chunk = entities.chunk_at.get(apposition.index)
        if chunk and (chunk.label == "PERSON" or not is_person_noun(noun)):
            return apposition
    if noun.lemma in tagged("statement_noun"):
        return next(
            (owner for owner in parse.below(noun, "poss", "compound") if owner.index in entities.chunk_at), noun
        )
    return _name_behind(parse, entities, noun) if is_person_noun(noun) else noun


def _name_behind(parse: Parse, entities: EntityIndex, noun: Token) -> Token:
    """Return the name behind a role that the parser did not join to it: "his nominee, Ann Lee, told"."""
    last = noun_phrase(parse, noun)[-1]
    following = [t for t in parse.tokens[last.index + 1 : last.index + 7] if t.sentence == noun.sentence]
    if following and following[0].text == ",":
        following = following[1:]
    while following and following[0].index not in entities.chunk_at and _is_courtesy(following[0]):
        following = following[1:]
    chunk = entities.chunk_at.get(following[0].index) if following else None
    if chunk is None or chunk.label != "PERSON" or noun.tag in ("NNS", "NNPS"):
        return noun
    direct = following[0].index == last.index + 1
    end = chunk.tokens[-1].index + 1
    behind = parse.tokens[end : end + 1]
    closed = bool(behind) and (behind[0].text in (",", ".", ":", ";") or behind[0].pos in ("VERB", "AUX"))
    return chunk.tokens[-1] if direct or closed else noun


def _is_courtesy(token: Token) -> bool:
    """Return whether it is a word of "the Most Reverend" between a role and a name."""
    return token.text in ("the", "Most", "Right", "Very") or is_title(token.text)


def _form(entities: EntityIndex, head: Token) -> MentionForm:
    word = fold(head.text)
    for form, tag in PRONOUNS.items():
        if word in tagged(tag):
            return form
    if word == "old" and head.index and entities.parse.tokens[head.index - 1].text == "-":
        return MentionForm.PERSON_NOUN
    if _counts_people(entities.parse, head):
        return MentionForm.GROUP_NOUN
    return _named_form(entities, head) if entities.of_token(head) else _noun_form(head, word)


def _counts_people(parse: Parse, head: Token) -> bool:
    """Return whether it counts people: "Hundreds of protesters", "a group of Norwegians"."""
    if head.lemma not in tagged("quantity_noun"):
        return False
    counted = [noun for of in parse.below(head, "prep") if of.text == "of" for noun in parse.below(of, "pobj")]
    return any(n.tag in ("NNS", "NNPS") and (is_person_noun(n) or n.entity == "NORP") for n in counted)


def _noun_form(head: Token, word: str) -> MentionForm:
    noun = fold(head.lemma)
    if word in tagged("group_noun"):
        return MentionForm.GROUP_NOUN
    if is_person_noun(head):
        return MentionForm.GROUP_NOUN if head.tag in ("NNS", "NNPS") else MentionForm.PERSON_NOUN
    if noun in tagged("organisation_noun") or word in tagged("organisation_noun"):
        return MentionForm.ORGANISATION_NOUN
    return MentionForm.DOCUMENT_NOUN if noun in tagged("document_noun") else MentionForm.OTHER


def _named_form(entities: EntityIndex, head: Token) -> MentionForm:
    entity = entities.of_token(head)[0]
    if entity.is_person:
        return MentionForm.PERSON_NAME
    return MentionForm.PLACE_NAME if entity.is_place else MentionForm.ORGANISATION_NAME
