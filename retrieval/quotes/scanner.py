"""Finds what stands between quotation marks. Knows the marks and nothing of language; linear in the text."""

from dataclasses import dataclass

from retrieval.articles import Span


@dataclass(frozen=True, slots=True)
class Stretch:
    """One run of words between marks, within one paragraph.

    `inner` leaves the marks out and keeps a comma or stop that stands inside them; `outer` has the marks.
    `parent` is the index of the stretch that it is nested in. Stretches with the same `utterance` are one:
    an unclosed quotation over several paragraphs, marks that are reopened, a sentence that "…," she said, "…" interrupts.
    `paragraph` counts from 0.
    """

    inner: Span
    outer: Span
    parent: int | None
    utterance: int
    paragraph: int


def scan(text: str) -> tuple[Stretch, ...]:
    """Every stretch in order of start; two of them nest or stand apart."""
    raise NotImplementedError
