"""Cases for verifying, made from an archive's own quotations: as they stand, cut, altered, and in other mouths."""

import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from retrieval.answering.verification.quote_matching import QuoteVerdict
from retrieval.answering.verification.verifier import SpeakerVerdict, Verification
from retrieval.domain import Certainty, Kind
from retrieval.store.archive import Archive
from retrieval.text.tokens import words

SHORTEST = 5
AUXILIARY = re.compile(r"\b(is|are|was|were|will|would|could|should|must)\b(?! not\b|n['’]t\b)")
NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?![\w,.]\d|\w)")
WRITTEN_NUMBER = re.compile(r"\b(two|three|four|five|six|seven|eight|nine|ten)\b")
MODAL = re.compile(r"\b(may|might|will|must|should)\b(?! not\b)")
TELLING = re.compile(  # what no neutral change takes away or puts in
    r"no|not|n[eo]ver|none|nothing|nobody|neither|nor|without|cannot|.*nt|hardly|den(y|ied)|refused?|fail(ed)?"
    r"|all|every\w*|some\w*|any\w*|most|many|few|only|always|often|rarely|much|more|less|fewer"
    r"|may|might|can|could|will|would|shall|should|must|ought"
    r"|.*\d.*|one|two|three|four|five|six|seven|eight|nine|ten|\w+teen|\w+ty|hundreds?|thousands?|[mb]illions?"
    r"|first|second|third|half|quarter|once|twice|double"
)


@dataclass(frozen=True)
class Said:
    """A quotation of the archive; `speaker` where that is certain."""

    text: str
    speaker: str | None


@dataclass(frozen=True)
class Case:
    """`turned` says whether the sense is turned, None where that can't be told."""

    kind: str
    text: str
    right: Callable[[Verification], bool]
    speaker: str | None = None
    turned: bool | None = None


def quotations(archive: Archive) -> Iterator[Said]:
    """Direct ones of five words and more."""
    for listing in archive.listing():
        article = archive.article(listing.article)
        for unit in archive.units_of(listing.article):
            quotation, text = unit.quotation, unit.span.of(article.text)
            if quotation and quotation.kind is not Kind.REPORTED and len(words(text)) >= SHORTEST:
                known = quotation.speaker and quotation.speaker.certainty is Certainty.CERTAIN
                yield Said(text, quotation.speaker.name if quotation.speaker and known else None)


def cases(said: Sequence[Said], count: int, chance: random.Random) -> Iterator[Case]:
    """`count` of each kind, or as many as there are, each from quotations drawn anew."""
    vocabulary = sorted({word.lower() for q in said for word in re.findall(r"[A-Za-z]{4,}", q.text)})
    names = sorted({q.speaker for q in said if q.speaker})
    makers: list[Callable[[Said], Case | None]] = [
        lambda q: Case("exact", q.text, lambda found: found.verdict is QuoteVerdict.EXACT, turned=False),
        lambda q: trimmed("end", " ".join(q.text.split()[:-2])),
        lambda q: trimmed("start", " ".join(q.text.split()[2:])),
        lambda q: trimmed("capitals", q.text.upper()),
        lambda q: trimmed("punctuation", re.sub(r"(?<!\d)[,.;:!?]|[,.;:!?](?!\d)", "", q.text)),
        lambda q: trimmed("ellipsis", without_middle(q.text, chance)),
        lambda q: trimmed("brackets", bracketed(q.text, chance)),
        lambda q: neutral(q, "swapped", chance, vocabulary),
        lambda q: neutral(q, "dropped", chance, vocabulary),
        lambda q: neutral(q, "added", chance, vocabulary),
        lambda q: number_changed(q, chance),
        lambda q: negated(q, chance),
        lambda q: modal_changed(q, chance),
        lambda q: spoken(q, q.speaker, SpeakerVerdict.SUPPORTED),
        lambda q: spoken(q, another(q.speaker, names, chance), SpeakerVerdict.MISATTRIBUTED),
    ]
    for make in makers:
        made = (make(q) for q in chance.sample(said, len(said)))
        yield from islice((case for case in made if case), count)


def trimmed(how: str, text: str) -> Case | None:
    """Return a case of cut words, None if too few are left."""
    if len(words(text)) < SHORTEST:
        return None
    return Case(f"trimmed: {how}", text, lambda found: found.verdict in (QuoteVerdict.EXACT, QuoteVerdict.TRIMMED))


def without_middle(text: str, chance: random.Random) -> str:
    """Return the text with an ellipsis in place of some words."""
    parts = text.split()
    start = chance.randrange(2, max(3, len(parts) - 3))
    return " ".join([*parts[:start], "…", *parts[start + chance.choice((1, 2, 3)) :]])


def bracketed(text: str, chance: random.Random) -> str:
    """Return the text with one word in square brackets."""
    parts = text.split()
    place = chance.randrange(len(parts))
    return " ".join([*parts[:place], f"[{parts[place]}]", *parts[place + 1 :]])


def altered(how: str, text: str, *, turned: bool) -> Case:
    """Return a case of changed words; `turned` says whether the meaning changes."""
    return Case(f"altered: {how}", text, lambda found: found.verdict is QuoteVerdict.ALTERED, turned=turned)


def neutral(q: Said, how: str, chance: random.Random, vocabulary: Sequence[str]) -> Case | None:
    """Changes one inner word; neither it nor what takes its place bears on the sense as `TELLING` words do."""
    parts = q.text.split()
    place = chance.randrange(1, len(parts) - 1)
    old, new = parts[place], chance.choice(vocabulary)
    touched = [word.key for word in words(old if how == "dropped" else f"{old} {new}")]
    if not words(old) or parts[place - 1] == old or any(map(TELLING.fullmatch, touched)):
        return None
    changed = {"swapped": [new], "dropped": [], "added": [old, new]}[how]
    if [word.key for word in words(" ".join(changed))] == [word.key for word in words(old)]:
        return None
    return altered(f"a word {how}", " ".join([*parts[:place], *changed, *parts[place + 1 :]]), turned=False)


def number_changed(q: Said, chance: random.Random) -> Case | None:
    """Return a case with another number in it, None if the quotation has none."""
    if number := NUMBER.search(q.text):
        other = str(int(number.group()) + chance.randrange(1, 50))
    elif number := WRITTEN_NUMBER.search(q.text):
        other = chance.choice([word for word in ("three", "eight", "twelve", "twenty") if word != number.group()])
    else:
        return None
    return altered("another number", replaced(q.text, number, other), turned=True)


def negated(q: Said, chance: random.Random) -> Case | None:
    """Return a case with a negation added or lost, None if there is no place for it."""
    parts = q.text.split()
    inner = [n for n, part in enumerate(parts) if part.lower() in ("not", "never") and 0 < n < len(parts) - 1]
    if inner and chance.random() < 0.5:
        del parts[inner[0]]
        return altered("negation lost", " ".join(parts), turned=True)
    verb = AUXILIARY.search(q.text)
    if verb is None or verb.end() == len(q.text):
        return None
    return altered("negation added", replaced(q.text, verb, f"{verb.group()} not"), turned=True)


def modal_changed(q: Said, chance: random.Random) -> Case | None:
    """Return a case with another modal verb, None if the quotation has none."""
    modal = MODAL.search(q.text)
    if modal is None or not modal.start():
        return None
    others = ("will", "must") if modal.group() in ("may", "might") else ("may", "might")
    return altered("another modal verb", replaced(q.text, modal, chance.choice(others)), turned=True)


def replaced(text: str, found: re.Match[str], other: str) -> str:
    """Return the text with another word in place of what was found."""
    return text[: found.start()] + other + text[found.end() :]


def spoken(q: Said, speaker: str | None, verdict: SpeakerVerdict) -> Case | None:
    """Return a case that names a speaker, None without one."""
    if speaker is None:
        return None
    kind = f"speaker: {'the right one' if speaker == q.speaker else 'another'}"
    return Case(kind, q.text, lambda found: found.speaker_verdict is verdict, speaker)


def another(name: str | None, names: Sequence[str], chance: random.Random) -> str | None:
    """Return another person's name, None without a name to differ from."""
    surname = name and name.split()[-1]
    return chance.choice([other for other in names if other.split()[-1] != surname]) if name else None


def paraphrases(questions: Path) -> Iterator[Case]:
    """From questions of the form "who said that …?", whose answers are known."""
    for q in map(json.loads, questions.read_text("utf-8").splitlines()):
        if q["type"] == "who_said":
            asked = re.sub(r"^who \w+ (?:that )?", "", q["question"]).rstrip("?")
            yield Case("a paraphrase", asked, original(q["quote"]))


def original(quote: str) -> Callable[[Verification], bool]:
    """The real words come first."""
    gold = {word.key for word in words(quote)}
    return lambda found: (
        bool(found.citations) and (len(gold & {word.key for word in words(found.citations[0].text)}) >= 0.6 * len(gold))
    )


def never_said(other_news: Path, count: int, chance: random.Random) -> Iterator[Case]:
    """Quotations of news that the archive doesn't hold."""
    documents = map(json.loads, other_news.read_text("utf-8").splitlines())
    said = [
        document["text"][segment["inner_start"] : segment["inner_end"]]
        for document in documents
        for segment in document["segments"]
        if segment["speech"]
    ]
    for text in chance.sample([text for text in said if SHORTEST <= len(words(text)) <= 60], count):
        yield Case("never said", text, lambda found: found.verdict is QuoteVerdict.NOT_FOUND)
