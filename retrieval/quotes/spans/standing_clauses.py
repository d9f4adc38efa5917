"""Names and descriptions in the place of an attribution: clauses with any verb, labels, signatures; without a parse."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from retrieval.domain import Span
from retrieval.quotes.spans.proper_names import NameReading, TextWord, read_name
from retrieval.text.lexicon import inflected, tagged
from retrieval.text.person_names.names import fold, is_title

MAX_APPOSITION = 9
"""Words between a name and its verb: ", the head of the council,"."""
MAX_DESCRIPTION = 8
MAX_AFTER_VERB = 9
"""Words between a verb and the quotation that it leads to."""
MAX_FRAME = 12
"""Most words of a reporting clause that ends a sentence."""
MOST_COMMAS = 3
"""Commas of a sentence behind which such a clause is looked for, from the end."""
BEFORE_NAMES = ("’s", "'s", "s’", "-based", "-born")
"""Endings of words in front of a name that are no part of it: "Reuters’ Paris-based correspondent Ann Lee"."""
VERB = re.compile(r"[a-z]{3,}(?:-[a-z]+)?")


class StandingWay(StrEnum):
    """How a name stands beside a quotation."""

    INVERTED = "inverted"  # "…," huffed Lee
    BEHIND = "behind"  # "…," Lee huffed
    BEFORE = "before"  # Lee huffed: "…"
    SENTENCE = "sentence"  # Lee huffed. "…"
    FRAME = "frame"  # the bridge is "…" in May, said Lee
    LABEL = "label"  # Lee, 43: "…"
    DASH = "dash"  # "…" — Lee, also on the next line
    BRACKETS = "brackets"  # "…" (Lee, Marlow), also on the next line
    LINE_BELOW = "line_below"  # the next line is "Lee, baker"
    LINE_ABOVE = "line_above"
    CLAUSE_BELOW = "clause_below"  # the next line is "Lee huffed."
    FROM_ABOVE = "from_above"  # "From Lee, baker:"


@dataclass(frozen=True, slots=True)
class StandingPhrase:
    """A name, or where `name` is None a description, with the way in which it stands beside a quotation.

    `span` is the name without title and suffix. `known_verb`: the verb of its clause is a reporting verb; `opens`: its
    sentence is the first of its line; `labelled`: an age, a role or a town stands behind a name without a verb.
    """

    way: StandingWay
    span: Span
    name: NameReading | None = None
    known_verb: bool = False
    opens: bool = False
    labelled: bool = False


def clause_behind(words: Sequence[TextWord]) -> Iterator[StandingPhrase]:
    """Yield the subject of the clause that the words begin: of verb and name, or of name and verb."""
    if not words:
        return
    if _is_verb(words[0]) or reports(words[0]):
        yield from _inverted(words)
        return
    if words[0].text in ("user", "User") and len(words) > 2 and _may_report(words[2]):
        handle = NameReading(Span(words[1].start, words[1].end), 2, 1, titled=False, likely=True, closed=False)
        yield StandingPhrase(StandingWay.BEHIND, handle.span, handle, reports(words[2]))
        return
    name = read_name(words)
    if name is None:
        yield from _description(words, StandingWay.BEHIND)
    elif not name.closed:
        at = _behind_adverbs(words, behind_apposition(words, name.behind))
        if at < len(words) and _may_report(words[at]):
            yield StandingPhrase(StandingWay.BEHIND, name.span, name, reports(words[at]))


def clause_at_end(words: Sequence[TextWord]) -> Iterator[StandingPhrase]:
    """Yield the subject of a reporting clause behind a comma that ends the sentence: "… in May, said Reuters’ Lee"."""
    commas = [at for at, word in enumerate(words) if word.text == ","]
    for at in commas[-MOST_COMMAS:][::-1]:
        rest = words[at + 1 :]
        if not 1 < len(rest) <= MAX_FRAME:
            continue
        found = [each for each in clause_behind(rest) if each.known_verb]
        if not found and reports(rest[0]):
            names = (read_name(rest, first) for first in range(1, len(rest)) if rest[first].text[:1].isupper())
            name = next((name for name in names if name), None)
            found = [StandingPhrase(StandingWay.FRAME, name.span, name, known_verb=True)] if name else []
        if found:
            yield replace(found[0], way=StandingWay.FRAME)
            return


def clause_before(words: Sequence[TextWord], *, opens: bool) -> Iterator[StandingPhrase]:
    """Yield the subject of the clause before a comma or a colon, or the label before a colon."""
    colon = bool(words) and words[-1].text == ":"
    for at in range(min(7, len(words))):
        if at and not (words[at - 1].text.islower() or _opens_clause(words[at - 1].text)):
            return
        name = read_name(words, at)
        if name is None:
            if found := list(_description(words[at:], StandingWay.BEFORE)):
                yield from found
                return
            continue
        rest = words[_behind_adverbs(words, behind_apposition(words, name.behind)) :]
        if colon and opens and not at and _is_label(words, name):
            yield StandingPhrase(StandingWay.LABEL, name.span, name, opens=opens)
        elif rest and not name.closed and _may_report(rest[0]) and len(rest) <= MAX_AFTER_VERB + 3:
            yield StandingPhrase(StandingWay.BEFORE, name.span, name, reports(rest[0]), opens)
        return


def sentence_before(words: Sequence[TextWord], *, opens: bool) -> Iterator[StandingPhrase]:
    """Yield the subject of the short sentence right before a quotation: "Lee shrugged.", "It was Lee who huffed."."""
    if len(words) > MAX_APPOSITION + 8:
        return
    cleft = [word.text for word in words[:2]] == ["It", "was"]
    name = read_name(words, 2 if cleft else 0)
    if name is None:
        start = 2 * cleft
        for found in _description(words[start:], StandingWay.SENTENCE):
            yield StandingPhrase(StandingWay.SENTENCE, found.span, None, found.known_verb, opens)
        return
    if name.closed:
        return
    at = behind_apposition(words, name.behind)
    at = _behind_adverbs(words, at + (cleft and at < len(words) and words[at].text == "who"))
    if at < len(words) and (_is_verb(words[at]) or reports(words[at]) or words[at].text in ("was", "is")):
        yield StandingPhrase(StandingWay.SENTENCE, name.span, name, reports(words[at]), opens)


def _inverted(words: Sequence[TextWord]) -> Iterator[StandingPhrase]:
    known = reports(words[0])
    phrasal = len(words) > 2 and words[1].text in tagged("phrasal_particle")  # "shot back"
    if not (known or phrasal or _may_report(words[0])):
        return
    for at in range(1, min(5, len(words))):
        word = words[at]
        if name := read_name(words, at):
            yield StandingPhrase(StandingWay.INVERTED, name.span, name, known)
            return
        if word.plain in _determiners() and not known:
            phrase = until_comma(words[at:])[:MAX_DESCRIPTION]
            yield StandingPhrase(StandingWay.INVERTED, Span(phrase[0].start, phrase[-1].end))
            return
        role = word.text.islower() and (is_title(word.text) or fold(word.text) in tagged("person_noun"))
        passed = word.text in tagged("phrasal_particle") or word.text.endswith(("ly", *BEFORE_NAMES))
        if not (passed or role or word.text in ("the", "user")):
            return


def _description(words: Sequence[TextWord], way: StandingWay) -> Iterator[StandingPhrase]:
    """Yield the description that the words begin, up to the verb behind it: "one of the divers huffed"."""
    if not words or words[0].plain not in _determiners():
        return
    last = next((at for at, word in enumerate(words) if word.text[0] in ",:;()" or word.text[-1] in ".!?"), len(words))
    within = words[: last + 1] if last < len(words) and words[last].text[-1] in ".!?" else words[:last]
    verbs = [at for at in range(2, min(len(within), MAX_DESCRIPTION + 1)) if _may_report(within[at])]
    verb = next((at for at in verbs if reports(within[at])), verbs[-1] if verbs else None)
    if verb is not None:
        yield StandingPhrase(way, Span(words[0].start, words[verb - 1].end), None, reports(words[verb]))


@cache
def _determiners() -> frozenset[str]:
    return tagged("description_determiner") | {"one", "a", "an", "the", "some"}


def until_comma(words: Sequence[TextWord]) -> Sequence[TextWord]:
    """Return the words up to a comma, a bracket or another mark that ends a phrase."""
    return words[: next((at for at, word in enumerate(words) if word.text[0] in ',();:“"'), len(words))]


def told_by_line(words: Sequence[TextWord]) -> Iterator[StandingPhrase]:
    """Yield who spoke by a line that tells no more: "Lee huffed.", "So huffed Lee, a baker.", "Lee huffed so."."""
    so = bool(words) and words[0].text in ("So", "Thus")
    for found in clause_behind(words[so:]):
        verb = next((at for at, word in enumerate(words) if word.start > found.span.end and _may_report(word)), None)
        rest = words[verb + 1 :] if verb is not None else ()
        bare = not [word for word in rest if word.text.isalnum()] or rest[0].text == "so"
        if so or found.way is StandingWay.INVERTED or bare:
            yield StandingPhrase(StandingWay.CLAUSE_BELOW, found.span, found.name, found.known_verb)


def _is_label(words: Sequence[TextWord], name: NameReading) -> bool:
    """Return whether nothing but an age, a role or a town stands between a name and the colon."""
    if name.behind == len(words) - 1:
        return True
    inside = words[name.behind + 1 : -1]
    told = any(word.plain in inflected("plain_reporting_verb") for word in inside)
    return words[name.behind].text[0] in ",(" and len(inside) <= MAX_APPOSITION + 2 and not told


def behind_apposition(words: Sequence[TextWord], at: int) -> int:
    """Return the index behind ", the head of the council," and "(43)"; the same index where none stands."""
    close = {",": ",", "(": ")"}.get(words[at].text) if at < len(words) else None
    if close == "," and at + 1 < len(words) and _may_report(words[at + 1]):
        return at + 1
    if close:
        for end in range(at + 1, min(at + 2 + MAX_APPOSITION, len(words))):
            if words[end].text[-1] == close:
                return end + 1
    return at


def _behind_adverbs(words: Sequence[TextWord], at: int) -> int:
    while at < len(words) and (words[at].text in tagged("phrasal_particle") or words[at].text.endswith("ly")):
        at += 1
    return at


def _opens_clause(word: str) -> bool:
    """Return whether a subject may follow the word: a comma, or a small word with a capital."""
    return word == "," or (word.istitle() and word.lower() in tagged("clause_opening"))


@cache
def _no_verbs() -> frozenset[str]:
    return tagged(
        "stopword", "subordinator", "local_preposition", "phrase_preposition", "description_determiner", "never_verb"
    )


def _plain(word: TextWord) -> str:
    return word.plain.rstrip(".,:!?")


def _is_verb(word: TextWord) -> bool:
    return bool(VERB.fullmatch(word.text.rstrip(".,!?:"))) and _plain(word) not in _no_verbs()


def reports(word: TextWord) -> bool:
    """Return whether a word is a form of a reporting verb."""
    return _plain(word) in inflected("reporting_verb")


def _may_report(word: TextWord) -> bool:
    """Return whether a word is a reporting verb, or has the form of a verb in the past or the present."""
    plain = _plain(word)
    return reports(word) or (_is_verb(word) and plain.endswith(("ed", "s")) and not plain.endswith("ss"))
