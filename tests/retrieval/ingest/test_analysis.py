from collections.abc import Sequence

import numpy as np

from retrieval.domain import Article, Kind, Quotation, Span
from retrieval.ingest.analysis import draft_units, embed_units

TEXT = (
    "The pier is shut for now and nobody may walk on it. “It rusts away under our feet, and has for years,” said Ada "
    "Brook. The town will mend it by May.\n“We waited far too long before we asked for any money at all for it.”"
)
ARTICLE = Article(id="pier", title="Pier shut", text=TEXT)


class Quoted:
    """Finds what stands between curly marks."""

    def extract(self, text: str, *, published: str | None, language: str | None) -> tuple[Quotation, ...]:
        found, at = [], 0
        while (start := text.find("“", at)) >= 0:
            at = text.index("”", start)
            found.append(Quotation(Span(start + 1, at), Kind.DIRECT))
        return tuple(found)


class CountingEncoder:
    """Keeps the texts that it was given."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        self.texts += texts
        return np.eye(len(texts), dtype=np.float32)


def test_all_units_of_a_window_have_the_same_surroundings_which_are_read_once() -> None:
    drafts = draft_units(ARTICLE, Quoted())
    assert {draft.surroundings for draft in drafts} == {f"Pier shut. {TEXT}"}
    encoder = CountingEncoder()
    embed_units(drafts, encoder)  # type: ignore[arg-type]
    assert encoder.texts.count(f"Pier shut. {TEXT}") == 1


def test_a_passage_that_is_nearly_all_quotation_and_the_quotation_share_a_vector() -> None:
    drafts = draft_units(ARTICLE, Quoted())
    last_passage = [draft for draft in drafts if draft.quotation is None][-1]
    last_quotation = drafts[-1]
    assert last_passage.span != last_quotation.span
    assert last_passage.digest == last_quotation.digest


def test_words_found_as_a_quotation_later_leave_the_vectors_of_other_passages_as_they_are() -> None:
    class NoQuotations(Quoted):
        def extract(self, text: str, *, published: str | None, language: str | None) -> tuple[Quotation, ...]:
            return ()

    before = {draft.span: draft.digest for draft in draft_units(ARTICLE, NoQuotations())}
    after = {draft.span: draft.digest for draft in draft_units(ARTICLE, Quoted()) if draft.quotation is None}
    shared = before.keys() & after.keys()
    assert len(shared) == 4
    assert [before[span] == after[span] for span in sorted(shared, key=lambda span: span.start)] == [
        True,
        True,
        True,
        False,
    ]
