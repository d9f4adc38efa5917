"""Phrases that may name a speaker: what kind of phrase, who is meant, which stretch of the article."""

from dataclasses import dataclass
from enum import StrEnum

from retrieval.domain import Span
from retrieval.quotes.entities.entity_index import Roster
from retrieval.quotes.entities.role_phrases import is_person_noun
from retrieval.quotes.syntax.parse import Parse, Token
from retrieval.text.lexicon import tagged
from retrieval.text.names import is_title, plain


class Form(StrEnum):
    HE = "he"
    SHE = "she"
    THEY = "they"
    IT = "it"
    WE = "we"
    YOU = "you"
    PERSON = "person"  # a person's name
    BODY = "body"  # the name of an organisation
    PLACE = "place"
    SOMEBODY = "somebody"  # "the minister"
    GROUP = "group"  # "officials"
    COMPANY = "company"  # "the ministry"
    DOCUMENT = "document"  # "the report"
    OTHER = "other"


PRONOUNS = {  # the lexicon's tag of each form
    Form.HE: "he_pronoun",
    Form.SHE: "she_pronoun",
    Form.THEY: "they_pronoun",
    Form.IT: "it_pronoun",
    Form.WE: "first_person",
    Form.YOU: "second_person",
}


NAMED_FORMS = frozenset({Form.PERSON, Form.BODY, Form.PLACE, Form.COMPANY})


@dataclass(frozen=True, slots=True)
class Mention:
    """`head` is the noun that decides who is meant: of "the head of the club, Ann Lee," it is Lee."""

    head: Token
    form: Form
    span: Span
    definite: bool
    plural: bool


def mention_of(parse: Parse, roster: Roster, noun: Token) -> Mention:
    head = _named_head(parse, roster, noun)
    form = _form(roster, head)
    phrase = noun_phrase(parse, head)
    others = _others(parse, phrase) if form in NAMED_FORMS else []
    if others:
        form, phrase = Form.GROUP, phrase + others
    first = phrase[0].text.casefold()
    plural = head.tag in ("NNS", "NNPS") or form is Form.THEY or bool(parse.below(head, "conj"))
    return Mention(head, form, parse.span(phrase), first in tagged("definite_determiner"), plural)


def _others(parse: Parse, phrase: list[Token]) -> list[Token]:
    """ "and other bodies" of "the UN and other bodies", which are more than the UN."""
    last = phrase[-1].index
    for noun in parse.below(phrase[-1], "conj"):
        tokens = list(parse.tokens[last + 1 : noun.index + 1])
        solid = all(t.quotation is None and t.pos not in ("PUNCT", "VERB", "AUX", "SPACE") for t in tokens)
        if noun.tag in ("NNS", "NNPS") and solid and tokens and tokens[0].pos == "CCONJ":
            return tokens
    return []


def _named_head(parse: Parse, roster: Roster, noun: Token) -> Token:
    """The name beside a role: "the club's chairman, Ann Lee" is Ann Lee."""
    if noun.text.casefold() in tagged("relative_pronoun") and parse.head(noun).dep == "relcl":
        return _named_head(parse, roster, parse.head(parse.head(noun)))
    if noun.index in roster.chunk_at:
        return noun
    for apposition in parse.below(noun, "appos"):
        chunk = roster.chunk_at.get(apposition.index)
        if chunk and (chunk.label == "PERSON" or not is_person_noun(noun)):
            return apposition
    if noun.lemma in tagged("statement_noun"):
        return next((owner for owner in parse.below(noun, "poss", "compound") if owner.index in roster.chunk_at), noun)
    return _name_behind(parse, roster, noun) if is_person_noun(noun) else noun


def _name_behind(parse: Parse, roster: Roster, noun: Token) -> Token:
    """The person's name that follows a role where the parser missed that they are one: "his nominee, Ann Lee, told"."""
    last = noun_phrase(parse, noun)[-1]
    following = [t for t in parse.tokens[last.index + 1 : last.index + 7] if t.sentence == noun.sentence]
    if following and following[0].text == ",":
        following = following[1:]
    while following and following[0].index not in roster.chunk_at and _is_courtesy(following[0]):
        following = following[1:]
    chunk = roster.chunk_at.get(following[0].index) if following else None
    if chunk is None or chunk.label != "PERSON" or noun.tag in ("NNS", "NNPS"):
        return noun
    direct = following[0].index == last.index + 1
    behind = parse.tokens[chunk.tokens[-1].index + 1 :][:1]
    closed = bool(behind) and (behind[0].text in (",", ".", ":", ";") or behind[0].pos in ("VERB", "AUX"))
    return chunk.tokens[-1] if direct or closed else noun


def _is_courtesy(token: Token) -> bool:
    """ "the Most Reverend" between a role and a name."""
    return token.text in ("the", "Most", "Right", "Very") or is_title(token.text)


def noun_phrase(parse: Parse, head: Token) -> list[Token]:
    """The head with what stands before it, and "of …", "for …" behind it; no clauses, appositions or brackets."""
    left = [t for t in parse.subtree(head) if t.index <= head.index and t.sentence == head.sentence]
    kept = {head.index}
    for token in reversed(left[:-1]):
        if token.index + 1 not in kept or (token.pos in ("PUNCT", "SPACE") and token.text != "-"):
            break
        kept.add(token.index)
    last = head.index
    for child in parse.below(head, "prep", "conj", "cc"):
        if child.index == last + 1 and child.text.casefold() in tagged("phrase_preposition"):
            inside = [t for t in parse.subtree(child) if not _in_clause(parse, t, child)]
            run = [t.index for t in inside if t.quotation is None]
            while last + 1 in run:
                last += 1
                kept.add(last)
    phrase = [parse.tokens[i] for i in sorted(kept)]
    while len(phrase) > 1 and phrase[-1].pos in ("PUNCT", "CCONJ", "ADP", "SPACE"):
        phrase.pop()
    return phrase


def _in_clause(parse: Parse, token: Token, top: Token) -> bool:
    while token.index != top.index:
        if token.dep in ("relcl", "acl", "appos", "advcl", "parataxis", "ccomp") or token.text in (",", "(", "—", "–"):
            return True
        token = parse.head(token)
    return False


def _form(roster: Roster, head: Token) -> Form:
    word = plain(head.text)
    for form, tag in PRONOUNS.items():
        if word in tagged(tag):
            return form
    if word == "old" and head.index and roster.parse.tokens[head.index - 1].text == "-":
        return Form.SOMEBODY
    if _counts_people(roster.parse, head):
        return Form.GROUP
    return _named_form(roster, head) if roster.of_token(head) else _noun_form(head, word)


def _counts_people(parse: Parse, head: Token) -> bool:
    """ "Hundreds of protesters", "a group of Norwegians"."""
    if head.lemma not in tagged("quantity_noun"):
        return False
    counted = [noun for of in parse.below(head, "prep") if of.text == "of" for noun in parse.below(of, "pobj")]
    return any(n.tag in ("NNS", "NNPS") and (is_person_noun(n) or n.entity == "NORP") for n in counted)


def _noun_form(head: Token, word: str) -> Form:
    noun = plain(head.lemma)
    if word in tagged("group_noun"):
        return Form.GROUP
    if is_person_noun(head):
        return Form.GROUP if head.tag in ("NNS", "NNPS") else Form.SOMEBODY
    if noun in tagged("organisation_noun") or word in tagged("organisation_noun"):
        return Form.COMPANY
    return Form.DOCUMENT if noun in tagged("document_noun") else Form.OTHER


def _named_form(roster: Roster, head: Token) -> Form:
    entity = roster.of_token(head)[0]
    if entity.is_person:
        return Form.PERSON
    return Form.PLACE if entity.place else Form.BODY
