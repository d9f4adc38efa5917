"""The bundled model as a reader of pairs: whether a text entails a statement, contradicts it, or does neither."""

import torch
from torch import Tensor, nn

from retrieval.embedding.bert import DIMENSION, Bert

HIDDEN = 128
CLASSES = 3


class EntailmentModel(nn.Module):
    """A cross-encoder of two texts: all layers of `body`, and a head over the opening state and both texts' means."""

    def __init__(self, body: Bert) -> None:
        super().__init__()
        self.body = body
        self.hidden = nn.Linear(5 * DIMENSION, HIDDEN)
        self.out = nn.Linear(HIDDEN, CLASSES)

    def forward(self, ids: Tensor, types: Tensor, mask: Tensor) -> Tensor:
        """Return logits (pairs, CLASSES); all arguments are (pairs, tokens), `types` 0 for the text, 1 behind it."""
        states = self.body(ids, mask.bool(), types).float()
        text = _mean(states, mask * (1 - types))
        statement = _mean(states, mask * types)
        seen = torch.cat([states[:, 0], text, statement, text * statement, (text - statement).abs()], 1)
        return self.out(nn.functional.gelu(self.hidden(seen)))  # type: ignore[no-any-return]


def _mean(states: Tensor, mask: Tensor) -> Tensor:
    weights = mask.unsqueeze(-1).to(states.dtype)
    return (states * weights).sum(1) / weights.sum(1).clamp(min=1)
