"""The bot's token, from the environment or a file. It never stands in a message or a log."""

from config.settings import Settings
from retrieval.errors import ArchiveError

_HOW = (
    "the bot needs a token: make an application at https://discord.com/developers/applications, press Bot and then "
    "Reset Token, and put the token into DISCORD_TOKEN, or into a file that DISCORD_TOKEN_FILE names. "
    "To try the bot without any of that: ontherecord playground"
)


def token_of(settings: Settings) -> str:
    """Raises ArchiveError, which says where to get a token, if there is none."""
    if settings.token is not None and (token := settings.token.get_secret_value().strip()):
        return token
    if settings.token_file is None:
        raise ArchiveError(_HOW)
    try:
        token = settings.token_file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ArchiveError(
            f"DISCORD_TOKEN_FILE can't be read: {type(error).__name__}. {_HOW[0].upper()}{_HOW[1:]}"
        ) from error
    if not token:
        raise ArchiveError(f"the file that DISCORD_TOKEN_FILE names is empty; {_HOW}")
    return token
