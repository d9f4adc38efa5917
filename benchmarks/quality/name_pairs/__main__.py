"""Compare pairs of names made from an archive's labels, and report precision and recall of the product.

    python -m benchmarks.quality.name_pairs --shared ../shared [--show]

Two figures: of the comparison of names, and of the ledger, which joins names without anything else to go by. A surname
alone counts for the first only.
"""

import argparse
import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.quality.name_pairs import one_person, two_people
from benchmarks.quality.name_pairs.known import known_speakers
from benchmarks.quality.name_pairs.product import compared, in_one_entry
from benchmarks.quality.name_pairs.values import Pair

WAYS: dict[str, Callable[[Pair], bool]] = {"comparison": compared, "ledger": in_one_entry}
Judged = dict[str, list[bool]]


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="the benchmark's folder")
    parser.add_argument("--count", type=int, default=25, help="pairs of each kind at most (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="decides what is drawn (default: %(default)s)")
    parser.add_argument("--show", action="store_true", help="print the pairs that are judged wrongly")
    options = parser.parse_args()
    chance = random.Random(options.seed)
    known = known_speakers(options.shared)
    made = [*one_person.pairs(known, options.count, chance), *two_people.pairs(known, options.count, chance)]
    pairs = list(dict.fromkeys(made))
    said = {name: [way(pair) for pair in pairs] for name, way in WAYS.items()}
    if options.show:
        show(pairs, said)
    report(pairs, said)


def show(pairs: Sequence[Pair], said: Judged) -> None:
    """Print the pairs that one way or both judge wrongly."""
    for number, pair in enumerate(pairs):
        wrong = [name for name in WAYS if counts(pair, name) and said[name][number] is not pair.same]
        if wrong:
            print(f"{pair.kind} ({'one' if pair.same else 'two'}): {pair.first} | {pair.second}   {', '.join(wrong)}")


def counts(pair: Pair, way: str) -> bool:
    """Whether a pair can be judged in this way."""
    return way != "ledger" or not pair.part


def report(pairs: Sequence[Pair], said: Judged) -> None:
    """Print how many of each kind are judged rightly, then precision and recall."""
    kinds: dict[tuple[bool, str], list[int]] = defaultdict(list)
    for number, pair in enumerate(pairs):
        kinds[not pair.same, pair.kind].append(number)
    print("| pairs of | kind | pairs | " + " | ".join(f"{name}, right" for name in WAYS) + " |\n|---|---|---|---|---|")
    for (different, kind), numbers in sorted(kinds.items()):
        cells = [
            str(sum(said[name][n] is not different for n in numbers)) if counts(pairs[numbers[0]], name) else "-"
            for name in WAYS
        ]
        print(f"| {'two' if different else 'one'} | {kind} | {len(numbers)} | {' | '.join(cells)} |")
    for name in WAYS:
        judged = [(pair.same, told) for pair, told in zip(pairs, said[name], strict=True) if counts(pair, name)]
        hits = sum(same and told for same, told in judged)
        joined, same = sum(told for _, told in judged), sum(same for same, _ in judged)
        print(f"\n{name}: {len(judged)} pairs, precision {hits / max(1, joined):.3f}, recall {hits / max(1, same):.3f}")


if __name__ == "__main__":
    main()
