"""Name chunks: proper names as they stand in an article, from entity recognition, titles and capital letters."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.domain import Span
from retrieval.quotes.entities.name_runs import PLACES, is_role, name_runs
from retrieval.quotes.syntax.parse import Parse, Token
from retrieval.text.lexicon import tagged
from retrieval.text.person_names.names import first_names, fold, is_title, name_words, title_gender

ENDING_GENITIVE = re.compile(r"(?<=\w)['’‘]s$")
TRIMMED_MARKS = frozenset(("-", "’s", "'s", "‘s", "‘", "’", "'"))


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
        """Return the offset in the text where the name begins."""
        return self.tokens[0].start


def name_chunks(parse: Parse, standing: Sequence[Span] = ()) -> list[NameChunk]:
    """Return every proper name of the article in order of token; no token is in two of them.

    `standing` are names of people in order, told by where they stand; each replaces what was found of it.
    """
    return _with_standing(parse, _recognised(parse), standing) if standing else _recognised(parse)


def _recognised(parse: Parse) -> list[NameChunk]:
    found: list[NameChunk] = []
    taken = -1
    for tokens, label in name_runs(parse):
        trimmed = [t for t in _trim(tokens) if t.index > taken]
        trimmed = _trim(_person_only(trimmed)) if label == "PERSON" else trimmed
        if any(c.isupper() or c.isdigit() for t in trimmed for c in t.text) and not _ends_with_role(trimmed, label):
            whole = _whole_organisation(parse, trimmed)
            if found and found[-1].tokens[-1].index >= whole[0].index:
                found.pop()
            found.append(_chunk(parse, whole, label if whole == trimmed else "ORG"))
            taken = whole[-1].index
    return found


def _ends_with_role(tokens: Sequence[Token], label: str) -> bool:
    """Return whether the last word is a role, and no surname behind a known first name: "Ann Singer"."""
    known = label == "PERSON" and len(tokens) == 2 and fold(tokens[0].text) in first_names()
    return is_role(tokens[-1]) and not (known and tokens[-1].text.istitle())


def _with_standing(parse: Parse, chunks: Sequence[NameChunk], standing: Sequence[Span]) -> list[NameChunk]:
    """Return the chunks with the standing names in place of those that they overlap."""
    found = {chunk.tokens[0].index: chunk for chunk in chunks}
    holder = {token.index: chunk for chunk in chunks for token in chunk.tokens}
    for span in standing:
        tokens = parse.within(span)
        if not tokens or tokens[0].start > span.start or tokens[-1].end < span.end:
            continue
        held = list(dict.fromkeys(holder[token.index] for token in tokens if token.index in holder))
        if not _is_whole(tokens, held):
            for chunk in held:
                found.pop(chunk.tokens[0].index, None)
            chunk = _standing_chunk(parse, tokens, held)
            found[tokens[0].index] = chunk
            holder |= {token.index: chunk for token in tokens}
    return [found[index] for index in sorted(found)]


def _is_whole(tokens: Sequence[Token], held: Sequence[NameChunk]) -> bool:
    """Return whether what was recognised within a standing name is right as it is."""
    if any(chunk.words[-1:] and chunk.words[-1] in tagged("organisation_noun", "company_word") for chunk in held):
        return True
    if any(chunk.label in PLACES and len(tokens) == 1 for chunk in held):
        return True
    inside = {token.index for token in tokens}
    people = [chunk for chunk in held if chunk.label == "PERSON"]
    if any(inside <= {token.index for token in chunk.tokens} for chunk in held):
        return bool(people) or len(tokens) == 1
    named = {token.index for chunk in people for token in chunk.tokens}
    rest = [token for token in tokens if token.index not in named and token.text[:1].isalpha()]
    return bool(people) and any(is_role(t) or t.entity in PLACES | {"NORP", "ORG"} for t in rest)


def _standing_chunk(parse: Parse, tokens: Sequence[Token], held: Sequence[NameChunk]) -> NameChunk:
    chunk = _chunk(parse, list(tokens), "PERSON")
    labels = {each.label for each in held} - {"", "PERSON"}
    surely = chunk.title or chunk.text.startswith("@") or chunk.words[0] in first_names()
    label = "PERSON" if surely or not labels or any(c.label in ("PERSON", "") for c in held) else min(labels)
    return NameChunk(chunk.tokens, chunk.text, chunk.words, label, chunk.title, chunk.gender)


def _whole_organisation(parse: Parse, tokens: list[Token]) -> list[Token]:
    """Return an organisation's name with place and field: "Norway's Ministry of Trade", "Council of Wales"."""
    if tokens[-1].lemma not in tagged("organisation_noun", "company_word") or not tokens[-1].text[:1].isupper():
        return tokens
    first, last = tokens[0].index, tokens[-1].index
    at = parse.tokens
    if first > 1 and at[first - 1].tag == "POS" and at[first - 2].entity in PLACES:
        first -= 2
    elif (
        first
        and at[first - 1].pos == "PROPN"
        and at[first - 1].dep in ("compound", "nmod")
        and not is_role(at[first - 1])
    ):
        first -= at[first - 1].head in {token.index for token in tokens}
    if last + 2 < len(parse) and at[last + 1].text in ("of", "for"):
        end = last + 2 + (at[last + 2].text == "the" and last + 3 < len(parse))
        while end < len(parse) and at[end].text[:1].isupper() and at[end].pos == "PROPN":
            last, end = end, end + 1
    whole = list(at[first : last + 1])
    return whole if len({(t.sentence, t.quotation) for t in whole}) == 1 else tokens


def _chunk(parse: Parse, tokens: Sequence[Token], label: str) -> NameChunk:
    before = parse.tokens[tokens[0].index - 1] if tokens[0].index else None
    titled = before is not None and before.sentence == tokens[0].sentence and is_title(before.text)
    text = ENDING_GENITIVE.sub("", parse.words(tokens))
    words = name_words(text)
    strong = titled and before is not None and _strong(before)
    abbreviated = strong and before is not None and before.text.endswith(".")
    if label != "PERSON" and _looks_like_person(tokens, words, strong, abbreviated):
        label = "PERSON"
    elif label == "PERSON" and words and _is_thing(parse, tokens, words):
        label = "ORG"
    title = before.text if titled and before else None
    return NameChunk(tuple(tokens), text, words, label, title, title_gender(title) if title else None)


def _is_thing(parse: Parse, tokens: Sequence[Token], words: Sequence[str]) -> bool:
    """Return whether what was taken for a person is an organisation, a document or a heading."""
    if words[-1] in tagged("organisation_noun", "company_word", "document_noun") or _modifies(parse, tokens, words):
        return True
    known = words[0] in first_names()
    return not known and (
        _is_heading(parse, tokens) or bool(set(words) & (tagged("organisation_noun", "company_word", "document_noun")))
    )


def _is_heading(parse: Parse, tokens: Sequence[Token]) -> bool:
    """Return whether a paragraph holds nothing but these words."""
    beside = [i for i in (tokens[0].index - 1, tokens[-1].index + 1) if 0 <= i < len(parse)]
    return all(parse.tokens[i].block != tokens[0].block for i in beside)


def _modifies(parse: Parse, tokens: Sequence[Token], words: Sequence[str]) -> bool:
    """Return whether it stands before a common noun as no person does: "the Lib Dem spokesman"."""
    last = tokens[-1]
    noun = parse.head(last)
    behind = parse.tokens[last.index + 1] if last.index + 1 < len(parse) else last
    noun = behind if behind.pos == "NOUN" and behind.sentence == last.sentence else noun
    before_noun = last.dep in ("compound", "amod", "nmod") and noun.pos == "NOUN" and noun.index > last.index
    return before_noun and words[0] not in first_names()


def _strong(token: Token) -> bool:
    return token.text[:1].isupper() and fold(token.text).rstrip(".") not in ("first", "foreign", "former", "deputy")


def _looks_like_person(tokens: Sequence[Token], words: Sequence[str], titled: bool, abbreviated: bool) -> bool:
    if titled and len(words) > 1 and (words[0] in first_names() or abbreviated):
        return True
    if not words or any(w in tagged("organisation_noun", "company_word") for w in words):
        return False
    if titled and len(words) <= 4:
        return True
    solid = all(t.text[:1].isupper() or fold(t.text) in tagged("name_particle") or t.text == "-" for t in tokens)
    return solid and 2 <= len(words) <= 3 and words[0] in first_names() and not words[-1].isdigit()


def _trim(tokens: list[Token]) -> list[Token]:
    """Return the proper name in a run: without roles and titles in front, articles, genitives and punctuation."""

    def outside(token: Token) -> bool:
        return token.pos in ("DET", "PUNCT", "PART", "SPACE", "CCONJ", "ADP") or token.text in TRIMMED_MARKS

    while tokens and (outside(tokens[-1]) or _is_compound(tokens)):
        tokens = tokens[:-1]
    while tokens and outside(tokens[0]):
        tokens = tokens[1:]
    roles = (i for i, t in enumerate(tokens[:-1]) if is_role(t) and _goes_on(tokens[i + 1]))
    last_role = max(roles, default=-1)
    kept = tokens[last_role + 1 :]
    body = bool(kept) and kept[-1].lemma in tagged("organisation_noun") and fold(kept[0].text) not in first_names()
    abbreviated = last_role >= 0 and tokens[last_role].text.endswith(".")
    return kept if kept and (last_role < 0 or abbreviated or not body) else tokens


def _is_compound(tokens: list[Token]) -> bool:
    """Return whether a participle hangs on the name: "Oslo-based"."""
    return len(tokens) > 2 and tokens[-2].text == "-" and tokens[-1].pos == "VERB" and tokens[-1].text.islower()


def _goes_on(token: Token) -> bool:
    """Return whether a name may begin here behind a title: not "Jr" of a surname that is a title too."""
    return token.text[:1].isupper() and fold(token.text).rstrip(".") not in tagged("name_suffix")


def _person_only(tokens: list[Token]) -> list[Token]:
    """Return the last run of capital words: a person's name without "rugby" before and "mom" behind."""
    solid = [t.text[:1].isupper() or fold(t.text) in tagged("name_particle") or t.text == "-" for t in tokens]
    end = len(tokens)
    while end and not solid[end - 1]:
        end -= 1
    start = end
    while start and solid[start - 1]:
        start -= 1
    kept = tokens[start:end]
    while kept and kept[-1].pos in ("PUNCT", "PART"):
        kept = kept[:-1]
    return kept
