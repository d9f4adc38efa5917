import io
import logging

import pytest

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
