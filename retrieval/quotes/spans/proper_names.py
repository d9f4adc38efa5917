"""Proper names read from the text alone: titles, particles, initials, nicknames in marks, suffixes and handles.

Entity recognition knows few names of other languages; where an article's form shows that a name stands, capital letters
tell how far it goes.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.domain import Span
from retrieval.text.lexicon import tagged
from retrieval.text.person_names.names import first_names, fold, is_title

MAX_NAME_WORDS = 7
WORD = re.compile(
    r"\(ret\.\)|\([A-Z][\w.’'-]{0,8}\)"  # (ret.), (D-N.M.)
    r"|[“\"‘'][^“”\"‘’'\n,.]{2,20}[”\"’'](?=\s)"  # a nickname
    r"|@\w+(?:\.\w+)*"
    r"|[^\s,;:()\[\]“”\"«»—–]+|[^\s]"
)
JOINED_PARTICLE = re.compile(r"[^\W\d_A-Z]{1,3}['’-][A-Z]|[A-Z]['’-]?[A-Z]")
INITIALS = re.compile(r"(?:[^\W\d_]\.-?){1,3}")
BEHIND_TITLE = frozenset({"em.", "h.c.", "(ret.)"})
PARTICLES = frozenset({"y", "wa", "e", "bint", "ter", "zu", "af", "’t", "'t"})
HONOURS = ("His", "Her", "Their")


@dataclass(frozen=True, slots=True)
class TextWord:
    """A word or a mark of a text, with its offsets."""

    text: str
    start: int
    end: int

    @property
    def plain(self) -> str:
        """Return the word folded, without a stop behind."""
        return fold(self.text).rstrip(".")


@dataclass(frozen=True, slots=True)
class NameReading:
    """A name as it stands in a text.

    `span` leaves titles and suffixes out; `behind` is the index of the first word behind the name; `words` counts its
    words; `titled`: a title or a role stands before it; `likely`: title, handle or first name show that it is one;
    `closed`: a stop ends it.
    """

    span: Span
    behind: int
    words: int
    titled: bool
    likely: bool
    closed: bool


def text_words(text: str, span: Span) -> list[TextWord]:
    """Return the words and marks of a stretch of text."""
    return [TextWord(m[0], m.start(), m.end()) for m in WORD.finditer(text, span.start, span.end)]


def read_name(words: Sequence[TextWord], first: int = 0) -> NameReading | None:
    """Return the name that begins at a word, None where none does; a genitive ("Lee's") is none."""
    start = _behind_titles(words, first)
    at, count, last, closed = start, 0, start, False
    while at < len(words) and count < MAX_NAME_WORDS and not closed:
        word = words[at]
        if word.text.startswith("@") and not count:
            return NameReading(Span(word.start, word.end), at + 1, 1, False, True, False)
        if count and word.plain in tagged("name_suffix", "honour"):
            break
        if count and words[last].text.endswith(("’s", "'s")):
            return None
        if _is_name_word(word, first=not count):
            closed = word.text.endswith((".", "!", "?")) and not _is_initials(word.text)
            count, last, at = count + 1, at, at + 1
        elif _joins(words, at, begun=count > 0):
            at += 1
        else:
            break
    if not count or words[last].text.endswith(("’s", "'s", "s’")):
        return None
    end = words[last].end - (len(words[last].text) - len(words[last].text.rstrip(".!?…")) if closed else 0)
    behind = _behind_suffix(words, last + 1)
    likely = start > first or fold(words[start].text) in first_names()
    return NameReading(Span(words[start].start, end), behind, count, start > first, likely, closed)


def _behind_titles(words: Sequence[TextWord], first: int) -> int:
    """Return the index of the first word behind titles and roles in front of a name."""
    at = first
    while at + 1 < len(words):
        word = words[at].text
        honour = word in HONOURS and words[at + 1].text[:1].isupper()
        titled = is_title(word) or fold(word) in tagged("person_noun")
        behind = word in BEHIND_TITLE and at > first
        if not (behind or honour or (titled and (word[:1].isupper() or at + 1 < len(words)))):
            break
        at += 1
    return at if at < len(words) and _is_name_word(words[at], first=True) else first


def _is_initials(word: str) -> bool:
    return bool(INITIALS.fullmatch(word))


def _is_name_word(word: TextWord, *, first: bool) -> bool:
    bare = word.plain
    if not word.text[:1].isalpha() or bare in tagged("calendar_word") or bare.endswith(("-based", "-born")):
        return False
    small = bare in tagged("stopword", "subordinator", "question_word", "description_determiner") or bare == "one"
    if first and small and not _is_initials(word.text) and not (bare in first_names() and len(bare) > 2):
        return False
    return word.text[0].isupper() or bool(JOINED_PARTICLE.match(word.text))


def _joins(words: Sequence[TextWord], at: int, *, begun: bool) -> bool:
    """Return whether a particle or a nickname stands here, and more of the name behind it."""
    word = words[at]
    nickname = begun and len(word.text) > 2 and word.text[0] in "“\"‘'" and word.text[-1] in "”\"’'"
    particle = word.text.islower() and (word.text in tagged("name_particle") or (begun and word.text in PARTICLES))
    if not (nickname or particle):
        return False
    behind = [other for other in words[at + 1 : at + 3] if other.text not in tagged("name_particle") | PARTICLES]
    return bool(behind) and _is_name_word(behind[0], first=False)


def _behind_suffix(words: Sequence[TextWord], at: int) -> int:
    """Return the index behind "Jr.", ", MP" and "(D-N.M.)"."""
    comma = at < len(words) and words[at].text == ","
    suffix = words[at + comma] if at + comma < len(words) else None
    if suffix is None or not (suffix.text[:1].isupper() or suffix.text.startswith("(")):
        return at
    bracket = not comma and suffix.text.startswith("(") and len(suffix.text) > 2 and suffix.text != "(ret.)"
    return at + comma + 1 if bracket or suffix.plain in tagged("name_suffix", "honour") else at
