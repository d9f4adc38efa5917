"""The entrance to quotations: the text of an article to its quotations, with their speakers and dates."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from retrieval.domain import Kind, Quotation
from retrieval.quotes.attribution.attributor import Attributor
from retrieval.quotes.attribution.calibration import is_unattributed, speaker_of
from retrieval.quotes.attribution.hypotheses import ExplainedQuotation, SpeakerDistribution
from retrieval.quotes.attribution.model import SpeakerModel
from retrieval.quotes.dates import date_quotations
from retrieval.quotes.indirect.indirect_speech import attribute_indirect_speech
from retrieval.quotes.languages import is_attributable, undetermined_speaker
from retrieval.quotes.spans.paragraphs import split_sections
from retrieval.quotes.spans.quote_classifier import classify_quotes
from retrieval.quotes.spans.scanner import QuoteSpan, find_quote_spans
from retrieval.quotes.syntax.parse import Parse
from retrieval.quotes.syntax.parser import Parser


class Extractor:
    """Extracts quotations from articles; keeps a parser and a speaker model. Not to be shared between threads."""

    def __init__(self, parser: Parser, model: SpeakerModel | None = None) -> None:
        self._parser = parser
        self.model = model or SpeakerModel.load()

    def extract(
        self, text: str, *, published: str | None = None, language: str | None = None, keep_mentions: bool = False
    ) -> tuple[Quotation, ...]:
        """Return every quotation and every reported clause of a text, in order of start.

        `published` is ISO 8601 and resolves "on Tuesday"; `language` is ISO 639-1, None to detect it. `keep_mentions`
        adds quoted spans that are no speech.
        """
        found = self.explain(text, published=published, language=language)
        return tuple(e.quotation for e in found if keep_mentions or e.quotation.kind is not Kind.MENTION)

    def explain(
        self, text: str, *, published: str | None = None, language: str | None = None
    ) -> tuple[ExplainedQuotation, ...]:
        """Return what `extract` does, mentions included, each with the distribution that its speaker came from."""
        if not is_attributable(text, language):
            return tuple(_without_speakers(text))
        found: list[ExplainedQuotation] = []
        for section in split_sections(text):
            found.extend(_renumbered(self._explain_section(section, published), found))
        return tuple(found)

    def _explain_section(self, text: str, published: str | None) -> tuple[ExplainedQuotation, ...]:
        spans = find_quote_spans(text)
        kinds = classify_quotes(text, spans)
        parse = self._parser.parse(text, spans)
        attributor = Attributor(parse, spans, kinds, self.model)
        speakers = attributor.attribute()
        direct = _with_channels(_direct_speech(text, spans, kinds, speakers, self.model), spans, attributor)
        indirect = attribute_indirect_speech(parse, spans, attributor, speakers)
        return _dated(_in_order([*direct, *indirect]), parse, published)


def _direct_speech(
    text: str,
    spans: Sequence[QuoteSpan],
    kinds: Sequence[Kind],
    speakers: Mapping[int, SpeakerDistribution],
    model: SpeakerModel,
) -> Iterator[ExplainedQuotation]:
    """Yield every quoted span with its speaker; a mention, and a fragment that is no one's speech, without one."""
    for index, (span, kind) in enumerate(zip(spans, kinds, strict=True)):
        distribution = speakers.get(index)
        no_speech = kind is Kind.MENTION or distribution is None
        if no_speech or (kind is Kind.MIXED and is_unattributed(speakers[index], span.inner.of(text))):
            yield ExplainedQuotation(Quotation(span.inner, Kind.MENTION), distribution)
        else:
            right = model.certainty(speakers[index], kind, len(span.inner.of(text).split()))
            speaker, mention = speaker_of(speakers[index], text, right=right)
            yield ExplainedQuotation(Quotation(span.inner, kind, speaker, mention, span.utterance), distribution)


def _with_channels(
    found: Iterable[ExplainedQuotation], spans: Sequence[QuoteSpan], attributor: Attributor
) -> Iterator[ExplainedQuotation]:
    """Yield the quotations at `spans`, each with the outlet that its speaker gave the words to."""
    for index, (explained, _) in enumerate(zip(found, spans, strict=True)):
        speaker, distribution = explained.quotation.speaker, explained.speakers
        channel = attributor.channel(index, distribution.likeliest[0]) if distribution else None
        if speaker and speaker.name and channel:
            quotation = replace(explained.quotation, speaker=replace(speaker, channel=channel))
            yield ExplainedQuotation(quotation, distribution)
        else:
            yield explained


def _in_order(found: Iterable[ExplainedQuotation]) -> list[ExplainedQuotation]:
    return sorted(found, key=lambda explained: (explained.quotation.span.start, -explained.quotation.span.end))


def _dated(found: Sequence[ExplainedQuotation], parse: Parse, published: str | None) -> tuple[ExplainedQuotation, ...]:
    dated = date_quotations([explained.quotation for explained in found], parse, published)
    return tuple(ExplainedQuotation(quotation, e.speakers) for quotation, e in zip(dated, found, strict=True))


def _renumbered(
    found: Iterable[ExplainedQuotation], before: Sequence[ExplainedQuotation]
) -> Iterator[ExplainedQuotation]:
    """Yield the quotations of a section with utterance numbers that go on from those of the sections before."""
    first = 1 + max((e.quotation.utterance for e in before if e.quotation.utterance is not None), default=-1)
    for explained in found:
        number = explained.quotation.utterance
        quotation = explained.quotation if number is None else replace(explained.quotation, utterance=number + first)
        yield ExplainedQuotation(quotation, explained.speakers)


def _without_speakers(text: str) -> Iterator[ExplainedQuotation]:
    """Yield the quoted spans of a text in a language in which speakers can't be named, in order of start."""
    spans = find_quote_spans(text)
    kinds = classify_quotes(text, spans)
    for span, kind in sorted(zip(spans, kinds, strict=True), key=lambda pair: pair[0].inner.start):
        speaker = None if kind is Kind.MENTION else undetermined_speaker()
        yield ExplainedQuotation(Quotation(span.inner, kind, speaker, utterance=span.utterance), None)


def make_extractor() -> Extractor:
    """Return an extractor with the bundled parser and model, for a process of its own."""
    return Extractor(Parser())
