"""The bundled model as a reader of pairs: whether a text entails a statement, contradicts it, or does neither."""

from typing import Any

import torch
from torch import Tensor, nn

DIMENSION = 384
HIDDEN = 128
CLASSES = 3


class EntailmentModel(nn.Module):
    """A cross-encoder of two texts: all layers of `body`, and a head over the opening state and both texts' means."""

    def __init__(self, body: nn.Module) -> None:
        super().__init__()
        self.body: Any = body
        self.hidden = nn.Linear(5 * DIMENSION, HIDDEN)
        self.out = nn.Linear(HIDDEN, CLASSES)

    def forward(self, ids: Tensor, types: Tensor, mask: Tensor) -> Tensor:
        """Return logits (pairs, CLASSES); all arguments are (pairs, tokens), `types` 0 for the text, 1 behind it."""
        states = self.body(input_ids=ids, token_type_ids=types, attention_mask=mask).last_hidden_state.float()
        text = _mean(states, mask * (1 - types))
        statement = _mean(states, mask * types)
        seen = torch.cat([states[:, 0], text, statement, text * statement, (text - statement).abs()], 1)
        return self.out(nn.functional.gelu(self.hidden(seen)))  # type: ignore[no-any-return]


def _mean(states: Tensor, mask: Tensor) -> Tensor:
    weights = mask.unsqueeze(-1).to(states.dtype)
    return (states * weights).sum(1) / weights.sum(1).clamp(min=1)
