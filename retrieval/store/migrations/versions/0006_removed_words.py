"""Words that the operator removed stay away under any id.

Revision ID: 0006
"""

import hashlib
import json

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

KEPT = """
SELECT seq, content FROM set_aside
WHERE why = 'removed' AND content IS NOT NULL AND (owner = 'operator' OR reason = 'by the operator')
"""


def upgrade() -> None:
    op.add_column("set_aside", sa.Column("words", sa.Text))
    op.create_index("ix_set_aside_words", "set_aside", ["words"])
    connection = op.get_bind()
    for seq, content in connection.execute(sa.text(KEPT)).all():
        words = " ".join(json.loads(content)["text"].split())
        given = {"seq": seq, "digest": hashlib.sha256(words.encode()).hexdigest()}
        connection.execute(sa.text("UPDATE set_aside SET words = :digest WHERE seq = :seq"), given)
