import io
import json
import logging

import pytest
import structlog

from config import logs
from config.settings import Settings
from retrieval.timing import timed


@pytest.fixture
def stream():
    written = io.StringIO()
    root = logging.getLogger()
    before = root.handlers, root.level
    yield written
    root.handlers, root.level = before
    for name in logs.PRODUCT:
        logging.getLogger(name).setLevel(logging.NOTSET)


def test_a_timed_step_is_one_line_with_its_seconds_and_facts(stream: io.StringIO) -> None:
    logs.configure([], stream, logging.DEBUG)
    with timed(logging.getLogger("retrieval.fetching"), "fetched", host="example.org") as facts:
        facts["status"] = 200
    (line,) = stream.getvalue().splitlines()
    assert "fetched" in line
    assert "host=example.org" in line
    assert "status=200" in line
    assert "seconds=0.0" in line


def test_a_step_that_fails_is_logged_by_the_type_of_its_error(stream: io.StringIO) -> None:
    logs.configure([], stream, logging.DEBUG)
    with pytest.raises(ValueError, match="secret"), timed(logging.getLogger("retrieval"), "stored"):
        raise ValueError("secret words")
    assert "error=ValueError" in stream.getvalue()
    assert "secret words" not in stream.getvalue()


def test_debug_events_of_libraries_are_left_out(stream: io.StringIO) -> None:
    logs.configure([], stream, logging.DEBUG)
    logging.getLogger("some.library").debug("chatter")
    logging.getLogger("retrieval.ingest").debug("stored an article")
    assert "chatter" not in stream.getvalue()
    assert "stored an article" in stream.getvalue()


@pytest.mark.parametrize(("setting", "level"), [(None, logging.WARNING), ("debug", logging.DEBUG)])
def test_the_setting_decides_the_level_and_each_program_its_own_otherwise(setting, level) -> None:
    assert logs.level_of(Settings(log_level=setting), "warning") == level


def test_as_json_each_event_is_one_object_with_its_traceback_inside(stream: io.StringIO) -> None:
    logs.configure(["hunter2"], stream, logging.INFO, "json")
    structlog.get_logger("bot.tasks").info("watchdog_started", seconds=60.0)
    try:
        raise ValueError("hunter2")
    except ValueError:
        logging.getLogger("retrieval").exception("it broke")
    first, second = (json.loads(line) for line in stream.getvalue().splitlines())
    assert (first["event"], first["level"], first["seconds"]) == ("watchdog_started", "info", 60.0)
    assert second["exception"].startswith("Traceback")
    assert second["exception"].endswith("ValueError: [token]")


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_retry_while_discord_cant_be_reached_is_one_line_that_names_the_error(stream: io.StringIO, form) -> None:
    logs.configure([], stream, logging.INFO, form)
    try:
        raise ConnectionResetError("the line is dead")
    except ConnectionResetError as error:
        logging.getLogger("discord.shard").error(
            "Attempting a reconnect for shard ID %s in %.2fs", 0, 2, exc_info=error
        )
    (line,) = stream.getvalue().splitlines()
    assert "Attempting a reconnect for shard ID 0 in 2.00s" in line
    assert "ConnectionResetError: the line is dead" in line


def test_an_error_of_the_library_that_is_no_outage_keeps_its_traceback(stream: io.StringIO) -> None:
    logs.configure([], stream)
    try:
        raise ConnectionResetError("the line is dead")
    except ConnectionResetError:
        logging.getLogger("discord.client").exception("Ignoring exception in %s", "on_message")
    assert "Traceback" in stream.getvalue()


def test_migrations_are_no_events(stream: io.StringIO) -> None:
    logs.configure([], stream, logging.DEBUG)
    logging.getLogger("alembic.runtime.migration").info("Context impl SQLiteImpl.")
    assert stream.getvalue() == ""
