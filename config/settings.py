"""The settings with their units, ranges and defaults. Only `bot` and `cli` read them; other packages get values."""

import os
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Literal

import pydantic_settings
from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

_PREFIX = "ONTHERECORD_"

_HANDED_IN = "ONTHERECORD_HANDED_IN"
"""In the environment of a process that got its settings from another one: the file `.env` isn't read."""


LogFormat = Literal["text", "json"]


class SettingsError(ValueError):
    """A setting has an unusable value or an unknown name; the message names it."""


class Settings(BaseSettings):
    """The settings, from the environment (`ONTHERECORD_…`) and from a file `.env` in the working folder."""

    model_config = SettingsConfigDict(env_prefix=_PREFIX, env_file=".env", extra="forbid")

    data: Path = Field(Path("data"), description="The folder that holds the archive.")
    model: str = Field(
        "bundled", description="The embedding model: `bundled`, a folder, or a sentence-transformers model's name."
    )
    reranker: str = Field(
        "bundled", description="`bundled`, `off`, or the name or folder of a sentence-transformers cross-encoder."
    )
    threads: int = Field(2, ge=1, le=64, description="Processor threads that the models may use.")
    boldness: float = Field(
        0.5, ge=0, le=1, description="How bold the bot is: 0 answers only when sure, 1 nearly always."
    )
    answer_timeout: float = Field(30, ge=1, le=600, description="Seconds after which an answer is given up.")
    article_timeout: float = Field(
        60,
        ge=1,
        le=3600,
        description="Seconds after which the search for an article's quotations is given up; as many more for each "
        "60,000 characters.",
    )
    queue: int = Field(64, ge=1, le=10_000, description="Questions that may wait before the bot says it is busy.")
    person_rate: int = Field(12, ge=1, le=10_000, description="Questions a minute that one person may ask in Discord.")
    server_rate: int = Field(300, ge=1, le=100_000, description="Questions a minute that may come from one server.")
    server_articles: int = Field(
        2_000, ge=0, le=1_000_000, description="Articles that one Discord server may add for itself; 0 for none."
    )
    shown_days: int = Field(
        90,
        ge=0,
        le=3650,
        description="Days for which answers in channels are remembered, so that they can be corrected.",
    )
    log_level: Literal["debug", "info", "warning", "error"] | None = Field(
        None,
        description="What is logged to stderr: `debug`, `info`, `warning` or `error`. Unset, the bot logs from `info` "
        "and the other commands from `warning`. `info` tells how long each ingest took, `debug` each answer and fetch.",
    )
    log_format: LogFormat = Field(
        "text", description="How each event is logged: a line of `text`, or of `json` for programs that collect logs."
    )
    refresh: bool = Field(True, description="Whether the bot looks at the sources that are due.")
    user_agent: str = Field(
        "OnTheRecord/0.1",
        pattern=r"^[A-Za-z-]+/[\x20-\x7e]+$",
        max_length=200,
        description="Who web servers are told is asking; before the stroke stands the name that robots.txt may use.",
    )
    token: SecretStr | None = Field(None, validation_alias="DISCORD_TOKEN", description="The Discord bot's token.")
    token_file: Path | None = Field(
        None, validation_alias="DISCORD_TOKEN_FILE", description="A file that holds the token."
    )


def load(environment: Mapping[str, str] = os.environ, **stated: object) -> Settings:
    """Return the settings; values in `stated` override the environment. Raises SettingsError."""
    known = {_PREFIX + name.upper() for name in Settings.model_fields}
    if _HANDED_IN in environment:
        stated["_env_file"] = None
    for name in environment:
        if name.upper().startswith(_PREFIX) and name.upper() not in known | {_HANDED_IN}:
            near = get_close_matches(name.upper(), known, 1)
            raise SettingsError(f"there is no setting {name}" + (f"; is {near[0]} meant?" if near else ""))
    try:
        return Settings(**stated)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        name = ".".join(map(str, first["loc"]))
        named = _PREFIX + name.upper() if name in Settings.model_fields else name
        raise SettingsError(f"the setting {named} can't be used: {first['msg']}") from None
    except (pydantic_settings.SettingsError, OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"the settings can't be read: {error}") from None


def environment_of(settings: Settings) -> dict[str, str]:
    """Return the environment that hands the settings, without the token, to a process that reads no `.env`."""
    values = settings.model_dump(mode="json", exclude={"token", "token_file"}, exclude_none=True)
    return {_HANDED_IN: "1"} | {_PREFIX + name.upper(): str(value) for name, value in values.items()}
