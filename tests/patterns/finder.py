"""Find every regular expression of the product: compiled at module level, in classes, and in calls of `re` anywhere."""

import ast
import importlib
import inspect
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import re2

ROOT = Path(__file__).parents[2]
FOLDERS = ("bot", "cli", "config", "retrieval", "training")
_FUNCTIONS = frozenset(("compile", "match", "search", "fullmatch", "sub", "subn", "split", "findall", "finditer"))
_ENGINES = frozenset(("re", "re2"))
_WRAPPERS = frozenset(("linear",))
"""Functions of `retrieval.text.patterns` that take a pattern as their first argument."""

COMPILED = (re.Pattern, re2._Regexp)
Compiled = Any
"""A pattern compiled by `re` or by RE2."""
ALL_METHODS = frozenset(("match", "fullmatch", "search", "sub"))
"""Where a match may begin makes the difference; split, findall and finditer go through a text as sub does."""


@dataclass(frozen=True)
class FoundPattern:
    """A pattern with the place where it stands (`module:NAME` or `module:function`) and the methods called on it."""

    place: str
    compiled: Compiled
    methods: frozenset[str]

    @property
    def source(self) -> str | bytes:
        """Return the pattern as it is written."""
        found: str | bytes = self.compiled.pattern
        return found


class UnknownPattern(Exception):
    """A call whose pattern can't be evaluated from its module alone."""


def product_files() -> list[Path]:
    """Return the files of the product's code."""
    return sorted(file for folder in FOLDERS for file in (ROOT / folder).rglob("*.py"))


def module_names() -> list[str]:
    """Return the names of all modules that can be imported without doing anything."""
    names = (".".join(file.relative_to(ROOT).with_suffix("").parts) for file in product_files())
    return [name.removesuffix(".__init__") for name in names if not name.endswith(("__main__", "migrations.env"))]


def patterns_of(name: str) -> Iterator[FoundPattern | UnknownPattern]:
    """Yield the patterns of a module, each distinct one once."""
    module = importlib.import_module(name)
    seen: set[tuple[str | bytes, int, frozenset[str]]] = set()
    for found in (*_compiled_values(module), *_calls(module)):
        if isinstance(found, FoundPattern):
            key = (found.source, getattr(found.compiled, "flags", -1), found.methods)
            if key in seen:
                continue
            seen.add(key)
        yield found


def _compiled_values(module: ModuleType) -> Iterator[FoundPattern]:
    for name, value in vars(module).items():
        methods = _uses().get(name, ALL_METHODS) if isinstance(value, COMPILED) else ALL_METHODS
        for compiled in _inside(value, module, 0):
            yield FoundPattern(f"{module.__name__}:{name}", compiled, methods)


@cache
def _uses() -> dict[str, frozenset[str]]:
    """Return for each name of a variable the methods that are called on it anywhere; all if it is passed on."""
    found: dict[str, set[str]] = {}
    for file in product_files():
        tree = ast.parse(file.read_text(encoding="utf-8"))
        called = {id(node.value): node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                found.setdefault(node.id, set()).update(_methods(called.get(id(node))))
    return {name: frozenset(methods) for name, methods in found.items()}


def _methods(called: str | None) -> frozenset[str]:
    if called is None:
        return ALL_METHODS
    if called in ("match", "fullmatch", "search"):
        return frozenset((called,))
    return frozenset(("sub",)) if called in _FUNCTIONS else frozenset()


def _inside(value: object, module: ModuleType, depth: int) -> Iterator[Compiled]:  # noqa: C901  one kind a line
    """Yield compiled patterns in a value: in containers, in classes and in instances of the module's own classes."""
    if isinstance(value, COMPILED):
        yield value
    elif depth > 4:
        return
    elif isinstance(value, dict):
        for item in value.items():
            yield from _inside(item, module, depth + 1)
    elif isinstance(value, list | tuple | set | frozenset):
        for item in value:
            yield from _inside(item, module, depth + 1)
    elif inspect.isclass(value) and value.__module__ == module.__name__:
        for item in vars(value).values():
            yield from _inside(item, module, depth + 1)
    elif is_dataclass(value) and type(value).__module__.partition(".")[0] in FOLDERS:
        for field in fields(value):
            yield from _inside(getattr(value, field.name, None), module, depth + 1)


def _calls(module: ModuleType) -> Iterator[FoundPattern | UnknownPattern]:
    file = inspect.getsourcefile(module)
    assert file is not None
    tree = ast.parse(Path(file).read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    inner = {id(node): function.name for function in functions for node in ast.walk(function)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _is_pattern_call(node.func):
            yield _evaluated(node, module, f"{module.__name__}:{inner.get(id(node), node.lineno)}")


def _is_pattern_call(function: ast.expr) -> bool:
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name):
        owner, name = function.value.id, function.attr
        return (owner in _ENGINES and name in _FUNCTIONS) or name in _WRAPPERS
    return isinstance(function, ast.Name) and function.id in _WRAPPERS


def _evaluated(node: ast.Call, module: ModuleType, place: str) -> FoundPattern | UnknownPattern:
    method = node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)
    compiles = method == "compile" or method in _WRAPPERS
    if compiles and ":" in place and place.rpartition(":")[2].isdigit():
        return UnknownPattern("")  # at module level: found by its value
    positional = node.args if compiles else node.args[:1]
    keywords = [word for word in node.keywords if compiles or word.arg in ("pattern", "flags")]
    owner = ast.unparse(node.func) if compiles else f"{ast.unparse(node.func).rpartition('.')[0]}.compile"
    arguments = [*map(ast.unparse, positional), *(f"{word.arg}={ast.unparse(word.value)}" for word in keywords)]
    try:
        compiled = eval(f"{owner}({', '.join(arguments)})", dict(vars(module)))
    except Exception:  # it depends on names of its function
        return UnknownPattern(place)
    return FoundPattern(place, compiled, ALL_METHODS if compiles else _methods(method))
