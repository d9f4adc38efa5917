"""Fuzz every reader with atheris (libFuzzer for Python), guided by what code an input reaches.

    pip install -e '.[fuzz]'
    python -m benchmarks.reliability.fuzz_readers [--minutes 10] [--findings fuzz-findings]

The first byte of an input chooses the format. A crash, an input of more than 25 s, or more than 3 GB of memory ends
the run with a file in the folder of findings; `--replay FILE` reads such a file once.
"""

import argparse
import io
import sys
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["retrieval.readers"]):
    from retrieval.domain import Article
    from retrieval.errors import ReadError
    from retrieval.readers.files import read_bytes
    from retrieval.readers.limits import ReaderLimits

NAMES = (
    "story.txt", "story.md", "story.html", "story.json", "story.jsonl", "story.warc", "story.epub", "story.wacz",
    "story.html.gz",
)  # fmt: skip
LIMITS = ReaderLimits(file=1_000_000, page=1_000_000, line=200_000, text=500_000)
SEEDS = (
    """Bridge reopens

Bridge reopens
It opened after years, the council said on Monday.
2 min read
3 March 2026
By Jane Roe

"We waited," she said.
""",
    """---
title: Bridge
authors: [Jane Roe]
date: 2026-03-03
---
# Bridge

*It* [opened](x).

> a

- b
""",
    """<html lang=en><head><title>Bridge | Beacon</title><meta property='og:title' content='Bridge'>
<script type='application/ld+json'>{"@graph": [{"@type": "NewsArticle", "headline": "Bridge", "author": {"@id": "#a"},
"datePublished": "2026-03-03T10:00:00Z"}, {"@id": "#a", "name": "Jane Roe"}]}</script></head>
<body><article><h1>Bridge</h1><p class=standfirst>It opened after years of waiting, they said.</p>
<p>The council said on Monday that the bridge was open.</p><h2>Costs</h2>
<p>Nobody knows what it has cost the town so far.<br>Read more: x</p>
<figure><figcaption>Photo</figcaption></figure></article></body></html>""",
    '[{"id": "a", "title": "Bridge", "text": "It opened.", "authors": ["Jane Roe"], "published": "2026-03-03"}]',
    """{"id": "a", "title": "Bridge", "text": "It opened."}
{"title": "B", "text": "x", "url": "https://beacon.example/a?b=c"}
""",
    "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://beacon.example/a\r\nWARC-Date: 2026-03-03T10:00Z\r\n"
    "Content-Type: application/http; msgtype=response\r\nContent-Length: 136\r\n\r\n"
    "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body><h1>Bridge</h1><p>It opened after years of waiting"
    ", they said.</p></body></html>\r\n\r\n",
)
BOOK = {
    "META-INF/container.xml": "<container><rootfiles><rootfile full-path='b.opf'/></rootfiles></container>",
    "b.opf": "<package xmlns:dc='http://purl.org/dc/elements/1.1/'><metadata><dc:title>Bridge</dc:title></metadata>"
    "<manifest><item id='a' href='a.html'/></manifest><spine><itemref idref='a'/></spine></package>",
    "a.html": SEEDS[2],
}


def seeds() -> list[bytes]:
    """In the order of NAMES."""
    return [*(seed.encode() for seed in SEEDS), _zipped(BOOK), _zipped({"archive/a.warc": SEEDS[-1]})]


def _zipped(files: Mapping[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, content in files.items():
            package.writestr(name, content)
    return stream.getvalue()


def read_once(data: bytes) -> None:
    """Raises if a reader does, or if what it gives is unsound."""
    if not data:
        return
    name = NAMES[data[0] % len(NAMES)]
    for found in read_bytes(data[1:], name=name, limits=LIMITS):
        if isinstance(found, ReadError):
            continue
        if not isinstance(found, Article) or not found.text.strip() or "\0" in found.text:
            raise AssertionError(f"unsound article from {name}")
        (found.title + found.text + "".join(found.authors)).encode()


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--findings", type=Path, default=Path("fuzz-findings"))
    parser.add_argument("--replay", type=Path)
    options = parser.parse_args()
    if options.replay:
        read_once(options.replay.read_bytes())
        return
    options.findings.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as corpus:
        for number, seed in enumerate(seeds()):
            Path(corpus, f"seed{number}").write_bytes(bytes([number]) + seed)
        limits = ["-timeout=25", "-rss_limit_mb=3000", "-max_len=16384", f"-max_total_time={int(options.minutes * 60)}"]
        atheris.Setup(
            [sys.argv[0], f"-artifact_prefix={options.findings}/", "-print_final_stats=1", *limits, corpus], read_once
        )
        atheris.Fuzz()


if __name__ == "__main__":
    main()
