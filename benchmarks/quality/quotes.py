"""Score quotations and speakers on every labelled set, with a calibration table; benchmarks.peers scores other tools.

    python -m benchmarks.quality.quotes --shared ../shared [--cache DIR]

Each set is scored by the benchmark's own scripts, the modern and the BBC half apart. The shipped weights were fitted
on dev, tune and validate, so beside them stands what a fit reads that has not seen the article (5 folds of articles);
the calibration table is made from those alone.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.quality.intervals import wilson
from cli.questions.output import quotation_object
from retrieval.domain import Article, Certainty
from retrieval.quotes.attribution.calibration import CERTAIN, PROBABLE, SPOKEN
from retrieval.quotes.extractor import Extractor
from retrieval.quotes.syntax.parser import Parser
from training.speakers_fit import cross_validate
from training.speakers_gold import UNSEEN, JudgedQuotation, Row, SpeakerGold, archive, labelled, prepare, read_rows

DOUBLE_MARKS = ('"', "“", "”")
"""Those whose quotations PolNeAR's gold holds; it has none between single marks or two single marks in a row."""


def found_rows(extractor: Extractor, texts: Mapping[str, str]) -> tuple[list[dict[str, Any]], float]:
    """What `ontherecord quotes --json` prints, and CPU seconds an article."""
    start = time.process_time()
    rows: list[dict[str, Any]] = []
    for doc, text in texts.items():
        article = Article(doc, "", text)
        rows.extend(quotation_object(article, quotation) for quotation in extractor.extract(text))
    return rows, (time.process_time() - start) / max(1, len(texts))


def score(script: Path, *arguments: str, gold: Iterable[Row] | Path, found: Iterable[Row]) -> dict[str, Any]:
    """Return the figures that one of the benchmark's scripts prints for these rows."""
    with tempfile.TemporaryDirectory() as folder:
        found_path = _write(Path(folder) / "found.jsonl", found)
        gold_path = gold if isinstance(gold, Path) else _write(Path(folder) / "gold.jsonl", gold)
        command = [sys.executable, str(script), *arguments, str(gold_path), str(found_path)]
        result: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        return result


def _write(path: Path, rows: Iterable[Row]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def is_bbc(doc: str) -> bool:
    """Return whether an article is one of the BBC's."""
    return doc.startswith("bbc-")


HALVES: dict[str, Callable[[str], bool]] = {"all": lambda _: True, "modern": lambda d: not is_bbc(d), "BBC": is_bbc}


def report_sets(shared: Path, sets: Mapping[str, Sequence[Row]], found: Sequence[Row]) -> None:
    """Print the scores of every labelled set, with both halves apart."""
    print("| set | half | rows | span F1 | span + speaker F1 | full name % | pronoun | continued | role | nested |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for name, rows in sets.items():
        for half, belongs in HALVES.items():
            gold = [row for row in rows if belongs(row["doc"])]
            if not gold:
                continue
            result = score(shared / "bench" / "score_quotes.py", gold=gold, found=found)
            long, by = result["3+ words"], result["by"]
            kinds = [by.get(k, {}).get("with_speaker", "-") for k in ("pronoun", "continued", "role", "nested")]
            figures = [long["gold"], long["span_F1"], long["span+speaker_F1"], result["full_name_pct"], *kinds]
            print(f"| {name} | {half} | " + " | ".join(map(str, figures)) + " |")


def report_shown(shared: Path, gold: Sequence[Row], found: Sequence[Row]) -> None:
    """How often each certainty is right, of the spans found."""
    print("\nOn the unseen articles:")
    for certainty in Certainty:
        shown = [row for row in found if row["kind"] != "reported" and row["speaker"]["certainty"] == certainty]
        result = score(shared / "bench" / "score_quotes.py", gold=gold, found=shown)["all"]
        print(f"{certainty}: {result['speaker_acc_of_matched']} % right of {result['span_R']} % of the labelled")


def report_polnear(shared: Path, extractor: Extractor, split: str) -> None:
    """Print the scores on a split of PolNeAR, and the time an article takes."""
    path = shared / "polnear" / f"{split}.jsonl"
    texts = {row["id"]: row["text"] for row in read_rows(path)}
    found, seconds = found_rows(extractor, texts)
    script = shared / "bench" / "score_polnear.py"
    for mode in ("segments", "indirect"):
        print(f"polnear {split} {mode}: {score(script, mode, gold=path, found=found)}")
    double = [row for row in found if row["kind"] == "reported" or texts[row["doc"]][row["start"] - 1] in DOUBLE_MARKS]
    print(f"polnear {split} segments, double marks alone: {score(script, 'segments', gold=path, found=double)}")
    print(f"{seconds:.2f} CPU s an article")


def report_calibration(judged: Sequence[JudgedQuotation]) -> None:
    """Precision and coverage at what people are shown, with Wilson's 95 % interval."""
    print("| shown as | quotations | of all | right | 95 % interval |")
    print("|---|---|---|---|---|")
    bounds = {
        Certainty.CERTAIN: (CERTAIN, 1.01),
        Certainty.PROBABLE: (PROBABLE, CERTAIN),
        Certainty.UNCLEAR: (-1, PROBABLE),
    }
    for certainty, (low, high) in bounds.items():
        rows = [j for j in judged if low <= j.confidence < high]
        right = sum(j.right for j in rows)
        left, top = wilson(right, len(rows))
        share = 100 * len(rows) / len(judged)
        percent = 100 * right / max(1, len(rows))
        print(
            f"| {certainty} | {len(rows)} | {share:.1f} % | {percent:.1f} % | {100 * left:.1f} to {100 * top:.1f} % |"
        )


def _is_shown(judged: JudgedQuotation) -> bool:
    """Not told apart as a word or two in nobody's clear mouth."""
    row = judged.row
    return not (row["short"] and row["kind"] == "mixed" and judged.confidence < SPOKEN)


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="the benchmark's folder")
    parser.add_argument("--cache", type=Path, help="a folder to keep parses in for the cross-validation")
    parser.add_argument("--polnear", choices=("dev", "train"), default="dev")
    options = parser.parse_args()
    sets = labelled(options.shared)
    rows = [row for part in sets.values() for row in part]
    stored = archive(options.shared)
    unseen = read_rows(UNSEEN)
    texts = {doc: stored[doc]["text"] for doc in sorted({row["doc"] for row in rows})}
    more = {doc: stored[doc]["text"] for doc in sorted({row["doc"] for row in unseen})}
    extractor = Extractor(Parser())
    found, seconds = found_rows(extractor, texts | more)
    print(f"With the shipped weights, {seconds:.2f} CPU s an article:\n")
    report_sets(options.shared, {**sets, "unseen": unseen}, found)
    report_shown(options.shared, unseen, found)
    gold = SpeakerGold(options.shared, rows)
    articles = prepare(texts, options.cache)
    judged = cross_validate(articles, gold)
    print("\nSpeakers right of the spans found, cross-validated over articles:")
    for name, part in sets.items():
        docs = {row["doc"] for row in part}
        for half, belongs in HALVES.items():
            mine = [j for j in judged if j.doc in docs and belongs(j.doc)]
            print(f"{name} {half}: {sum(j.right for j in mine)} of {len(mine)}")
    print("\nCalibration, cross-validated over articles:\n")
    report_calibration([j for j in judged if _is_shown(j)])
    print()
    report_polnear(options.shared, extractor, options.polnear)


if __name__ == "__main__":
    main()
