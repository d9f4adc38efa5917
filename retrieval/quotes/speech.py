"""Tells somebody's words from titles, nicknames, scare quotes and words mentioned as words.

Rules on the words between the marks and on the sentence around them; they take no parse. In another language than
English only the rules on form hold, and what they don't exclude counts as speech.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from retrieval.articles import Kind, Span
from retrieval.quotes.lexicon import SAYING, THINKING
from retrieval.quotes.scanner import Stretch
from retrieval.quotes.verb_forms import inflected

_NAME_WORDS = 7
_REACH = 200
"""How many characters of a sentence count before and after a stretch."""

_WORD = re.compile(r"[^\W_]+(?:['’\-.][^\W_]+)*")
_SENTENCE_BREAK = re.compile(r"[.!?…]+[\"”’')\]]*\s+(?=[“\"‘'(\[]*[A-Z])|\n")
_FINITE = re.compile(
    r"\b(?:is|are|was|were|am|be|been|have|has|had|do|does|did|will|would|can|could|should|must|may|might|shall)\b"
    r"|\w(?:n['’]t|['’](?:re|ve|ll|m|d))\b",
    re.IGNORECASE,
)
_LAST_WORD = re.compile(r"([^\W_]+(?:['’\-.][^\W_]+)*)\s*$")
_SEE = re.compile(r"\b[Ss]ee(?: also)?\s*$")
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_SMALL = frozenset("a an the of and or in on for to with at by from as vs".split())
_NAMED = frozenset(
    """called titled entitled dubbed named nicknamed termed labelled labeled branded christened so-called self-described
    self-styled""".split()
)
_NAMED_THINGS = frozenset(
    """word phrase term slogan motto title song songs album single track tracks film movie book novel show series
    programme program play poem nickname alias expression concept""".split()
)
_ALSO_TELLING = frozenset(
    """persuade portray question convince express commit refer suspect depict seek put speak laud applaud commend
    deplore blame list according""".split()
)
_RATHER_NOUNS = frozenset(
    """answer attack blast blog boast brand call caution chant claim comment complaint counter cry demand echo email
    hint hit joke label lecture list message note object order plead pledge post praise project promise protest quote rage
    rail rant read reason reflect remark repeat reply report signal sing state tease term text thank tout tweet voice
    volunteer vow welcome wonder hope fear view love hate doubt wish judge question blame""".split()
)


@dataclass(frozen=True, slots=True)
class Setting:
    """A stretch's words, and what stands before and after it in its sentence."""

    quoted: str
    before: str
    after: str
    single: bool
    nested: bool
    joined: bool  # part of an utterance of several stretches
    starts_paragraph: bool
    ends_paragraph: bool

    @property
    def words(self) -> list[str]:
        return _WORD.findall(self.quoted)

    @property
    def previous(self) -> str:
        """The word directly before the mark, lower case."""
        match = _LAST_WORD.search(self.before)
        return match[1].lower() if match else ""

    @property
    def introduced(self) -> bool:
        """A colon, or a verb of saying with or without a comma, leads to the words."""
        before = self.before.rstrip()
        return before.endswith(":") or self.previous in _telling() or (before.endswith(",") and _tells(before))

    @property
    def followed(self) -> bool:
        """A reporting clause follows: '…," she said'."""
        comma = self.quoted.endswith((",", "!", "?")) or self.after.startswith(",")
        return comma and _tells(" ".join(self.after.split(maxsplit=6)[:6]))

    @property
    def reported(self) -> bool:
        """Somewhere in the sentence somebody says or thinks something."""
        return _tells(self.before) or _tells(self.after)

    @property
    def clause(self) -> bool:
        return bool(_FINITE.search(self.quoted))

    @property
    def titled(self) -> bool:
        """Every word that counts has a capital."""
        content = [word for word in self.words if word.lower() not in _SMALL]
        return len(self.words) > 1 and bool(content) and all(word[0].isupper() or word[0].isdigit() for word in content)


def kinds(text: str, stretches: Sequence[Stretch]) -> tuple[Kind, ...]:
    """For each stretch DIRECT, MIXED or NESTED if it is speech, MENTION if it is not."""
    found: list[Kind] = []
    members = Counter(stretch.utterance for stretch in stretches)
    for stretch in stretches:
        around = stretches[stretch.parent].inner if stretch.parent is not None else Span(0, len(text))
        setting = _setting(text, stretch, around, joined=members[stretch.utterance] > 1)
        in_speech = stretch.parent is not None and found[stretch.parent] is not Kind.MENTION
        found.append(Kind.MENTION if is_mention(setting) else Kind.NESTED if in_speech else _kind(setting))
    return tuple(found)


def is_mention(setting: Setting) -> bool:
    """Nobody's words: the first of the rules that knows."""
    if _is_markup(setting) or _is_title(setting):
        return True
    if setting.joined:
        return False
    return any(rule(setting) for rule in (_is_named, _is_name, _is_aside, _is_label, _is_scare_quote))


def _is_markup(setting: Setting) -> bool:
    return setting.before.endswith("=") or not any(map(str.isalpha, _BRACKETED.sub("", setting.quoted)))


def _is_title(setting: Setting) -> bool:
    alone = setting.starts_paragraph and setting.ends_paragraph
    if _SENTENCE_BREAK.search(setting.quoted):
        return False
    return setting.titled and not (setting.clause or setting.introduced or setting.followed or alone)


def _is_named(setting: Setting) -> bool:
    """The song "…", a film called "…", the so-called "…"; not: called the plan "…"."""
    if len(setting.words) > _NAME_WORDS or setting.clause:
        return False
    near = {word.lower() for word in _WORD.findall(setting.before)[-3:]}
    of_a_thing = not near.isdisjoint(_NAMED_THINGS) and (setting.titled or len(setting.words) == 1)
    directly = setting.previous in _NAMED or setting.previous in _NAMED_THINGS
    return "so-called" in near or directly or (of_a_thing and not setting.introduced)


def _is_name(setting: Setting) -> bool:
    """One word with a capital in mid-sentence: a nickname, a product, a name."""
    alone = len(setting.words) == 1 and setting.words[0][0].isupper()
    return alone and not (setting.introduced or setting.followed or setting.starts_paragraph)


def _is_aside(setting: Setting) -> bool:
    """(see 'The cost of growth')"""
    return bool(_SEE.search(setting.before)) or (setting.before.endswith("(") and not setting.clause)


def _is_label(setting: Setting) -> bool:
    """One or two words inside a quotation or a heading."""
    heading = (
        setting.single and setting.starts_paragraph != setting.ends_paragraph and not setting.after.startswith(":")
    )
    short = len(setting.words) <= 3 and not setting.clause
    return short and (setting.nested or heading) and not setting.introduced


def _is_scare_quote(setting: Setting) -> bool:
    """A few words in a sentence in which nobody says anything."""
    short = len(setting.words) <= 4 and not setting.clause
    return short and not setting.reported and not setting.introduced and not setting.starts_paragraph


def _kind(setting: Setting) -> Kind:
    sentence = setting.quoted[:1].isupper() and setting.quoted.endswith((".", "!", "?", "…", ","))
    whole = setting.introduced or setting.starts_paragraph or setting.followed or setting.clause
    return Kind.DIRECT if setting.joined or (sentence and whole) else Kind.MIXED


def _setting(text: str, stretch: Stretch, around: Span, *, joined: bool) -> Setting:
    outer = stretch.outer
    before = text[max(around.start, outer.start - _REACH) : outer.start]
    after = text[outer.end : min(around.end, outer.end + _REACH)]
    breaks = list(_SENTENCE_BREAK.finditer(before))
    ending = _SENTENCE_BREAK.search(after)
    return Setting(
        quoted=stretch.inner.of(text),
        before=before[breaks[-1].end() :] if breaks else before,
        after=after[: ending.start()] if ending else after,
        single=text[outer.start] in "'‘‹`‚‛",
        nested=stretch.parent is not None,
        joined=joined,
        starts_paragraph=not before.strip() or before.endswith("\n"),
        ends_paragraph=not after.strip() or after.startswith("\n"),
    )


def _tells(words: str) -> bool:
    return any(word.lower() in _telling() or word.lower() in _thinking() for word in _WORD.findall(words))


@cache
def _telling() -> frozenset[str]:
    return inflected(SAYING | _ALSO_TELLING) - _RATHER_NOUNS


@cache
def _thinking() -> frozenset[str]:
    return inflected(THINKING) - _RATHER_NOUNS
