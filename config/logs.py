"""The log of bot and command line: one line an event on a stream, as text or JSON, with tokens taken out."""

import logging
import re
from collections.abc import Sequence
from typing import TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from config.settings import LogFormat, Settings

PRODUCT = ("bot", "cli", "config", "retrieval")
"""The packages whose loggers follow the level; those of libraries stay at INFO or above."""

QUIET = ("alembic",)
"""Packages that say what they do at INFO though it is no event of the program: they write warnings alone."""

_RECONNECTS = ("Attempting a reconnect", "Failed to connect for shard_id")
"""How the messages begin that discord.py writes, with a traceback, at each retry while Discord can't be reached."""

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


def name_outage(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Replace the traceback of a retry to connect by the error's name: an outage is one line a retry."""
    if str(event["event"]).startswith(_RECONNECTS):
        error = _error_of(event.pop("exc_info", None))
        return event if error is None else {**event, "error": f"{type(error).__name__}: {error}".removesuffix(": ")}
    return event


def _error_of(exc_info: object) -> BaseException | None:
    found = exc_info[1] if isinstance(exc_info, tuple) else exc_info
    return found if isinstance(found, BaseException) else None


def _renderers(form: LogFormat) -> tuple[Processor, ...]:
    if form == "json":
        return structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)
    return (structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),)


class _Formatter(structlog.stdlib.ProcessorFormatter):
    def __init__(self, redact: Redact, before: Sequence[Processor], form: LogFormat) -> None:
        super().__init__(
            processors=[name_outage, structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_renderers(form)],
            foreign_pre_chain=[*before, structlog.stdlib.ExtraAdder()],
        )
        self._redact = redact

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one redacted line."""
        return self._redact(super().format(record))


def configure(secrets: Sequence[str], stream: TextIO, level: int = logging.INFO, form: LogFormat = "text") -> None:
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
    handler.setFormatter(_Formatter(Redact(secrets), before, form))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(max(level, logging.INFO))
    for name in PRODUCT:
        logging.getLogger(name).setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
