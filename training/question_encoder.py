"""Fit the question encoder: deltas of the bundled model that bring a question near the words that answer it.

    python -m training.question_encoder [--write] [--limit N] [--data FOLDER] [--work FOLDER]

A program that was stopped goes on with the fold at which it was: what is finished lies in the folder of --work.

The archive is ingested first where there is none; its vectors stay as they are. The encoder is fitted once a fold
first: the vectors of questions that an encoder has never seen, nor another about their article, are kept for the
reranker and the ranker.
"""

import random
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from retrieval.embedding.question_encoder import DELTAS, MAX_TOKENS
from retrieval.embedding.tokenizer import BundledTokenizer
from retrieval.evaluation.matching import is_right
from retrieval.evaluation.questions import KnownQuestion
from retrieval.store.archive import Archive
from training.answer_models.archive import ensure_archive
from training.answer_models.checkpoints import Checkpoints
from training.answer_models.delivery import answer_options, deliver, training_files
from training.answer_models.deltas import adapted_model, as_safetensors, deltas
from training.answer_models.questions import folds

RANK, EPOCHS, BATCH, RATE, TEMPERATURE = 16, 5, 16, 1e-3, 0.05
FOLDS = 5
NEAREST = (1, 5, 20)
"""Numbers of units among which the right one is looked for in the figures."""


class TrainedEncoder:
    """The bundled model with trainable deltas, and how it makes vectors."""

    def __init__(self) -> None:
        """Begin with deltas of zero."""
        self.tokenizer = BundledTokenizer()
        self.model = adapted_model(RANK)

    def __call__(self, texts: list[str]) -> Tensor:
        """Return vectors of length 1."""
        batch = self.tokenizer.tokens(texts, most=MAX_TOKENS)
        return self.model.vectors(batch.ids, batch.mask)


def archive_units(folder: Path, questions: Sequence[KnownQuestion]) -> tuple[Tensor, list[list[int]]]:
    """Return the vectors of all units, and for each question the numbers of the units that answer it."""
    archive = Archive.open(folder)
    rows = [listing.article for listing in archive.listing()]
    vectors, units = [], []
    for start in range(0, len(rows), 200):
        chunk = [unit for each in archive.units_of_all(rows[start : start + 200]).values() for unit in each]
        vectors.append(archive.vectors([unit.id for unit in chunk]))
        units += chunk
    articles = archive.articles(rows)
    by_doc: dict[str, list[int]] = {}
    for number, unit in enumerate(units):
        by_doc.setdefault(articles[unit.article].id, []).append(number)

    def answers(question: KnownQuestion, number: int) -> bool:
        article = articles[units[number].article]
        return is_right(question, article.id, units[number].span.of(article.text))

    right = [[n for doc in sorted(q.docs) for n in by_doc.get(doc, []) if answers(q, n)] for q in questions]
    return torch.from_numpy(np.concatenate(vectors)), right


def fit(texts: Sequence[str], right: Sequence[list[int]], units: Tensor, seed: int = 0) -> TrainedEncoder:
    """Return an encoder with which the units that answer gather the probability among all of the archive."""
    torch.manual_seed(seed)
    shuffle = random.Random(seed)
    encoder = TrainedEncoder()
    parameters = [parameter for parameter in encoder.model.parameters() if parameter.requires_grad]
    optimiser = torch.optim.AdamW(parameters, lr=RATE, weight_decay=0.01)
    usable = [number for number, each in enumerate(right) if each]
    for epoch in range(EPOCHS):
        shuffle.shuffle(usable)
        for group in optimiser.param_groups:
            group["lr"] = RATE * (1 - epoch / EPOCHS)
        for start in range(0, len(usable), BATCH):
            chosen = usable[start : start + BATCH]
            scores = encoder([texts[n] for n in chosen]) @ units.T / TEMPERATURE
            told = [torch.logsumexp(row[right[n]], 0) for n, row in zip(chosen, scores, strict=True)]
            loss = (torch.logsumexp(scores, 1) - torch.stack(told)).mean()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    encoder.model.eval()
    return encoder


def out_of_fold(
    questions: Sequence[KnownQuestion], right: Sequence[list[int]], units: Tensor, kept: Checkpoints
) -> Tensor:
    """Return the vector of each question by an encoder that was fitted without its fold."""
    fold_of = folds(questions, FOLDS)
    texts = [question.question for question in questions]
    vectors = torch.zeros(len(questions), units.shape[1])

    def of_fold(fold: int) -> dict[str, Tensor]:
        others = [n for n, each in enumerate(fold_of) if each != fold]
        encoder = fit([texts[n] for n in others], [right[n] for n in others], units)
        with torch.inference_mode():
            return {"vectors": torch.stack([encoder([texts[n]])[0] for n, each in enumerate(fold_of) if each == fold])}

    for fold in range(FOLDS):
        told = [n for n, each in enumerate(fold_of) if each == fold]
        if told:
            vectors[told] = kept.step(f"question-encoder-fold-{fold}", partial(of_fold, fold))["vectors"]
    return vectors


def shares_found(vectors: Tensor, right: Sequence[list[int]], units: Tensor) -> dict[str, float]:
    """Return the percentage of answerable questions with a right unit among the nearest."""
    ranks = []
    for vector, numbers in zip(vectors, right, strict=True):
        if numbers:
            scores = units @ vector
            ranks.append(int((scores > scores[numbers].max()).sum()))
    return {f"found among the nearest {n}": round(100 * float(np.mean([r < n for r in ranks])), 2) for n in NEAREST}


def main() -> None:
    """Fit, report, and keep the vectors out of fold."""
    given = answer_options(__doc__).parse_args()
    files = training_files(given)
    torch.set_num_threads(1)
    ensure_archive(files)
    questions = files.questions()
    units, right = archive_units(files.archive, questions)
    kept = Checkpoints.of(files.work, files.archive, questions, RANK, EPOCHS, BATCH, RATE, TEMPERATURE)
    vectors = out_of_fold(questions, right, units, kept)
    np.savez(files.vectors, ids=[question.id for question in questions], vectors=vectors.numpy())
    texts = [question.question for question in questions]
    fitted = kept.step("question-encoder", lambda: deltas(fit(texts, right, units).model))
    content = as_safetensors(fitted)
    deliver(DELTAS, content, shares_found(vectors, right, units), write=given.write)


if __name__ == "__main__":
    main()
