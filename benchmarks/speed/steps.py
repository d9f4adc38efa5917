"""The steps of the regression gate that run within one process, each as a function to be called again and again."""

import asyncio
import json
import random
import resource
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median

from benchmarks.speed.autocomplete import OWNERS, names
from bot.cards.answer import answer_card
from bot.services.name_directory import NameDirectory
from bot.services.worker import Worker
from retrieval.composition.answering import compose_answering
from retrieval.embedding.encoder import Encoder
from retrieval.ingest.analysis import draft_units, embed_units
from retrieval.quotes.extractor import make_extractor
from retrieval.store.archive import Archive

QUESTION = "who said the mission isn't over?"
UNIT = "Who said that the mission in Syria is not over yet, and that pockets of militants are still there?"
"""What is embedded as the unit of all times."""

WORDS = "our mission there is not over yet complete"
NAMES = 20_000
LEAST = 0.1
"""Seconds of processor time that a step is repeated for in each round."""

Step = Callable[[], object]


def steps_over(archive: Archive, encoder: Encoder) -> dict[str, Step]:
    """Return the steps by their names."""
    both = {name: compose_answering(archive, encoder, reranker_name=name, boldness=0.5) for name in ("bundled", "off")}
    answer = both["bundled"].answerer.answer(QUESTION)
    extractor = make_extractor()
    article = max(archive.articles([each.article for each in archive.listing()]).values(), key=lambda a: len(a.text))
    directory = made_up_directory()
    return {
        "question": lambda: both["bundled"].answerer.answer(QUESTION),
        "question_without_cross_encoder": lambda: both["off"].answerer.answer(QUESTION),
        "verify": lambda: both["bundled"].verifier.verify(WORDS),
        "autocomplete": lambda: directory.suggest("ba", OWNERS),
        "quotations": lambda: extractor.extract(article.text, published=article.published, language="en"),
        "ingest": lambda: embed_units(draft_units(article, extractor), encoder),
        "card": lambda: answer_card(answer),
    }


def made_up_directory() -> NameDirectory:
    """Return a directory of NAMES made-up names."""
    counted = {owner: dict(names(random.Random(7), NAMES)) for owner in OWNERS}

    async def read() -> NameDirectory:
        worker = Worker(threads=1, queue=10, limit=60)
        directory = NameDirectory(lambda: counted, worker, freshness=1e9)
        await directory.refresh()
        worker.close()
        return directory

    return asyncio.run(read())


def seconds(step: Step) -> float:
    """Return the processor time of one call, the mean of as many as take LEAST together."""
    calls, started = 0, time.process_time()
    while (taken := time.process_time() - started) < LEAST or calls == 0:
        step()
        calls += 1
    return taken / calls


def ratios(steps: Mapping[str, Step], unit: Step, rounds: int) -> dict[str, float]:
    """Return the median of each step's time in units; the unit is measured anew beside every step."""
    found: dict[str, list[float]] = {name: [] for name in steps}
    for step in (*steps.values(), unit):
        step()
    for _ in range(rounds):
        for name, step in steps.items():
            before = seconds(unit)
            taken = seconds(step)
            found[name].append(taken / ((before + seconds(unit)) / 2))
    return {name: median(values) for name, values in found.items()}


def main() -> None:
    """Print the ratios, the unit's seconds and this process's peak memory: `steps DATA ROUNDS`."""
    archive, encoder = Archive.open(Path(sys.argv[1])), Encoder(threads=1)

    def unit() -> object:
        return encoder.encode([UNIT])

    found = ratios(steps_over(archive, encoder), unit, int(sys.argv[2]))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(json.dumps({"ratios": found, "unit": median(seconds(unit) for _ in range(5)), "megabytes": peak}))


if __name__ == "__main__":
    main()
