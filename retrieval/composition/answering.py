"""Build what answers from an archive."""

from dataclasses import dataclass

from retrieval.answering.answerer import Answerer
from retrieval.answering.citation_lookup import CitationLookup
from retrieval.answering.quotation_status import QuotationStatuses
from retrieval.answering.verification.verifier import Verifier
from retrieval.dialogue.archive_names import ArchiveNames
from retrieval.dialogue.conversation import Conversation
from retrieval.dialogue.dialogue import Dialogue
from retrieval.dialogue.handlers.composed import compose_handlers, compose_lists
from retrieval.dialogue.handlers.lists import ListHandler
from retrieval.dialogue.question_answers.misspellings import Misspellings
from retrieval.dialogue.question_answers.speaker_answers import SpeakerAnswers
from retrieval.dialogue.references.described_speakers import DescribedSpeakers
from retrieval.embedding.encoder import Encoder
from retrieval.embedding.entailment import entailment_reader
from retrieval.embedding.reranker import reranker
from retrieval.search.local.engine import LocalEngine
from retrieval.speakers.index import SpeakerIndex
from retrieval.store.archive import Archive, utc_now


@dataclass(frozen=True, slots=True)
class Answering:
    """Everything that answers from one archive. As thread-safe as the archive."""

    answerer: Answerer
    conversation: Conversation
    verifier: Verifier
    lookup: CitationLookup
    speakers: SpeakerIndex
    standings: QuotationStatuses
    dialogue: Dialogue
    lists: ListHandler


def compose_answering(archive: Archive, encoder: Encoder, *, reranker_name: str, boldness: float) -> Answering:
    """Open the index of the archive and build what answers from it.

    `reranker_name` is `bundled`, `off` or a model's name or folder; `boldness` is 0..1. Raises ModelMismatch where the
    archive's vectors aren't the encoder's.
    """
    archive.expect_model(encoder.model)
    engine = LocalEngine(archive)
    statements = entailment_reader() if reranker_name != "off" else None
    answerer = Answerer(archive, engine, encoder, reranker(reranker_name), boldness, statements=statements)
    speakers = SpeakerIndex(archive, utc_now)
    names = ArchiveNames(archive)
    conversation = Conversation(archive, SpeakerAnswers(answerer, DescribedSpeakers(archive, engine), names))
    verifier = Verifier(archive, engine, answerer)
    lists = compose_lists(answerer.ranking, speakers)
    handlers = compose_handlers(answerer.ranking, speakers, lists)
    return Answering(
        answerer,
        conversation,
        verifier,
        CitationLookup(archive, speakers, answerer),
        speakers,
        QuotationStatuses(archive),
        Dialogue(conversation, verifier, engine, names, Misspellings(archive, engine), handlers),
        lists,
    )
