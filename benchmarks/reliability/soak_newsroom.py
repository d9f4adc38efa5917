"""What comes in on a day of the soak: articles in a watched folder, and questions about them, some hostile."""

import gzip
from collections.abc import Iterator
from itertools import count, cycle
from pathlib import Path
from random import Random

from benchmarks.reliability.hostile_texts import NAMES, SHAPES, SURNAMES

HOSTILE = 10
"""One in so many articles and questions is hostile."""
CHANGED = 40
"""One in so many articles is an earlier one with other words."""
SYLLABLES = "ka lo mi ten dar su vel ro ni pash tor gu lim be har co fen ju wy ex".split()
VOCABULARY = [first + second for first in SYLLABLES for second in SYLLABLES]
FILES = (
    ("report.txt", b"Report\n\nThe pier opened. \xe2\x80\x9cIt will hold\xe2\x80\x9d said Rook.\n"),
    ("share.txt", b"Title\n\nshare" + b" copy link" * 40 + b" zz"),
    ("bomb.json.gz", gzip.compress(b"[" + b"[]," * 3_000_000 + b"[]]")),
    ("deep.json", b"[" * 100_000),
    ("odd.html", b'<meta charset="undefined"><p>\xff</p>'),
    ("empty.docx", b"PK\x03\x04 nothing"),
)


class Newsroom:
    """Writes articles into a folder, and makes up questions about them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.written = 0
        self._shapes = cycle(SHAPES.values())

    def write(self) -> None:
        """Write the next article: hostile, changed or plain."""
        self.written += 1
        number = self.written
        if number % HOSTILE == 0:
            data = next(self._shapes)(3_000).encode(errors="replace")
        elif number % CHANGED == 1 and number > CHANGED:
            number -= CHANGED // 2
            data = self._article(number, "was closed")
        else:
            data = self._article(number, "was opened")
        broken = b"\xff\xfe\x00" if self.written % 97 == 0 else b""
        head = f"---\ntitle: Report {number}\ndate: 2026-01-01\n---\n\n".encode()
        (self.folder / f"{number}.md").write_bytes(head + data + broken)

    def questions(self) -> Iterator[tuple[str, str]]:
        """Yield the kind and the words of one question after the other."""
        for number in count(1):
            known = number * 7 % max(self.written, 1) + 1
            if number % HOSTILE == 0:
                yield ("check", "ask")[number // HOSTILE % 2], next(self._shapes)(300)[:300]
            elif number % 7 == 0:
                yield "mention", f"who said that gate {known} will serve us well?"
            elif number % 7 == 1:
                yield "check", f"“Gate {known} will serve us well”"
            elif number % 7 == 2:
                yield "timeline", SURNAMES[number % len(SURNAMES)]
            elif number % 399 == 3:
                yield "add", ""
            else:
                yield "ask", f"what did {self._name(known)} say about gate {known}?"

    @staticmethod
    def _name(number: int) -> str:
        return f"{NAMES[number % len(NAMES)]} {SURNAMES[number // 3 % len(SURNAMES)]}"

    def _article(self, number: int, verb: str) -> bytes:
        some = Random(number)
        first, second, third = (" ".join(some.choices(VOCABULARY, k=25)) for _ in range(3))
        name, surname = self._name(number), SURNAMES[number % len(SURNAMES)]
        return (
            f"Gate {number} of the town {verb} on Monday, {first}. {name} came early, and {surname} was late.\n\n"
            f"“Gate {number} will serve us well, {second}” said {surname}, who built it in {number % 40 + 1} days.\n\n"
            f"“Nobody asked for gate {number}, and it {verb}, {third}” said {name.split()[1]} later.\n"
        ).encode()
