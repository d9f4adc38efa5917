"""Start the bot: `python -m bot`; `ontherecord bot` does the same."""

from bot.app import main

if __name__ == "__main__":
    main()
