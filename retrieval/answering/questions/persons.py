"""Whether a question for a person asks for a speaker's words ("who owned up that …") or for a fact ("who won …")."""

from collections.abc import Sequence
from itertools import dropwhile

from retrieval.text.lexicon import tagged
from retrieval.text.patterns import linear

_WHO_WAS_THAT = linear(
    r".*\b(?:some|an|a|one|any|that|this)(?:body|one)?\b.*\W(?:who|which one|which \w+)"
    r"(?: (?:is|was) (?:it|that|this|he|she))?",
    ignore_case=True,
)
"""Somebody who is described first: "some economist likened it to a bath, who was that?"."""
_WHICH = linear(r"\b(?:which|what) (?P<words>\S+(?: \S+){1,6})", ignore_case=True)
_DEED = linear(
    r"wins?|won|beat\w*|los(?:es|t)|play\w*|scor\w*|own(?:s|ed)?|makes?|made|ran|runs|leads?|led|pa(?:ys|id)|filled"
    r"|design\w*|direct\w*|found(?:s|ed)?|replac\w*|succe\w*|tops|topped|sings|sang|star(?:s|red)|buil\w*|invent\w*"
    r"|discover\w*|kill\w*|died|marr\w*|b(?:uys|ought)|s(?:ells|old)|hosts|hosted|manages|managed|coach\w*|captain\w*"
    r"|chair\w*|heads|headed|takes|took|finish\w*|came|comes|join\w*|sign(?:s|ed)|owes|edit\w*|produc\w*|present(?:s|ed)"
    r"|set|holds|held|br(?:eaks|oke)|has|had|have|did|does|do|will|would|wrote|blazed|dropped|knocked|got|gets|gave|quit"
    r"|bagged|liv\w*|works|worked|stands|stood|sits|sat|went|shot|stole|voted|arrest\w*|elect\w*|appoint\w*|hired|fired"
    r"|sued",
    ignore_case=True,
)
"""Verbs of what a person did, not told or felt."""
_TOLD = (("owned", "up"), ("owns", "up"), ("took", "heart"), ("takes", "heart"), ("found", "it"), ("found", "that"))
"""Phrases with such a verb that do tell it."""
_COPULAS = ("is", "was", "are", "were", "be", "been")
_ASIDES = frozenset("first also once really actually ever even later just so very rather quite".split())
_CLAUSE_BEGINNINGS = ("that", "about", "how", "by", "because", "until", "for")
"""After "who was" and one word, they begin what a person felt that about: "who was sceptical about …"."""


def is_described_first(asked: str) -> bool:
    """Return whether a speaker is described before "who was that" ends the question."""
    return _WHO_WAS_THAT.fullmatch(asked) is not None


def asks_who_spoke(asked: str) -> bool:
    """Return whether a question with "who" is not about who somebody is, or did a deed."""
    words = asked.casefold().replace("’", "'").split()
    bare = [word.strip("\"'“”‘,;:") for word in words]
    return not any(_tells_fact(bare[at], bare[at + 1 :]) for at in range(len(bare)))


def asks_which_person(asked: str) -> bool:
    """Return whether a person of some role is asked for, and not for what they did or are."""
    match = _WHICH.search(asked)
    tokens = match["words"].casefold().split() if match else []
    persons = tagged("person_noun") | tagged("sport_role")
    at = next((number for number, token in enumerate(tokens) if token in persons), None)
    if at is None or any(token in tagged("stopword") for token in tokens[:at]):
        return False
    return not _is_or_did(tokens[at + 1 :])


def _tells_fact(word: str, after: Sequence[str]) -> bool:
    match word:
        case "whose" | "whom":
            return True
        case "who" | "whoever":
            return _is_or_did(after)
        case "who's" | "who're":
            return _is_or_did(["is", *after])
        case _:
            return False


def _is_or_did(verb_phrase: Sequence[str]) -> bool:
    """Return whether a predicate tells who somebody is ("was left as"), or a deed ("won the cup")."""
    words = list(dropwhile(_ASIDES.__contains__, verb_phrase))
    if not words:
        return False
    if words[0] in _COPULAS:
        rest = list(dropwhile(_ASIDES.__contains__, words[1:]))
        return len(rest) < 2 or rest[1] not in _CLAUSE_BEGINNINGS
    return _DEED.fullmatch(words[0]) is not None and tuple(words[:2]) not in _TOLD
