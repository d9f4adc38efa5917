"""The bundled model made into a cross-encoder: texts apart in its lower layers, together in its upper ones.

What the lower layers make of a text doesn't depend on what it is compared with.
"""

import torch
from torch import Tensor, nn

from retrieval.embedding.bert import DIMENSION, Bert, mean_state

LOWER = 3
"""Layers that see question and passage apart."""


class SplitCrossEncoder(nn.Module):
    """A cross-encoder whose lower layers see question and passage apart.

    `body` is the bundled model. Masks are boolean, True for tokens; states are (texts, tokens, DIMENSION).
    """

    def __init__(self, body: Bert) -> None:
        super().__init__()
        self.body = body
        self.sides = nn.Parameter(torch.zeros(2, DIMENSION))  # tells the question's tokens from the candidate's
        self.agreement = nn.Parameter(torch.full((DIMENSION,), 10.0))
        self.opening = nn.Parameter(torch.zeros(DIMENSION))
        self.bias = nn.Parameter(torch.tensor(-5.0))

    def lower(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Return the states of texts after the lower layers."""
        return self.body.layers(self.body.embeddings(ids), mask, 0, LOWER)

    def upper(self, question: Tensor, asked: Tensor, candidate: Tensor, told: Tensor, own: Tensor) -> Tensor:
        """Return one score a pair; `asked` and `told` are masks, `own` marks the passage's own words among `told`."""
        states = torch.cat([question + self.sides[0], candidate + self.sides[1]], 1)
        states = self.body.layers(states, torch.cat([asked, told], 1), LOWER).float()
        split = question.shape[1]
        question, candidate = mean_state(states[:, :split], asked), mean_state(states[:, split:], own)
        return (question * candidate) @ self.agreement + states[:, 0] @ self.opening + self.bias
