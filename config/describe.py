"""Write the settings as a page of documentation: `python -m config.describe > docs/settings.md`."""

import annotated_types
from pydantic.fields import FieldInfo

from config.settings import Settings

_HEAD = """# Settings

Each is an environment variable, or a line `NAME=value` in a file `.env` in the folder where the program is started.
An unknown name is refused. `ontherecord --data DIR` goes before `ONTHERECORD_DATA`.

| name | default | range | what |
|---|---|---|---|
"""


def describe() -> str:
    """Return the page as Markdown, one row a setting."""
    return _HEAD + "".join(_row(name, field) for name, field in Settings.model_fields.items())


def _row(name: str, field: FieldInfo) -> str:
    alias = field.validation_alias
    variable = alias if isinstance(alias, str) else f"ONTHERECORD_{name.upper()}"
    default = "" if field.default is None else f"`{field.default}`"
    return f"| `{variable}` | {default} | {_range(field)} | {field.description} |\n"


def _range(field: FieldInfo) -> str:
    lowest = next((item.ge for item in field.metadata if isinstance(item, annotated_types.Ge)), None)
    highest = next((item.le for item in field.metadata if isinstance(item, annotated_types.Le)), None)
    return "" if lowest is None else f"{lowest} to {highest}"


if __name__ == "__main__":
    print(describe(), end="")  # noqa: T201
