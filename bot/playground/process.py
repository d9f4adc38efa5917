"""The bot as its own process in the playground: the real wiring, with sockets that lead to the loopback Discord.

Started by the playground alone, with the token as the first line of its standard input. It ends when that pipe breaks,
so it never outlives the playground, however that ends, and then takes away what the playground would have.
"""

import argparse
import asyncio
import os
import shutil
import signal
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from bot.app import serve
from bot.playground.connector import loopback_connector
from config.settings import Settings
from retrieval.errors import ArchiveError
from retrieval.store.sqlite.private_files import keep_private

GRACE = 5.0  # seconds to shut down in once the playground is gone


def main() -> None:
    """Run the bot of a playground."""
    parser = argparse.ArgumentParser(description="The bot in the playground; started by `ontherecord playground`.")
    parser.add_argument("--port", type=int, required=True, help="the loopback Discord's port")
    parser.add_argument("--certificate", type=Path, required=True, help="the file with its certificate")
    parser.add_argument("--data", type=Path, required=True, help="the archive's folder")
    parser.add_argument("--temporary", type=Path, action="append", default=[], help="a folder that ends with it")
    arguments = parser.parse_args()
    keep_private()
    token = sys.stdin.readline().strip()
    orphaned = threading.Event()
    threading.Thread(target=_end_with_the_playground, args=(orphaned, arguments.temporary), daemon=True).start()
    try:
        asyncio.run(_serve(arguments.port, arguments.certificate, Settings(data=arguments.data), token))
    except ArchiveError as error:
        sys.exit(f"error: {error}")
    finally:
        if orphaned.is_set():
            _throw_away(arguments.temporary)


async def _serve(port: int, certificate: Path, settings: Settings, token: str) -> None:
    await serve(settings, token, connector=loopback_connector(port, certificate))


def _end_with_the_playground(orphaned: threading.Event, temporary: Sequence[Path]) -> None:
    sys.stdin.read()
    orphaned.set()
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    _throw_away(temporary)
    os._exit(1)


def _throw_away(folders: Sequence[Path]) -> None:
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
