"""Low-rank deltas on the bundled model, trainable; what is saved is what `retrieval.embedding.lora` merges."""

import hashlib
import json
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file
from torch import Tensor, nn

from retrieval.embedding.lora import DOWN, UP, bundled_model
from retrieval.weights.files import FITTED, HASHES

ADAPTED = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)


class LowRank(nn.Module):
    def __init__(self, layer: nn.Linear, rank: int) -> None:
        super().__init__()
        self.layer = layer
        self.down = nn.Parameter(torch.randn(rank, layer.in_features) * 0.02)
        self.up = nn.Parameter(torch.zeros(layer.out_features, rank))

    def forward(self, states: Tensor) -> Tensor:
        return self.layer(states) + states @ self.down.T @ self.up.T


def adapted_model(rank: int, first_layer: int = 0) -> nn.Module:
    """The bundled model, frozen, with trainable deltas from `first_layer` on."""
    model: Any = bundled_model({})
    for parameter in model.parameters():
        parameter.requires_grad = False
    for number, layer in enumerate(model.encoder.layer):
        for name in ADAPTED if number >= first_layer else ():
            parent, _, last = name.rpartition(".")
            owner = layer.get_submodule(parent)
            setattr(owner, last, LowRank(getattr(owner, last), rank))
    return model


def deltas(model: nn.Module) -> dict[str, Tensor]:
    found: dict[str, Tensor] = {}
    for name, module in model.named_modules():
        if isinstance(module, LowRank):
            found |= {name + DOWN: module.down.detach(), name + UP: module.up.detach()}
    return found


def publish(name: str, tensors: dict[str, Tensor], folder: Path = FITTED) -> None:
    """Write a fitted safetensors file as half precision, and note its hash."""
    save_file({key: tensor.half().contiguous() for key, tensor in tensors.items()}, folder / name)
    note_hash(name, folder)


def note_hash(name: str, folder: Path = FITTED) -> None:
    path = folder / HASHES
    hashes = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    hashes[name] = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    path.write_text(json.dumps(dict(sorted(hashes.items())), indent=2) + "\n", encoding="utf-8")
