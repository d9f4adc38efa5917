"""Take out of an installed environment what a running program never opens: `python slim.py VENV`.

Each cut says what it frees; `make image-test` tries what is left. Kept on purpose: sympy, which torch imports for
models that an operator names; spaCy's languages and the models of transformers, which are found by name; the symbols of
the libraries of numpy and thinc, which `strip` breaks.
"""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

LANGUAGES = ("root", "en", "de", "fr", "es")
"""The languages of the bot."""

TORCH_TOOLS = ("protoc*", "test_*", "*_test", "FileStoreTest", "HashStoreTest", "TCPStoreTest", "ProcessGroup*Test")


def tests(packages: Path) -> Iterator[Path]:
    """Yield the tests that packages install beside their code; torch's own `testing` is imported by torch."""
    for name in ("tests", "test"):
        for folder in packages.rglob(name):
            if folder.is_dir() and (folder / "__init__.py").exists() and folder.parent != packages:
                yield folder


def torch_tools(packages: Path) -> Iterator[Path]:
    """Yield torch's headers, its tests and the tools with which extensions are built."""
    torch = packages / "torch"
    yield from (torch / "include", torch / "share", torch / "test")
    for pattern in TORCH_TOOLS:
        yield from (torch / "bin").glob(pattern)
    yield from torch.rglob("*.a")


def installers(packages: Path) -> Iterator[Path]:
    """Yield what installs packages."""
    for name in ("pip", "setuptools", "pkg_resources", "_distutils_hack", "wheel"):
        yield from packages.glob(name)
        yield from packages.glob(f"{name}-*.dist-info")
    yield packages / "distutils-precedence.pth"


def locales(packages: Path) -> Iterator[Path]:
    """Yield the locales of other languages than the bot's."""
    for file in (packages / "babel" / "locale-data").glob("*.dat"):
        if file.stem.split("_")[0] not in LANGUAGES:
            yield file


def sources(packages: Path) -> Iterator[Path]:
    """Yield type stubs, and sources of compiled modules."""
    for pattern in ("*.pyi", "*.pyx", "*.pxd", "*.c", "*.cpp", "*.cc", "*.h", "*.hpp"):
        yield from packages.rglob(pattern)


CUTS: tuple[Callable[[Path], Iterator[Path]], ...] = (torch_tools, tests, installers, locales, sources)


def size(path: Path) -> int:
    """Return the bytes of a file or of all files below a folder."""
    if path.is_dir() and not path.is_symlink():
        return sum(each.lstat().st_size for each in path.rglob("*") if not each.is_dir())
    return path.lstat().st_size


def cut(packages: Path, chosen: Callable[[Path], Iterator[Path]]) -> int:
    """Remove what a cut names, and return the bytes that were freed."""
    freed = 0
    for path in list(chosen(packages)):
        if path.exists():
            freed += size(path)
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink()
    return freed


def strip(packages: Path) -> int:
    """Remove the symbols of shared libraries, where `strip` is installed, and return the bytes that were freed."""
    if shutil.which("strip") is None:
        return 0
    freed = 0
    for library in packages.rglob("*.so*"):
        bundled = any(part.endswith(".libs") or part == "thinc" for part in library.parts)
        if library.is_file() and not library.is_symlink() and not bundled:
            before = library.stat().st_size
            subprocess.run(["strip", "--strip-unneeded", str(library)], check=False, capture_output=True)
            freed += before - library.stat().st_size
    return freed


def main() -> None:
    """Cut, and print what each cut has freed."""
    (packages,) = Path(sys.argv[1]).glob("lib/python3*/site-packages")
    for chosen in CUTS:
        print(f"{cut(packages, chosen) / 1e6:7.1f} MB  {chosen.__name__.replace('_', ' ')}")
    print(f"{strip(packages) / 1e6:7.1f} MB  symbols")
    print(f"{size(packages) / 1e6:7.1f} MB  left")


if __name__ == "__main__":
    main()
