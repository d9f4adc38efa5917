"""Questions of our own, kept by the places of the words that answer them: see benchmarks/data/README.md."""

from pathlib import Path

from retrieval.domain import Span
from retrieval.evaluation.questions import FACT, UNANSWERABLE, Question
from retrieval.readers.text_files.json_lines import read_objects
from retrieval.store.archive import Archive
from retrieval.text.stemming import unstemmed_words


def written_questions(path: Path, archive: Archive) -> list[Question]:
    """Those whose article is in the archive. Its copies answer as well: every article that has the same words."""
    articles = archive.articles([listing.article for listing in archive.listing()]).values()
    text_of = {article.id: article.text for article in articles}
    folded = {doc: folded_words(text) for doc, text in text_of.items()}
    found = []
    for _, row in read_objects(path, "question"):
        if row["doc"] not in text_of:
            continue
        known = {"id": row["id"], "type": row["type"], "question": row["question"]}
        if row["type"] == UNANSWERABLE:
            found.append(Question(**known, docs=frozenset()))
            continue
        told = Span(row["start"], row["end"]).of(text_of[row["doc"]])
        docs = frozenset(doc for doc, text in folded.items() if folded_words(told) in text)
        if row["type"] == FACT:
            found.append(Question(**known, docs=docs, answer=row["answer"], evidence=told))
        else:
            found.append(Question(**known, docs=docs, quote=told))
    return found


def folded_words(text: str) -> str:
    return " ".join(unstemmed_words(text))
