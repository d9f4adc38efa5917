from pathlib import Path

import pytest

from retrieval.embedding import question_encoder
from retrieval.embedding.encoder import Encoder
from retrieval.ranking import ranker
from retrieval.ranking.ranker import AnswerRankers


def test_without_fitted_files_plain_scores_rank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fitted = AnswerRankers.load()
    monkeypatch.setattr(ranker, "FITTED", tmp_path)
    plain = AnswerRankers.load()
    assert plain.alone.order.weights.tolist() != fitted.alone.order.weights.tolist()
    assert plain.alone.order.weights.tolist() == AnswerRankers.plain().alone.order.weights.tolist()


def test_vectors_of_another_model_are_ranked_by_plain_scores() -> None:
    assert (
        AnswerRankers.load(bundled=False).alone.trust.weights.tolist()
        == AnswerRankers.plain().alone.trust.weights.tolist()
    )


def test_without_its_adaptation_the_model_itself_encodes_questions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoder = Encoder()
    assert question_encoder.question_encoder(encoder) is not encoder
    monkeypatch.setattr(question_encoder, "FITTED", tmp_path)
    assert question_encoder.question_encoder(encoder) is encoder
