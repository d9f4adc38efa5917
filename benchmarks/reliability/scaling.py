"""Measure how the time of every reader grows with the length of hostile input.

    python -m benchmarks.reliability.scaling [--markdown] [READER ...]

Every shape is built at doubled sizes up to what the reader allows; the time of a doubling must grow by at most 2.5.
Sizes are in characters, times in milliseconds of processor time. Exits with 1 if a shape grows faster.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from retrieval.domain import Article
from retrieval.errors import ReadError
from retrieval.readers.files import read_bytes
from retrieval.sources.feeds import read_feed
from retrieval.sources.sitemaps import read_sitemap

FACTOR = 2.5
FLOOR = 0.3  # seconds of processor time, from which on a doubling is judged
ENOUGH = 6.0  # seconds, after which no larger size is tried

Reader = Callable[[bytes], object]


@dataclass(frozen=True)
class Shape:
    """Hostile input of any size for one reader; `text` returns it with about `size` characters."""

    reader: str
    name: str
    text: Callable[[int], str]
    most: int


def _read(name: str) -> Reader:
    def read(data: bytes) -> list[Article | ReadError]:
        return list(read_bytes(data, name=name))

    return read


def _tolerant(read: Callable[[bytes, str], object]) -> Reader:
    def tolerant(data: bytes) -> object:
        try:
            return read(data, "https://outside.example/")
        except ReadError as error:
            return error

    return tolerant


READERS: dict[str, Reader] = {
    "text": _read("a.txt"),
    "markdown": _read("a.md"),
    "page": _read("a.html"),
    "json": _read("a.json"),
    "json lines": _read("a.jsonl"),
    "warc": _read("a.warc"),
    "feed": _tolerant(read_feed),
    "sitemap": _tolerant(read_sitemap),
}
MB = 1 << 20


def _repeated(unit: str, head: str = "", tail: str = "") -> Callable[[int], str]:
    return lambda size: head + unit * max(1, (size - len(head) - len(tail)) // len(unit)) + tail


def _nested(opening: str, closing: str, head: str = "", tail: str = "") -> Callable[[int], str]:
    def text(size: int) -> str:
        depth = max(1, size // (len(opening) + len(closing)))
        return head + opening * depth + "x" + closing * depth + tail

    return text


def _indented(size: int) -> str:
    return "".join(f"{'  ' * depth}- a\n" for depth in range(int(size**0.5)))


_TEXT_UNITS = {
    "one word": "a",
    "blanks": " ",
    "empty lines": "\n",
    "short lines": "a\n",
    "share bars": "share copy link ",
    "by-lines": "By Ada Roe, editor\n",
    "dates": "3 March 2026 ",
    "date lines": "Published: 3 March 2026\n",
    "bars": "a | ",
    "brackets": "[a",
    "quotation marks": "“",
    "hyphens at line ends": "light-\n",
    "wrapped lines": "a line that goes on and on and on until it is full\n",
    "credits": "(photo: ",
    "carriage returns": "\r",
}
_MARKDOWN_UNITS = {
    "headings": "# a\n",
    "blanks behind #": " ",
    "brackets": "[",
    "links": "[a](b",
    "stars": "*a ",
    "underscores": "_a_",
    "backticks": "`a",
    "quotes": "> ",
    "list items": "- a\n",
    "tables": "|a|b\n",
    "entities": "&amp;",
    "html": "<b>",
}
_PAGE_HEAD = "<html><body><article><h1>T</h1><p>The council said on Tuesday that the ferry would stay in service.</p>"
_PAGE_UNITS = {
    "paragraphs": "<p>The council said on Tuesday that the ferry would stay. </p>",
    "short paragraphs": "<p>a.</p>",
    "line breaks": "a<br>",
    "open divisions": "<div>a",
    "open quotations": "<q>a",
    "quotations": "<q>a</q>",
    "deletions": "<del>a</del> ",
    "posts": "<blockquote class=twitter-tweet><p>a</p>- b</blockquote>",
    "tables": "<table><tr><td>a</td><td>“a b c”</td></tr></table>",
    "rows": "<tr><td>a<td>“a b c”",
    "set-apart quotations": "<blockquote><p>a</p><cite>Ada Roe</cite></blockquote>",
    "open block quotations": "<blockquote>",
    "links": "<a href=x>a</a>",
    "entities": "&amp;quot;",
    "comments": "<!-- a -->",
    "attributes": " a1=b",
    "meta elements": "<meta name=author content='By Ada Roe'>",
    "by-lines": "<span class=byline>By Ada Roe</span>",
    "times": "<time datetime=2026-03-03>",
    "classes": "<p class='a b c d e f'>a",
    "JSON-LD": '<script type=\'application/ld+json\'>{"@type":"Article"}</script>',
    "one long word": "a",
    "quotation marks": "“a” ",
}
_JSON_UNITS = {"lists": "[],", "numbers": "1,", "objects": '{"title":"a","text":"b"},', "text": '"a",', "blanks": " "}
_LINE_UNITS = {"articles": '{"title":"a","text":"b"}\n', "broken lines": "{\n", "empty lines": "\n", "words": "a"}
_FEED_UNITS = {"items": "<item><link>http://a.example/b</link></item>", "titles": "a", "entities": "&lt;b&gt;"}
_SITEMAP_UNITS = {"addresses": "<url><loc>http://a.example/b</loc></url>", "empty": "<url/>", "words": "a"}


def shapes() -> Iterator[Shape]:
    """Yield all shapes."""
    for name, unit in _TEXT_UNITS.items():
        yield Shape("text", name, _repeated(unit, "Title\n\n"), 2 * MB)
    for name, unit in _MARKDOWN_UNITS.items():
        yield Shape("markdown", name, _repeated(unit, "#" if unit == " " else "", " a"), 400_000)
    yield Shape(
        "markdown",
        "nested lists",
        lambda size: "".join(f"{' ' * (2 * n)}- a\n" for n in range(int(size**0.5))),
        400_000,
    )
    for name, unit in _PAGE_UNITS.items():
        head = _PAGE_HEAD + ("<p" if name == "attributes" else "<table>" if name == "rows" else "<p>")
        yield Shape("page", name, _repeated(unit, head), 8 * MB)
    for tag in ("div", "span", "b", "ul", "table", "blockquote"):
        yield Shape("page", f"nested <{tag}>", _nested(f"<{tag}>", f"</{tag}>", _PAGE_HEAD), 8 * MB)
    for name, unit in _JSON_UNITS.items():
        yield Shape("json", name, _repeated(unit, "[", "1]"), 20 * MB)
    yield Shape("json", "nested lists", _nested("[", "]"), 20 * MB)
    for name, unit in _LINE_UNITS.items():
        yield Shape("json lines", name, _repeated(unit), 16 * MB)
    yield Shape("warc", "broken records", _repeated("WARC/1.0\r\n\r\n"), 4 * MB)
    yield Shape("warc", "header lines", _repeated("A: b\r\n", "WARC/1.0\r\n"), 4 * MB)
    for name, unit in _FEED_UNITS.items():
        head = "<rss version='2.0'><channel>" + (
            "" if name == "items" else "<item><link>http://a.example/b</link><title>"
        )
        yield Shape("feed", name, _repeated(unit, head), MB)
    for name, unit in _SITEMAP_UNITS.items():
        yield Shape("sitemap", name, _repeated(unit, "<urlset>", "</urlset>"), 20 * MB)


@dataclass(frozen=True)
class Growth:
    """The size of a shape that takes longest, its time, and the steepest doubling; 0 if all are too quick."""

    size: int
    milliseconds: float
    steepest: float


def measure(shape: Shape) -> Growth:
    """Return how the time of a shape grows. Doublings of less than FLOOR seconds are too quick to tell."""
    size, before, steepest = 16 * 1024, 0.0, 0.0
    worst = (0.0, size)
    while True:
        took = seconds(shape, size)
        worst = max(worst, (took, size))
        if before >= FLOOR / 2 and took >= FLOOR:
            steepest = max(steepest, took / before)
        if 2 * size > shape.most or took > ENOUGH:
            return Growth(worst[1], 1000 * worst[0], steepest)
        size, before = 2 * size, took


def seconds(shape: Shape, size: int) -> float:
    """Return the processor time of reading a shape of about `size` characters."""
    read, data, best = READERS[shape.reader], shape.text(min(size, shape.most)).encode(), float("inf")
    for _ in range(2):
        started = time.process_time()
        read(data)
        best = min(best, time.process_time() - started)
        if best > 1:
            break
    return best


def main() -> None:
    """Print a line for each shape."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("readers", nargs="*", metavar="READER", help=", ".join(READERS))
    parser.add_argument("--markdown", action="store_true", help="print the table of docs/security.md")
    options = parser.parse_args()
    if options.markdown:
        print("| reader | shape | characters | ms | steepest doubling |")
        print("|---|---|---|---|---|")
    steep = False
    for shape in shapes():
        if options.readers and shape.reader not in options.readers:
            continue
        found = measure(shape)
        steep = steep or found.steepest > FACTOR
        told = f"{found.steepest:.1f}" if found.steepest else "too quick to tell"
        cells = (shape.reader, shape.name, f"{found.size:,}", f"{found.milliseconds:,.0f}", told)
        print("| " + " | ".join(cells) + " |" if options.markdown else "\t".join(cells), flush=True)
    sys.exit(1 if steep else 0)


if __name__ == "__main__":
    main()
