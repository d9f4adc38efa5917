"""A wheel holds every file that the product reads, and no part of the repository around it."""

import tomllib
from fnmatch import fnmatch

from tests.structure.tree import ROOT, name_of

WHEEL = ("bot", "cli", "config", "retrieval", "samples")
SOURCES_ONLY = ("*.cfg", "*.po", "*.pot", "*.pyc")
"""What only those read who work on the source: translations before they are compiled, and their settings."""


def test_every_file_beside_the_modules_is_declared_as_package_data() -> None:
    setuptools = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    anywhere = setuptools["package-data"]["*"]
    missing = []
    for package in WHEEL:
        own = setuptools["package-data"].get(package, [])
        for path in (ROOT / package).rglob("*"):
            if path.is_dir() or path.suffix == ".py" or any(fnmatch(path.name, pattern) for pattern in SOURCES_ONLY):
                continue
            below = path.relative_to(ROOT / package).as_posix()
            if not any(fnmatch(path.name, pattern) for pattern in anywhere) and not any(fnmatch(below, p) for p in own):
                missing.append(name_of(path))
    assert not missing, f"files that a wheel would not hold: {sorted(missing)}"


def test_the_wheel_holds_the_product_alone() -> None:
    setuptools = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    assert setuptools["packages"]["find"]["include"] == [f"{package}*" for package in WHEEL]


def test_the_image_is_built_from_the_same_packages() -> None:
    allowed = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert set(WHEEL) | {"pyproject.toml", "README.md", "LICENSE"} <= allowed
