"""The image, tried for real: `make image-test` builds it and runs this. Discord is the loopback's, on port 443."""

import asyncio
import os
import shutil
import signal
import time

import pytest

import samples
from bot.playground.certificate import make_certificate
from bot.playground.demo import demonstrate
from bot.playground.server import loopback_discord
from tests.image.containers import Mount, engine_of

pytestmark = [pytest.mark.image, pytest.mark.skipif("IMAGE" not in os.environ, reason="run by `make image-test`")]

TOKEN, WRONG = (f"{letter * 24}.{letter * 6}.{letter * 30}" for letter in "ab")
READY = 120.0
HEALTH = ("python", "-m", "bot.tasks.health")


@pytest.fixture(scope="module")
def engine():
    engine = engine_of(os.environ["IMAGE"])
    assert engine is not None, "neither docker nor, as root, buildah is there"
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def articles(tmp_path_factory):
    folder = tmp_path_factory.mktemp("articles")
    with samples.as_file(samples.ARTICLES) as found:
        shutil.copytree(found, folder, dirs_exist_ok=True)
    folder.chmod(0o755)
    return folder


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    made = make_certificate(tmp_path_factory.mktemp("certificate"))
    made.certificate.parent.chmod(0o755)
    made.certificate.chmod(0o644)
    return made


@pytest.fixture(scope="module")
def mounts(articles, certificate, tmp_path_factory):
    """The data folder, articles, secrets, backups and the certificate, as a container sees them."""
    data, secrets, backups = (tmp_path_factory.mktemp(name) for name in ("data", "secrets", "backups"))
    (secrets / "token").write_text(f"{TOKEN}\n")
    (secrets / "wrong").write_text(f"{WRONG}\n")
    for path in (data, backups, secrets / "token", secrets / "wrong"):
        os.chown(path, 10001, 10001)
        path.chmod(0o700 if path.is_dir() else 0o400)
    secrets.chmod(0o755)
    writable = [Mount(data, "/data", writable=True), Mount(backups, "/mnt", writable=True)]
    return [
        *writable,
        Mount(articles, "/srv"),
        Mount(secrets, "/home"),
        Mount(certificate.certificate.parent, "/media"),
    ]


@pytest.fixture
def container(engine, mounts):
    """Starts containers over one archive, with the token as a secret's file; at the end they are killed."""
    started = []

    def start(*command, token="token"):
        environment = {"DISCORD_TOKEN_FILE": f"/home/{token}", "SSL_CERT_FILE": "/media/certificate.pem"}
        started.append(engine.start(command, mounts, environment))
        return started[-1]

    yield start
    for each in started:
        each.end()


async def ended(container, seconds=120.0):
    """Return the exit status of a container, while the loopback Discord goes on."""
    return await asyncio.to_thread(container.wait, seconds)


async def ready(discord):
    async with asyncio.timeout(READY):
        await discord.gateway.ready.wait()
    await discord.world.until(lambda: "ask" in discord.world.commands(), READY)


async def healthy(container):
    """Wait until the bot is healthy, which it says of itself every 15 seconds."""
    for _ in range(30):
        if await ended(container(*HEALTH)) == 0:
            return
        await asyncio.sleep(2)
    pytest.fail("the bot isn't healthy")


def test_an_ingest_reads_articles_as_a_user_without_rights_on_a_read_only_root(container):
    assert container("ingest", "/srv").wait(900) == 0
    assert container("doctor").wait(120) == 0


async def test_the_bot_answers_the_question_of_the_readme_is_healthy_and_ends_in_order(
    container, articles, certificate
):
    texts = [file.read_text("utf-8") for file in articles.iterdir()]
    assert await ended(container(*HEALTH)) == 1
    for _ in range(2):  # it is started again on the same archive
        async with loopback_discord(certificate, token=TOKEN, port=443) as discord:
            bot = container()
            await ready(discord)
            shown = await demonstrate(discord.world, texts)
            assert shown.wrong == ()
            await healthy(container)
            bot.signal(signal.SIGTERM)
            assert await ended(bot, 30) == 0
    assert await ended(container(*HEALTH)) == 1


async def test_sigterm_while_the_models_load_ends_the_first_process_at_once(container, certificate):
    asked = asyncio.Event()
    async with loopback_discord(certificate, token=TOKEN, port=443, record=lambda _: asked.set()):
        bot = container()
        async with asyncio.timeout(READY):
            await asked.wait()  # whose token it is: the models come next
        started = time.monotonic()
        bot.signal(signal.SIGTERM)
        assert await ended(bot, 30) == 0
    assert time.monotonic() - started < 10


async def test_a_wrong_token_ends_the_bot_at_once(container, certificate):
    async with loopback_discord(certificate, token=TOKEN, port=443):
        assert await ended(container(token="wrong"), 60) == 78


def test_a_backup_is_restored_as_the_documentation_says(container):
    assert container("backup", "/mnt/ontherecord.zip", "--force").wait(120) == 0
    assert container("restore", "/mnt/ontherecord.zip", "--yes").wait(120) == 0
    assert container("doctor").wait(120) == 0
