"""Low-rank deltas on the bundled model, trainable; what is saved is what `retrieval.embedding.lora` merges."""

import torch
from safetensors.torch import save
from torch import Tensor, nn

from retrieval.embedding.bert import Bert
from retrieval.embedding.lora import DOWN, UP, bundled_model

ADAPTED = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)
"""The linear layers of each transformer layer that get deltas."""


class LowRankLinear(nn.Module):
    """A frozen linear layer with a trainable delta of rank `rank`, which begins as zero."""

    def __init__(self, layer: nn.Linear, rank: int) -> None:
        """Wrap `layer`."""
        super().__init__()
        self.layer = layer
        self.down = nn.Parameter(torch.randn(rank, layer.in_features) * 0.02)
        self.up = nn.Parameter(torch.zeros(layer.out_features, rank))

    def forward(self, states: Tensor) -> Tensor:
        """Return the layer's output with the delta added."""
        return self.layer(states) + states @ self.down.T @ self.up.T


def adapted_model(rank: int, first_layer: int = 0) -> Bert:
    """Return the bundled model, frozen, with trainable deltas from `first_layer` on."""
    model = bundled_model({})
    for parameter in model.parameters():
        parameter.requires_grad = False
    for number, layer in enumerate(model.encoder.layer):
        for name in ADAPTED if number >= first_layer else ():
            parent, _, last = name.rpartition(".")
            owner = layer.get_submodule(parent)
            setattr(owner, last, LowRankLinear(getattr(owner, last), rank))
    return model


def deltas(model: nn.Module) -> dict[str, Tensor]:
    """Return the deltas by the names under which they are merged."""
    found: dict[str, Tensor] = {}
    for name, module in model.named_modules():
        if isinstance(module, LowRankLinear):
            found |= {name + DOWN: module.down.detach(), name + UP: module.up.detach()}
    return found


def as_safetensors(tensors: dict[str, Tensor]) -> bytes:
    """Return a safetensors file of the tensors in half precision."""
    return save({key: tensor.half().contiguous() for key, tensor in tensors.items()})
