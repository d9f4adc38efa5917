"""Questions with their passages, as the cross-encoder's lower layers give them to its upper ones."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from retrieval.embedding.cross_encoder import SplitCrossEncoder
from retrieval.embedding.lora import bundled_model
from retrieval.embedding.reranker import passage_tokens, question_tokens
from retrieval.embedding.tokenizer import BundledTokenizer
from retrieval.ranking.candidates import AnswerCandidate, rerank_passage
from training.answer_models.pools import QuestionPool, place

TOGETHER = 24
"""Candidates that pass the lower layers at once."""


@dataclass(frozen=True, slots=True)
class LowerStates:
    """A text after the lower layers: states (tokens, dimension) as bfloat16, and which are its own words."""

    states: Tensor
    own: Tensor


@dataclass(frozen=True, slots=True)
class RerankList:
    """A question and candidates; none of them may be right."""

    question: LowerStates
    candidates: Sequence[LowerStates]
    right: Sequence[bool]


class LowerLayers:
    """The lower layers, which are left as they are, so that each text passes them once."""

    def __init__(self) -> None:
        """Load the bundled model."""
        self.tokenizer = BundledTokenizer()
        self.model = SplitCrossEncoder(bundled_model({})).to(torch.bfloat16).eval()

    def lists(self, every: Sequence[QuestionPool]) -> list[RerankList]:
        """Return a list for each pool."""
        known = self.candidates([candidate for pool in every for candidate in pool.candidates])
        return [
            RerankList(
                self.question(pool.asked.text), [known[place(each)] for each in pool.candidates], pool.right.tolist()
            )
            for pool in every
        ]

    def question(self, text: str) -> LowerStates:
        """Return the states of a question."""
        tokens = question_tokens(self.tokenizer, text)
        with torch.no_grad():
            return LowerStates(self.model.lower(tokens.ids, tokens.mask)[0], tokens.own[0])

    def candidates(self, candidates: Sequence[AnswerCandidate]) -> dict[str, LowerStates]:
        """Return the states of candidates by their places; those of similar length go together."""
        different = sorted({place(each): each for each in candidates}.items(), key=lambda each: len(each[1].text))
        known: dict[str, LowerStates] = {}
        for start in range(0, len(different), TOGETHER):
            some = different[start : start + TOGETHER]
            tokens = passage_tokens(self.tokenizer, [rerank_passage(candidate) for _, candidate in some])
            with torch.no_grad():
                states = self.model.lower(tokens.ids, tokens.mask)
            for (where, _), state, mask, own in zip(some, states, tokens.mask, tokens.own, strict=True):
                known[where] = LowerStates(state[mask].clone(), own[mask].clone())
        return known
