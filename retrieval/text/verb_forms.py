"""The forms in which English verbs stand in a text, for rules that take no parse."""

from collections.abc import Iterable, Iterator

_IRREGULAR = {
    "say": "said", "tell": "told", "write": "wrote written", "think": "thought", "feel": "felt", "see": "saw seen",
    "know": "knew known", "find": "found", "hold": "held", "hear": "heard", "swear": "swore sworn", "mean": "meant",
    "sing": "sang sung", "read": "read", "hit": "hit", "cast": "cast", "learn": "learnt", "plead": "pled",
    "speak": "spoke spoken", "understand": "understood", "seek": "sought", "beg": "begged begging",
    "quip": "quipped quipping", "slam": "slammed slamming", "admit": "admitted admitting", "put": "put putting",
    "label": "labelled labelling", "refer": "referred referring", "signal": "signalled signalling",
    "sum": "summed summing", "commit": "committed committing", "concur": "concurred concurring",
}  # fmt: skip


def inflected(lemmas: Iterable[str]) -> frozenset[str]:
    """Every lemma with its regular and irregular forms, lower case."""
    return frozenset(form for lemma in lemmas for form in _forms(lemma))


def _forms(lemma: str) -> Iterator[str]:
    ends_in_y = lemma.endswith("y") and lemma[-2:-1] not in "aeiou"
    stem = lemma[:-1] if ends_in_y or lemma.endswith("e") else lemma
    yield lemma
    yield from _IRREGULAR.get(lemma, "").split()
    yield stem + "ies" if ends_in_y else lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x")) else "s")
    yield stem + ("ied" if ends_in_y else "ed")
    yield (lemma if ends_in_y or lemma.endswith("ee") else stem) + "ing"
