"""Reported speech with its speakers: each clause found, and whom the phrase means that names who reports it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from retrieval.domain import Certainty, Kind, Quotation, Span, Speaker
from retrieval.quotes.attribution.attributor import Attributor
from retrieval.quotes.attribution.calibration import speaker_of
from retrieval.quotes.attribution.hypotheses import ExplainedQuotation, SpeakerDistribution
from retrieval.quotes.entities.mentions import Mention, MentionForm, mention_of
from retrieval.quotes.indirect.reports import Report, find_reported
from retrieval.quotes.spans.scanner import QuoteSpan
from retrieval.quotes.syntax.parse import Parse
from retrieval.reasons import Reason, ReasonCode
from retrieval.text.lexicon import tagged

REPORTED_CERTAIN = 0.95
"""The least probability of whom a phrase means; what is shown of quotations was measured on those alone."""

SURENESS = 0.97
"""The share of reported clauses whose phrase is the right one, measured beside that of whom the phrase means."""


def attribute_indirect_speech(
    parse: Parse, stretches: Sequence[QuoteSpan], attributor: Attributor, readings: Mapping[int, SpeakerDistribution]
) -> Iterator[ExplainedQuotation]:
    """Outside all quotation marks, in order of start; they stand apart.

    `readings` are those of the quotations: "he" may mean whoever spoke last. Utterances count on from theirs.
    """
    spoken = [(stretches[i].inner.start, r.best.entity) for i, r in readings.items() if r.best and r.best.entity]
    utterance = max((stretch.utterance for stretch in stretches), default=-1)
    for report in _apart(find_reported(parse), stretches):
        last = max((pair for pair in spoken if pair[0] < report.span.start), key=lambda pair: pair[0], default=None)
        mention = mention_of(parse, attributor.entities, report.cue.actor.noun)
        reading = attributor.of_mention(mention, last[1] if last else None)
        speaker = _settled(parse, report, mention, speaker_of(reading, parse.text, REPORTED_CERTAIN)[0])
        if speaker.name and reading.best and reading.best.entity:
            spoken.append((report.span.start, reading.best.entity))
        utterance += 1
        named = _naming(parse, report, mention)
        yield ExplainedQuotation(Quotation(report.span, Kind.REPORTED, speaker, named, utterance), reading)


def _naming(parse: Parse, report: Report, mention: Mention) -> Span:
    """The phrase that names who reports; of "Lee, who said" it runs on to "who"."""
    verb = report.cue.actor.verb
    relative = next((t for t in parse.below(verb) if t.tag in ("WP", "WDT") and t.index < verb.index), None)
    if report.cue.actor.way == "relative" and relative and relative.start >= mention.span.end:
        return Span(mention.span.start, relative.end)
    return mention.span


def _settled(parse: Parse, report: Report, mention: Mention, speaker: Speaker) -> Speaker:
    """The speaker as far as reported speech allows: a thing reports nothing, and of two names none is the speaker."""
    several = any(token.pos == "PROPN" for token in parse.below(mention.head, "conj"))
    unsure = mention.form is MentionForm.OTHER
    if several or (unsure and (mention.head.tag != "NNS" or report.cue.token.lemma in tagged("evidential_verb"))):
        code = ReasonCode.SEVERAL_SPEAKERS if several else ReasonCode.NOT_A_SPEAKER
        return Speaker(None, None, None, 0.0, Certainty.UNCLEAR, Reason.of(code))
    if speaker.certainty is Certainty.UNCLEAR:
        return speaker
    confidence = round(speaker.confidence * SURENESS, 4)
    if unsure:
        reason = speaker.reason or Reason.of(ReasonCode.MAY_NOT_SPEAK, name=speaker.name or "")
        return replace(speaker, confidence=confidence, certainty=Certainty.PROBABLE, reason=reason)
    return replace(speaker, confidence=confidence)


def _apart(reports: Sequence[Report], stretches: Sequence[QuoteSpan]) -> Iterator[Report]:
    """Without those inside quotations and those that would cross another."""
    marked = sorted((stretch.outer for stretch in stretches if stretch.parent is None), key=lambda span: span.start)
    position = end = 0
    for report in reports:
        span = report.span
        while position < len(marked) and marked[position].end <= span.start:
            position += 1
        quoted = position < len(marked) and marked[position].start < span.end
        if not quoted and span.start >= end:
            end = span.end
            yield report
