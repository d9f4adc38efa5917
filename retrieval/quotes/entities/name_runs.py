"""Runs of tokens that make one proper name, by entity recognition and capital letters, mended where it cuts badly."""

from collections.abc import Collection, Iterator, Sequence

from retrieval.quotes.syntax.parse import Parse, Token
from retrieval.text.lexicon import tagged
from retrieval.text.person_names.names import first_names, fold, is_title

NAMED = frozenset({"PERSON", "ORG", "GPE", "NORP", "FAC", "PRODUCT", "WORK_OF_ART", "EVENT", "LAW", "LOC"})
PLACES = frozenset({"GPE", "LOC", "FAC"})
BODIES = PLACES | {"ORG", "NORP"}
MAX_FORENAMES = 2
"""Most words that are joined to a surname behind them."""
MAX_PERSON = 4
"""Most words of a person's name behind words that are no part of it."""
LEAST_CAPITALS = 3
"""Fewest letters of a word in capitals that is no part of a name: "MEC Lee", but "JD Vance"."""

Run = tuple[list[Token], str]


def name_runs(parse: Parse) -> Iterator[Run]:
    """Yield every run of tokens that is a name or holds one, with its label, in order of token."""
    runs = _with_forenames(parse, list(_runs(parse.tokens)))
    bodies = {run[0].text for run, label in runs if len(run) == 1 and label in BODIES}
    for run, label in runs:
        start = _start_of_person(run, bodies)
        if start:
            yield run[:start], "ORG" if run[start - 1].tag == "POS" else ""
            yield run[start:], "PERSON"
        else:
            yield run, label


def _runs(tokens: Sequence[Token]) -> Iterator[tuple[list[Token], str]]:
    """Iterate over runs of tokens that entity recognition or capital letters bind together."""
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


def _with_forenames(parse: Parse, runs: Sequence[Run]) -> list[Run]:
    """Return the runs with first names that entity recognition left out joined to their surnames."""
    found: list[Run] = []
    for run, label in runs:
        names = _forenames(parse, found[-1][0], run, label) if found else []
        if names:
            before, other = found.pop()
            if len(before) > len(names):
                found.append((before[: -len(names)], other))
            found.append(([*names, *run], "PERSON"))
        else:
            found.append((run, label))
    return found


def _forenames(parse: Parse, before: Sequence[Token], run: Sequence[Token], label: str) -> list[Token]:
    """Return the last tokens of a run that are the first names of the surname behind it."""
    last, first = before[-1], run[0]
    if last.index + 1 != first.index or last.sentence != first.sentence or last.quotation != first.quotation:
        return []
    if last.entity or last.dep != "compound" or not run[0].index <= last.head <= run[-1].index or len(run) > 2:
        return []
    if label not in ("PERSON", "ORG", "") or run[-1].lemma in tagged("organisation_noun", "company_word"):
        return []
    names: list[Token] = []
    for token in reversed(before):
        if token.entity or not _is_forename(token):
            break
        names.insert(0, token)
    if 0 < len(names) <= MAX_FORENAMES and fold(names[0].text).rstrip(".") in first_names():
        return names
    inside = bool(names) and parse.sentence(names[0].sentence)[0].index < names[0].index
    return names if inside and len(names) == len(before) == 1 and label == "PERSON" and len(run) == 1 else []


def _is_forename(token: Token) -> bool:
    """Return whether a token has the form of a first name: a capital, no role, no word of a body."""
    word = fold(token.text).rstrip(".")
    others = tagged("organisation_noun", "company_word", "outlet_word", "document_noun", "calendar_word")
    return token.text[:1].isupper() and not token.text.isupper() and not is_role(token) and word not in others


def _start_of_person(run: Sequence[Token], bodies: Collection[str]) -> int:
    """Return where a person's name begins behind words that are no part of it, 0 where none does.

    "Vox’s Ann Lee", "Browns DL Ann Lee", "Ukraine Ann Lee"; `bodies` are names of bodies and places in the article.
    """
    if fold(run[0].text) in first_names() and not run[0].text.isupper():
        return 0
    if run[-1].lemma in tagged("organisation_noun", "company_word", "document_noun"):
        return 0
    for start in range(max(1, len(run) - MAX_PERSON), len(run) - 1):
        known = run[start].text.istitle() and fold(run[start].text) in first_names()
        if known and _is_no_name(run[start - 1], bodies):
            return start
    short = len(run) == 2 and run[0].text.isalpha() and run[0].text.isupper() and not run[1].text.isupper()
    return int(short and len(run[0].text) >= LEAST_CAPITALS and run[0].entity == run[1].entity == "PERSON")


def _is_no_name(token: Token, bodies: Collection[str]) -> bool:
    """Return whether a token in front of a name is no part of it: a role, a body, capitals, a genitive."""
    capitals = len(token.text) > 1 and token.text.isupper() and token.text.isalpha()
    return capitals or token.tag == "POS" or token.text in bodies or is_role(token) or "/" in token.text


def is_role(token: Token) -> bool:
    """Return whether a word may stand before a name as a role or a title."""
    word = fold(token.text).rstrip(".")
    return (word in tagged("person_noun") or is_title(word)) and word not in ("st", "first", "foreign")
