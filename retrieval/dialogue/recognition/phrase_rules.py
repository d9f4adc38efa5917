"""Phrase rules: what a message of a certain form wants, read from a TOML file."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from retrieval.dialogue.intents import ArchiveTopic, IntentKind, SmallTalkTopic
from retrieval.text.patterns import LinearPattern, linear

_PART = re.compile(r"\{([A-Z_]+)\}")


@dataclass(frozen=True, slots=True)
class PhraseRule:
    """Messages that want one thing. A rule applies where one of `patterns` fits the whole message.

    `question` is the question in English that the named groups of the match are put into. `group` asks that the speaker
    is described as many, `role` that it is described by an office or job, `speaker` that it may be a name or an office,
    `names_only` that all speakers are known ones, `period` that the message names a period; `opposing` makes the named
    speaker the one who is opposed.
    """

    kind: IntentKind
    patterns: tuple[LinearPattern, ...]
    small_talk: SmallTalkTopic | None = None
    archive: ArchiveTopic | None = None
    question: str | None = None
    group: bool = False
    role: bool = False
    speaker: bool = False
    names_only: bool = False
    period: bool = False
    opposing: bool = False


@dataclass(frozen=True, slots=True)
class PhraseBook:
    """What is known of the ways in which messages are put.

    `crowds` are nouns that describe many people, `anybody` those that describe anybody, `alike` has the nouns that may
    describe the same person, `spelling` puts the spellings of chats right; `openings` may stand before a wish and say
    nothing, `endings` behind it.
    """

    crowds: frozenset[str]
    anybody: frozenset[str]
    alike: Mapping[str, frozenset[str]]
    spelling: Mapping[str, str]
    openings: LinearPattern
    endings: LinearPattern
    rules: tuple[PhraseRule, ...]


@cache
def phrase_book() -> PhraseBook:
    """Return the bundled phrase book, which is read once a process."""
    file = resources.files("retrieval.dialogue.recognition").joinpath("phrases.toml")
    return read_phrases(file.read_text(encoding="utf-8"))


def read_phrases(content: str) -> PhraseBook:
    """Return the phrase book of a TOML text. Raises KeyError for a part, ValueError for a kind, that doesn't exist."""
    table = tomllib.loads(content)
    parts: dict[str, str] = {}
    for name, pattern in table["parts"].items():
        parts[name] = _filled(pattern, parts)
    return PhraseBook(
        frozenset(table["crowds"]),
        frozenset(table["anybody"]),
        _alike(table["alike"]),
        table["spelling"],
        linear(_filled(table["opening"], parts), ignore_case=True),
        linear(_filled(table["ending"], parts), ignore_case=True),
        tuple(_rule(row, parts) for row in table["rule"]),
    )


def _alike(groups: Sequence[Sequence[str]]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for group in groups:
        for word in group:
            found[word] = found.get(word, frozenset()) | frozenset(group)
    return found


def _rule(row: Mapping[str, Any], parts: Mapping[str, str]) -> PhraseRule:
    kind, about = IntentKind(row["kind"]), str(row.get("about"))
    flags = {name: row.get(name, False) for name in ("group", "role", "speaker", "names_only", "period", "opposing")}
    return PhraseRule(
        kind,
        tuple(linear(_filled(pattern, parts), ignore_case=True) for pattern in row["patterns"]),
        SmallTalkTopic(about) if kind is IntentKind.SMALL_TALK else None,
        ArchiveTopic(about) if kind is IntentKind.ARCHIVE else None,
        row.get("question"),
        **flags,
    )


def _filled(pattern: str, parts: Mapping[str, str]) -> str:
    return _PART.sub(lambda match: parts[match[1]], pattern)
