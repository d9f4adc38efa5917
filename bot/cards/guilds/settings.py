"""The card of a guild's settings, with its menus."""

from collections.abc import Mapping

from bot.cards.components import Block, Button, Card, Menu, MenuKind, MenuOption
from bot.cards.limits import SELECT_OPTIONS
from bot.locales import LANGUAGES, N_, _
from retrieval.guilds.settings import GuildSettings, ThreadMode

CHANNELS, BOLDNESS, LANGUAGE, THREADS = "set:channels", "set:boldness", "set:language", "set:threads"
MAY_ADD, MAY_WATCH, PRIVATE = "set:add", "set:watch", "set:private"
USUAL = "usual"
"""The value of an option that leaves the choice to the operator, or to each reader."""

_BOLDNESS: Mapping[str, str] = {
    "0.2": N_("Careful: answers only when quite sure"),
    USUAL: N_("As whoever runs me has set it"),
    "0.8": N_("Bold: answers more often, and is wrong more often"),
}
_THREADS = {
    ThreadMode.NEVER: N_("Never open threads"),
    ThreadMode.OFFER: N_("Offer a thread below an answer"),
    ThreadMode.ALWAYS: N_("Open a thread for every question"),
}


def settings_card(settings: GuildSettings) -> Card:
    """Return a guild's settings, each with a menu or a button that changes it."""
    blocks = (
        Block(
            _("**How I behave on this server**") + "\n-# " + _("Only those who manage the server see and change it.")
        ),
        Block(
            _("**Channels** where everybody sees my answers. None chosen: all of them."), menus=(_channels(settings),)
        ),
        _privacy(settings),
        Block(_("**Boldness**: how sure I must be to answer."), menus=(_boldness(settings),)),
        Block(
            _("**Language** where I answer a message. Commands are answered in the reader's."),
            menus=(_language(settings),),
        ),
        Block(_("**Threads** for conversations."), menus=(_threads(settings),)),
        Block(
            _("**Who may add** and remove articles, beside those who manage the server."),
            menus=(_role(MAY_ADD, settings.may_add),),
        ),
        Block(
            _("**Who may watch** in channels, beside those who manage messages there."),
            menus=(_role(MAY_WATCH, settings.may_watch),),
        ),
    )
    return Card(blocks)


def boldness_of(value: str) -> float | None:
    """Return the boldness that an option of the menu stands for. Raises KeyError for what it doesn't offer."""
    if value not in _BOLDNESS:
        raise KeyError(value)
    return None if value == USUAL else float(value)


def _channels(settings: GuildSettings) -> Menu:
    return Menu(CHANNELS, _("All channels"), MenuKind.CHANNELS, chosen=settings.channels, least=0, most=SELECT_OPTIONS)


def _privacy(settings: GuildSettings) -> Block:
    if settings.private:
        text, label = (
            N_("**Private**: answers are shown to whoever asked alone, unless they say otherwise."),
            N_("Make public"),
        )
    else:
        text, label = N_("**Public**: everybody sees answers, unless whoever asks says otherwise."), N_("Make private")
    return Block(_(text), (Button(PRIVATE, label, "no" if settings.private else "yes"),))


def _boldness(settings: GuildSettings) -> Menu:
    chosen = USUAL if settings.boldness is None else str(settings.boldness)
    options = tuple(MenuOption(value, _(label), value == chosen) for value, label in _BOLDNESS.items())
    return Menu(BOLDNESS, _("Boldness"), options=options)


def _language(settings: GuildSettings) -> Menu:
    usual = MenuOption(USUAL, _("The server's own language"), settings.language is None)
    others = (MenuOption(code, name, code == settings.language) for code, name in LANGUAGES.items())
    return Menu(LANGUAGE, _("Language"), options=(usual, *others))


def _threads(settings: GuildSettings) -> Menu:
    options = tuple(MenuOption(mode.value, _(label), mode is settings.threads) for mode, label in _THREADS.items())
    return Menu(THREADS, _("Threads"), options=options)


def _role(action: str, role: int | None) -> Menu:
    return Menu(action, _("No other role"), MenuKind.ROLES, chosen=(role,) if role else (), least=0)
