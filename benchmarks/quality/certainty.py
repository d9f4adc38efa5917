"""Of the labelled quotations, how many are shown with a certain speaker, and how many of these are right.

    python -m benchmarks.quality.certainty --shared ../shared [--found FOUND.jsonl] [--show]

Sets that weights or rules were made on stand apart from unseen ones (`--tuned`). The counting is the benchmark's own
`score_certainty.py`; beside its figures stand Wilson's 95 % intervals.
"""

import argparse
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.quality.intervals import wilson

ROOT = Path(__file__).parents[2]
ARCHIVES = ("modern", "bbc", "press")
SETS = ("quotes_dev", "quotes_press_train", "quotes_press_dev")
TUNED = ("quotes_dev", "quotes_press_train")
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Figures:
    """Labelled quotations that were found, those with a certain speaker, and those of them that are right."""

    found: int
    certain: int
    right: int

    @classmethod
    def of(cls, printed: Row) -> "Figures":
        """Take the counts back from the percentages that score_certainty.py prints."""
        certain = round(printed["share"] * printed["n"] / 100)
        return cls(printed["n"], certain, round(printed["right"] * certain / 100))


def read_rows(path: Path) -> list[Row]:
    """Return the objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def write_rows(path: Path, rows: Sequence[Row]) -> Path:
    """Write objects as JSON Lines and return the path."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def found_quotations(shared: Path, docs: set[str]) -> list[Row]:
    """Return what `ontherecord quotes --json` prints for the articles `docs`; the only contact with the product."""
    paths = [shared / "archive" / f"{name}.jsonl" for name in ARCHIVES]
    articles = [row for path in paths for row in read_rows(path) if row["id"] in docs]
    with tempfile.TemporaryDirectory() as folder:
        path = write_rows(Path(folder) / "articles.jsonl", articles)
        command = [sys.executable, "-m", "cli", "quotes", "--json", str(path)]
        environment = os.environ | {"PYTHONPATH": str(ROOT), "HF_HUB_OFFLINE": "1"}
        printed = subprocess.run(command, check=True, capture_output=True, text=True, env=environment, cwd=ROOT)
    return [row for row in map(json.loads, printed.stdout.splitlines()) if row["kind"] != "reported"]


def score(shared: Path, gold: Sequence[Row], found: Sequence[Row]) -> Figures:
    """Run the benchmark's own script over some of the labels."""
    if not any(row["speaker"] for row in gold):
        return Figures(0, 0, 0)
    docs = {row["doc"] for row in gold}
    with tempfile.TemporaryDirectory() as folder:
        paths = [
            write_rows(Path(folder) / "gold.jsonl", gold),
            write_rows(Path(folder) / "found.jsonl", [row for row in found if row["doc"] in docs]),
        ]
        command = [sys.executable, str(shared / "bench" / "score_certainty.py"), *map(str, paths)]
        printed = subprocess.run(command, capture_output=True, text=True, check=False)
    # the script divides by the number of labels that were found
    return Figures.of(json.loads(printed.stdout)) if printed.returncode == 0 else Figures(0, 0, 0)


def parts(gold: Sequence[Row]) -> Iterator[tuple[str, list[Row]]]:
    """Yield all labels, then those of each `explicit` kind, then the nested, mixed and direct ones."""
    yield "all", list(gold)
    for key in ("explicit", "kind"):
        together: dict[str, list[Row]] = defaultdict(list)
        for row in gold:
            together[row[key]].append(row)
        yield from sorted(together.items())


def line(title: str, part: str, figures: Figures) -> str:
    """Return one line of the table: percentages with their intervals."""
    cells = [str(figures.found)]
    for hits, count in ((figures.certain, figures.found), (figures.right, figures.certain)):
        low, high = wilson(hits, count)
        percent = f"{100 * hits / count:.1f} ({100 * low:.1f} to {100 * high:.1f})" if count else "-"
        cells.append(percent)
    return f"| {title} | {part} | {' | '.join(cells)} | {figures.certain - figures.right} |"


def show(shared: Path, gold: Sequence[Row], found: Sequence[Row]) -> None:
    """Print the labels beside which another speaker is shown as certain."""
    same = _same_speaker(shared)
    for row in gold:
        overlap = [
            (min(f["end"], row["end"]) - max(f["start"], row["start"]), f) for f in found if f["doc"] == row["doc"]
        ]
        width, best = max(overlap, key=lambda pair: pair[0], default=(0, {}))
        speaker = best.get("speaker") or {}
        wrong = row["speaker"] and speaker.get("certainty") == "certain" and width * 2 >= row["end"] - row["start"]
        if wrong and not same(speaker["name"], row["speaker"], row.get("aliases")):
            print(f"{row['doc']} {row['start']} {row['explicit']} {row['kind']}: {speaker['name']!r} ", end="")
            print(f"({speaker['confidence']:.2f}) instead of {row['speaker']!r}: {row['text'][:90]!r}")


def _same_speaker(shared: Path) -> Callable[[str, str, Sequence[str] | None], bool]:
    spec = importlib.util.spec_from_file_location("score_answers", shared / "bench" / "score_answers.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    same: Callable[[str, str, Sequence[str] | None], bool] = module.same_speaker
    return same


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="the benchmark's folder")
    parser.add_argument("--found", type=Path, help="what was found, instead of looking again")
    parser.add_argument("--keep", type=Path, help="write what was found here")
    parser.add_argument("--tuned", nargs="*", default=TUNED, choices=SETS, help="sets that something was fitted on")
    parser.add_argument("--show", action="store_true", help="print the certain ones that are wrong")
    options = parser.parse_args()
    gold = {name: read_rows(options.shared / "bench" / f"{name}.jsonl") for name in SETS}
    docs = {row["doc"] for rows in gold.values() for row in rows}
    found = read_rows(options.found) if options.found else found_quotations(options.shared, docs)
    if options.keep:
        write_rows(options.keep, found)
    print("| set | labels | found | certain % | right of these % | wrong |\n|---|---|---|---|---|---|")
    for name in sorted(SETS, key=lambda name: name not in options.tuned):
        title = f"{name}, {'tuned on' if name in options.tuned else 'unseen'}"
        for part, rows in parts(gold[name]):
            print(line(title, part, score(options.shared, rows, found)))
    if options.show:
        for name in SETS:
            print(f"\n{name}")
            show(options.shared, gold[name], found)


if __name__ == "__main__":
    main()
