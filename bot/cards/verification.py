"""Cards of verified quotations: a verdict, what was changed, and the words as the archive has them."""

from collections.abc import Iterator, Sequence

from bot.cards.blocks import citation_blocks
from bot.cards.components import Block, Card, Tone, notice, within_limits
from bot.cards.limits import fit_line, fit_typed
from bot.locales import N_, _, ngettext
from retrieval.answering.verification.quote_comparison import QuoteChange
from retrieval.answering.verification.quote_matching import QuoteVerdict
from retrieval.answering.verification.verifier import MessageVerification, SpeakerVerdict, Verification

_VERDICTS = {
    QuoteVerdict.EXACT: N_("**The archive has these words, exactly so.**"),
    QuoteVerdict.TRIMMED: N_("**The archive has these words; only cuts or punctuation differ.**"),
    QuoteVerdict.ALTERED: N_("**The words have been changed.**"),
    QuoteVerdict.PARAPHRASE: N_("**The archive doesn't have these words. This says something like it:**"),
    QuoteVerdict.NOT_FOUND: N_("**The archive doesn't have these words.**"),
}
_NOTES = {
    QuoteVerdict.ALTERED: N_("These differ from the words that you gave:"),
    QuoteVerdict.PARAPHRASE: N_("These aren't the words that you gave, but may mean the same."),
}
_SPEAKERS = {
    SpeakerVerdict.SUPPORTED: N_("The speaker is right."),
    SpeakerVerdict.MISATTRIBUTED: N_("**But somebody else said them.**"),
    SpeakerVerdict.UNCLEAR: N_("Whether that speaker said them is unclear."),
}
_TONES = {
    QuoteVerdict.EXACT: Tone.CERTAIN,
    QuoteVerdict.TRIMMED: Tone.CERTAIN,
    QuoteVerdict.ALTERED: Tone.UNCERTAIN,
    QuoteVerdict.PARAPHRASE: Tone.UNCERTAIN,
    QuoteVerdict.NOT_FOUND: Tone.NOTHING,
}
_STRESSED = N_("What was changed or left out may turn the sense.")
_JOINED = N_("**They are from two quotations, put together as one.**")
_NO_TIME = N_("**I ran out of time before I found these words.** A shorter quotation is found sooner.")
_PARTLY = N_("I ran out of time; other articles may have the words more exactly.")
_MARKS = '"“”„«» '
_GIVEN, _CHANGED, _CHANGES = 300, 80, 8


def verification_card(verification: Verification) -> Card:
    """Return the verdict on one quotation, then the real words."""
    heading = [_asked(verification), *_verdict(verification)]
    blocks = [Block("\n".join(heading)), *citation_blocks(verification.citations)]
    return Card(within_limits(blocks), _tone(verification))


def checks_card(message: MessageVerification) -> Card:
    """Return each verified quotation of a message with its verdict and the best citation of the real words."""
    verifications = message.checked
    if not verifications:
        return notice(_("There is no quotation in that message."))
    if message.total == 1:
        return verification_card(verifications[0])
    blocks: list[Block] = []
    for verification in verifications:
        blocks.append(Block("\n".join([_asked(verification), *_verdict(verification)])))
        blocks += citation_blocks(verification.citations[:1])
    if message.total > len(verifications):
        first = _("The first {shown} of {all} quotations", shown=len(verifications), all=message.total)
        blocks.insert(0, Block(f"-# {first}"))
    return Card(within_limits(blocks), max(map(_tone, verifications), key=list(_TONES.values()).index))


def who_said_card(verification: Verification) -> Card:
    """Return the words as the archive has them, with their speaker; what differs from the given words stands below."""
    asked = _asked(verification)
    if not verification.citations:
        return notice("\n".join([asked, *_verdict(verification)]))
    note = _NOTES.get(verification.verdict)
    below = [Block("\n".join([_(note), *_changes(verification.changes)]))] if note else []
    blocks = [Block(asked), *citation_blocks(verification.citations), *below]
    return Card(within_limits(blocks), _tone(verification))


def _verdict(verification: Verification) -> Iterator[str]:
    if not (verification.complete or verification.citations):
        yield _(_NO_TIME)
        return
    yield _(_VERDICTS[verification.verdict])
    if not verification.complete:
        yield "-# " + _(_PARTLY)
    if verification.joined:
        yield _(_JOINED)
    elif verification.stressed:
        yield _(_STRESSED)
    if verification.speaker_verdict is not None:
        yield _(_SPEAKERS[verification.speaker_verdict])
    yield from _changes(verification.changes)


def _changes(changes: Sequence[QuoteChange]) -> Iterator[str]:
    yield from map(_change, changes[:_CHANGES])
    if len(changes) > _CHANGES:
        yield "-# " + ngettext("and {n} more change", "and {n} more changes", len(changes) - _CHANGES)


def _change(change: QuoteChange) -> str:
    given, real = fit_typed(change.given, _CHANGED), fit_line(change.real, _CHANGED)
    if not real:
        return _("added: {words}", words=f"~~{given}~~")
    return f"~~{given}~~ → **{real}**" if given else _("left out: {words}", words=f"**{real}**")


def _asked(verification: Verification) -> str:
    """Return the given words without quotation marks: nobody may have said them."""
    return "-# " + _("Checked: {words}", words=fit_typed(verification.text.strip(_MARKS), _GIVEN) or "…")


def _tone(verification: Verification) -> Tone:
    if verification.speaker_verdict is SpeakerVerdict.MISATTRIBUTED:
        return Tone.UNCERTAIN
    return _TONES[verification.verdict]
