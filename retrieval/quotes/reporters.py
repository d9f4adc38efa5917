"""Reported speech with its speakers: each clause found, and whom the phrase means that names who reports it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from retrieval.articles import Certainty, Kind, Quotation, Span, Speaker
from retrieval.quotes.attribution import Attributor, Reading
from retrieval.quotes.confidence import speaker_of
from retrieval.quotes.explained import Explained
from retrieval.quotes.mentions import mention_of
from retrieval.quotes.reported import Report, find_reported
from retrieval.quotes.roster import Entity
from retrieval.quotes.scanner import Stretch
from retrieval.quotes.syntax import Parse

SURENESS = 0.97
"""The share of reported clauses whose phrase is the right one, measured beside that of whom the phrase means."""


def reported_speech(
    parse: Parse, stretches: Sequence[Stretch], attributor: Attributor, readings: Mapping[int, Reading]
) -> Iterator[Explained]:
    """Outside all quotation marks, in order of start; they stand apart.

    `readings` are those of the quotations: "he" may mean whoever spoke last. Utterances count on from theirs.
    """
    spoken = [(stretches[i].inner.start, r.best.entity) for i, r in readings.items() if r.best and r.best.entity]
    utterance = max((stretch.utterance for stretch in stretches), default=-1)
    for report in _apart(find_reported(parse), stretches):
        last = max((pair for pair in spoken if pair[0] < report.span.start), key=lambda pair: pair[0], default=None)
        reading, mention = read_report(parse, attributor, report, last[1] if last else None)
        speaker, _ = speaker_of(reading)
        if reading.best and reading.best.entity:
            spoken.append((report.span.start, reading.best.entity))
        utterance += 1
        yield Explained(Quotation(report.span, Kind.REPORTED, _tempered(speaker), mention, utterance), reading)


def read_report(parse: Parse, attributor: Attributor, report: Report, last: Entity | None) -> tuple[Reading, Span]:
    """Whom the naming phrase may mean, and its stretch; the phrase of "Lee, who said" runs on to "who"."""
    actor = report.cue.actor
    mention = mention_of(parse, attributor.roster, actor.noun)
    span = mention.span
    relative = next((t for t in parse.below(actor.verb) if t.tag in ("WP", "WDT") and t.index < actor.verb.index), None)
    if actor.way == "relative" and relative and relative.start >= span.end:
        span = Span(span.start, relative.end)
    return attributor.of_mention(mention, last), span


def _apart(reports: Sequence[Report], stretches: Sequence[Stretch]) -> Iterator[Report]:
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


def _tempered(speaker: Speaker) -> Speaker:
    confidence = round(speaker.confidence * SURENESS, 4)
    return speaker if speaker.certainty is Certainty.UNCLEAR else replace(speaker, confidence=confidence)
