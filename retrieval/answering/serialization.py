"""Serialization: answers and verdicts as JSON objects, whose fields docs/json.md describes."""

from typing import Any

from retrieval.answering.verification.verifier import Verification
from retrieval.domain import Answer, Article, Citation, EarlierWording, Speaker


def answer_object(answer: Answer) -> dict[str, Any]:
    """Return the object of an answer."""
    return {
        "question": answer.question,
        "answered": answer.answered,
        "confidence": round(answer.confidence, 4),
        "verdict": answer.verdict and answer.verdict.value,
        "did_you_mean": answer.did_you_mean,
        "citations": [citation_object(citation) for citation in answer.citations],
        "near_misses": [citation_object(miss.citation) | {"reason": str(miss.reason)} for miss in answer.near_misses],
    }


def verification_object(found: Verification) -> dict[str, Any]:
    """Return the object of a verdict on a quotation."""
    return {
        "text": found.text,
        "verdict": found.verdict.value,
        "speaker_verdict": found.speaker_verdict and found.speaker_verdict.value,
        "stressed": found.stressed,
        "joined": found.joined,
        "changes": [{"op": change.op, "given": change.given, "real": change.real} for change in found.changes],
        "citations": [citation_object(citation) for citation in found.citations],
    }


def citation_object(citation: Citation) -> dict[str, Any]:
    """Return the object of a citation; `start` and `end` are character offsets into the article's stored text."""
    return {
        "text": citation.text,
        "kind": citation.kind.value,
        "start": citation.span.start,
        "end": citation.span.end,
        "speaker": citation.speaker and speaker_object(citation.speaker),
        "said_on": citation.said_on and citation.said_on.isoformat(),
        "article": article_object(citation.article),
        "before": citation.before,
        "after": citation.after,
        "score": round(citation.score, 4),
        "also_in": [article_object(article) for article in citation.also_in],
        "earlier": [earlier_object(wording) for wording in citation.earlier],
    }


def earlier_object(wording: EarlierWording) -> dict[str, Any]:
    """Return the object of an earlier wording."""
    return {
        "text": wording.text,
        "kind": wording.kind.value,
        "speaker": wording.speaker,
        "until": wording.until.isoformat(),
    }


def speaker_object(speaker: Speaker) -> dict[str, Any]:
    """Return the object of a speaker."""
    return {
        "name": speaker.name,
        "role": speaker.role,
        "kind": speaker.kind and speaker.kind.value,
        "confidence": round(speaker.confidence, 4),
        "certainty": speaker.certainty.value,
        "channel": speaker.channel,
        "reason": speaker.reason and str(speaker.reason),
    }


def article_object(article: Article) -> dict[str, Any]:
    """Return the object of an article, without its text."""
    return {
        "id": article.id,
        "title": article.title,
        "publisher": article.publisher,
        "published": article.published,
        "authors": list(article.authors),
        "url": article.url,
    }
