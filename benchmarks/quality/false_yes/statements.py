"""Sentences of quotations as statements that a question can take up: "the dam is safe"."""

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.quality.false_yes.values import Said

SHORTEST, LONGEST = 6, 22
"""Words of a statement that people would type."""
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
LEADING = re.compile(
    r"^(?:And|But|So(?! far)|However|Well|Yes|No|Look|Now|Also|Instead|Obviously|Of course|Unfortunately"
    r"|I think|I believe),? "
)
AUXILIARY = re.compile(r"\b(is|are|was|were|will|would|could|should|must|can|may|might|has|have|had)\b")
UNFIT = re.compile(r"[“”\"()\[\]…–—\n;:*]|\.\.|--|\b(?:I|me|my|mine|myself|you|your|yours)\b|(?<!\w)['‘]|\bI['’]")
OPENING = frozenset(
    "it its this that these those he they his her their there here what who how when why where if because which as not"
    " nor or let please thank thanks then than maybe perhaps she just check see".split()
)
OPENING_WORDS = 8
"""Words of a statement among which its verb stands; a later one is a subordinate clause's."""
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
WAYS = (
    "did {} say that {}?",
    "did {} say {}?",
    "Did {} really say that {}?",
    "Has {} said that {}?",
    "did {} ever say {}?",
)


@dataclass(frozen=True, slots=True)
class Statement:
    """`text` begins as it would behind "that"; `said` holds the words it is taken from."""

    text: str
    said: Said


class Vocabulary:
    """Which words an archive writes with a capital inside sentences."""

    def __init__(self, texts: Sequence[str]) -> None:
        inner = Counter(word for text in texts for word in re.findall(r"(?<=[a-z,] )[^\W\d_]+", text))
        self._small, self._capital = Counter[str](), Counter[str]()
        for word, count in inner.items():
            (self._small if word.islower() else self._capital)[word.lower()] += count

    def lowered(self, text: str) -> str:
        """Return `text` as it stands behind "that": its first word keeps a capital if it has one everywhere."""
        first = re.match(r"[^\W\d_]+", text)
        word = first.group() if first else ""
        keeps = word.lower() not in self._small or self._capital[word.lower()] > self._small[word.lower()]
        return text if keeps or (word.isupper() and len(word) > 1) else text[:1].lower() + text[1:]


def statements(said: Sequence[Said], vocabulary: Vocabulary) -> Iterator[Statement]:
    """Yield whole sentences of direct quotations that are understood alone, each text once."""
    seen: set[str] = set()
    for one in said:
        if one.reported or not one.text[:1].isupper():
            continue
        for sentence in SENTENCE.split(one.text.strip()):
            text = vocabulary.lowered(LEADING.sub("", sentence).strip())
            ended = sentence.rstrip()[-1:] in ".,!"
            if ended and is_fit(text) and text.rstrip(".,!") not in seen:
                seen.add(text.rstrip(".,!"))
                yield Statement(text.rstrip(".,!"), one)


def is_fit(text: str) -> bool:
    """Whether a sentence has a length, an auxiliary, and nothing that is understood from before alone."""
    words = WORD.findall(text)
    first = re.split("['’]", words[0].lower())[0] if words else ""
    if not SHORTEST <= len(words) <= LONGEST or first in OPENING or "?" in text or re.search(r"\b[A-Z]\.?$", text):
        return False
    return not UNFIT.search(text) and AUXILIARY.search(" ".join(text.split()[:OPENING_WORDS])) is not None


def question(speaker: str, statement: str, chance: random.Random) -> str:
    """Return a question as people ask it, sometimes in lower case."""
    asked = chance.choice(WAYS).format(speaker, statement)
    return asked.lower() if chance.random() < 0.15 else asked
