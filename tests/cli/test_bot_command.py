import os
import subprocess
import sys

import pytest
from aiohttp import TCPConnector
from aiohttp.abc import AbstractResolver

from bot.app import serve
from config.settings import Settings
from retrieval.errors import ArchiveError


class NoNetwork(AbstractResolver):
    async def resolve(self, host, port=0, family=0):
        raise OSError("no such host")

    async def close(self):
        pass


@pytest.fixture
def environment(tmp_path):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DISCORD", "ONTHERECORD"))}
    return {**kept, "ONTHERECORD_DATA": str(tmp_path)}


@pytest.mark.parametrize("module", ["cli", "bot"])
def test_without_a_token_a_sentence_says_where_to_get_one(module, environment, tmp_path):
    command = [sys.executable, "-m", module, *(["bot"] if module == "cli" else [])]
    ended = subprocess.run(
        command, check=False, env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=60
    )
    said = " ".join(ended.stderr.split())

    assert ended.returncode == 78
    assert "https://discord.com/developers/applications" in said
    assert "ontherecord playground" in said
    assert "Traceback" not in said
    assert ended.stdout == ""


async def test_where_discord_cant_be_reached_a_sentence_says_so(tmp_path):
    settings = Settings(data=tmp_path, refresh=False)
    with pytest.raises(ArchiveError, match="Discord can't be reached"):
        await serve(settings, "a.b.c", connector=TCPConnector(resolver=NoNetwork()))
