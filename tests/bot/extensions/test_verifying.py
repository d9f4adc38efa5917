from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cards.verification import checks_card, verification_card, who_said_card
from retrieval.answering.verification.quote_comparison import QuoteChange
from retrieval.answering.verification.quote_matching import QuoteVerdict
from retrieval.answering.verification.verifier import MessageVerification, SpeakerVerdict, Verification
from tests.bot.any_cards import WORDS, citations, sent
from tests.bot.harness import world_with
from tests.bot.made_up import ALTERED, FakeVerifier

EXACT = replace(ALTERED, verdict=QuoteVerdict.EXACT, speaker_verdict=None, stressed=False, changes=())
NOWHERE = Verification("the moon is cheese", QuoteVerdict.NOT_FOUND)


async def test_verify_shows_what_was_changed_and_the_real_words(make_bot):
    verifier = FakeVerifier()
    async with world_with(make_bot(verifier=verifier)) as world:
        shown = await world.alice.slash("verify", quotation="We will never close the harbour,", speaker="Marlowe")

        assert shown.text.splitlines()[:8] == [
            "-# Checked: We will never close the harbour,",
            "**The words have been changed.**",
            "What was changed or left out may turn the sense.",
            "The speaker is right.",
            "~~never~~ → **not**",
            "left out: **Not this year**",
            "**Ada Marlowe**, harbour minister",
            "> “We will not close the harbour,”",
        ]
        assert verifier.asked[0][:2] == ("We will never close the harbour,", "Marlowe")


async def test_words_that_somebody_else_said_are_told_so(make_bot):
    found = replace(EXACT, speaker_verdict=SpeakerVerdict.MISATTRIBUTED)
    async with world_with(make_bot(verifier=FakeVerifier(found))) as world:
        shown = await world.alice.slash("verify", quotation="We will not close the harbour,", speaker="Rook")

        assert "**But somebody else said them.**" in shown.text


async def test_who_said_shows_the_words_and_their_speaker_first(make_bot):
    async with world_with(make_bot(verifier=FakeVerifier(EXACT))) as world:
        shown = await world.alice.slash("who-said", words="not close the harbour")

        assert shown.text.startswith(
            "-# Checked: We will never close the harbour,\n**Ada Marlowe**, harbour minister\n>"
        )
        assert "The archive has" not in shown.text


async def test_who_said_of_unknown_words_says_so(make_bot):
    async with world_with(make_bot(verifier=FakeVerifier(NOWHERE))) as world:
        shown = await world.alice.slash("who-said", words="the moon is cheese")

        assert shown.text == "-# Checked: the moon is cheese\n**The archive doesn't have these words.**"


async def test_every_quotation_of_a_message_is_checked_in_private(make_bot):
    verifier = FakeVerifier(EXACT, ALTERED, NOWHERE)
    async with world_with(make_bot(verifier=verifier)) as world:
        message = await world.bob.say('"one" and "two" and "three"')
        shown = await world.alice.menu("Check quotations", message)

        assert shown.private
        assert shown.text.count("-# Checked: ") == 3
        assert "-# Checked: the moon is cheese\n**The archive doesn't have these words.**" in shown.text


async def test_a_message_without_words_can_not_be_checked(make_bot):
    async with world_with(make_bot()) as world:
        message = await world.bob.say("🙂 …")
        shown = await world.alice.menu("Check quotations", message)

        assert shown.text == "That message has no text that I could check."


@st.composite
def verifications(draw):
    changes = st.builds(QuoteChange, st.just("replace"), WORDS, WORDS)
    return Verification(
        draw(WORDS),
        draw(st.sampled_from(QuoteVerdict)),
        draw(st.none() | st.sampled_from(SpeakerVerdict)),
        draw(st.booleans()),
        tuple(draw(st.lists(changes, max_size=10))),
        tuple(draw(st.lists(citations(), max_size=3))),
    )


@settings(deadline=None, max_examples=20)
@given(st.lists(verifications(), max_size=7))
def test_any_verification_is_within_limits(found):
    sent(checks_card(MessageVerification(tuple(found[:5]), len(found))))
    for each in found[:1]:
        sent(verification_card(each))
        sent(who_said_card(each))
