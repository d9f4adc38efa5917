"""Indirect speech with its speakers: reported clauses, and the person or body that each cue names."""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from retrieval.domain import Certainty, Kind, Quotation, Span, Speaker
from retrieval.quotes.attribution.attributor import Attributor
from retrieval.quotes.attribution.calibration import speaker_of
from retrieval.quotes.attribution.hypotheses import ExplainedQuotation, SpeakerDistribution
from retrieval.quotes.entities.entity import Entity
from retrieval.quotes.entities.mentions import Mention, MentionForm, mention_of
from retrieval.quotes.indirect.reported_clauses import ReportedClause, find_reported_clauses
from retrieval.quotes.spans.scanner import QuoteSpan
from retrieval.quotes.syntax.parse import Parse
from retrieval.reasons import Reason, ReasonCode
from retrieval.text.lexicon import tagged

MIN_CERTAIN = 0.95
"""Least probability, 0..1, at which the speaker of indirect speech is shown as certain; set on its own articles."""

CUE_PRECISION = 0.97
"""Share of reported clauses whose cue names the right phrase, 0..1; a factor of the speaker's confidence."""


def attribute_indirect_speech(
    parse: Parse, spans: Sequence[QuoteSpan], attributor: Attributor, speakers: Mapping[int, SpeakerDistribution]
) -> Iterator[ExplainedQuotation]:
    """Yield the indirect speech outside all quotation marks with its speakers, in order of start, without overlap.

    `speakers` are those of the quotations, by index: "he" may mean the speaker before. Utterance numbers go on from
    those of `spans`.
    """
    spoken = [(spans[i].inner.start, r.best.entity) for i, r in speakers.items() if r.best and r.best.entity]
    waiting = deque(sorted(spoken, key=lambda pair: pair[0]))
    last: tuple[int, Entity] | None = None
    utterance = max((span.utterance for span in spans), default=-1)
    for report in _outside_quotations(find_reported_clauses(parse), spans):
        while waiting and waiting[0][0] < report.span.start:
            earlier = waiting.popleft()
            last = earlier if last is None or earlier[0] > last[0] else last
        mention = mention_of(parse, attributor.entities, report.cue.actor.noun)
        distribution = attributor.of_mention(mention, last[1] if last else None)
        speaker = _calibrated(parse, report, mention, speaker_of(distribution, parse.text, MIN_CERTAIN)[0])
        if speaker.name and distribution.best and distribution.best.entity:
            last = report.span.start, distribution.best.entity
            sentence = parse.sentence(report.cue.token.sentence)
            speaker = replace(speaker, channel=attributor.channel(sentence, distribution.best.entity))
        utterance += 1
        named = _naming_span(parse, report, mention)
        yield ExplainedQuotation(Quotation(report.span, Kind.REPORTED, speaker, named, utterance), distribution)


def _naming_span(parse: Parse, report: ReportedClause, mention: Mention) -> Span:
    """Return the span of the phrase that names who reports; of "Lee, who said" it runs on to "who"."""
    verb = report.cue.actor.verb
    relative = next((t for t in parse.below(verb) if t.tag in ("WP", "WDT") and t.index < verb.index), None)
    if report.cue.actor.way == "relative" and relative and relative.start >= mention.span.end:
        return Span(mention.span.start, relative.end)
    return mention.span


def _calibrated(parse: Parse, report: ReportedClause, mention: Mention, speaker: Speaker) -> Speaker:
    """Return the speaker as far as indirect speech allows: things report nothing, and of two names neither does."""
    several = any(token.pos == "PROPN" for token in parse.below(mention.head, "conj"))
    unsure = mention.form is MentionForm.OTHER
    if several or (unsure and (mention.head.tag != "NNS" or report.cue.token.lemma in tagged("evidential_verb"))):
        code = ReasonCode.SEVERAL_SPEAKERS if several else ReasonCode.NOT_A_SPEAKER
        return Speaker(None, None, None, 0.0, Certainty.UNCLEAR, Reason.of(code))
    if speaker.certainty is Certainty.UNCLEAR:
        return speaker
    confidence = round(speaker.confidence * CUE_PRECISION, 4)
    if unsure:
        reason = speaker.reason or Reason.of(ReasonCode.MAY_NOT_SPEAK, name=speaker.name or "")
        return replace(speaker, confidence=confidence, certainty=Certainty.PROBABLE, reason=reason)
    return replace(speaker, confidence=confidence)


def _outside_quotations(reports: Sequence[ReportedClause], spans: Sequence[QuoteSpan]) -> Iterator[ReportedClause]:
    """Yield the clauses without those inside quotations and those that overlap one before."""
    marked = sorted((span.outer for span in spans if span.parent is None), key=lambda span: span.start)
    position = end = 0
    for report in reports:
        span = report.span
        while position < len(marked) and marked[position].end <= span.start:
            position += 1
        quoted = position < len(marked) and marked[position].start < span.end
        if not quoted and span.start >= end:
            end = span.end
            yield report
