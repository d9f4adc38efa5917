import importlib.util
from pathlib import Path

import pytest
import yaml

import config

ROOT = Path(config.__file__).parents[1]


@pytest.fixture
def slim():
    found = importlib.util.spec_from_file_location("slim", ROOT / "docker" / "slim.py")
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def test_what_a_running_program_needs_stays_and_the_rest_goes(slim, tmp_path, monkeypatch):
    packages = tmp_path / "lib" / "python3.11" / "site-packages"
    kept = (
        "torch/bin/torch_shm_manager torch/testing/__init__.py numpy/core.py babel/locale-data/de_AT.dat "
        "babel/locale-data/root.dat spacy/lang/xx/__init__.py tests_of_mine/__init__.py sympy/core/__init__.py"
    ).split()
    gone = (
        "torch/include/ATen/a.h torch/bin/protoc torch/lib/libx.a numpy/tests/__init__.py pip/__init__.py "
        "setuptools-84.2.1.dist-info/METADATA babel/locale-data/ja.dat thinc/x.pyx numpy/core.pyi"
    ).split()
    for name in (*kept, *gone):
        (packages / name).parent.mkdir(parents=True, exist_ok=True)
        (packages / name).write_text("x" * 100)
    monkeypatch.setattr(slim.sys, "argv", ["slim.py", str(tmp_path)])
    slim.main()
    assert [name for name in kept if not (packages / name).exists()] == []
    assert [name for name in gone if (packages / name).exists()] == []


def test_the_compose_file_names_the_version_of_the_program():
    composed = yaml.safe_load((ROOT / "docker" / "compose.yml").read_text("utf-8"))
    version = next(line for line in (ROOT / "pyproject.toml").read_text("utf-8").splitlines() if "version = " in line)
    images = {service["image"] for service in composed["services"].values()}
    assert images == {"ontherecord:" + version.split('"')[1]}


def test_every_service_has_a_read_only_root_and_no_capabilities():
    composed = yaml.safe_load((ROOT / "docker" / "compose.yml").read_text("utf-8"))
    for service in composed["services"].values():
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
