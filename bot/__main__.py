"""Start the bot: `python -m bot`; `ontherecord bot` does the same."""

from bot.signals import end_on_signals


def main() -> None:
    """Obey signals, and import the bot after that, which takes seconds."""
    end_on_signals()
    from bot.app import main  # noqa: PLC0415

    main()


if __name__ == "__main__":
    main()
