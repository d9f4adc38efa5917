"""Questions with their candidates, as the cross-encoder's lower layers give them to its upper ones."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from benchmarks.pools import Pool, place
from retrieval.embedding.cross_encoder import SplitCrossEncoder
from retrieval.embedding.lora import bundled_model, bundled_tokenizer
from retrieval.embedding.reranker import candidate_tokens, question_tokens
from retrieval.ranking.candidates import AnswerCandidate

TOGETHER = 24  # candidates that pass the lower layers at once


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
        self.model = SplitCrossEncoder(bundled_model({})).to(torch.bfloat16).eval()

    def lists(self, every: Sequence[Pool]) -> list[List]:
        known = self.candidates([candidate for pool in every for candidate in pool.candidates])
        return [
            List(self.question(pool.asked.text), [known[place(each)] for each in pool.candidates], pool.right.tolist())
            for pool in every
        ]

    def question(self, text: str) -> Read:
        tokens = question_tokens(self.tokenizer, text)
        with torch.no_grad():
            return Read(self.model.lower(tokens.ids, tokens.mask)[0], tokens.own[0])

    def candidates(self, candidates: Sequence[AnswerCandidate]) -> dict[str, Read]:
        """By their places. Those of a length go together."""
        different = sorted({place(each): each for each in candidates}.items(), key=lambda each: len(each[1].text))
        known: dict[str, Read] = {}
        for start in range(0, len(different), TOGETHER):
            some = different[start : start + TOGETHER]
            tokens = candidate_tokens(self.tokenizer, [candidate for _, candidate in some])
            with torch.no_grad():
                states = self.model.lower(tokens.ids, tokens.mask)
            for (where, _), state, mask, own in zip(some, states, tokens.mask, tokens.own, strict=True):
                known[where] = Read(state[mask].clone(), own[mask].clone())
        return known
