"""Signatures: names and descriptions without a verb behind or below a quotation; read from the text alone."""

from collections.abc import Iterator, Sequence

from retrieval.domain import Span
from retrieval.quotes.spans.proper_names import TextWord, read_name
from retrieval.quotes.spans.standing_clauses import (
    MAX_APPOSITION,
    MAX_DESCRIPTION,
    StandingPhrase,
    StandingWay,
    reports,
    until_comma,
)
from retrieval.text.lexicon import inflected, tagged


def signature(words: Sequence[TextWord], way: StandingWay) -> Iterator[StandingPhrase]:
    """Yield the name or the description that the words are, with a role or a town behind a comma."""
    name = read_name(words)
    if name is None:
        phrase = until_comma(words)
        verbs = inflected("reporting_verb") - tagged("noun_like_verb")
        described = phrase and phrase[0].plain in tagged("description_determiner") | {"one", "a", "an"}
        if described and len(phrase) <= MAX_DESCRIPTION and not any(word.plain in verbs for word in phrase):
            yield StandingPhrase(way, Span(phrase[0].start, phrase[-1].end))
        return
    behind = words[name.behind].text if name.behind < len(words) else ","
    if behind[0] in ",(" or behind == "of":
        yield StandingPhrase(way, name.span, name)


def any_signature(words: Sequence[TextWord], way: StandingWay) -> Iterator[StandingPhrase]:
    """Yield what `signature` does, or where that is nothing, the words up to a comma: an attribution not understood."""
    if found := list(signature(words, way)):
        yield from found
        return
    phrase = until_comma(words)
    told = any(reports(word) for word in phrase)
    if phrase and phrase[0].text[:1].isupper() and len(phrase) <= MAX_DESCRIPTION and not told:
        yield StandingPhrase(way, Span(phrase[0].start, phrase[-1].end))


def name_line(words: Sequence[TextWord], way: StandingWay) -> Iterator[StandingPhrase]:
    """Yield the name that a whole line is: "Ann Lee", "Ann Lee, baker", "Ann Lee, 43"."""
    name = read_name(words)
    if name is None or name.closed:
        return
    rest = words[name.behind :]
    labelled = bool(rest) and rest[0].text[0] in ",(" and len(rest) <= MAX_APPOSITION + 3
    verbs = any(word.plain in inflected("plain_reporting_verb") for word in rest)
    closed = bool(rest) and rest[-1].text[-1] in ".!?;:"
    if (labelled or not rest) and not closed and not verbs and (name.words > 1 or name.likely or labelled):
        yield StandingPhrase(way, name.span, name, labelled=labelled)
