"""docs/architecture.md leads a newcomer through the code: every file that it names is there."""

import re
from pathlib import Path

import pytest

from tests.structure.tree import ROOT

PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
PATH = re.compile(r"`((?:bot|cli|config|retrieval|training|benchmarks|tests|docs|docker)(?:/[\w.-]+)*/?)`")
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def section(title: str) -> str:
    """Return a section of the page without its heading."""
    return PAGE.split(f"## {title}\n", 1)[1].split("\n## ", 1)[0]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_that_a_page_names_is_there(page: Path) -> None:
    named = {name.rstrip("/") for name in PATH.findall(page.read_text(encoding="utf-8"))}
    missing = sorted(name for name in named if not (ROOT / name).exists())
    assert not missing, f"{page.name} names what isn't there: {missing}"


@pytest.mark.parametrize("path", ["One question, to its card", "One article, into the archive"])
def test_question_and_article_are_followed_file_by_file_in_at_most_eight_steps(path: str) -> None:
    steps = re.findall(r"^\d+\. (.*?)(?=^\d+\. |\Z)", section(path), re.MULTILINE | re.DOTALL)
    assert 4 <= len(steps) <= 8
    assert all(PATH.search(step) for step in steps)


def test_the_table_answers_what_a_newcomer_wants_to_change() -> None:
    rows = [line for line in section("You want to … → look in").splitlines() if line.startswith("| ")][1:]
    assert len(rows) >= 25
    assert all(PATH.search(row) or "`pyproject.toml`" in row for row in rows)
