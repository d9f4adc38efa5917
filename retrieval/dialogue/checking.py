"""The reply to pasted words: whether they stand in the archive, and whose they are."""

from retrieval.answering.verification.quote_matching import QuoteVerdict
from retrieval.answering.verification.verifier import SpeakerVerdict, Verification, Verifier
from retrieval.dialogue.intents import Intent
from retrieval.dialogue.interfaces import ReplyContext
from retrieval.dialogue.recognition.recogniser import UNSURE
from retrieval.dialogue.replies import DialogueReply, ReplyKind
from retrieval.domain import Answer, Verdict

CHECK_SECONDS = 8.0
"""Seconds after which no further article is compared."""
_STANDING = (QuoteVerdict.EXACT, QuoteVerdict.TRIMMED, QuoteVerdict.ALTERED)
_CERTAIN = 1.0


def checked_reply(intent: Intent, verifier: Verifier, context: ReplyContext) -> DialogueReply | None:
    """Return the verdict on pasted words, with the real ones first.

    None for words that are only guessed to be a quotation and don't stand in the archive.
    """
    found = verifier.verify(intent.subject or intent.text, intent.speaker, context.filters, seconds=CHECK_SECONDS)
    if intent.doubt >= UNSURE and found.verdict not in _STANDING:
        return None
    verdict = _verdict(found)
    answer = Answer(intent.text, _CERTAIN, tuple(found.citations), verdict=verdict)
    return DialogueReply(ReplyKind.VERDICT, answer, intent=intent, verification=found)


def _verdict(found: Verification) -> Verdict:
    """The verdict on "did X say …?" that one on a quotation comes to: what changes its meaning contradicts it."""
    if found.verdict is QuoteVerdict.NOT_FOUND:
        return Verdict.NOT_FOUND
    if found.speaker_verdict is SpeakerVerdict.MISATTRIBUTED:
        return Verdict.MISATTRIBUTED
    if found.verdict is QuoteVerdict.PARAPHRASE:
        return Verdict.RELATED
    if found.verdict is QuoteVerdict.ALTERED:
        return Verdict.CONTRADICTED if found.stressed or found.joined else Verdict.RELATED
    return Verdict.RELATED if found.stressed and not _only_goes_on(found) else Verdict.SUPPORTED


def _only_goes_on(found: Verification) -> bool:
    """Whether all that was left out of verbatim words is a clause that goes on with "and"."""
    left_out = [change.real.strip(" ,;").casefold() for change in found.changes]
    return all(part.startswith("and ") for part in left_out)
