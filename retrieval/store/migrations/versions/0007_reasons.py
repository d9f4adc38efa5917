"""Reasons for doubt about a speaker become a code with parameters; until this revision they were English sentences.

Revision ID: 0007
"""

import json
import re
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

SENTENCES = (
    ("speaker_not_told", r"the article does not tell clearly who speaks"),
    ("several_speakers", r"more than one speaker is named"),
    ("not_a_speaker", r"what reports it is neither person, body nor document"),
    ("language_not_supported", r"speaker not determined \(language\)"),
    ("may_not_speak", r"it is not sure that '(?P<name>.+)' can speak"),
    ("mention_ambiguous", r"'(?P<words>.+)' could be (?P<name>.+) or (?P<other>.+)"),
    ("speaker_ambiguous", r"could be (?P<name>.+) or (?P<other>.+)"),
)
"""The code of each sentence that the versions before could store, with its placeholders as groups."""

PATTERNS = [(code, re.compile(sentence, re.DOTALL)) for code, sentence in SENTENCES]


def upgrade() -> None:
    connection = op.get_bind()
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.create_function("reason_value", 1, value_of, deterministic=True)
    connection.execute(sa.text("UPDATE quotations SET reason = reason_value(reason) WHERE reason IS NOT NULL"))
    for seq, units in connection.execute(sa.text("SELECT seq, units FROM set_aside WHERE units IS NOT NULL")).all():
        given = {"seq": seq, "units": json.dumps([with_value(unit) for unit in json.loads(units) or []])}
        connection.execute(sa.text("UPDATE set_aside SET units = :units WHERE seq = :seq"), given)


def value_of(sentence: str) -> str:
    """Return the stored form of a reason. A sentence that isn't known is kept as one that is only stated."""
    for code, pattern in PATTERNS:
        if match := pattern.fullmatch(sentence):
            return json.dumps([code, match.groupdict()], ensure_ascii=False)
    return json.dumps(["stated", {"text": sentence}], ensure_ascii=False)


def with_value(unit: dict[str, Any]) -> dict[str, Any]:
    """Return a unit of a removed article with the reason of its speaker converted."""
    quotation = unit["quotation"]
    if not quotation or not quotation["reason"]:
        return unit
    return unit | {"quotation": quotation | {"reason": value_of(quotation["reason"])}}
