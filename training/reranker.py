"""Fit the reranker: the bundled cross-encoder.

    python -m training.reranker [--write] [--limit N] [--data FOLDER] [--work FOLDER]

First on the questions of benchmarks/data: twice over questions_1, then once over questions_1 and 2. Then on the
benchmark's: without each fold, whose scores are kept for the ranker, and on all for what is shipped. Each time the mean
of the weights before and after is taken. Needs what training.question_encoder keeps. A program that was stopped goes on
after its last finished fit, which lies in the folder of --work.
"""

import json
import random
from collections.abc import Sequence
from copy import deepcopy

import numpy as np
import torch
from torch import Tensor

from retrieval.embedding.cross_encoder import LOWER, SplitCrossEncoder
from retrieval.embedding.question_encoder import QuestionEncoder
from retrieval.embedding.reranker import DELTAS, HEAD
from retrieval.evaluation.questions import UNANSWERABLE
from retrieval.ranking.pipeline import RERANKED
from retrieval.ranking.ranker import AnswerRankers
from retrieval.store.archive import Archive
from training.answer_models.checkpoints import Checkpoints, put_tensors, trained_tensors
from training.answer_models.delivery import TrainingFiles, answer_options, deliver, training_files
from training.answer_models.deltas import adapted_model, as_safetensors, deltas
from training.answer_models.linear_models import fit_order
from training.answer_models.pools import CrossScores, QuestionPool, place, pools
from training.answer_models.questions import folds, written_questions
from training.answer_models.reranker_lists import LowerLayers, RerankList

RANK, EPOCHS, FOLDS = 16, 2, 2
WRITTEN_RATE, RATE = 1e-3, 6e-4
LIST, LISTS = 6, 8
"""Candidates of a question, and questions of a step."""
READ = 8
"""Candidates of a question of benchmarks/data, and up to two right ones beyond them."""


def scores(model: SplitCrossEncoder, lists: Sequence[RerankList]) -> list[Tensor]:
    """Return one score a candidate for each list."""
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


def fit(model: SplitCrossEncoder, lists: Sequence[RerankList], epochs: int, rate: float) -> None:
    """Fit `model` so that right candidates gather the probability; where none is right, one that isn't there, at 0."""
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


def cost(given: Tensor, each: RerankList) -> Tensor:
    """Return the loss of one list."""
    with_none = torch.cat([given, torch.zeros(1)])
    right = torch.tensor([*each.right, not any(each.right)])
    return torch.logsumexp(with_none, 0) - torch.logsumexp(with_none[right], 0)


def shortened(each: RerankList, shuffle: random.Random) -> RerankList:
    """Return a sample of a list: one or two right candidates, and wrong ones, the nearest likeliest."""
    right = [n for n, told in enumerate(each.right) if told]
    wrong = [n for n, told in enumerate(each.right) if not told]
    kept = shuffle.sample(right, min(2, len(right)))
    wrong.sort(key=lambda n: n * shuffle.random())
    kept += wrong[: LIST - len(kept)]
    return RerankList(each.question, [each.candidates[n] for n in kept], [each.right[n] for n in kept])


def near(every: Sequence[QuestionPool]) -> list[QuestionPool]:
    """Return the candidates that would be read, and right ones; no question whose answer isn't found."""
    order = AnswerRankers.load().alone.order
    kept = []
    for pool in every:
        if not pool.right.any() and pool.gold.type != UNANSWERABLE:
            continue
        best = np.argsort(-order.score(pool.table), kind="stable").tolist()
        kept.append(pool.only(best[:READ] + [n for n in best[READ:] if pool.right[n]][:2]))
    return kept


def best_unseen(every: Sequence[QuestionPool], fold_of: Sequence[int]) -> list[QuestionPool]:
    """Return the candidates that are read: the best by an order that has never seen the question."""
    orders = {
        fold: fit_order([pool for pool, each in zip(every, fold_of, strict=True) if each != fold])
        for fold in set(fold_of)
    }
    ranked = [np.argsort(-orders[fold].score(p.table), kind="stable") for p, fold in zip(every, fold_of, strict=True)]
    return [pool.only(order[:RERANKED].tolist()) for pool, order in zip(every, ranked, strict=True)]


def fitted_on_written(files: TrainingFiles, lower: LowerLayers, model: SplitCrossEncoder) -> None:
    """Fit the cross-encoder on the questions of benchmarks/data."""
    archive, encoder = Archive.open(files.archive), QuestionEncoder()
    lists: list[RerankList] = []
    for number, path in enumerate(files.written):
        questions = written_questions(path, archive)[: files.limit]
        vectors = encoder.encode([question.question for question in questions])
        lists += lower.lists(near(pools(files.archive, questions, vectors)))
        fit(model, lists, 1 if number else EPOCHS, WRITTEN_RATE)


def started(files: TrainingFiles, lower: LowerLayers, kept: Checkpoints) -> SplitCrossEncoder:
    """Return the cross-encoder after the questions of benchmarks/data."""
    model = SplitCrossEncoder(adapted_model(RANK, first_layer=LOWER))

    def written() -> dict[str, Tensor]:
        fitted_on_written(files, lower, model)
        return trained_tensors(model)

    put_tensors(model, kept.step("reranker-written", written))
    return model


def further(start: SplitCrossEncoder, lists: Sequence[RerankList], kept: Checkpoints, step: str) -> SplitCrossEncoder:
    """Return `start` fitted further, then halfway back: the mean of both tells right answers best out of fold."""
    model = deepcopy(start)

    def halfway() -> dict[str, Tensor]:
        fit(model, lists, EPOCHS, RATE)
        with torch.no_grad():
            for parameter, before in zip(model.parameters(), start.parameters(), strict=True):
                parameter.lerp_(before, 0.5)
        return trained_tensors(model)

    put_tensors(model, kept.step(step, halfway))
    return model.eval()


def out_of_fold(
    start: SplitCrossEncoder, every: Sequence[QuestionPool], lists: Sequence[RerankList], kept: Checkpoints
) -> CrossScores:
    """Return the scores of each question by a cross-encoder that was fitted without its fold."""
    crossed: CrossScores = {}
    fold_of = folds([pool.gold for pool in every], FOLDS)
    for fold in range(FOLDS):
        others = [each for each, of in zip(lists, fold_of, strict=True) if of != fold]
        model = further(start, others, kept, f"reranker-fold-{fold}")
        for pool, each, of in zip(every, lists, fold_of, strict=True):
            if of == fold:
                with torch.inference_mode():
                    given = scores(model, [each])[0].tolist()
                crossed[pool.gold.id] = dict(zip(map(place, pool.candidates), given, strict=True))
    return crossed


def figures_of(every: Sequence[QuestionPool], crossed: CrossScores) -> dict[str, float]:
    """Return how often the best by the scores out of fold is right, of questions with a right candidate."""
    first = []
    for pool in every:
        if pool.right.any():
            given = [crossed[pool.gold.id][place(candidate)] for candidate in pool.candidates]
            first.append(bool(pool.right[int(np.argmax(given))]))
    return {"right first of those read": round(100 * float(np.mean(first)), 2)}


def main() -> None:
    """Fit, report, and keep the scores out of fold."""
    given = answer_options(__doc__).parse_args()
    files = training_files(given)
    torch.set_num_threads(1)
    torch.manual_seed(0)
    lower = LowerLayers()
    questions = files.questions()
    kept = Checkpoints.of(files.work, files.archive, questions, RANK, EPOCHS, WRITTEN_RATE, RATE, LIST, LISTS, READ)
    start = started(files, lower, kept)
    every = pools(files.archive, questions, np.load(files.vectors)["vectors"])
    every = best_unseen(every, folds(questions, 5))
    lists = lower.lists(every)
    crossed = out_of_fold(start, every, lists, kept)
    files.cross_scores.write_text(json.dumps(crossed))
    model = further(start, lists, kept, "reranker")
    head = {name: tensor for name, tensor in model.state_dict().items() if name in HEAD}
    content = as_safetensors(deltas(model.body) | head)
    deliver(DELTAS, content, figures_of(every, crossed), write=given.write)


if __name__ == "__main__":
    main()
