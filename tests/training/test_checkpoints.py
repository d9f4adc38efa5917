from pathlib import Path

import pytest
import torch
from torch import nn

from training.answer_models.checkpoints import Checkpoints, put_tensors, trained_tensors


def test_a_program_that_was_stopped_makes_no_finished_step_again(tmp_path: Path) -> None:
    made: list[str] = []

    def make() -> dict[str, torch.Tensor]:
        made.append("once")
        return {"vectors": torch.arange(6.0).reshape(2, 3).T}

    kept = Checkpoints(tmp_path, "abc")
    first, second = kept.step("fold", make), Checkpoints(tmp_path, "abc").step("fold", make)
    assert made == ["once"]
    torch.testing.assert_close(first["vectors"], second["vectors"])


def test_a_step_of_other_questions_or_another_archive_is_made_anew(tmp_path: Path) -> None:
    Checkpoints(tmp_path, "abc").step("fold", lambda: {"a": torch.zeros(1)})
    assert Checkpoints(tmp_path, "def").step("fold", lambda: {"a": torch.ones(1)})["a"].item() == 1


def test_a_step_that_was_cut_short_leaves_nothing_to_go_on_from(tmp_path: Path) -> None:
    def stopped() -> dict[str, torch.Tensor]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Checkpoints(tmp_path, "abc").step("fold", stopped)
    assert list(tmp_path.iterdir()) == []


def test_trained_parameters_are_put_back_and_frozen_ones_are_left() -> None:
    model, other = nn.Linear(2, 2), nn.Linear(2, 2)
    model.bias.requires_grad = False
    bias = other.bias.detach().clone()
    put_tensors(other, trained_tensors(model))
    torch.testing.assert_close(other.weight, model.weight)
    torch.testing.assert_close(other.bias, bias)
