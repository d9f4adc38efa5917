"""Double quotation marks stand around an article's words alone, whatever people type into names, topics and checks."""

from dataclasses import replace

import pytest

from bot.cards.answer import answer_card
from bot.cards.dialogue.timeline import timeline_card
from bot.cards.references import TimelinePage
from bot.cards.verification import checks_card
from retrieval.answering.citation_lookup import Timeline
from retrieval.answering.verification.quote_comparison import QuoteChange
from retrieval.answering.verification.verifier import MessageVerification
from retrieval.domain import FollowUpKind, FollowUpReading
from tests.bot.made_up import ALTERED, DECLINED, citation

MARKS = '"“”„«»「」'
TYPED = '“never” „again“ «said» "she" 「ever」'


def shown(card):
    return "\n".join(block.text for block in card.blocks)


@pytest.mark.parametrize(
    "card",
    [
        timeline_card(TimelinePage(TYPED, TYPED), Timeline(TYPED, 0, ())),
        timeline_card(TimelinePage("Ada", TYPED), Timeline("Ada Marlowe", 1, (citation(3),))),
        checks_card(
            MessageVerification(
                (replace(ALTERED, text=TYPED, changes=(QuoteChange("insert", TYPED, ""),), citations=()),) * 2, 2
            )
        ),
        answer_card(replace(DECLINED, question=TYPED, reading=FollowUpReading(FollowUpKind.MORE, TYPED)), asked=True),
    ],
)
def test_what_a_person_typed_never_looks_like_a_quotation(card):
    assert "never" in shown(card)
    assert not set(MARKS) & set(shown(card))
