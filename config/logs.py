"""The log of bot and command line: one line an event on a stream, with tokens taken out."""

import logging
import re
from collections.abc import Sequence
from typing import TextIO

import structlog
from structlog.typing import Processor

from config.settings import Settings

PRODUCT = ("bot", "cli", "config", "retrieval")
"""The packages whose loggers follow the level; those of libraries stay at INFO or above."""

_TOKEN = re.compile(
    r"\b[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}|(?<=/webhooks/)(\d+)/[\w.-]+|(?<=/interactions/)(\d+)/[\w.-]+"
)


def level_of(settings: Settings, otherwise: str) -> int:
    """Return the level that the settings name, or the one named `otherwise`."""
    return logging.getLevelNamesMapping()[(settings.log_level or otherwise).upper()]


class Redact:
    """Replaces known secrets, and everything in the form of a token, in a finished line."""

    def __init__(self, secrets: Sequence[str]) -> None:
        self._secrets = [secret for secret in secrets if secret]

    def __call__(self, line: str) -> str:
        """Return the line with `[token]` in place of every secret."""
        for secret in self._secrets:
            line = line.replace(secret, "[token]")
        return _TOKEN.sub("[token]", line)


class _Formatter(structlog.stdlib.ProcessorFormatter):
    def __init__(self, redact: Redact, before: Sequence[Processor]) -> None:
        render = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
        super().__init__(
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, render],
            foreign_pre_chain=[*before, structlog.stdlib.ExtraAdder()],
        )
        self._redact = redact

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one redacted line."""
        return self._redact(super().format(record))


def configure(secrets: Sequence[str], stream: TextIO, level: int = logging.INFO) -> None:
    """Send the events of structlog and of the standard library to `stream`, through one handler.

    `level` is the lowest level that is written. Libraries write no debug events: they would bury the product's own.
    """
    before: list[Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*before, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_Formatter(Redact(secrets), before))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(max(level, logging.INFO))
    for name in PRODUCT:
        logging.getLogger(name).setLevel(level)
