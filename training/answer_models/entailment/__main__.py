"""Fit the entailment reader: whether words of an article say what a statement says, or the opposite.

    python -m training.answer_models.entailment [--write] [--limit N] [--data FOLDER] [--work FOLDER]

First on pairs of public sets (../shared/pretrain; its README names sources and licences), then on the archive's: the
training questions with the words that answer them and with others, changed statements, and sentences of quotations. A
quarter of the articles is held back for the figures. Each run saves its state in the work folder, and goes on after
being stopped.
"""

import json
import random
from hashlib import sha256
from pathlib import Path

import torch

from retrieval.embedding.encoder import Encoder
from retrieval.embedding.entailment import DELTAS, HEAD
from retrieval.embedding.entailment_model import EntailmentModel
from retrieval.embedding.tokenizer import BundledTokenizer
from retrieval.store.archive import Archive
from training.answer_models.delivery import TrainingFiles, answer_options, deliver, training_files
from training.answer_models.deltas import adapted_model, as_safetensors, deltas
from training.answer_models.entailment.archive_pairs import ArchiveWords, asked_statements, own_pairs, paraphrase_pairs
from training.answer_models.entailment.fitting import Schedule, fit, logits
from training.answer_models.entailment.pairs import CONTRADICTS, ENTAILS, LabelledPair, public_pairs
from training.answer_models.questions import written_questions

RANK, FIRST_LAYER = 24, 2
FIRST_RATE, SECOND_RATE, THIRD_RATE = 1e-3, 1e-3, 8e-4
THIRD_EPOCHS, THIRD_STEPS = 2, 340
FIRST_PAIRS, FIRST_STEPS = 28_800, 250
"""Pairs of public sets over which the rate would fall to zero, and the steps that are made of them."""
REPEATED = 3000
"""Pairs of public sets that are seen again among the archive's, so that they aren't forgotten."""
HELD_BACK = 4
"""One in so many articles is held back."""
QUESTIONS = ("questions_train.jsonl", "questions_press_train.jsonl")
MEASURED = ("questions_dev.jsonl", "questions_press_dev.jsonl")
"""Questions whose articles are left out, so that they stay unseen."""


def archive_pairs(files: TrainingFiles) -> list[LabelledPair]:
    """Return the pairs of the archive; of press only articles with labels for fitting."""
    archive = Archive.open(files.archive)
    questions = [question for name in QUESTIONS for question in files.questions(name)]
    written = (*files.written, files.written_for_trust)
    questions += [question for path in written for question in written_questions(path, archive)[: files.limit]]
    measured = frozenset[str]().union(*(question.docs for name in MEASURED for question in files.questions(name)))
    labelled = {doc for question in questions for doc in question.docs} | labelled_articles(files.shared)
    every = archive.articles([listing.article for listing in archive.listing()]).values()
    docs = {each.id for each in every if not each.id.startswith("press") or each.id in labelled} - measured
    known = ArchiveWords.of(archive, docs)
    asked = [one for one in asked_statements(questions) if not one.docs & measured]
    chance = random.Random(0)
    pairs = [*paraphrase_pairs(asked, known, Encoder(), chance), *own_pairs(known, chance)]
    archive.close()
    return pairs


def labelled_articles(shared: Path) -> set[str]:
    """Return the ids of the articles of press whose quotations are labelled for fitting."""
    lines = (shared / "bench" / "quotes_press_train.jsonl").read_text(encoding="utf-8").splitlines()
    return {json.loads(line)["doc"] for line in lines}


def is_held_back(group: str) -> bool:
    """Return whether an article is kept for the figures."""
    return sha256(group.encode()).digest()[0] % HELD_BACK == 0


def new_model() -> EntailmentModel:
    """Return the reader before it has seen anything; only its deltas and its head are trainable."""
    return EntailmentModel(adapted_model(RANK, FIRST_LAYER))


def figures_of(model: EntailmentModel, tokenizer: BundledTokenizer, held: list[LabelledPair]) -> dict[str, float]:
    """Return, of pairs held back, the share told right, and how many entailed ones are told so."""
    given = logits(model, tokenizer, held).argmax(1)
    right = torch.tensor([pair.label for pair in held])
    return {
        "held back, right": round(100 * (given == right).float().mean().item(), 1),
        "entailed, told so": round(100 * (given[right == ENTAILS] == ENTAILS).float().mean().item(), 1),
        "contradicted, told entailed": round(100 * (given[right == CONTRADICTS] == ENTAILS).float().mean().item(), 1),
    }


def main() -> None:
    """Fit on both, report, and keep what is shipped."""
    given = answer_options(__doc__).parse_args()
    files = training_files(given)
    torch.set_num_threads(1)
    torch.manual_seed(0)
    tokenizer, model = BundledTokenizer(), new_model()
    public = public_pairs(files.shared / "pretrain", tokenizer, 0)[: files.limit]
    first = Schedule(1, FIRST_RATE, stop=FIRST_STEPS, state=files.work / "entailment_first.pt")
    fit(model, tokenizer, public[600 : 600 + FIRST_PAIRS], first)
    pairs = archive_pairs(files)
    seen = [pair for pair in pairs if not is_held_back(pair.group)] + public[-REPEATED:]
    fit(model, tokenizer, seen, Schedule(1, SECOND_RATE, seed=1, state=files.work / "entailment_second.pt"))
    third = Schedule(THIRD_EPOCHS, THIRD_RATE, seed=2, most=THIRD_STEPS, state=files.work / "entailment_third.pt")
    fit(model, tokenizer, seen, third)
    held = [pair for pair in pairs if is_held_back(pair.group)]
    head = {name: tensor for name, tensor in model.state_dict().items() if name in HEAD}
    content = as_safetensors(deltas(model.body) | head)
    deliver(DELTAS, content, figures_of(model, tokenizer, held), write=given.write)


if __name__ == "__main__":
    main()
