"""Proper names as they stand in an article: entity recognition, mended with titles, first names and capital letters."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from retrieval.quotes.entities.trimming import is_role, person_only, trim
from retrieval.quotes.syntax.parse import Parse, Token
from retrieval.text.lexicon import tagged
from retrieval.text.names import first_names, fold, is_title, name_words, title_gender

NAMED = frozenset({"PERSON", "ORG", "GPE", "NORP", "FAC", "PRODUCT", "WORK_OF_ART", "EVENT", "LAW", "LOC"})
ENDING_GENITIVE = re.compile(r"(?<=\w)['’‘]s$")
PLACES = frozenset({"GPE", "LOC", "FAC"})


@dataclass(frozen=True, slots=True)
class NameChunk:
    """One occurrence of a proper name. `label` is PERSON, ORG, GPE …, or "" where only capitals tell.

    `title` stands before it, `gender` is what the title tells.
    """

    tokens: tuple[Token, ...]
    text: str
    words: tuple[str, ...]
    label: str
    title: str | None
    gender: str | None

    @property
    def start(self) -> int:
        return self.tokens[0].start


def name_chunks(parse: Parse) -> list[NameChunk]:
    """Every proper name of the article in order of token; no token is in two of them."""
    found: list[NameChunk] = []
    taken = -1
    for tokens, label in _runs(parse.tokens):
        trimmed = [t for t in trim(tokens) if t.index > taken]
        trimmed = trim(person_only(trimmed)) if label == "PERSON" else trimmed
        if any(c.isupper() or c.isdigit() for t in trimmed for c in t.text) and not is_role(trimmed[-1]):
            whole = _whole_body(parse, trimmed)
            if found and found[-1].tokens[-1].index >= whole[0].index:
                found.pop()
            found.append(_chunk(parse, whole, label if whole == trimmed else "ORG"))
            taken = whole[-1].index
    return found


def _whole_body(parse: Parse, tokens: list[Token]) -> list[Token]:
    """A body's name with the place before it and the field behind: "Norway's Ministry of Trade", "Council of Wales"."""
    if tokens[-1].lemma not in tagged("organisation_noun", "company_word") or not tokens[-1].text[:1].isupper():
        return tokens
    first, last = tokens[0].index, tokens[-1].index
    at = parse.tokens
    if first > 1 and at[first - 1].tag == "POS" and at[first - 2].entity in PLACES:
        first -= 2
    elif first and at[first - 1].pos == "PROPN" and at[first - 1].dep in ("compound", "nmod"):
        first -= at[first - 1].head in {token.index for token in tokens}
    if last + 2 < len(parse) and at[last + 1].text in ("of", "for"):
        end = last + 2 + (at[last + 2].text == "the" and last + 3 < len(parse))
        while end < len(parse) and at[end].text[:1].isupper() and at[end].pos == "PROPN":
            last, end = end, end + 1
    whole = list(at[first : last + 1])
    return whole if len({(t.sentence, t.quotation) for t in whole}) == 1 else tokens


def _runs(tokens: Sequence[Token]) -> Iterator[tuple[list[Token], str]]:
    """Runs of tokens that entity recognition or capital letters bind together."""
    run: list[Token] = []
    label = ""
    for token in tokens:
        together = bool(run) and token.sentence == run[-1].sentence and token.quotation == run[-1].quotation
        joins = together and not (token.entity_start and token.entity in NAMED)
        named = token.entity in NAMED and token.text not in ("(", "[")
        may_grow = label in ("PERSON", "ORG", "")
        if joins and ((named and token.entity == label) or (not named and may_grow and _joins_name(token, run))):
            run.append(token)
            continue
        if run:
            yield run, label
        run, label = [], ""
        if named or _starts_name(token):
            run, label = [token], token.entity if named else ""
    if run:
        yield run, label


def _starts_name(token: Token) -> bool:
    calendar = fold(token.text).rstrip(".") in tagged("calendar_word", "name_suffix")
    return token.pos == "PROPN" and token.text[:1].isupper() and not token.entity and not calendar


def _joins_name(token: Token, run: Sequence[Token]) -> bool:
    if token.entity or token.text in ("(", "["):
        return False
    hyphen = token.text == "-" and token.start == run[-1].end
    after_hyphen = run[-1].text == "-" and token.start == run[-1].end
    return hyphen or after_hyphen or _starts_name(token)


def _chunk(parse: Parse, tokens: Sequence[Token], label: str) -> NameChunk:
    before = parse.tokens[tokens[0].index - 1] if tokens[0].index else None
    titled = before is not None and before.sentence == tokens[0].sentence and is_title(before.text)
    text = ENDING_GENITIVE.sub("", parse.words(tokens))
    words = name_words(text)
    if label != "PERSON" and _looks_like_person(tokens, words, titled and before is not None and _strong(before)):
        label = "PERSON"
    elif label == "PERSON" and words and _is_thing(parse, tokens, words):
        label = "ORG"
    title = before.text if titled and before else None
    return NameChunk(tuple(tokens), text, words, label, title, title_gender(title) if title else None)


def _is_thing(parse: Parse, tokens: Sequence[Token], words: Sequence[str]) -> bool:
    """Whether what was taken for a person is a body, a writing or a heading."""
    if words[-1] in tagged("organisation_noun", "company_word", "document_noun") or _modifies(parse, tokens, words):
        return True
    known = words[0] in first_names()
    return not known and (
        _is_heading(parse, tokens) or bool(set(words) & (tagged("organisation_noun", "company_word", "document_noun")))
    )


def _is_heading(parse: Parse, tokens: Sequence[Token]) -> bool:
    """A paragraph of nothing but these words."""
    beside = [i for i in (tokens[0].index - 1, tokens[-1].index + 1) if 0 <= i < len(parse)]
    return all(parse.tokens[i].block != tokens[0].block for i in beside)


def _modifies(parse: Parse, tokens: Sequence[Token], words: Sequence[str]) -> bool:
    """Whether it stands before a common noun as no person does: "the Lib Dem spokesman"."""
    last = tokens[-1]
    noun = parse.head(last)
    behind = parse.tokens[last.index + 1] if last.index + 1 < len(parse) else last
    noun = behind if behind.pos == "NOUN" and behind.sentence == last.sentence else noun
    before_noun = last.dep in ("compound", "amod", "nmod") and noun.pos == "NOUN" and noun.index > last.index
    return before_noun and words[0] not in first_names()


def _strong(token: Token) -> bool:
    return token.text[:1].isupper() and fold(token.text).rstrip(".") not in ("first", "foreign", "former", "deputy")


def _looks_like_person(tokens: Sequence[Token], words: Sequence[str], titled: bool) -> bool:
    if not words or any(w in tagged("organisation_noun", "company_word") for w in words):
        return False
    if titled and len(words) <= 4:
        return True
    solid = all(t.text[:1].isupper() or fold(t.text) in tagged("name_particle") or t.text == "-" for t in tokens)
    return solid and 2 <= len(words) <= 3 and words[0] in first_names() and not words[-1].isdigit()
