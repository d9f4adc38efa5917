"""Every setting, with its unit, range and default. Read at the doors only; values are handed in."""

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Taken from the environment (`ONTHERECORD_…`) and from a file `.env` in the working folder."""

    model_config = SettingsConfigDict(env_prefix="ONTHERECORD_", env_file=".env", extra="forbid")

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
    queue: int = Field(64, ge=1, le=10_000, description="Questions that may wait before the bot says it is busy.")
    token: SecretStr | None = Field(None, validation_alias="DISCORD_TOKEN", description="The Discord bot's token.")
    token_file: Path | None = Field(
        None, validation_alias="DISCORD_TOKEN_FILE", description="A file that holds the token."
    )
