"""A folder holds 4 to 15 files and a module at most 250 lines; every exception is listed with its reason.

`__init__.py` counts towards the least number of files, not towards the most.
"""

from tests.structure.tree import PRODUCT, ROOT, modules, name_of, packages

FEWEST, MOST, LINES = 3, 15, 250

FOLDERS: dict[str, str] = {
    "retrieval": "one room for each subject of docs/architecture.md",
    "retrieval/composition": "what answers and what adds articles, each with all that it is made of",
    "retrieval/search": "the protocol of an engine, and one folder an engine",
    "retrieval/text": "small tools of one subject each, below all rooms",
    "retrieval/store/migrations": "Alembic's environment and its versions",
    "retrieval/weights": "the files of the weights, and the module that reads them",
    "benchmarks/peers": "one comparison, and what runs in the peers' own environment",
}
MODULES: dict[str, str] = {
    "retrieval/domain.py": "the frozen values that every room shares, each a few lines",
    "retrieval/quotes/attribution/attributor.py": "the main path of attribution, read from top to bottom",
}


def entries(folder: str) -> list[str]:
    """Return the modules and packages of a folder, `__init__.py` left out."""
    found = []
    for path in sorted((ROOT / folder).iterdir()):
        if path.is_dir():
            if (path / "__init__.py").exists():
                found.append(path.name)
        elif path.suffix == ".py" and path.name not in ("__init__.py", "__main__.py"):
            found.append(path.name)
    return found


def test_every_folder_holds_four_to_fifteen_files() -> None:
    sizes = {name_of(package): len(entries(name_of(package))) for package in packages(*PRODUCT, "benchmarks")}
    wrong = {name: size for name, size in sizes.items() if not FEWEST <= size <= MOST and name not in FOLDERS}
    assert not wrong, f"folders that hold too few or too many files: {wrong}"


def test_no_module_is_longer_than_a_reader_takes_in() -> None:
    lines = {name_of(path): path.read_text(encoding="utf-8").count("\n") for path in modules(*PRODUCT, "benchmarks")}
    wrong = {name: number for name, number in lines.items() if number > LINES and name not in MODULES}
    assert not wrong, f"modules of more than {LINES} lines: {wrong}"


def test_every_exception_is_still_needed() -> None:
    for folder in FOLDERS:
        assert not FEWEST <= len(entries(folder)) <= MOST, f"{folder} is no exception"
    for module in MODULES:
        assert (ROOT / module).read_text(encoding="utf-8").count("\n") > LINES, f"{module} is no exception"
