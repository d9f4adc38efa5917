"""Articles made of a template, a name and a verb, behind earlier speakers in ordinary clauses."""

import html
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle, islice
from typing import Any, TypeVar

from benchmarks.quality.attribution_templates.lists import Split, table
from benchmarks.quality.attribution_templates.people import People
from benchmarks.quality.attribution_templates.prose import STRAIGHT, Prose
from benchmarks.quality.attribution_templates.values import NameKind, Person, Spoken, TemplateArticle

Item = TypeVar("Item")
PRESENT = 0.12
"""Share of the verbs that stand in the present tense."""
PAGE = (
    "<!DOCTYPE html><html lang='en'><head><meta charset='utf-8'><title>{0}</title></head>"
    "<body><article><h1>{0}</h1>{1}</article></body></html>"
)
QUOTED = re.compile(r"\{(Q|R|A|b|F)([,.]?)\}")
PRONOUNS = {
    "women": {"{he}": "she", "{He}": "She", "{his}": "her"},
    "men": {"{he}": "he", "{He}": "He", "{his}": "his"},
}


def make_articles(count: int, seed: int, split: Split) -> Iterator[TemplateArticle]:
    """Yield `count` articles in which templates, kinds of names, languages and verbs are used alike often."""
    chance = random.Random(f"{seed} {split}")
    people, templates = People(chance, split), table("frames")["templates"]
    kinds, verbs = _shuffled(list(NameKind), chance), _verbs(chance, split)
    for number, template in enumerate(islice(cycle(templates), count)):
        named = templates[template].get("named", False)
        kind = next(kind for kind in kinds if not (named and kind is NameKind.DESCRIPTION))
        verb = next(verbs) if templates[template].get("verb", True) else None
        maker = _Maker(chance, split, people.person(kind), verb and verb[1])
        frame = chance.choice(split.of(templates[template]["frames"]))
        yield maker.article(f"case-{number:04}", template, frame, templates[template], verb[0] if verb else "none")


def _shuffled(items: Sequence[Item], chance: random.Random) -> Iterator[Item]:
    while True:
        yield from chance.sample(items, len(items))


def _verbs(chance: random.Random, split: Split) -> Iterator[tuple[str, str]]:
    """Yield a common and a rare verb by turns, each with its kind."""
    common, rare = (_shuffled(split.of(table("verbs")[kind]), chance) for kind in ("common", "rare"))
    while True:
        for kind, verbs in (("common", common), ("rare", rare)):
            past, present = next(verbs)
            yield kind, present if chance.random() < PRESENT else past


@dataclass
class _Maker:
    """Makes one article."""

    chance: random.Random
    split: Split
    person: Person
    verb: str | None
    said: list[Spoken] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.prose = Prose(self.chance, self.split)

    def article(
        self, identity: str, template: str, frame: str, spec: dict[str, Any], verb_kind: str
    ) -> TemplateArticle:
        page = bool(spec.get("page"))
        paragraphs = [self.prose.one("openings"), *self._earlier()]
        if self.chance.random() < 0.4:
            paragraphs.append(self.prose.one("bridges"))
        around = tuple(self.said)
        self.said = []
        target = self._filled(frame, page)
        targets, self.said = tuple(self.said), []
        behind = self._behind()
        text = self._page(paragraphs, target, behind) if page else "\n\n".join([*paragraphs, target, *behind])
        if self.chance.random() < 0.3:
            text = text.translate(STRAIGHT) if not page else text
        around += tuple(self.said)
        return TemplateArticle(
            identity, text, page, template, frame, self.person, self.verb, verb_kind, targets, around
        )

    def _page(self, before: Sequence[str], target: str, behind: Sequence[str]) -> str:
        wrapped = [[f"<p>{html.escape(paragraph, quote=False)}</p>" for paragraph in part] for part in (before, behind)]
        return PAGE.format(self.prose.one("letters"), "".join([*wrapped[0], target, *wrapped[1]]))

    def _earlier(self) -> list[str]:
        """Return one to three paragraphs of other speakers, women and men by turns."""
        count, first = self.chance.choice((1, 2, 3)), self.chance.choice((0, 1))
        sexes = [("women", "men")[(first + number) % 2] for number in range(count)]
        return [self._ordinary(sex) for sex in sexes]

    def _behind(self) -> list[str]:
        kind = self.chance.choice(("end", "closing", "closing", "speaker"))
        if kind == "speaker":
            return [self._ordinary(self.chance.choice(("women", "men"))), self.prose.one("closings")]
        return [] if kind == "end" else [self.prose.one("closings")]

    def _ordinary(self, sex: str) -> str:
        earlier = table("material")["earlier"]
        taken = {spoken.speaker for spoken in self.said}
        name = self.chance.choice([name for name in earlier[sex] if name not in taken])
        text = self._quoted(self.chance.choice(table("frames")["earlier"]["frames"]), name, page=False)
        words = PRONOUNS[sex] | {"{name}": name, "{Name}": name, "{job}": self.chance.choice(earlier["jobs"])}
        return _replaced(text, words)

    def _filled(self, frame: str, page: bool) -> str:
        shown = self.person.shown
        if self.person.kind is NameKind.DESCRIPTION:
            frame = frame.replace(", {role},", "").replace(", {role}", "")
        words = {
            "{name}": shown,
            "{Name}": shown[0].upper() + shown[1:],
            "{NAME}": shown.upper(),
            "{verb}": self.verb or "",
            "{age}": str(self.chance.randrange(19, 88)),
        } | {f"{{{key[:-1]}}}": self.prose.one(key) for key in ("roles", "towns", "places")}
        if page:
            words = {key: html.escape(word, quote=False) for key, word in words.items()}
        return _mended(_replaced(self._quoted(frame, self.person.name, page), words), shown)

    def _quoted(self, frame: str, speaker: str, page: bool) -> str:
        """Put quotations into a frame and remember whose they are."""
        halves = self.prose.halves() if "{A" in frame else ("", "")

        def marked(found: re.Match[str]) -> str:
            part, stop = found.groups()
            made = {"A": lambda: halves[0], "b": lambda: halves[1], "F": self.prose.fragment}
            words = made.get(part, self.prose.sentence)()
            if part == "Q" and self.chance.random() < 0.1:
                stop = "!"
            self.said.append(Spoken(words + stop, speaker))
            return f"“{html.escape(words, quote=False) if page else words}{stop}”"

        return QUOTED.sub(marked, frame)


def _mended(text: str, shown: str) -> str:
    """Return `text` with one stop behind "Jr." and a comma behind ", MP" before a verb."""
    text = text.replace(f"{shown}..", f"{shown}.")
    return re.sub(f"({re.escape(shown)}) (?=[a-z])", r"\1, ", text) if ", " in shown else text


def _replaced(text: str, words: dict[str, str]) -> str:
    for key, word in words.items():
        text = text.replace(key, word)
    return text
