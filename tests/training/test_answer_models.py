"""What the programs that train ranker, reranker and question encoder rest on."""

import hashlib
import json
from pathlib import Path

import pytest
import torch

from retrieval.evaluation.questions import KnownQuestion
from retrieval.ranking.confidence_features import CONFIDENCE_FEATURES, CONFIDENCE_NAMES
from training.answer_models import delivery
from training.answer_models.deltas import as_safetensors
from training.answer_models.linear_models import bounds_of
from training.answer_models.questions import folds


def test_questions_about_one_article_are_in_one_fold() -> None:
    questions = [KnownQuestion(str(n), "fact", "?", frozenset({f"doc{n // 3}"})) for n in range(30)]
    fold_of = folds(questions, 5)
    assert all(len(set(fold_of[at : at + 3])) == 1 for at in range(0, 30, 3))
    assert sorted(set(fold_of)) == [0, 1, 2, 3, 4]


def test_a_fit_keeps_the_sign_that_a_feature_declares() -> None:
    least, most = bounds_of(CONFIDENCE_FEATURES, extra=1)
    by_name = dict(zip((*CONFIDENCE_NAMES, "bias"), zip(least.tolist(), most.tolist(), strict=True), strict=True))
    endless = float("inf")
    assert by_name["similarity"] == (0, endless)
    assert by_name["named speaker absent"] == (-endless, 0)
    assert by_name["who said"] == by_name["bias"] == (-endless, endless)


def test_a_fitted_file_is_put_in_place_with_its_hash_where_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(delivery, "FITTED", tmp_path)
    monkeypatch.setattr("training.delivery.ROOT", tmp_path)
    (tmp_path / "sha256.json").write_text('{"other.json": "f00"}')
    content = as_safetensors({"weights": torch.ones(2)})
    digest = hashlib.sha256(content).hexdigest()
    delivery.deliver("some.safetensors", content, {"right": 50.0}, write=False)
    assert not (tmp_path / "some.safetensors").exists()
    delivery.deliver("some.safetensors", content, {"right": 50.0}, write=True)
    assert (tmp_path / "some.safetensors").read_bytes() == content
    assert json.loads((tmp_path / "sha256.json").read_text()) == {"other.json": "f00", "some.safetensors": digest}
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert told == [{"file": "some.safetensors", "sha256": digest, "figures": {"right": 50.0}}] * 2
