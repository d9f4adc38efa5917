"""`ontherecord articles history`, `diff`, `remove`, `restore` and `purge`, and what `ask` tells of copies."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from cli.main import app
from cli.questions.output import context_lines
from retrieval.answering.citations import cite
from retrieval.domain import EarlierWording, Kind
from retrieval.store.archive import Archive
from tests.retrieval.made_up_archive import NOON, article, entry, quotation

OLD = "The pier is closed. “It will open again in May,” said Ada Brook. Nobody disagreed with her on that day."
NEW = OLD.replace("in May", "in June").replace(" on that day", "")


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    now = [NOON]
    archive = Archive.open(tmp_path, lambda: now[0])
    archive.put(entry(article("pier", OLD, title="Pier closed"), [quotation(OLD, "It will open again in May,")]))
    now[0] += timedelta(days=4)
    archive.put(entry(article("pier", NEW, title="Pier shut"), [quotation(NEW, "It will open again in June,")]))
    yield archive
    archive.close()


@pytest.fixture
def run(archive: Archive) -> Callable[..., Result]:
    return lambda *words: CliRunner().invoke(app, [*words, "--data", str(archive.folder)])


def lines(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_the_history_tells_when_versions_came_and_went(run: Callable[..., Result]) -> None:
    first, second = lines(run("articles", "history", "pier", "--json"))
    assert (first["version"], first["since"], first["until"]) == (1, "2026-03-01T12:00:00+00:00", second["since"])
    assert (first["changed"], first["taken_out"], second["until"]) == (1, 0, None)
    assert "2026-03-05" in run("articles", "history", "pier").stdout


def test_the_difference_is_shown_in_marks_and_given_exactly(run: Callable[..., Result]) -> None:
    shown = run("articles", "diff", "pier").stdout
    assert "[-May-]{+June+}" in shown
    assert "[-Pier closed-]{+Pier shut+}" in shown
    title, *changes = lines(run("articles", "diff", "pier", "--json", "--from", "1", "--to", "2"))
    assert title == {"field": "title", "from": "Pier closed", "to": "Pier shut"}
    made, at = "", 0
    for change in changes:
        made += OLD[at : int(str(change["from_start"]))] + str(change["to"])
        at = int(str(change["from_start"])) + len(str(change["from"]))
    assert made + OLD[at:] == NEW


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("diff", "pier", "--from", "7"), "there are 1, 2"),
        (("diff", "pier", "--to", "1"), "no version before 1"),
        (("history", "nothing"), "knows no article nothing"),
        (("purge",), "--all"),
        (("purge", "pier"), "no article pier was removed"),
        (("purge", "nothing", "--earlier-versions"), "no article nothing that said something else before"),
        (("restore", "pier"), "no article pier was removed"),
    ],
)
def test_what_there_is_not_is_told(run: Callable[..., Result], words: tuple[str, ...], told: str) -> None:
    assert told in str(run("articles", *words).exception)


def test_what_was_taken_out_is_told_with_the_article(run: Callable[..., Result], archive: Archive) -> None:
    archive.put(entry(article("pier", "Nothing is left of it all.")))
    assert "It will open again in June," in run("articles", "show", "pier").stdout
    (line,) = lines(run("articles", "show", "pier", "--json"))
    taken_out: Any = line["taken_out"]
    assert {each["text"] for each in taken_out} == {"It will open again in June,", "It will open again in May,"}


def test_a_removal_is_undone_or_made_final(run: Callable[..., Result], archive: Archive) -> None:
    assert run("articles", "remove", "pier", "--yes").exit_code == 0
    assert "removed" in run("articles", "history", "pier").stderr
    assert run("articles", "restore", "pier").exit_code == 0
    assert archive.article(1).version == 2
    run("articles", "remove", "pier", "--yes")
    assert "1 articles, with 1 earlier versions" in run("articles", "purge", "--dry-run").stderr
    assert run("articles", "purge", "pier").exit_code == 1  # nobody said yes
    assert "wiped out" in run("articles", "purge", "--all", "--yes").stderr
    held = [file for file in archive.folder.iterdir() if b"open again" in file.read_bytes()]
    assert held == []
    assert "ingest its source" in run("articles", "restore", "pier").stderr


def test_words_that_stand_elsewhere_too_are_told_when_they_are_removed(
    run: Callable[..., Result], archive: Archive
) -> None:
    archive.put(entry(article("copy", NEW)))
    assert "the words of pier stand in another article too" in run("articles", "remove", "pier", "--yes").stderr
    assert "another" not in run("articles", "remove", "copy", "--yes").stderr


def test_the_ban_on_removed_words_can_be_lifted(run: Callable[..., Result], archive: Archive) -> None:
    run("articles", "remove", "pier", "--yes")
    assert archive.tombstone("operator", "another", NEW)
    assert "under another id" in run("articles", "restore", "pier", "--elsewhere").stderr
    assert archive.tombstone("operator", "another", NEW) is None
    assert "no words of an article pier are kept away" in str(
        run("articles", "restore", "pier", "--elsewhere").exception
    )
    assert archive.tombstone("operator", "pier")


def test_what_an_article_that_stays_said_before_can_be_wiped_out(run: Callable[..., Result], archive: Archive) -> None:
    (line,) = lines(run("articles", "purge", "--earlier-versions", "--dry-run", "--json"))
    assert line == {"id": "pier", "owner": "operator", "earlier_versions": 1}
    asked = run("articles", "purge", "pier", "--earlier-versions")
    assert asked.exit_code == 1  # nobody said yes
    assert "Wipe out 1 earlier versions of 1 articles" in asked.stderr
    assert "This can't be undone." in asked.stderr
    assert "wiped out" in run("articles", "purge", "pier", "--earlier-versions", "--yes").stderr
    assert [file for file in archive.folder.iterdir() if b"again in May" in file.read_bytes()] == []
    (line,) = lines(run("articles", "history", "pier", "--json"))
    assert (line["version"], line["until"]) == (2, None)
    (row,) = lines(run("quotes", "--speaker", "Ada Brook", "--json"))
    assert (row["text"], row["earlier"]) == ("It will open again in June,", [])


def test_all_that_was_removed_takes_in_what_servers_removed(run: Callable[..., Result], archive: Archive) -> None:
    archive.put(entry(article("theirs", "The wyvern sleeps.", owner="guild:7")))
    archive.remove("guild:7", "theirs")
    (line,) = lines(run("articles", "purge", "--dry-run", "--json"))
    assert (line["id"], line["owner"], line["why"]) == ("theirs", "guild:7", "removed")
    assert "no article theirs" in str(run("articles", "purge", "theirs").exception)
    run("articles", "purge", "--all", "--yes")
    assert lines(run("articles", "purge", "--dry-run", "--json")) == []


def test_a_speakers_words_are_told_with_what_they_were(run: Callable[..., Result]) -> None:
    shown = run("quotes", "--speaker", "Ada Brook").stdout
    assert "“It will open again in June,”" in shown
    assert "was: “It will open again in May,”, until 2026-03-05" in shown
    (row,) = lines(run("quotes", "--speaker", "Ada Brook", "--json"))
    assert row["earlier"] == [
        {"text": "It will open again in May,", "kind": "direct", "speaker": "Ada Brook", "until": "2026-03-05"}
    ]
    assert row["also_in"] == []


def test_where_else_words_stand_is_told_below_them(archive: Archive) -> None:
    copies = (article("b", NEW, publisher="The Shore"), article("c", NEW))
    known = archive.article(1)
    unit = archive.units_of(1)[-1]
    cited = cite(known, unit.span, 1.0, unit.quotation, unit.id)
    others = (EarlierWording(cited.text, Kind.DIRECT, "Bo Lind", date(2026, 3, 2)),)
    assert list(context_lines(replace(cited, also_in=copies, earlier=others))) == [
        "also in 2 others: The Shore, c",
        "was: said by Bo Lind, until 2026-03-02",
    ]
