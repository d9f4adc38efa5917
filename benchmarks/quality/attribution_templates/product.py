"""The one place where this benchmark touches the product: `ontherecord quotes --json` over a folder of articles."""

import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.quality.attribution_templates.values import TemplateArticle


@dataclass(frozen=True, slots=True)
class Found:
    """A quotation as the product shows it; `certainty` is None for what is taken for no speech."""

    text: str
    speaker: str | None
    certainty: str | None


def found_quotations(articles: Iterable[TemplateArticle]) -> Mapping[str, Sequence[Found]]:
    """Return the quotations found in each article, by the article's id; reported speech is left out."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        plain = []
        for article in articles:
            if article.page:
                (folder / f"{article.id}.html").write_text(article.text, "utf-8")
            else:
                plain.append(json.dumps({"id": article.id, "title": "Untitled", "text": article.text}))
        (folder / "plain.jsonl").write_text("".join(line + "\n" for line in plain), "utf-8")
        command = [sys.executable, "-m", "cli", "quotes", "--json", "--all", str(folder)]
        environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[3]), "HF_HUB_OFFLINE": "1"}
        printed = subprocess.run(
            command, check=True, capture_output=True, text=True, env=environment, cwd=Path(__file__).parents[3]
        )
    return _by_article(printed.stdout.splitlines())


def _by_article(lines: Iterable[str]) -> Mapping[str, Sequence[Found]]:
    found: dict[str, list[Found]] = defaultdict(list)
    for row in map(json.loads, lines):
        if row["kind"] == "reported":
            continue
        speaker = row["speaker"] or {}
        identity = "-".join(row["doc"].split("-")[:2])  # a page's id has a hash of its path behind
        found[identity].append(Found(row["text"], speaker.get("name"), speaker.get("certainty")))
    return found
