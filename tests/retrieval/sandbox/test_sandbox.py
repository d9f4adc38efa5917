"""What hangs, breaks or grows in the sandbox ends there, and the next file is read."""

import os
import pickle
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from retrieval.domain import Article
from retrieval.errors import ReadError
from retrieval.fetching.robots import RulesNotJudged
from retrieval.sandbox import Sandbox, SandboxedReader, sandboxed_rules
from retrieval.sandbox.protocol import SandboxResult, result
from retrieval.sandbox.sandbox import SandboxError
from tests.retrieval.sandbox import hostile_work as work


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    sandbox = Sandbox()
    yield sandbox
    sandbox.close()


def test_one_child_works_off_many_calls(sandbox: Sandbox) -> None:
    first, second = sandbox.run(30.0, work.process_id), sandbox.run(30.0, work.process_id)
    assert first == second != os.getpid()


def test_values_come_as_they_are_yielded(sandbox: Sandbox) -> None:
    values = sandbox.iterate(5.0, work.two_and_then_hang)
    assert [next(values), next(values)] == [1, 2]
    with pytest.raises(SandboxError, match="takes longer than 5 s"):
        next(values)
    assert sandbox.run(30.0, work.process_id) != os.getpid()


def test_what_holds_the_interpreter_is_killed_at_its_deadline(sandbox: Sandbox) -> None:
    sandbox.run(30.0, work.process_id)
    began = time.monotonic()
    with pytest.raises(SandboxError, match="takes longer than 1 s"):
        sandbox.run(1.0, work.hold_the_interpreter)
    assert time.monotonic() - began < 5


def test_programs_that_the_child_started_end_with_it(sandbox: Sandbox, tmp_path: Path) -> None:
    sandbox.run(30.0, work.process_id)
    with pytest.raises(SandboxError):
        sandbox.run(2.0, work.start_a_program_and_hang, str(tmp_path / "id"))
    number = int((tmp_path / "id").read_text())
    until = time.monotonic() + 10
    while Path(f"/proc/{number}").exists() and "Z" not in Path(f"/proc/{number}/stat").read_text().split(")")[1][:3]:
        assert time.monotonic() < until
        time.sleep(0.05)


def test_memory_is_bounded(sandbox: Sandbox) -> None:
    with pytest.raises(SandboxError, match="takes too much memory"):
        sandbox.run(30.0, work.take_memory)
    assert sandbox.run(30.0, work.process_id)


def test_a_child_that_dies_spoils_one_call_alone(sandbox: Sandbox) -> None:
    with pytest.raises(SandboxError, match="broke the reader"):
        sandbox.run(30.0, work.die)
    assert sandbox.run(30.0, work.process_id)


def test_errors_come_back(sandbox: Sandbox) -> None:
    with pytest.raises(SandboxError, match="ZeroDivisionError"):
        sandbox.run(30.0, work.divide)
    with pytest.raises(ReadError, match="isn't text"):
        sandbox.run(30.0, work.refuse)


def test_a_child_that_was_left_alone_is_replaced() -> None:
    sandbox = Sandbox(idle=0.2)
    first = sandbox.run(30.0, work.process_id)
    time.sleep(2)
    assert sandbox.run(30.0, work.process_id) != first
    sandbox.close()


def test_the_child_gets_no_token(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    sandbox.close()
    monkeypatch.setenv("DISCORD_TOKEN", "secret")
    monkeypatch.setenv("ONTHERECORD_DISCORD_TOKEN", "secret")
    assert not [value for value in sandbox.run(30.0, work.environment) if "secret" in value]


class Evil:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("exit 1",)


def test_a_child_that_was_taken_over_runs_nothing_in_the_parent() -> None:
    with pytest.raises(pickle.UnpicklingError):
        result(pickle.dumps(SandboxResult(Evil())))


def test_files_are_read_as_without_a_sandbox(sandbox: Sandbox, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"title": "Bridge", "text": "It opened."}\n{oops\n')
    article, error = SandboxedReader(sandbox).read_path(tmp_path / "a.jsonl", owner="guild:1")
    assert isinstance(article, Article)
    assert (article.title, article.owner) == ("Bridge", "guild:1")
    assert isinstance(error, ReadError)
    assert error.source.endswith("a.jsonl, line 2")
    (one,) = SandboxedReader(sandbox).read_bytes(b"It opened on Monday.", name="a.txt")
    assert isinstance(one, Article)


def test_rules_of_a_site_are_applied_in_the_sandbox_within_their_time(sandbox: Sandbox) -> None:
    rules = b"User-agent: *\nDisallow: /a\nCrawl-delay: 3\n"
    assert sandboxed_rules(sandbox)(rules, "https://a.example/a/b", "tests") == (False, 3.0)
    assert sandboxed_rules(sandbox)(rules, "https://a.example/b", "tests") == (True, 3.0)
    with pytest.raises(RulesNotJudged):
        sandboxed_rules(sandbox, 0.01)(rules * 10_000, "https://a.example/b", "tests")


def test_the_child_is_the_first_to_go_where_the_machine_has_no_memory_left(sandbox: Sandbox) -> None:
    assert sandbox.run(30.0, work.willingness_to_go) == 1000
