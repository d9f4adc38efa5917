"""Questions to train on: those of benchmarks/data, kept by the places of their answers, and folds over articles."""

from collections.abc import Sequence
from pathlib import Path
from random import Random

from retrieval.domain import Span
from retrieval.evaluation.questions import FACT, UNANSWERABLE, KnownQuestion
from retrieval.readers.text_files.json_lines import read_objects
from retrieval.store.archive import Archive
from retrieval.text.stemming import unstemmed_words


def written_questions(path: Path, archive: Archive) -> list[KnownQuestion]:
    """Return the questions of a file whose article is in the archive.

    Near-duplicates answer as well: every article that has the same words.
    """
    articles = archive.articles([listing.article for listing in archive.listing()]).values()
    text_of = {article.id: article.text for article in articles}
    folded = {doc: folded_words(text) for doc, text in text_of.items()}
    found = []
    for _, row in read_objects(path, "question"):
        if row["doc"] not in text_of:
            continue
        known = {"id": row["id"], "type": row["type"], "question": row["question"]}
        if row["type"] == UNANSWERABLE:
            found.append(KnownQuestion(**known, docs=frozenset()))
            continue
        told = Span(row["start"], row["end"]).of(text_of[row["doc"]])
        docs = frozenset(doc for doc, text in folded.items() if folded_words(told) in text)
        if row["type"] == FACT:
            found.append(KnownQuestion(**known, docs=docs, answer=row["answer"], evidence=told))
        else:
            found.append(KnownQuestion(**known, docs=docs, quote=told))
    return found


def folded_words(text: str) -> str:
    """Return the words of a text, folded, for comparison."""
    return " ".join(unstemmed_words(text))


def folds(questions: Sequence[KnownQuestion], count: int) -> list[int]:
    """Return the fold of each question; those about one article share theirs, so that nothing of it is seen."""
    groups = sorted({min(question.docs, default=question.id) for question in questions})
    Random(0).shuffle(groups)
    fold = {group: number % count for number, group in enumerate(groups)}
    return [fold[min(question.docs, default=question.id)] for question in questions]
