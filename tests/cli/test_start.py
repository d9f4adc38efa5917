"""What commands import: libraries that take seconds are left to the commands that need them."""

import json
import subprocess
import sys

import pytest

HEAVY = {
    "alembic",
    "bot.app",
    "discord",
    "faiss",
    "numpy",
    "pydantic",
    "scipy",
    "sentence_transformers",
    "spacy",
    "sqlalchemy",
    "structlog",
    "sympy",
    "torch",
    "trafilatura",
    "transformers",
    "warcio",
}
STORE = {"numpy", "pydantic", "sqlalchemy", "structlog"}
PROGRAM = """
import json, sys
from cli.main import app
try:
    app(sys.argv[1:])
finally:
    print(json.dumps(sorted(sys.modules)), file=sys.stderr)
"""


def imported(*arguments: str) -> set[str]:
    """Return which of the heavy modules a command has imported at its end."""
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM, *arguments], check=False, capture_output=True, text=True, timeout=120
    )
    return HEAVY & set(json.loads(ended.stderr.splitlines()[-1]))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A data folder with an empty archive."""
    folder = tmp_path_factory.mktemp("data")
    store = pytest.importorskip("retrieval.store.archive")
    store.Archive.open(folder).close()
    return str(folder)


def test_help_is_shown_without_any_library_that_takes_long_to_import():
    assert imported("--help") == set()


@pytest.mark.parametrize("command", [["ask"], ["articles"], ["bot"], ["sources", "add"]])
def test_the_help_of_a_command_imports_settings_and_log_alone(command):
    assert imported(*command, "--help") == {"pydantic", "structlog"}


@pytest.mark.parametrize(
    "command", [["articles", "list"], ["sources", "list"], ["speakers"], ["speakers", "decisions"], ["status"]]
)
def test_what_only_looks_at_the_archive_imports_the_store_alone(command, folder):
    assert imported(*command, "--data", folder) == STORE


def test_a_question_is_answered_without_the_readers_the_parser_and_the_models_own_libraries(folder):
    found = imported("ask", "Who said the pier will open?", "--data", folder)
    assert not found & {"alembic", "discord", "sentence_transformers", "spacy", "sympy", "trafilatura", "transformers"}
