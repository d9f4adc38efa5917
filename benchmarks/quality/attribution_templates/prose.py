"""Sentences for quotations, drawn without repetition within an article."""

import random

from benchmarks.quality.attribution_templates.lists import Split, table

STRAIGHT = str.maketrans("“”’", '""\'')


class Prose:
    """Makes the sentences of one article from one half of the parts."""

    def __init__(self, chance: random.Random, split: Split) -> None:
        self._chance = chance
        material: dict[str, list[str]] = table("material")
        self._subjects, self._predicates, self._whole = (
            chance.sample(half, len(half))
            for key in ("subjects", "predicates", "sentences")
            for half in [split.of(material[key])]
        )
        self._tails = material["tails"]
        self._material, self._split = material, split

    def one(self, key: str) -> str:
        """Return one item of the list `key`."""
        return self._chance.choice(self._split.of(self._material[key]))

    def sentence(self) -> str:
        """Return a sentence without its stop; no two of an article share a subject or a predicate."""
        if self._whole and self._chance.random() < 0.4:
            return self._whole.pop()
        return f"{self._subjects.pop()} {self._predicates.pop()}{self._chance.choice(self._tails)}"

    def halves(self) -> tuple[str, str]:
        """Return a sentence in two halves, to be interrupted."""
        tail = self._chance.choice([tail for tail in self._tails if tail])
        return f"{self._subjects.pop()} {self._predicates.pop()}", tail.strip()

    def fragment(self) -> str:
        """Return a predicate, to be quoted inside a sentence."""
        return self._predicates.pop()
