"""The bot's token, from the environment or a file. It never stands in a message or a log."""

from typing import TYPE_CHECKING

from retrieval.errors import ArchiveError

if TYPE_CHECKING:
    from config.settings import Settings

UNUSABLE = 78
"""The exit status where token or settings can't be used (EX_CONFIG of sysexits.h): starting again mends nothing."""

_HOW = (
    "the bot needs a token: make an application at https://discord.com/developers/applications, press Bot and then "
    "Reset Token, and put the token into DISCORD_TOKEN, or into a file that DISCORD_TOKEN_FILE names. "
    "To try the bot without any of that: ontherecord playground"
)


class TokenError(ArchiveError):
    """There is no token, or Discord refuses it."""


def token_of(settings: "Settings") -> str:
    """Return the token. Raises TokenError, which says where to get one, if there is none."""
    if settings.token is not None and (token := settings.token.get_secret_value().strip()):
        return token
    if settings.token_file is None:
        raise TokenError(_HOW)
    try:
        token = settings.token_file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise TokenError(
            f"DISCORD_TOKEN_FILE can't be read: {type(error).__name__}. {_HOW[0].upper()}{_HOW[1:]}"
        ) from error
    if not token:
        raise TokenError(f"the file that DISCORD_TOKEN_FILE names is empty; {_HOW}")
    return token
