"""Models that are installed as packages: found without running the packages' code, each file checked by its hash."""

import json
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from retrieval.errors import ModelError
from retrieval.weights.files import file_hash

PACKAGES = Path(__file__).with_name("model_packages.json")
"""By package: the model's folder in it, and the sha256 of each file there. Written by training.model_packages."""


def package_hashes(package: str) -> dict[str, str]:
    """Return the sha256 of each file of a model by its path in the model's folder."""
    hashes: dict[str, str] = json.loads(PACKAGES.read_text(encoding="utf-8"))[package]["files"]
    return hashes


def model_folder(package: str) -> Path:
    """Return the folder of a model that a package holds, every file of it checked. The package isn't imported.

    Raises ModelError if the package is missing, or a file isn't the one that was published.
    """
    known = json.loads(PACKAGES.read_text(encoding="utf-8"))[package]
    try:
        folder = Path(str(distribution(package).locate_file(known["folder"])))
    except PackageNotFoundError:
        raise ModelError(f"the package {package} is missing; `pip install {package}` brings it") from None
    for name, expected in known["files"].items():
        if file_hash(folder / name) != expected:
            raise ModelError(
                f"{folder / name} is not the file that was published; `pip install --force-reinstall {package}`"
            )
    return folder
