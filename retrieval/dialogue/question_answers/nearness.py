"""Which citations of an answer come near the first one, and so are shown beside it. Pure."""

from dataclasses import replace

from retrieval.domain import Answer, Citation
from retrieval.text.person_names.matching import same_name

LEAST_SHARE = 0.85
"""Least share of the first citation's score that another speaker's words have beside it; by hand."""


def near_the_first(answer: Answer) -> Answer:
    """Return an answer with the first citation, more words of its speaker, and others that come near it.

    Beside a verdict there are words of one speaker alone, and none twice.
    """
    if not answer.citations:
        return answer
    first, *rest = answer.citations
    shown = [citation for citation in rest if _belongs(citation, first, verdict=answer.verdict is not None)]
    return replace(answer, citations=(first, *(citation for citation in shown if not _repeats(citation, first))))


def _belongs(citation: Citation, first: Citation, *, verdict: bool) -> bool:
    name, other = (each.speaker.name if each.speaker else None for each in (first, citation))
    if name and other and same_name(name, other):
        return True
    if verdict:
        return False
    return other is None or citation.score >= LEAST_SHARE * first.score


def _repeats(citation: Citation, first: Citation) -> bool:
    return citation.article.id == first.article.id and first.span.overlaps(citation.span)
