"""The version of the rules: the same in every process, another one as soon as a rule, a word or a weight differs."""

import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest

from retrieval.quotes import rules_version as module
from retrieval.quotes.rules_version import rules_version


@pytest.fixture
def weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the weights that the version is computed from."""
    installed = resources.files
    for name in module.WEIGHTS:
        (tmp_path / name).write_bytes(installed("retrieval.weights").joinpath(name).read_bytes())
    monkeypatch.setattr(resources, "files", lambda room: tmp_path if room == "retrieval.weights" else installed(room))
    return tmp_path


def test_every_process_of_one_installation_has_the_same_version() -> None:
    code = "from retrieval.quotes.rules_version import rules_version; print(rules_version())"
    other = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, cwd=Path.cwd())
    assert int(other.stdout) == rules_version()


def test_the_version_fits_the_column_of_every_store() -> None:
    assert 7 < rules_version() < 2**31


def test_the_version_differs_as_soon_as_a_weight_does(weights: Path) -> None:
    assert rules_version.__wrapped__() == rules_version()
    (weights / "speakers.json").write_text("{}", encoding="utf-8")
    assert rules_version.__wrapped__() != rules_version()


def test_the_version_is_computed_from_rules_lexicons_and_weights() -> None:
    names = [name for name, _ in module.files()]
    assert "retrieval.quotes/attribution/attributor.py" in names
    assert "retrieval.text/lexicons/verbs.toml" in names
    assert "speakers.json" in names
    assert "analysis.py" in names
    assert names == list(dict.fromkeys(names))
