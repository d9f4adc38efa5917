"""The names and descriptions of commands, as Discord shows them to people of each language."""

from collections.abc import Iterator, Mapping
from typing import Any

from discord import Locale, app_commands
from discord.app_commands import ContextMenu, TranslationContextLocation

from bot.locales import ENGLISH, NAME, catalogue, language_of

_NAMES = frozenset(
    {
        TranslationContextLocation.command_name,
        TranslationContextLocation.group_name,
        TranslationContextLocation.parameter_name,
    }
)


class Translator(app_commands.Translator):
    """Reads the catalogues that the other texts come from."""

    async def translate(
        self, string: app_commands.locale_str, locale: Locale, context: app_commands.TranslationContextTypes
    ) -> str | None:
        """Return a text of a command in the language of a locale; None for English."""
        language = language_of(locale.value)
        if language == ENGLISH:
            return None
        named = context.location in _NAMES and not isinstance(context.data, ContextMenu)
        texts = catalogue(language)
        return texts.pgettext(NAME, string.message) if named else texts.gettext(string.message)


async def payloads(tree: app_commands.CommandTree[Any]) -> list[dict[str, Any]]:
    """All commands as Discord is sent them, translated where the tree has a translator."""
    translator = tree.translator
    if translator is None:
        return [command.to_dict(tree) for command in tree.get_commands()]
    return [await command.get_translated_payload(tree, translator) for command in tree.get_commands()]


def texts(payload: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Every text of a command or an option that can be translated, with its context in the catalogues or ""."""
    yield NAME, payload["name"]
    yield "", payload["description"]
    for choice in payload.get("choices") or ():
        yield "", choice["name"]
    for option in payload.get("options") or ():
        yield from texts(option)
