"""Fitting the entailment reader on pairs; the state is saved as it goes, so that a run that was stopped goes on."""

import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from retrieval.embedding.entailment import pair_tokens
from retrieval.embedding.entailment_model import CLASSES, EntailmentModel
from retrieval.embedding.tokenizer import BundledTokenizer
from training.answer_models.entailment.pairs import LabelledPair

BATCH, POOL = 32, 40
"""Pairs of a step, and steps whose pairs are sorted by length together, so that little of a batch is padding."""
WARM_UP = 0.05
SAVED_EVERY = 50
"""Steps after which the state is saved."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long and how fast to fit: `epochs` times over all pairs, or for `most` steps; the rate ends at 0.

    `stop` ends it after so many steps, with the rate as it is then. `state` is the file of the state of a run; without
    it nothing is saved.
    """

    epochs: int
    rate: float
    seed: int = 0
    stop: int | None = None
    most: int | None = None
    state: Path | None = None


def fit(model: EntailmentModel, tokenizer: BundledTokenizer, pairs: Sequence[LabelledPair], schedule: Schedule) -> None:
    """Fit `model` by cross-entropy; the rate rises, then falls to zero. Goes on where a saved state ended."""
    trained = {name: value for name, value in model.named_parameters() if value.requires_grad}
    optimiser = torch.optim.AdamW(trained.values(), lr=schedule.rate, weight_decay=0.01)
    batches = list(_batches(pairs, schedule))[: schedule.most]
    first = _resume(schedule.state, trained, optimiser)
    started = time.monotonic()
    model.train()
    seen = 0.0
    last = min(schedule.stop or len(batches), len(batches))
    for step in range(first, last):
        for group in optimiser.param_groups:
            group["lr"] = schedule.rate * _share(step / len(batches))
        loss = _loss(model, tokenizer, [pairs[n] for n in batches[step]])
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(trained.values(), 1.0)
        optimiser.step()
        seen = 0.98 * seen + 0.02 * loss.item()
        if step % SAVED_EVERY == SAVED_EVERY - 1 and schedule.state:
            _save(schedule.state, step + 1, trained, optimiser)
            minutes = (time.monotonic() - started) / 60
            print(f"step {step + 1} of {len(batches)}, loss {seen:.3f}, {minutes:.1f} min", file=sys.stderr, flush=True)
    if schedule.state:
        _save(schedule.state, max(first, last), trained, optimiser)
    model.eval()


def logits(model: EntailmentModel, tokenizer: BundledTokenizer, pairs: Sequence[LabelledPair]) -> Tensor:
    """Return the logits (pairs, classes)."""
    order = sorted(range(len(pairs)), key=lambda n: len(pairs[n].text) + len(pairs[n].statement))
    given = torch.zeros(len(pairs), CLASSES)
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
        for start in range(0, len(order), BATCH):
            some = order[start : start + BATCH]
            given[some] = model(*tokens(tokenizer, [pairs[n] for n in some])).float()
    return given


def tokens(tokenizer: BundledTokenizer, pairs: Sequence[LabelledPair]) -> tuple[Tensor, Tensor, Tensor]:
    """Return ids, types and mask of a batch of pairs."""
    return pair_tokens(tokenizer, [(pair.text, pair.statement) for pair in pairs])


def _loss(model: EntailmentModel, tokenizer: BundledTokenizer, pairs: Sequence[LabelledPair]) -> Tensor:
    with torch.autocast("cpu", torch.bfloat16):
        given = model(*tokens(tokenizer, pairs))
    right = torch.tensor([pair.label for pair in pairs])
    weights = torch.tensor([pair.weight for pair in pairs])
    each = torch.nn.functional.cross_entropy(given.float(), right, reduction="none", label_smoothing=0.02)
    return (each * weights).sum() / weights.sum()


def _batches(pairs: Sequence[LabelledPair], schedule: Schedule) -> Iterator[list[int]]:
    """The same batches for the same seed, so that a run can go on."""
    shuffle = random.Random(schedule.seed)
    for _ in range(schedule.epochs):
        order = shuffle.sample(range(len(pairs)), len(pairs))
        for start in range(0, len(order), BATCH * POOL):
            pool = sorted(order[start : start + BATCH * POOL], key=lambda n: len(pairs[n].text + pairs[n].statement))
            parts = [pool[at : at + BATCH] for at in range(0, len(pool), BATCH)]
            yield from shuffle.sample(parts, len(parts))


def _share(done: float) -> float:
    return done / WARM_UP if done < WARM_UP else (1 - done) / (1 - WARM_UP)


def _save(path: Path, step: int, trained: dict[str, Any], optimiser: torch.optim.Optimizer) -> None:
    state = {"step": step, "weights": {n: p.detach() for n, p in trained.items()}, "optimiser": optimiser.state_dict()}
    new = path.with_suffix(".new")
    torch.save(state, new)
    new.replace(path)


def _resume(path: Path | None, trained: dict[str, Any], optimiser: torch.optim.Optimizer) -> int:
    if path is None or not path.exists():
        return 0
    state = torch.load(path, weights_only=True)
    with torch.no_grad():
        for name, parameter in trained.items():
            parameter.copy_(state["weights"][name])
    optimiser.load_state_dict(state["optimiser"])
    return int(state["step"])
