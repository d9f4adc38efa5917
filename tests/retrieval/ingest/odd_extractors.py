"""Extractors that behave as a hostile article can make a real one behave. Worker processes import them from here."""

import json
import os
import re
from pathlib import Path

from benchmarks.reliability.light_models import MarksOnly
from config.settings import load
from retrieval.domain import Quotation


class Stuck(MarksOnly):
    """Never ends over a text that says so, in a regular expression that holds the interpreter's lock."""

    def extract(self, text: str, *, published: str | None, language: str | None) -> tuple[Quotation, ...]:
        if "never ends" in text:
            re.match(r"(a+)+$", "a" * 60 + "b")
        return super().extract(text, published=published, language=language)


class Telltale(MarksOnly):
    """Writes what its process knows to the file that the text names."""

    def extract(self, text: str, *, published: str | None, language: str | None) -> tuple[Quotation, ...]:
        token = load().token
        known = {"environment": dict(os.environ), "token": token and token.get_secret_value()}
        Path(text.rsplit(maxsplit=1)[-1]).write_text(json.dumps(known))
        return ()


class Unloadable(MarksOnly):
    """Has no model."""

    def __init__(self) -> None:
        raise OSError("the parser is missing")
