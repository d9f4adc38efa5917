"""The bot's log: one line an event, and a token never in it."""

import logging
import re
from collections.abc import Sequence
from typing import TextIO

import structlog
from structlog.typing import Processor

_TOKEN = re.compile(
    r"\b[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}|(?<=/webhooks/)(\d+)/[\w.-]+|(?<=/interactions/)(\d+)/[\w.-]+"
)


class Redact:
    """Takes the known secrets, and whatever looks like a token, out of the finished line."""

    def __init__(self, secrets: Sequence[str]) -> None:
        self._secrets = [secret for secret in secrets if secret]

    def __call__(self, line: str) -> str:
        for secret in self._secrets:
            line = line.replace(secret, "[token]")
        return _TOKEN.sub("[token]", line)


class _Formatter(structlog.stdlib.ProcessorFormatter):
    def __init__(self, redact: Redact, before: Sequence[Processor]) -> None:
        render = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
        super().__init__(
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, render], foreign_pre_chain=before
        )
        self._redact = redact

    def format(self, record: logging.LogRecord) -> str:
        return self._redact(super().format(record))


def configure(secrets: Sequence[str], stream: TextIO, level: int = logging.INFO) -> None:
    """Send structlog's events and the standard library's to `stream`, through one handler."""
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
    root.setLevel(level)
