"""Low-rank deltas (LoRA) on the bundled MiniLM: a few megabytes make another model of it. W' = W + B A."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from retrieval.embedding.model_files import WEIGHTS, bundled_folder
from retrieval.errors import ModelError
from retrieval.weights.files import file_hash

if TYPE_CHECKING:
    from torch import Tensor

    from retrieval.embedding.bert import Bert

DOWN, UP = ".lora_down", ".lora_up"


def read_deltas(path: Path, sha256: str) -> "dict[str, Tensor]":
    """Return the tensors of a safetensors file. Raises ModelError if it isn't the file with that hash."""
    from safetensors.torch import load_file  # noqa: PLC0415  loads torch

    if file_hash(path) != sha256:
        raise ModelError(f"{path} is not the file that came with this version; install ontherecord again")
    return {name: tensor.float() for name, tensor in load_file(path).items()}


def bundled_model(deltas: "Mapping[str, Tensor]") -> "Bert":
    """Return the bundled model with the deltas merged into its weights; other tensors are left aside."""
    from retrieval.embedding.bert import load_bert  # noqa: PLC0415  loads torch

    model = load_bert(bundled_folder() / WEIGHTS)
    for name, down in deltas.items():
        if name.endswith(DOWN):
            layer = name.removesuffix(DOWN)
            model.get_parameter(f"{layer}.weight").data += deltas[layer + UP] @ down
    return model
