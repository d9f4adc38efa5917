"""The bundled model made into a cross-encoder: texts apart in its lower layers, together in its upper ones.

What the lower layers make of a text doesn't depend on what it is compared with.
"""

from typing import Any

import torch
from torch import Tensor, nn

LOWER = 3
"""Layers that see question and passage apart."""
DIMENSION = 384


class SplitCrossEncoder(nn.Module):
    """A cross-encoder whose lower layers see question and passage apart.

    `body` is the bundled model. Masks are boolean, True for tokens; states are (texts, tokens, DIMENSION).
    """

    def __init__(self, body: nn.Module) -> None:
        super().__init__()
        self.body: Any = body
        self.sides = nn.Parameter(torch.zeros(2, DIMENSION))  # tells the question's tokens from the candidate's
        self.agreement = nn.Parameter(torch.full((DIMENSION,), 10.0))
        self.opening = nn.Parameter(torch.zeros(DIMENSION))
        self.bias = nn.Parameter(torch.tensor(-5.0))

    def lower(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Return the states of texts after the lower layers."""
        return self._layers(self.body.embeddings(input_ids=ids), mask, 0, LOWER)

    def upper(self, question: Tensor, asked: Tensor, candidate: Tensor, told: Tensor, own: Tensor) -> Tensor:
        """Return one score a pair; `asked` and `told` are masks, `own` marks the passage's own words among `told`."""
        states = torch.cat([question + self.sides[0], candidate + self.sides[1]], 1)
        states = self._layers(states, torch.cat([asked, told], 1), LOWER, len(self.body.encoder.layer)).float()
        split = question.shape[1]
        question, candidate = mean(states[:, :split], asked), mean(states[:, split:], own)
        return (question * candidate) @ self.agreement + states[:, 0] @ self.opening + self.bias

    def _layers(self, states: Tensor, mask: Tensor, first: int, last: int) -> Tensor:
        kept = mask[:, None, None, :].expand(-1, 1, mask.shape[1], -1)
        hidden = torch.zeros_like(kept, dtype=states.dtype).masked_fill(~kept, torch.finfo(torch.bfloat16).min)
        for layer in self.body.encoder.layer[first:last]:
            out = layer(states, attention_mask=hidden)
            states = out[0] if isinstance(out, tuple) else out
        return states


def mean(states: Tensor, mask: Tensor) -> Tensor:
    """Return the mean state of the tokens in `mask`, of length 1."""
    weights = mask.unsqueeze(-1).to(states.dtype)
    means = (states * weights).sum(1) / weights.sum(1).clamp(min=1)
    return nn.functional.normalize(means, dim=1)
