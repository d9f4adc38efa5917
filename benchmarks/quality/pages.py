"""Score our extraction of publishers' pages beside trafilatura's in one run.

    python -m benchmarks.quality.pages [--archive ../shared/archive] [--score ../shared/bench/score_articles.py]

The archive holds modern.jsonl (the publishers' own text) and html/NAME.html.gz.
"""

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from trafilatura import bare_extraction

from retrieval.domain import Article
from retrieval.readers.files import read_path

Row = dict[str, object]


def ours(page: Path) -> Row:
    """Return what the product's reader makes of a page."""
    (found,) = read_path(page)
    if not isinstance(found, Article):
        print(found, file=sys.stderr)
        return {}
    return {"title": found.title, "published": found.published, "authors": found.authors, "text": found.text}


def trafilatura(page: Path) -> Row:
    """Return what trafilatura makes of a page with its defaults."""
    found = bare_extraction(gzip.decompress(page.read_bytes()), include_comments=False, with_metadata=True)
    authors = (found.author or "").split("; ")
    return {"title": found.title, "published": found.date, "authors": authors, "text": found.text}


def score(script: Path, gold: Path, rows: Iterator[Row]) -> Row:
    """Return the figures of the benchmark's own script."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
        file.flush()
        done = subprocess.run([sys.executable, script, gold, file.name], capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--archive", type=Path, default=Path("../shared/archive"))
    parser.add_argument("--score", type=Path, default=Path("../shared/bench/score_articles.py"))
    options = parser.parse_args()
    pages = sorted((options.archive / "html").glob("*.html.gz"))
    readers: dict[str, Callable[[Path], Row]] = {"ours": ours, "trafilatura": trafilatura}
    print("| reader | paragraph P | R | F1 | title | day | authors | ms a page |")
    print("|---|---|---|---|---|---|---|---|")
    for name, reader in readers.items():
        started = time.process_time()
        rows = [{"html": f"html/{page.name}", **reader(page)} for page in pages]
        spent = 1000 * (time.process_time() - started) / max(1, len(pages))
        figures = score(options.score, options.archive / "modern.jsonl", iter(rows))
        keys = ("paragraph_P", "paragraph_R", "paragraph_F1", "title", "day", "authors")
        print("|", name, "|", " | ".join(str(figures[key]) for key in keys), "|", round(spent), "|")


if __name__ == "__main__":
    main()
