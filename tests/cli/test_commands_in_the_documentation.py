import re
from pathlib import Path
from typing import Any

import pytest
import typer

from cli.main import app

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
CALL = re.compile(r"(?:^|/)(?:ontherecord|docker compose run --rm (?:-v \S+ )?bot) ((?:--data \S+ )?[a-z]+\b[^`\n#]*)")


def command_of(words: list[str]) -> Any:
    """What the first words name, options of the program itself apart."""
    found: Any = typer.main.get_command(app)
    for word in words[2:] if words[0] == "--data" else words:
        commands = getattr(found, "commands", {})
        if word not in commands:
            break
        found = commands[word]
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_and_option_that_the_documentation_names_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    calls = re.findall(r"`([^`\n]+)`", text) + "\n".join(re.findall(r"```\n(.*?)```", text, re.DOTALL)).splitlines()
    for call in calls:
        for said in CALL.findall(call):
            words = said.split()
            command = command_of(words)
            assert command.name in words, f"{page.name}: {call}"
            options = {option for parameter in command.params for option in parameter.opts + parameter.secondary_opts}
            unknown = {word for word in words if word.startswith("--")} - options - {"--help"}
            assert not unknown, f"{page.name}: {call}"
