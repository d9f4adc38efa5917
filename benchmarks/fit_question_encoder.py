"""Fit the adaptation of the bundled model to questions: deltas that bring a question near the words that answer it.

    fit_question_encoder.py DATA QUESTIONS.jsonl [--folds 5 --vectors FILE.npz] [--publish]

DATA is the data folder of an ingested archive, whose vectors stay as they are. With --folds it is fitted once a fold,
and FILE holds, for each question, the vector of an encoder that has never seen it or another about its article.
"""

import argparse
import random
import time
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from benchmarks.folds import folds
from benchmarks.low_rank import adapted_model, deltas, publish
from retrieval.embedding.lora import bundled_tokenizer
from retrieval.embedding.question_encoder import DELTAS, MAX_TOKENS
from retrieval.evaluation.questions import KnownQuestion, read_questions
from retrieval.evaluation.runner import is_right
from retrieval.store.archive import Archive

RANK, EPOCHS, BATCH, RATE, TEMPERATURE = 16, 5, 16, 1e-3, 0.05


class Encoding:
    """The adapted model, and how it makes a vector."""

    def __init__(self) -> None:
        self.tokenizer = bundled_tokenizer()
        self.model = adapted_model(RANK)

    def __call__(self, texts: list[str]) -> Tensor:
        batch = self.tokenizer(texts, padding=True, truncation=True, max_length=MAX_TOKENS, return_tensors="pt")
        mask = batch["attention_mask"].unsqueeze(-1)
        states = self.model(**batch).last_hidden_state
        return torch.nn.functional.normalize((states * mask).sum(1) / mask.sum(1), dim=1)


def archive_units(folder: Path, questions: list[KnownQuestion]) -> tuple[Tensor, list[list[int]]]:
    """The vectors of all units, and for each question the numbers of those that answer it."""
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


def fit(questions: list[KnownQuestion], right: list[list[int]], units: Tensor, seed: int = 0) -> Encoding:
    """Each question against every unit of the archive: the right ones must gather the probability."""
    torch.manual_seed(seed)
    shuffle = random.Random(seed)
    encoding = Encoding()
    parameters = [parameter for parameter in encoding.model.parameters() if parameter.requires_grad]
    optimiser = torch.optim.AdamW(parameters, lr=RATE, weight_decay=0.01)
    usable = [number for number, each in enumerate(right) if each]
    for epoch in range(EPOCHS):
        shuffle.shuffle(usable)
        for group in optimiser.param_groups:
            group["lr"] = RATE * (1 - epoch / EPOCHS)
        for start in range(0, len(usable), BATCH):
            chosen = usable[start : start + BATCH]
            scores = encoding([questions[n].question for n in chosen]) @ units.T / TEMPERATURE
            told = [torch.logsumexp(row[right[n]], 0) for n, row in zip(chosen, scores, strict=True)]
            loss = (torch.logsumexp(scores, 1) - torch.stack(told)).mean()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
    encoding.model.eval()
    return encoding


def report(name: str, vectors: Tensor, questions: list[KnownQuestion], right: list[list[int]], units: Tensor) -> None:
    for kind in sorted({question.type for question in questions if question.docs}):
        ranks = []
        for number, question in enumerate(questions):
            if question.type == kind:
                scores = units @ vectors[number]
                ranks.append(int((scores > scores[right[number]].max()).sum()) if right[number] else 10**6)
        shares = "  ".join(f"first {n}: {100 * np.mean([rank < n for rank in ranks]):5.1f}" for n in (1, 5, 20))
        print(f"{name:10} {kind:14} n={len(ranks):3}  {shares}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--vectors", type=Path, default=Path("question_vectors.npz"))
    parser.add_argument("--publish", action="store_true", help="fit on all questions and put the result in place")
    options = parser.parse_args()
    torch.set_num_threads(1)
    questions = read_questions(options.questions)
    units, right = archive_units(options.data, questions)
    texts = [question.question for question in questions]
    with torch.inference_mode():
        report("before", torch.cat([Encoding()([text]) for text in texts]), questions, right, units)
    if options.folds:
        fold_of = folds(questions, options.folds)
        vectors = torch.zeros(len(questions), units.shape[1])
        for fold in range(options.folds):
            started = time.monotonic()
            kept = [n for n, each in enumerate(fold_of) if each != fold]
            encoding = fit([questions[n] for n in kept], [right[n] for n in kept], units)
            with torch.inference_mode():
                for n in (n for n, each in enumerate(fold_of) if each == fold):
                    vectors[n] = encoding([texts[n]])[0]
            print(f"fold {fold}: {time.monotonic() - started:.0f} s", flush=True)
        report("out of fold", vectors, questions, right, units)
        np.savez(options.vectors, ids=[question.id for question in questions], vectors=vectors.numpy())
    if options.publish:
        publish(DELTAS, deltas(fit(questions, right, units).model))


if __name__ == "__main__":
    main()
