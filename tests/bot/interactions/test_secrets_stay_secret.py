import io
import logging

import pytest
import structlog

from bot.token import token_of
from config import logs
from config.settings import Settings
from retrieval.errors import ArchiveError

TOKEN = "MTA0NTY3ODkwMTIzNDU2Nzg5.GabcdE.abcdefghijklmnopqrstuvwxyz0123456789AB"


@pytest.fixture
def stream():
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield io.StringIO()
    root.handlers = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def test_no_token_reaches_the_log(stream):
    logs.configure(["playground"], stream)
    structlog.get_logger("bot").warning("refused", token=TOKEN, other="playground")
    logging.getLogger("discord").error("PUT /webhooks/12/%s failed", "aW50ZXJhY3Rpb246MTI")
    try:
        raise ValueError(TOKEN)
    except ValueError:
        logging.getLogger("discord").exception("oh")

    written = stream.getvalue()
    assert TOKEN not in written
    assert "playground" not in written
    assert "aW50ZXJhY3Rpb246MTI" not in written
    assert "refused" in written
    assert "ValueError" in written


def test_without_a_token_a_sentence_says_where_to_get_one():
    with pytest.raises(ArchiveError, match=r"discord\.com/developers/applications.*ontherecord playground"):
        token_of(Settings(_env_file=None, DISCORD_TOKEN=None))


def test_a_token_comes_from_the_environment_or_a_file(tmp_path):
    file = tmp_path / "token"
    file.write_text(f"{TOKEN}\n")

    assert token_of(Settings(_env_file=None, DISCORD_TOKEN=f" {TOKEN} ")) == TOKEN
    assert token_of(Settings(_env_file=None, DISCORD_TOKEN_FILE=file)) == TOKEN


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", None])
def test_a_token_file_that_holds_none_is_told_without_its_content(tmp_path, content):
    file = tmp_path / "token"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ArchiveError, match="DISCORD_TOKEN_FILE"):
        token_of(Settings(_env_file=None, DISCORD_TOKEN_FILE=file))
