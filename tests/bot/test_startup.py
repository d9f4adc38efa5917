"""The bot before it runs: it can be stopped, and a wrong token ends it before anything is loaded."""

import os
import signal
import subprocess
import sys
import time

import pytest
from aiohttp import web
from discord.http import Route

import bot.app
from bot.app import serve
from bot.token import TokenError
from config.settings import Settings

LOADING = """
import time
from bot.signals import end_on_signals
end_on_signals()
import bot.app

async def accept(*_):
    pass

def load(*_):
    print("loading", flush=True)
    time.sleep(60)

bot.app.check_token, bot.app.load_parts = accept, load
bot.app.main()
"""


@pytest.fixture
async def discord(monkeypatch):
    """A Discord that answers every request with the status in the list, and its requests."""
    asked, status = [], [401]

    async def answer(request):
        asked.append((request.path, request.headers["Authorization"]))
        return web.json_response({}, status=status[0])

    application = web.Application()
    application.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    monkeypatch.setattr(Route, "BASE", f"http://127.0.0.1:{runner.addresses[0][1]}")
    yield asked, status
    await runner.cleanup()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_while_the_models_load_ends_the_bot_at_once(number, tmp_path):
    environment = os.environ | {"DISCORD_TOKEN": "a.b.c", "ONTHERECORD_DATA": str(tmp_path)}
    command = [sys.executable, "-c", LOADING]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "loading\n"
        started = time.monotonic()
        process.send_signal(number)
        assert process.wait(timeout=30) == 0
    assert time.monotonic() - started < 10


async def test_a_refused_token_ends_the_start_before_anything_is_loaded(discord, monkeypatch, tmp_path):
    monkeypatch.setattr(bot.app, "load_parts", lambda *_: pytest.fail("the models are loaded"))
    with pytest.raises(TokenError, match="refuses the token"):
        await serve(Settings(data=tmp_path, refresh=False), "a.b.c")
    assert discord[0] == [("/users/@me", "Bot a.b.c")]


@pytest.mark.parametrize("status", [200, 429, 500, 503])
async def test_any_other_answer_lets_the_bot_go_on(discord, status, monkeypatch, tmp_path):
    class Loaded(Exception):
        pass

    def load(*_):
        raise Loaded

    discord[1][0] = status
    monkeypatch.setattr(bot.app, "load_parts", load)
    with pytest.raises(Loaded):
        await serve(Settings(data=tmp_path, refresh=False), "a.b.c")


async def test_a_token_that_no_header_can_carry_is_refused_without_being_sent(discord, tmp_path):
    with pytest.raises(TokenError):
        await serve(Settings(data=tmp_path, refresh=False), "tok\u00e9n")
    assert discord[0] == []
