"""`ontherecord bot`: run the bot on Discord."""

import typer

from cli.output import tell_error
from cli.wiring import Data, settings_of


def bot(context: typer.Context, *, data: Data = None) -> None:
    """Run the bot on Discord. It needs a token in DISCORD_TOKEN, or in a file that DISCORD_TOKEN_FILE names.

    To try the bot without Discord, and without a token: ontherecord playground
    """
    from bot.signals import end_on_signals

    end_on_signals()
    import asyncio

    from bot.token import UNUSABLE, TokenError, token_of

    settings = settings_of(context, data)
    try:
        token = token_of(settings)
        from bot.app import serve

        asyncio.run(serve(settings, token))
    except TokenError as error:
        tell_error(error)
        raise typer.Exit(UNUSABLE) from None
