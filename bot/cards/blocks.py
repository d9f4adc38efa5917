"""Citations as blocks: the words with their buttons, one in full, or several in short."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from bot.cards.citation import cited, in_doubt, key
from bot.cards.components import Block, Button, fitting_button
from bot.cards.references import OPEN, OTHERS, Reference, TimelinePage, reference_to
from bot.locales import N_
from retrieval.domain import Article, Citation, SpeakerKind

T = TypeVar("T")

BEST, SHORT = 1500, 320
"""Most units of the words of a citation in full, and of one in short."""
NEAR_BEST = 1.0
"""Log-odds by which a citation may lie below the best one and still be shown beside it."""
_BESIDE = 2
_SURNAME, _SUFFIXES = 3, frozenset({"Junior", "Senior", "III"})
_CONTEXT, _MORE, _WHY, _PICTURE = N_("Context"), N_("More by {what} here"), N_("Why unsure?"), N_("As a picture")
_MORE_UNNAMED, _ALL, _OTHERS = N_("More quotations here"), N_("All by {what}"), N_("Other results")


def citation_blocks(citations: Sequence[Citation]) -> list[Block]:
    """Return the best citation in full and the next ones in short; nothing for no citations."""
    if not citations:
        return []
    best, *rest = distinct(citations)
    return [full_block(best), *citation_list(rest[:_BESIDE], best.article)]


def near_and_others(citations: Sequence[Citation]) -> tuple[list[Citation], list[Citation]]:
    """Return the best citation with at most two that come near it, and those that are left."""
    every = distinct(citations)
    near = [cited for cited in every[: 1 + _BESIDE] if every[0].score - cited.score <= NEAR_BEST]
    return near, [cited for cited in every if cited not in near]


def full_block(citation: Citation) -> Block:
    """Return a citation in full: its context, more by its speaker, why that is in doubt, and a picture."""
    reference = reference_to(citation)
    return _block(citation, cited(citation, BEST), tuple(_buttons(citation, reference)) if reference else ())


def _buttons(citation: Citation, reference: Reference) -> Iterator[Button]:
    name = citation.speaker.name if citation.speaker else None
    short = short_name(citation)
    yield Button("around", _CONTEXT, str(reference))
    yield Button("more", _MORE, str(reference), short) if name else Button("more", _MORE_UNNAMED, str(reference))
    timeline = timeline_button(OPEN, _ALL, TimelinePage(name), short) if name else None
    yield from [timeline] if timeline else []
    yield from [Button("why", _WHY, str(reference))] if in_doubt(citation) else []
    yield Button("picture", _PICTURE, str(reference))


def short_name(citation: Citation) -> str:
    """Return a person's last name, as buttons show it; the whole name of anybody else, "" for nobody."""
    speaker = citation.speaker
    name = speaker.name if speaker and speaker.name else ""
    last = name.split()[-1] if speaker and speaker.kind is SpeakerKind.PERSON and name.split() else name
    return last if len(last) >= _SURNAME and last.isalpha() and last not in _SUFFIXES else name


def citation_list(
    citations: Iterable[Citation], above: Article | None = None, speaker: str | None = None
) -> Iterator[Block]:
    """Yield each citation in short; the source is named where it changes, and at first unless it stands `above`.

    `speaker` is a name that stands in the heading already.
    """
    for citation in citations:
        reference = reference_to(citation)
        buttons = (Button("around", _CONTEXT, str(reference)),) if reference else ()
        yield _block(citation, cited(citation, SHORT, above, speaker), buttons)
        above = citation.article


def near_block(citation: Citation, note: str) -> Block:
    """Return a citation in short with a line below it."""
    reference = reference_to(citation)
    buttons = (Button("around", _CONTEXT, str(reference)),) if reference else ()
    return _block(citation, f"{cited(citation, SHORT)}\n{note}", buttons)


def others_button(citations: Iterable[Citation]) -> Button | None:
    """Return a button that shows quotations that lie further from the question; None where there are none."""
    held = ""
    for citation in citations:
        reference = reference_to(citation) if citation.quotation is not None else None
        longer = ",".join(filter(None, (held, str(reference or ""))))
        held = longer if fitting_button(OTHERS, _OTHERS, longer) else held
    return Button(OTHERS, _OTHERS, held) if held else None


def timeline_button(action: str, label: str, page: TimelinePage, what: str = "") -> Button | None:
    """Return a button that opens or turns to a page of a timeline; None where the names are too long for a button."""
    about = str(page)
    return fitting_button(action, label, about, what) if about else None


def distinct(citations: Iterable[Citation]) -> list[Citation]:
    """Return the first of those citations that would read the same."""
    return unique(citations, key)


def unique(things: Iterable[T], identity: Callable[[T], object]) -> list[T]:
    """Return the first of those things that have the same identity."""
    first: dict[object, T] = {}
    for thing in things:
        first.setdefault(identity(thing), thing)
    return list(first.values())


def _block(citation: Citation, text: str, buttons: tuple[Button, ...]) -> Block:
    reference = reference_to(citation)
    return Block(text, buttons, references=(reference,) if reference else ())
