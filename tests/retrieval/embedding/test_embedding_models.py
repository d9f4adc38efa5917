import pickle
import threading
from pathlib import Path

import numpy as np
import pytest

from retrieval.embedding.encoder import Encoder
from retrieval.embedding.model_files import BUNDLED_PACKAGE, bundled_folder
from retrieval.errors import ModelError
from retrieval.weights.model_packages import package_hashes


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder()


def test_the_bundled_model_is_the_published_one_and_knows_what_belongs_together(encoder: Encoder) -> None:
    assert encoder.model.sha256 == package_hashes(BUNDLED_PACKAGE)["model.safetensors"]
    texts = ["The ferry was late again.", "The boat did not come on time.", "A recipe for onion soup."]
    vectors = encoder.encode(texts)
    assert (vectors.shape, vectors.dtype) == ((3, 384), np.float32)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.2


def test_no_text_gives_no_vectors(encoder: Encoder) -> None:
    assert len(encoder.encode([])) == 0


def test_several_threads_get_their_own_vectors(encoder: Encoder) -> None:
    texts = [f"Ferry number {number} leaves the harbour." for number in range(6)]
    expected = encoder.encode(texts)
    found: dict[int, np.ndarray] = {}

    def work(number: int) -> None:
        found[number] = encoder.encode([texts[number]])[0]

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    np.testing.assert_allclose([found[number] for number in range(6)], expected, atol=1e-5)


def test_a_worker_process_gets_an_encoder_of_the_same_model(encoder: Encoder) -> None:
    assert pickle.loads(pickle.dumps(encoder)).model == encoder.model


def test_a_folder_without_weights_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="holds no weights"):
        Encoder(str(tmp_path))


def test_a_folder_may_be_named_as_the_model() -> None:
    assert Encoder(str(bundled_folder())).model.sha256 == package_hashes(BUNDLED_PACKAGE)["model.safetensors"]


def test_a_folder_with_weights_that_are_none_is_refused_when_it_is_needed(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"nothing")
    with pytest.raises(ModelError, match="can't be loaded"):
        Encoder(str(tmp_path)).encode(["x"])
