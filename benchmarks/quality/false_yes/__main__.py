"""Ask an archive "did X say …?" with statements that were and were not made, and count every wrong yes.

    python -m benchmarks.quality.false_yes DATA --shared ../shared [--show] [--keep FILE]

DATA is the data folder of an archive of modern, bbc and press. False statements are made from quotations whose speakers
are certain; none of them may be `supported`. True ones should be, in 90 of 100, and paraphrases in 60 of 100.
"""

import argparse
import json
import os
import random
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.quality.false_yes.false_statements import false_paraphrases, false_questions
from benchmarks.quality.false_yes.product import answers, quotations
from benchmarks.quality.false_yes.statements import Vocabulary, statements
from benchmarks.quality.false_yes.true_statements import paraphrases, true_questions
from benchmarks.quality.false_yes.values import Asked
from benchmarks.quality.intervals import wilson

YES = "supported"
Answer = Mapping[str, Any]


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the archive's folder")
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="the benchmark's folder")
    parser.add_argument("--false", type=int, default=80, help="false statements of each kind (default: %(default)s)")
    parser.add_argument("--true", type=int, default=200, help="true statements (default: %(default)s)")
    parser.add_argument("--paraphrases", type=int, default=100, help="paraphrases (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="decides what is drawn (default: %(default)s)")
    parser.add_argument("--list", action="store_true", help="print the questions and ask nothing")
    parser.add_argument("--keep", type=Path, help="write questions and answers here")
    parser.add_argument("--show", action="store_true", help="print what went wrong")
    options = parser.parse_args()
    asked = questions(options)
    if options.list:
        for one in asked:
            print(json.dumps(asdict(one), ensure_ascii=False))
        return
    answered = []
    with (options.keep or Path(os.devnull)).open("w", encoding="utf-8") as kept:
        for one, answer in zip(asked, answers(options.data, [one.question for one in asked]), strict=True):
            answered.append(answer)
            kept.write(json.dumps(asdict(one) | {"answer": answer}) + "\n")
            kept.flush()
    if options.show:
        show(asked, answered)
    report(asked, answered)


def questions(options: argparse.Namespace) -> list[Asked]:
    """Return the questions of all kinds."""
    chance = random.Random(options.seed)
    said = [one for one in quotations(options.data) if len(one.speaker.split()) > 1]
    vocabulary = Vocabulary([one.text for one in said])
    made = list(statements(said, vocabulary))
    return [
        *false_questions(made, said, options.false, chance),
        *true_questions(made, said, options.true, vocabulary, chance),
        *paraphrases(options.shared / "bench", options.paraphrases, chance),
        *false_paraphrases(options.shared / "bench", options.false, chance),
    ]


def show(asked: Sequence[Asked], answered: Sequence[Answer]) -> None:
    """Print every wrong yes, and every true statement that got none."""
    for one, answer in zip(asked, answered, strict=True):
        if (answer["verdict"] == YES) is not one.true:
            cited = (answer["citations"] or answer["near_misses"] or [{}])[0]
            who = (cited.get("speaker") or {}).get("name")
            print(f"\n{one.kind}: {answer['verdict']} ({answer['confidence']}): {one.question}")
            print(f"   source: {one.source!r}\n   cited:  {cited.get('text')!r} by {who}, {cited.get('reason', '')}")


def report(asked: Sequence[Asked], answered: Sequence[Answer]) -> None:
    """Print the verdicts by kind, and the share of yes with Wilson's 95 % interval."""
    verdicts: dict[tuple[bool, str], Counter[str]] = defaultdict(Counter)
    for one, answer in zip(asked, answered, strict=True):
        verdicts[one.true, one.kind][answer["verdict"] or ("none, answered" if answer["answered"] else "none")] += 1
    columns = sorted({verdict for counter in verdicts.values() for verdict in counter})
    print("| statement | kind | asked | " + " | ".join(columns) + " |\n" + "|---" * (3 + len(columns)) + "|")
    for (true, kind), counter in sorted(verdicts.items()):
        cells = " | ".join(str(counter[verdict]) for verdict in columns)
        print(f"| {'true' if true else 'false'} | {kind} | {counter.total()} | {cells} |")
    paraphrased = verdicts[True, "paraphrase"]
    plain = [(true, counter) for (true, kind), counter in verdicts.items() if kind != "paraphrase"]
    for name, counters in (
        ("false yes", [counter for true, counter in plain if not true]),
        ("true ones supported", [counter for true, counter in plain if true]),
        ("paraphrases supported", [paraphrased]),
    ):
        yes, total = sum(counter[YES] for counter in counters), sum(counter.total() for counter in counters)
        low, high = wilson(yes, total)
        print(f"\n{name}: {yes} of {total} ({100 * low:.1f} to {100 * high:.1f} %)")


if __name__ == "__main__":
    main()
