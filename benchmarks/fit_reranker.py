"""Fit the bundled cross-encoder, and say what it gives to candidates of questions that it has never seen.

    fit_reranker.py DATA QUESTIONS.jsonl --vectors VECTORS.npz --written FILE [FILE …] --crossed CROSSED.json
        [--publish]

First on the questions of benchmarks/data: twice over the first FILE, then once over all up to each further one.
Then on QUESTIONS: without each fold, whose candidates are read for CROSSED, and on all, for what is published. Each
time the mean of the weights before and after is taken.
"""

import argparse
import json
import random
from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from benchmarks.cross_encoder_lists import List, Reader
from benchmarks.folds import folds
from benchmarks.linear_fits import fit_order
from benchmarks.low_rank import adapted_model, deltas, publish
from benchmarks.pools import Crossed, Pool, place, pools
from benchmarks.written_questions import written_questions
from retrieval.answering.answerer import RERANKED
from retrieval.embedding.cross_encoder import LOWER, SplitCrossEncoder
from retrieval.embedding.question_encoder import QuestionEncoder
from retrieval.embedding.reranker import DELTAS, HEAD
from retrieval.evaluation.questions import UNANSWERABLE, read_questions
from retrieval.ranking.ranker import AnswerRankers
from retrieval.store.archive import Archive

RANK, EPOCHS, FOLDS = 16, 2, 2
WRITTEN_RATE, RATE = 1e-3, 6e-4
LIST, LISTS = 6, 8  # candidates of a question, questions of a step
READ = 8  # candidates of a question of our own, and up to two right ones beyond them


def scores(model: SplitCrossEncoder, lists: Sequence[List]) -> list[Tensor]:
    """For each list one score a candidate."""
    question = [each.question for each in lists for _ in each.candidates]
    told = [candidate for each in lists for candidate in each.candidates]
    pad = torch.nn.utils.rnn.pad_sequence
    asked = pad([torch.ones(len(read.states), dtype=torch.bool) for read in question], batch_first=True)
    there = pad([torch.ones(len(read.states), dtype=torch.bool) for read in told], batch_first=True)
    with torch.autocast("cpu", torch.bfloat16):
        flat = model.upper(
            pad([read.states.float() for read in question], batch_first=True),
            asked,
            pad([read.states.float() for read in told], batch_first=True),
            there,
            pad([read.own for read in told], batch_first=True),
        )
    return list(flat.float().split([len(each.candidates) for each in lists]))


def fit(model: SplitCrossEncoder, lists: Sequence[List], epochs: int, rate: float) -> None:
    """The right ones must gather the probability; where none is right, a candidate that isn't there, at 0."""
    shuffle = random.Random(len(lists))
    optimiser = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=rate, weight_decay=0.01)
    for epoch in range(epochs):
        order = shuffle.sample(range(len(lists)), len(lists))
        for start in range(0, len(order), LISTS):
            chosen = [shortened(lists[n], shuffle) for n in order[start : start + LISTS]]
            done = (epoch + start / len(order)) / epochs
            for group in optimiser.param_groups:
                group["lr"] = rate * (1 - done)
            loss = torch.stack([cost(*each) for each in zip(scores(model, chosen), chosen, strict=True)]).mean()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()


def cost(given: Tensor, each: List) -> Tensor:
    with_none = torch.cat([given, torch.zeros(1)])
    right = torch.tensor([*each.right, not any(each.right)])
    return torch.logsumexp(with_none, 0) - torch.logsumexp(with_none[right], 0)


def shortened(each: List, shuffle: random.Random) -> List:
    """One or two right ones, and wrong ones, the nearest likeliest."""
    right = [n for n, told in enumerate(each.right) if told]
    wrong = [n for n, told in enumerate(each.right) if not told]
    kept = shuffle.sample(right, min(2, len(right)))
    wrong.sort(key=lambda n: n * shuffle.random())
    kept += wrong[: LIST - len(kept)]
    return List(each.question, [each.candidates[n] for n in kept], [each.right[n] for n in kept])


def near(every: Sequence[Pool]) -> list[Pool]:
    """The candidates of each that would be read, and the right ones; none of a question whose answer isn't found."""
    order = AnswerRankers.load().alone.order
    kept = []
    for pool in every:
        if not pool.right.any() and pool.gold.type != UNANSWERABLE:
            continue
        best = np.argsort(-order.score(pool.table), kind="stable").tolist()
        kept.append(pool.only(best[:READ] + [n for n in best[READ:] if pool.right[n]][:2]))
    return kept


def best_unseen(every: Sequence[Pool], fold_of: Sequence[int]) -> list[Pool]:
    """The candidates that are read, the best by an order that has never seen the question."""
    orders = {
        fold: fit_order([pool for pool, each in zip(every, fold_of, strict=True) if each != fold])
        for fold in set(fold_of)
    }
    ranked = [np.argsort(-orders[fold].score(p.table), kind="stable") for p, fold in zip(every, fold_of, strict=True)]
    return [pool.only(order[:RERANKED].tolist()) for pool, order in zip(every, ranked, strict=True)]


def fitted_on_written(data: Path, paths: Sequence[Path], reader: Reader) -> SplitCrossEncoder:
    archive, encoder = Archive.open(data), QuestionEncoder()
    model = SplitCrossEncoder(adapted_model(RANK, first_layer=LOWER))
    lists: list[List] = []
    for number, path in enumerate(paths):
        questions = written_questions(path, archive)
        vectors = encoder.encode([question.question for question in questions])
        lists += reader.lists(near(pools(data, questions, vectors)))
        fit(model, lists, 1 if number else EPOCHS, WRITTEN_RATE)
    return model


def further(start: SplitCrossEncoder, lists: Sequence[List]) -> SplitCrossEncoder:
    """Fitted on, then halfway back: of the two and their mean, the mean tells right answers best out of fold."""
    model = deepcopy(start)
    fit(model, lists, EPOCHS, RATE)
    with torch.no_grad():
        for parameter, before in zip(model.parameters(), start.parameters(), strict=True):
            parameter.lerp_(before, 0.5)
    return model.eval()


def out_of_fold(start: SplitCrossEncoder, every: Sequence[Pool], lists: Sequence[List]) -> Crossed:
    crossed: Crossed = {}
    fold_of = folds([pool.gold for pool in every], FOLDS)
    for fold in range(FOLDS):
        model = further(start, [each for each, of in zip(lists, fold_of, strict=True) if of != fold])
        for pool, each, of in zip(every, lists, fold_of, strict=True):
            if of == fold:
                with torch.inference_mode():
                    given = scores(model, [each])[0].tolist()
                crossed[pool.gold.id] = dict(zip(map(place, pool.candidates), given, strict=True))
    return crossed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--vectors", type=Path, required=True)
    parser.add_argument("--written", type=Path, nargs="+", required=True)
    parser.add_argument("--crossed", type=Path, required=True)
    parser.add_argument("--publish", action="store_true")
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(0)
    reader = Reader()
    start = fitted_on_written(options.data, options.written, reader)
    questions = read_questions(options.questions)
    every = pools(options.data, questions, np.load(options.vectors)["vectors"])
    every = best_unseen(every, folds(questions, 5))
    lists = reader.lists(every)
    options.crossed.write_text(json.dumps(out_of_fold(start, every, lists)))
    if options.publish:
        model = further(start, lists)
        head = {name: tensor for name, tensor in model.state_dict().items() if name in HEAD}
        publish(DELTAS, deltas(model.body) | head)


if __name__ == "__main__":
    main()
