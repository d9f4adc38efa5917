"""What ruff's `D` rules don't see: a package says what its one subject is."""

import ast

from tests.structure.tree import PRODUCT, name_of, packages, parsed


def test_every_package_says_what_its_subject_is() -> None:
    silent = [
        name_of(package)
        for package in packages(*PRODUCT, "benchmarks")
        if not ast.get_docstring(parsed(package / "__init__.py"))
    ]
    assert not silent, f"packages whose __init__.py has no docstring: {silent}"
