"""Check verifying against cases made from an archive's own quotations.

    python benchmarks/verify.py --data DIR [--shared ../shared] [--cases 200] [--seed 1] [--show KIND]

Every kind of case is drawn from quotations of five words or more. Quotations that never were come from other news
(`polnear`) and paraphrases from the train questions; both are left out where `--shared` isn't there.
"""

import argparse
import json
import random
import re
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cli.wiring import open_archive, open_verifier
from config.settings import Settings
from retrieval.alignment import words
from retrieval.articles import Certainty, Kind
from retrieval.locating import Wording
from retrieval.sense import turns_sense
from retrieval.store.archive import Archive
from retrieval.verifying import SpeakerVerdict, Verification, Verifier

SHORTEST = 5
AUXILIARY = re.compile(r"\b(is|are|was|were|will|would|could|should|must)\b(?! not\b|n['’]t\b)")
NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?![\w,.]\d|\w)")
FOUND_AS_SAID = (Wording.EXACT, Wording.TRIMMED)


@dataclass(frozen=True)
class Said:
    """A quotation of the archive; `speaker` where that is certain."""

    text: str
    speaker: str | None
    article: str


@dataclass(frozen=True)
class Case:
    kind: str
    text: str
    right: Callable[[Verification], bool]
    speaker: str | None = None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the archive's folder")
    parser.add_argument("--shared", type=Path, help="the folder with bench/ and polnear/")
    parser.add_argument("--cases", type=int, default=200, help="cases of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", help="print the cases of this kind that went wrong")
    asked = parser.parse_args()
    chance = random.Random(asked.seed)
    settings = Settings(data=asked.data)
    with open_archive(settings) as archive, open_verifier(settings) as verifier:
        said = [q for q in quotations(archive) if len(words(q.text)) >= SHORTEST]
        made = list(cases(said, asked.cases, chance, asked.shared))
        verified = [(case, *timed(verifier, case)) for case in made]
    report(verified, asked.show)


def quotations(archive: Archive) -> Iterator[Said]:
    for listing in archive.listing():
        article = archive.article(listing.article)
        for unit in archive.units_of(listing.article):
            quotation = unit.quotation
            if quotation and quotation.kind in (Kind.DIRECT, Kind.MIXED, Kind.NESTED):
                known = quotation.speaker and quotation.speaker.certainty is Certainty.CERTAIN
                name = quotation.speaker.name if quotation.speaker and known else None
                yield Said(unit.span.of(article.text), name, article.id)


def timed(verifier: Verifier, case: Case) -> tuple[Verification, float]:
    start = time.perf_counter()
    return verifier.verify(case.text, case.speaker), time.perf_counter() - start


def cases(said: Sequence[Said], count: int, chance: random.Random, shared: Path | None) -> Iterator[Case]:
    vocabulary = sorted({word.lower() for q in said for word in re.findall(r"[A-Za-z]{4,}", q.text)})
    names = sorted({q.speaker for q in said if q.speaker})
    makers: dict[str, Callable[[Said], Case | None]] = {
        "exact": lambda q: Case("exact", q.text, as_said(Wording.EXACT)),
        "trimmed: end": lambda q: trimmed("end", " ".join(q.text.split()[:-2])),
        "trimmed: start": lambda q: trimmed("start", " ".join(q.text.split()[2:])),
        "trimmed: capitals": lambda q: trimmed("capitals", q.text.upper()),
        "trimmed: punctuation": lambda q: trimmed("punctuation", re.sub(r"[,.;:!?]", "", q.text)),
        "trimmed: ellipsis": lambda q: trimmed("ellipsis", without_middle(q.text, chance)),
        "trimmed: brackets": lambda q: trimmed("brackets", bracketed(q.text, chance)),
        "altered: swapped": lambda q: altered(q, "swapped", chance, vocabulary),
        "altered: dropped": lambda q: altered(q, "dropped", chance, vocabulary),
        "altered: added": lambda q: altered(q, "added", chance, vocabulary),
        "altered: number": lambda q: number_changed(q, chance),
        "altered: negation": lambda q: negated(q, chance),
        "speaker: right": lambda q: (
            q.speaker and Case("speaker: right", q.text, spoken(SpeakerVerdict.SUPPORTED), q.speaker)
        ),
        "speaker: another": lambda q: (
            q.speaker
            and Case(
                "speaker: another", q.text, spoken(SpeakerVerdict.MISATTRIBUTED), another(q.speaker, names, chance)
            )
        ),
    }
    for make in makers.values():
        drawn = iter(chance.sample(said, len(said)))
        made = (case for q in drawn if (case := make(q)))
        yield from (case for case, _ in zip(made, range(count), strict=False))
    if shared:
        yield from paraphrases(shared, count)
        yield from never_said(shared, count, chance)


def as_said(*verdicts: Wording) -> Callable[[Verification], bool]:
    return lambda found: found.verdict in verdicts


def spoken(verdict: SpeakerVerdict) -> Callable[[Verification], bool]:
    return lambda found: found.speaker_verdict is verdict


def trimmed(how: str, text: str) -> Case | None:
    if len(words(text)) < SHORTEST:
        return None
    return Case(f"trimmed: {how}", text, as_said(*FOUND_AS_SAID))


def without_middle(text: str, chance: random.Random) -> str:
    parts = text.split()
    start = chance.randrange(2, max(3, len(parts) - 3))
    return " ".join([*parts[:start], "…", *parts[start + chance.choice((1, 2, 3)) :]])


def bracketed(text: str, chance: random.Random) -> str:
    parts = text.split()
    place = chance.randrange(len(parts))
    return " ".join([*parts[:place], f"[{parts[place]}]", *parts[place + 1 :]])


def altered(q: Said, how: str, chance: random.Random, vocabulary: Sequence[str]) -> Case | None:
    """Changes one inner word that carries neither a negation nor a number; the sense isn't to be stressed."""
    parts = q.text.split()
    place = chance.randrange(1, len(parts) - 1)
    old, new = parts[place], chance.choice(vocabulary)
    changed = {"swapped": [new], "dropped": [], "added": [old, new]}[how]
    mine, theirs = [w.key for w in words(" ".join(changed))], [w.key for w in words(old)]
    if mine == theirs or not theirs or parts[place - 1] == old or turns_sense(mine, theirs):
        return None
    return Case(f"altered: {how}", " ".join([*parts[:place], *changed, *parts[place + 1 :]]), as_said(Wording.ALTERED))


def number_changed(q: Said, chance: random.Random) -> Case | None:
    number = NUMBER.search(q.text)
    if number is None:
        return None
    other = str(int(number.group()) + chance.randrange(1, 50))
    return Case("altered: number", q.text[: number.start()] + other + q.text[number.end() :], as_said(Wording.ALTERED))


def negated(q: Said, chance: random.Random) -> Case | None:
    parts = q.text.split()
    inner = [n for n, part in enumerate(parts) if part.lower() in ("not", "never") and 0 < n < len(parts) - 1]
    if inner and chance.random() < 0.5:
        del parts[inner[0]]
        return Case("altered: negation", " ".join(parts), as_said(Wording.ALTERED))
    verb = AUXILIARY.search(q.text)
    if verb is None or verb.end() == len(q.text):
        return None
    return Case("altered: negation", f"{q.text[: verb.end()]} not{q.text[verb.end() :]}", as_said(Wording.ALTERED))


def another(name: str, names: Sequence[str], chance: random.Random) -> str:
    return chance.choice([other for other in names if other.split()[-1] != name.rsplit(maxsplit=1)[-1]])


def paraphrases(shared: Path, count: int) -> Iterator[Case]:
    lines = (shared / "bench" / "questions_train.jsonl").read_text("utf-8").splitlines()
    questions = [q for q in map(json.loads, lines) if q["type"] == "who_said"]
    for q in questions[:count]:
        yield Case("paraphrase", re.sub(r"^who \w+ (?:that )?", "", q["question"]).rstrip("?"), original(q["quote"]))


def original(quote: str) -> Callable[[Verification], bool]:
    """The real words come first."""
    gold = {word.key for word in words(quote)}
    return lambda found: (
        bool(found.citations) and (len(gold & {word.key for word in words(found.citations[0].text)}) >= 0.6 * len(gold))
    )


def never_said(shared: Path, count: int, chance: random.Random) -> Iterator[Case]:
    lines = (shared / "polnear" / "train.jsonl").read_text("utf-8").splitlines()
    other = [
        d["text"][q["inner_start"] : q["inner_end"]]
        for d in map(json.loads, lines)
        for q in d["segments"]
        if q["speech"]
    ]
    for text in chance.sample([text for text in other if SHORTEST <= len(words(text)) <= 60], count):
        yield Case("never said", text, as_said(Wording.NOT_FOUND))


def report(verified: Sequence[tuple[Case, Verification, float]], show: str | None) -> None:
    print("| case | n | right | stressed | altered |\n|---|---|---|---|---|")
    for kind in dict.fromkeys(case.kind for case, _, _ in verified):
        rows = [(case, found) for case, found, _ in verified if case.kind == kind]
        share = [
            100 * sum(chosen) / len(rows)
            for chosen in (
                [case.right(found) for case, found in rows],
                [found.stressed for _, found in rows],
                [found.verdict is Wording.ALTERED for _, found in rows],
            )
        ]
        print(f"| {kind} | {len(rows)} | " + " | ".join(f"{value:.1f}" for value in share) + " |")
        for case, found in rows if kind == show else ():
            if not case.right(found):
                print(
                    "   ", found.verdict, found.speaker_verdict, repr(case.text), [c.text for c in found.citations[:1]]
                )
    print(f"\nmedian {1000 * statistics.median(seconds for _, _, seconds in verified):.0f} ms a quotation")


if __name__ == "__main__":
    main()
