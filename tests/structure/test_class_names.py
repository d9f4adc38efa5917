"""One word names one thing: a class name is found once in the product."""

import ast
from collections import defaultdict

from tests.structure.tree import PRODUCT, modules, name_of, parsed


def test_no_two_classes_of_the_product_share_a_name() -> None:
    found: dict[str, list[str]] = defaultdict(list)
    for path in modules(*PRODUCT):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.ClassDef):
                found[node.name.lstrip("_")].append(name_of(path))
    shared = {name: places for name, places in sorted(found.items()) if len(places) > 1}
    assert not shared, "\n".join(f"{name}: {', '.join(places)}" for name, places in shared.items())
