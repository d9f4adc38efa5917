"""Results of a program's steps, kept so that a program that was stopped goes on after its last whole step."""

import hashlib
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from retrieval.evaluation.questions import KnownQuestion
from retrieval.store.archive import Archive

Tensors = dict[str, Tensor]


@dataclass(frozen=True, slots=True)
class Checkpoints:
    """Tensors by step in a folder. `inputs` is a digest of what they were made from: of others nothing is used."""

    folder: Path
    inputs: str

    @classmethod
    def of(cls, folder: Path, archive: Path, questions: Sequence[KnownQuestion], *settings: object) -> "Checkpoints":
        """Return the checkpoints of a program over an archive as it stands, its questions and its settings."""
        opened = Archive.open(archive)
        state = opened.state()
        opened.close()
        told = [(question.id, question.question, sorted(question.docs)) for question in questions]
        digest = hashlib.sha256(repr((state.generation, state.mark, told, settings)).encode())
        return cls(folder, digest.hexdigest()[:16])

    def step(self, name: str, make: Callable[[], Tensors]) -> Tensors:
        """Return what `make` made in an earlier run, or makes, which is kept."""
        path = self.folder / f"{name}.{self.inputs}.safetensors"
        if path.exists():
            print(f"{name}: as it was made before", file=sys.stderr, flush=True)
            return load_file(path)
        started = time.monotonic()
        made = make()
        unfinished = path.with_suffix(".part")
        save_file({key: tensor.detach().contiguous() for key, tensor in made.items()}, unfinished)
        unfinished.replace(path)
        print(f"{name}: {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
        return made


def trained_tensors(model: nn.Module) -> Tensors:
    """Return a copy of the parameters of a model that are trained, by name."""
    return {name: each.detach().clone() for name, each in model.named_parameters() if each.requires_grad}


def put_tensors(model: nn.Module, tensors: Tensors) -> None:
    """Put trained parameters into a model of the same shape."""
    model.load_state_dict(tensors, strict=False)
