"""The bundled model as a PyTorch module: a BERT encoder of 6 layers and 384 dimensions, its tensors named as published.

It needs torch alone. `transformers` computes the same states, but takes three seconds of processor time to import.
"""

from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from retrieval.embedding.precision import has_bfloat16

DIMENSION, HEADS, LAYERS, INNER = 384, 12, 6, 1536
WORDS, POSITIONS, TYPES = 30_522, 512, 2
EPSILON = 1e-12
"""Added to the variance in layer normalisation."""


class UnfilledLinear(nn.Linear):
    """A linear layer whose weights come from a file, and aren't drawn at random before."""

    def reset_parameters(self) -> None:
        """Leave the weights as they are."""

    def forward(self, states: Tensor) -> Tensor:
        """Return the product in the precision of the weights."""
        return nn.functional.linear(states.to(self.weight.dtype), self.weight, self.bias)


class UnfilledEmbedding(nn.Embedding):
    """A table of vectors that come from a file, and aren't drawn at random before."""

    def reset_parameters(self) -> None:
        """Leave the vectors as they are."""


class BertEmbeddings(nn.Module):
    """Token ids to states: the sum of a word's, a position's and a type's vectors, normalised."""

    def __init__(self) -> None:
        super().__init__()
        self.word_embeddings = UnfilledEmbedding(WORDS, DIMENSION)
        self.position_embeddings = UnfilledEmbedding(POSITIONS, DIMENSION)
        self.token_type_embeddings = UnfilledEmbedding(TYPES, DIMENSION)
        self.LayerNorm = nn.LayerNorm(DIMENSION, EPSILON)

    def forward(self, ids: Tensor, types: Tensor | None = None) -> Tensor:
        """Return states (texts, tokens, DIMENSION) of `ids` (texts, tokens); `types`, of that shape too, are else 0."""
        kinds = self.token_type_embeddings.weight[0] if types is None else self.token_type_embeddings(types)
        places = self.position_embeddings.weight[: ids.shape[1]]
        states: Tensor = self.LayerNorm(self.word_embeddings(ids) + places + kinds)
        return states


class BertAttentionHeads(nn.Module):
    """Self-attention of HEADS heads, before its output layer."""

    def __init__(self) -> None:
        super().__init__()
        self.query = UnfilledLinear(DIMENSION, DIMENSION)
        self.key = UnfilledLinear(DIMENSION, DIMENSION)
        self.value = UnfilledLinear(DIMENSION, DIMENSION)

    def forward(self, states: Tensor, hidden: Tensor) -> Tensor:
        """Return (texts, tokens, DIMENSION). `hidden` (texts, 1, 1, tokens) is added to the scores of what is read."""
        query, key, value = (
            layer(states).unflatten(-1, (HEADS, -1)).transpose(1, 2) for layer in (self.query, self.key, self.value)
        )
        read = nn.functional.scaled_dot_product_attention(query, key, value, hidden.to(query.dtype))
        return read.transpose(1, 2).flatten(2)


class BertOutput(nn.Module):
    """A linear layer whose result is added to earlier states and normalised."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.dense = UnfilledLinear(width, DIMENSION)
        self.LayerNorm = nn.LayerNorm(DIMENSION, EPSILON)

    def forward(self, states: Tensor, before: Tensor) -> Tensor:
        """Return (…, DIMENSION)."""
        added: Tensor = self.LayerNorm(self.dense(states) + before)
        return added


class BertLayer(nn.Module):
    """Attention, then a feed-forward layer of INNER units."""

    def __init__(self) -> None:
        super().__init__()
        self.attention = nn.ModuleDict({"self": BertAttentionHeads(), "output": BertOutput(DIMENSION)})
        self.intermediate = nn.ModuleDict({"dense": UnfilledLinear(DIMENSION, INNER)})
        self.output = BertOutput(INNER)

    def forward(self, states: Tensor, hidden: Tensor) -> Tensor:
        """Return the states after this layer; `hidden` as in BertAttentionHeads."""
        states = self.attention["output"](self.attention["self"](states, hidden), states)
        inner = nn.functional.gelu(self.intermediate["dense"](states))
        after: Tensor = self.output(inner, states)
        return after


class BertLayers(nn.Module):
    """The layers, under the name that they have in the file."""

    def __init__(self) -> None:
        super().__init__()
        self.layer = nn.ModuleList(BertLayer() for _ in range(LAYERS))


class Bert(nn.Module):
    """The whole encoder. Safe to use from several threads in inference mode."""

    def __init__(self) -> None:
        super().__init__()
        self.embeddings = BertEmbeddings()
        self.encoder = BertLayers()

    def in_native_precision(self) -> "Bert":
        """Multiply in bfloat16 from here on, where the processor can; states stay float32. Return the encoder itself.

        Cosines then differ by some .0001.
        """
        if has_bfloat16():
            for module in self.modules():
                if isinstance(module, UnfilledLinear):
                    module.to(torch.bfloat16)
        return self

    def layers(self, states: Tensor, mask: Tensor, first: int = 0, last: int = LAYERS) -> Tensor:
        """Return the states after the layers `first` to `last` - 1. `mask` (texts, tokens) is True for tokens."""
        kept = mask[:, None, None, :]
        hidden = torch.zeros_like(kept, dtype=states.dtype).masked_fill(~kept, torch.finfo(torch.bfloat16).min)
        for layer in self.encoder.layer[first:last]:
            states = layer(states, hidden)
        return states

    def forward(self, ids: Tensor, mask: Tensor, types: Tensor | None = None) -> Tensor:
        """Return the last states (texts, tokens, DIMENSION) of `ids`."""
        return self.layers(self.embeddings(ids, types), mask)

    def vectors(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Return the mean of each text's last states (texts, DIMENSION), of length 1."""
        return mean_state(self(ids, mask), mask)


def mean_state(states: Tensor, mask: Tensor) -> Tensor:
    """Return the mean state of the tokens in `mask`, of length 1."""
    weights = mask.unsqueeze(-1).to(states.dtype)
    means = (states * weights).sum(1) / weights.sum(1).clamp(min=1)
    return nn.functional.normalize(means, dim=1)


def load_bert(weights: Path) -> Bert:
    """Return the encoder with the weights of a safetensors file, which is mapped, not read."""
    model = Bert()
    tensors: Mapping[str, Tensor] = load_file(weights)
    model.load_state_dict({name: tensors[name] for name in model.state_dict()}, assign=True)
    return model.eval()
