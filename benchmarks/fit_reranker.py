"""Fit the bundled cross-encoder, and say what it gives to candidates of questions that it has never seen.

    fit_reranker.py DATA QUESTIONS.jsonl --vectors VECTORS.npz --crossed CROSSED.json
        [--hold-out MORE.jsonl] [--publish]

First on pairs that an archive gives for free: a sentence that reports what somebody says, and the quotation that
follows it, against the other quotations of the article. Then on the questions. Articles that the questions are about,
or those of MORE, give no pairs.
"""

import argparse
import json
import random
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from benchmarks.folds import folds
from benchmarks.linear_fits import fit_order
from benchmarks.low_rank import adapted_model, deltas, publish
from benchmarks.pools import Crossed, Pool, place, pools
from retrieval.gold import read_questions
from retrieval.passages import sentences
from retrieval.ranking.candidates import Candidate
from retrieval.ranking.cross_encoder import LOWER, CrossEncoder
from retrieval.ranking.lora import bundled_model, bundled_tokenizer
from retrieval.ranking.reranker import DELTAS, HEAD, Tokens, candidate_tokens, question_tokens
from retrieval.store.archive import Archive

RANK, EPOCHS, RATE, LIST = 16, 3, 1e-3, 7
READ = 12  # candidates of each question
FREE_PAIRS = 150
_REPORTS = re.compile(
    r"(.{2,80}?) (?:has |have |had |also |later )*((?:said|says|warned|insisted|added|claimed|argued"
    r"|denied|admitted|believes?|thinks|urged|predicted|suggested|stressed|explained|conceded"
    r"|acknowledged|hopes?|complained|vowed|promised|rejected|dismissed|accused|criticised|praised"
    r"|welcomed|revealed))\b(?: that)? (.{20,})"
)


@dataclass(frozen=True, slots=True)
class Read:
    """A text after the lower layers: states (tokens, dimension) as bfloat16, and which are its own words."""

    states: Tensor
    own: Tensor


@dataclass(frozen=True, slots=True)
class List:
    """A question and candidates; none of them may be right."""

    question: Read
    candidates: Sequence[Read]
    right: Sequence[bool]


class Reader:
    """The lower layers, which are left as they are, so that each text passes them once."""

    def __init__(self) -> None:
        self.tokenizer = bundled_tokenizer()
        self.model = CrossEncoder(bundled_model({})).to(torch.bfloat16).eval()
        self._known: dict[str, Read] = {}

    def question(self, text: str) -> Read:
        return self._read(question_tokens(self.tokenizer, text))

    def candidate(self, candidate: Candidate) -> Read:
        key = place(candidate)
        if key not in self._known:
            self._known[key] = self._read(candidate_tokens(self.tokenizer, [candidate]))
        return self._known[key]

    def _read(self, tokens: Tokens) -> Read:
        with torch.no_grad():
            return Read(self.model.lower(tokens.ids, tokens.mask)[0], tokens.own[0])


def scores(model: CrossEncoder, lists: Sequence[List]) -> list[Tensor]:
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


def fit(model: CrossEncoder, lists: Sequence[List], epochs: int, seed: int = 0) -> None:
    """The right ones must gather the probability; where none is right, a candidate that isn't there, at 0."""
    shuffle = random.Random(seed)
    optimiser = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad], lr=RATE, weight_decay=0.01)
    steps = [list(range(len(lists))) for _ in range(epochs)]
    for epoch, order in enumerate(steps):
        shuffle.shuffle(order)
        for start in range(0, len(order), 8):
            chosen = [shortened(lists[n], shuffle) for n in order[start : start + 8]]
            done = (epoch + start / len(order)) / epochs
            for group in optimiser.param_groups:
                group["lr"] = RATE * (1 - done)
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


def fresh() -> CrossEncoder:
    return CrossEncoder(adapted_model(RANK, first_layer=LOWER))


def free_lists(data: Path, kept_out: set[str], reader: Reader) -> list[List]:
    archive = Archive.open(data)
    shuffle = random.Random(1)
    listings = [each for each in archive.listing() if each.id not in kept_out and each.quotations > 2]
    lists: list[List] = []
    for listing in shuffle.sample(listings, len(listings)):
        article = archive.article(listing.article)
        units = [
            unit for unit in archive.units_of(listing.article) if unit.quotation and unit.span.end > unit.span.start
        ]
        told = [Candidate(article, unit.span, unit.id, unit.quotation, 0, 0, 0) for unit in units][:8]
        for line, following in pairwise(sentences(article.text)):
            report = _REPORTS.fullmatch(line.of(article.text).rstrip("."))
            right = [
                each.span.overlaps(following) and following.start - 2 <= each.span.start and len(each.text) > 30
                for each in told
            ]
            if not report or not any(right) or any(mark in report[0] for mark in '"“”'):
                continue
            asked = f"who {report[2]} {report[3]}?".lower() if shuffle.random() < 0.7 else report[0]
            lists.append(List(reader.question(asked), [reader.candidate(each) for each in told], right))
            break
        if len(lists) >= FREE_PAIRS:
            break
    return lists


def best_without(every: Sequence[Pool], fold_of: Sequence[int]) -> list[list[int]]:
    """The candidates that the cross-encoder would read, by an order that has never seen the question."""
    chosen: list[list[int]] = [[] for _ in every]
    for fold in set(fold_of):
        order = fit_order([pool for pool, each in zip(every, fold_of, strict=True) if each != fold])
        for number, each in enumerate(fold_of):
            if each == fold:
                chosen[number] = np.argsort(-order.score(every[number].table), kind="stable")[:READ].tolist()
    return chosen


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--vectors", type=Path, required=True)
    parser.add_argument("--crossed", type=Path, required=True)
    parser.add_argument("--hold-out", type=Path)
    parser.add_argument("--folds", type=int, default=3)
    parser.add_argument("--publish", action="store_true")
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(0)
    questions = read_questions(options.questions)
    every = pools(options.data, questions, np.load(options.vectors)["vectors"])
    chosen = best_without(every, folds(questions, 5))
    fold_of = folds(questions, options.folds)
    started = time.monotonic()

    def tell(what: str) -> None:
        print(f"{time.monotonic() - started:5.0f} s  {what}", flush=True)

    tell("reading")
    reader = Reader()
    lists = [
        List(
            reader.question(pool.asked.text),
            [reader.candidate(pool.candidates[n]) for n in numbers],
            pool.right[numbers].tolist(),
        )
        for pool, numbers in zip(every, chosen, strict=True)
    ]
    held = {doc for question in questions for doc in question.docs}
    held |= (
        {doc for question in read_questions(options.hold_out) for doc in question.docs} if options.hold_out else set()
    )
    free = free_lists(options.data, held, reader)
    tell(f"{len(lists)} questions and {len(free)} free pairs read")
    start = fresh()
    fit(start, free, 1)
    tell("fitted on the free pairs")
    crossed: Crossed = {}
    for fold in range(options.folds):
        model = fresh()
        model.load_state_dict(start.state_dict())
        fit(model, [each for each, of in zip(lists, fold_of, strict=True) if of != fold], EPOCHS)
        model.eval()
        for number, of in enumerate(fold_of):
            if of == fold:
                with torch.inference_mode():
                    given = scores(model, [lists[number]])[0].tolist()
                places = [place(every[number].candidates[n]) for n in chosen[number]]
                crossed[questions[number].id] = dict(zip(places, given, strict=True))
        tell(f"fold {fold} fitted")
    options.crossed.write_text(json.dumps(crossed))
    if options.publish:
        fit(start, lists, EPOCHS)
        head = {name: tensor for name, tensor in start.state_dict().items() if name in HEAD}
        publish(DELTAS, deltas(start.body) | head)
        tell("published")


if __name__ == "__main__":
    main()
