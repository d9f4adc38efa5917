"""Text in, quotations with their speakers out: the one entrance to this package."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from retrieval.domain import Kind, Quotation
from retrieval.quotes.attribution.attributor import Attributor
from retrieval.quotes.attribution.calibration import is_unattributed, speaker_of
from retrieval.quotes.attribution.hypotheses import ExplainedQuotation
from retrieval.quotes.attribution.model import SpeakerModel
from retrieval.quotes.dates import date_quotations
from retrieval.quotes.indirect.indirect_speech import reported_speech
from retrieval.quotes.languages import is_attributable, undetermined
from retrieval.quotes.spans.paragraphs import split_sections
from retrieval.quotes.spans.quote_classifier import classify_quotes
from retrieval.quotes.spans.scanner import find_quote_spans
from retrieval.quotes.syntax.parser import Parser


class Extractor:
    """Takes a parser, which it keeps; not to be shared between threads."""

    def __init__(self, parser: Parser, model: SpeakerModel | None = None) -> None:
        self._parser = parser
        self.model = model or SpeakerModel.load()

    def extract(
        self, text: str, *, published: str | None = None, language: str | None = None, keep_mentions: bool = False
    ) -> tuple[Quotation, ...]:
        """Every quotation and reported clause in order of start.

        `keep_mentions` adds what stands between marks and is no speech.
        `published` is ISO 8601 and anchors "on Tuesday"; `language` is ISO 639-1, found out where it is None.
        """
        found = self.explain(text, published=published, language=language)
        return tuple(e.quotation for e in found if keep_mentions or e.quotation.kind is not Kind.MENTION)

    def explain(
        self, text: str, *, published: str | None = None, language: str | None = None
    ) -> tuple[ExplainedQuotation, ...]:
        """What `extract` finds, with what is no speech, and with the readings that each speaker was chosen from."""
        if not is_attributable(text, language):
            return tuple(_unattributed(text))
        found: list[ExplainedQuotation] = []
        for section in split_sections(text):
            found.extend(_counted_on(self._attributed(section, published), found))
        return tuple(found)

    def _attributed(self, text: str, published: str | None) -> list[ExplainedQuotation]:
        stretches = find_quote_spans(text)
        told = classify_quotes(text, stretches)
        parse = self._parser.parse(text, stretches)
        attributor = Attributor(parse, stretches, told, self.model)
        speakers = attributor.attribute()
        found = list(reported_speech(parse, stretches, attributor, speakers))
        for index, (stretch, kind) in enumerate(zip(stretches, told, strict=True)):
            if kind is Kind.MENTION or (
                kind is Kind.MIXED and is_unattributed(speakers[index], stretch.inner.of(text))
            ):
                found.append(ExplainedQuotation(Quotation(stretch.inner, Kind.MENTION), speakers.get(index)))
                continue
            speaker, mention = speaker_of(speakers[index], text)
            quotation = Quotation(stretch.inner, kind, speaker, mention, stretch.utterance)
            found.append(ExplainedQuotation(quotation, speakers[index]))
        found.sort(key=lambda explained: (explained.quotation.span.start, -explained.quotation.span.end))
        dated = date_quotations([explained.quotation for explained in found], parse, published)
        return [ExplainedQuotation(quotation, e.speakers) for quotation, e in zip(dated, found, strict=True)]


def _counted_on(
    found: Iterable[ExplainedQuotation], before: Sequence[ExplainedQuotation]
) -> Iterator[ExplainedQuotation]:
    """With utterance numbers that go on from those before."""
    taken = 1 + max((e.quotation.utterance for e in before if e.quotation.utterance is not None), default=-1)
    for explained in found:
        number = explained.quotation.utterance
        quotation = explained.quotation if number is None else replace(explained.quotation, utterance=number + taken)
        yield ExplainedQuotation(quotation, explained.speakers)


def _unattributed(text: str) -> Iterator[ExplainedQuotation]:
    """In another language than English: the spans, and nothing about who speaks."""
    stretches = find_quote_spans(text)
    told = classify_quotes(text, stretches)
    for stretch, kind in sorted(zip(stretches, told, strict=True), key=lambda pair: pair[0].inner.start):
        speaker = None if kind is Kind.MENTION else undetermined()
        yield ExplainedQuotation(Quotation(stretch.inner, kind, speaker, utterance=stretch.utterance), None)


def make_extractor() -> Extractor:
    """With the bundled parser, for processes of their own."""
    return Extractor(Parser())
