"""Nothing that lives as long as the bot grows without a limit: caches have a size, what else grows was looked at."""

import ast
from collections.abc import Iterator

from retrieval.text.caching import cached_by_text
from tests.structure.tree import PRODUCT, modules, parsed

LONG_LIVED = (
    "bot", "retrieval/answering", "retrieval/dialogue", "retrieval/embedding", "retrieval/fetching", "retrieval/guilds",
    "retrieval/ingest", "retrieval/ranking", "retrieval/sandbox", "retrieval/search", "retrieval/sources",
    "retrieval/speakers", "retrieval/store", "retrieval/text",
)  # fmt: skip
GROWING = frozenset(("dict", "set", "list", "Counter", "defaultdict", "OrderedDict", "deque"))
LOOKED_AT = {
    "DiscordWorld._languages": "the playground's",
    "FairQueue._waiting": "refuses who comes when it is full",
    "FaultTable._waiting": "the playground's",
    "Gateway._sessions": "the playground's",
    "GuildSettingsService._known": "a row of the archive for each guild, deleted when the bot leaves it",
    "NameDirectory._owners": "made anew from the archive's speakers",
    "NameIndex._endings": "made once",
    "NameIndex._names": "made once",
    "OnTheRecord.command_ids": "the commands that there are",
    "Responder._answering": "answers under way: each leaves when it ends",
    "Rest._sent": "the playground's",
    "SpeakerClusters._links": "made once",
    "WatchNotices._failures": "watches that are active",
    "WorkerPool._workers": "as many as the pool has",
}
"""Containers that begin empty and have no size in their type, with what limits them."""
CACHED = {
    "catalogue": "the languages that there are",
    "inflected": "tags of the lexicon",
    "language_lexicon": "the languages that there are",
    "linear": "512 patterns, of the product's own words",
    "surname_keys": "65,536 names as they are compared",
    "tagged": "tags of the lexicon",
}
"""Functions with arguments whose results are kept otherwise than by `cached_by_text`."""


def _classes() -> Iterator[ast.ClassDef]:
    for file in modules(*LONG_LIVED):
        yield from (node for node in ast.walk(parsed(file)) if isinstance(node, ast.ClassDef))


def _begins_empty(value: ast.expr | None) -> bool:
    match value:
        case ast.Dict(keys=[]) | ast.List(elts=[]):
            return True
        case ast.Call(args=[], keywords=keywords):
            name = ast.unparse(value.func).rpartition(".")[2].partition("[")[0]
            return name in GROWING and not any(keyword.arg == "maxlen" for keyword in keywords)
        case _:
            return False


def _growing(holder: ast.ClassDef) -> Iterator[str]:
    for node in ast.walk(holder):
        if isinstance(node, ast.AnnAssign | ast.Assign) and _begins_empty(node.value):
            target = node.target if isinstance(node, ast.AnnAssign) else node.targets[0]
            if isinstance(target, ast.Attribute) and ast.unparse(target.value) == "self":
                yield f"{holder.name}.{target.attr}"


def test_whatever_grows_in_a_long_lived_object_has_a_size_or_has_been_looked_at():
    assert {name for holder in _classes() for name in _growing(holder)} - set(LOOKED_AT) == set()


def test_results_are_kept_by_text_with_limits_alone():
    kept = set()
    for file in modules(*PRODUCT):
        for node in ast.walk(parsed(file)):
            if isinstance(node, ast.FunctionDef) and (node.args.args or node.args.vararg):
                marks = [ast.unparse(mark).partition("(")[0] for mark in node.decorator_list]
                kept |= {node.name for mark in marks if mark in ("cache", "lru_cache", "functools.cache")}
    assert kept - set(CACHED) == set()


def test_a_cache_by_text_keeps_no_long_text():
    calls = []

    @cached_by_text(most=2, longest=4)
    def length(text: str) -> int:
        calls.append(text)
        return len(text)

    assert [length(text) for text in ("a", "a", "abcde", "abcde")] == [1, 1, 5, 5]
    assert calls == ["a", "abcde", "abcde"]
    assert [length(text) for text in ("b", "c", "a")] == [1, 1, 1]
    assert calls[3:] == ["b", "c", "a"]
