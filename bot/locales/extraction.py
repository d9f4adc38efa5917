"""For `pybabel extract`: a module's texts, the names and descriptions of its commands, and the sentences of reasons."""

import importlib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

import discord
from babel.messages.extract import extract_python
from discord import app_commands
from discord.ext import commands

from bot.locales import NAME
from bot.locales.commands import texts
from retrieval.dialogue.replies import ENGLISH as REPLIES
from retrieval.reasons import ENGLISH, ReasonCode


def extract(
    file: IO[bytes], keywords: Mapping[str, Any], comment_tags: Collection[str], options: dict[str, Any]
) -> Iterator[tuple[Any, ...]]:
    """As Babel asks for it: line, function, arguments, comments. `file` is a module of `bot.extensions`."""
    yield from extract_python(file, keywords, comment_tags, options)  # type: ignore[arg-type]
    module = importlib.import_module(f"bot.extensions.{Path(file.name).stem}")
    for cog in vars(module).values():
        if isinstance(cog, type) and issubclass(cog, commands.Cog) and cog.__module__ == module.__name__:
            for context, text in _texts_of(cog):
                yield (1, "pgettext", (context, text), []) if context else (1, "gettext", text, [])


def extract_reasons(
    file: IO[bytes],  # noqa: ARG001  Babel hands it over; the table that it defines is asked instead
    keywords: Mapping[str, Any],  # noqa: ARG001
    comment_tags: Collection[str],  # noqa: ARG001
    options: dict[str, Any],  # noqa: ARG001
) -> Iterator[tuple[Any, ...]]:
    """Yield the English sentence of each reason, as Babel asks for it; what is only stated has none."""
    for code, sentence in ENGLISH.items():
        if code is not ReasonCode.STATED:
            yield 1, "gettext", sentence, []


def extract_replies(
    file: IO[bytes],  # noqa: ARG001
    keywords: Mapping[str, Any],  # noqa: ARG001
    comment_tags: Collection[str],  # noqa: ARG001
    options: dict[str, Any],  # noqa: ARG001
) -> Iterator[tuple[Any, ...]]:
    """Yield the English sentence of each reply code, as Babel asks for it."""
    for sentence in REPLIES.values():
        yield 1, "gettext", sentence, []


def _texts_of(cog: type[commands.Cog]) -> Iterator[tuple[str, str]]:
    tree = app_commands.CommandTree(discord.Client(intents=discord.Intents.none()))
    if cog.__cog_is_app_commands_group__:
        yield NAME, str(cog.__cog_group_name__)
        yield "", str(cog.__cog_group_description__)
    for command in cog.__cog_app_commands__:
        yield from texts(command.to_dict(tree))
