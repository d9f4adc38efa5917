"""What two people's roles tell about whether they are one."""

from collections.abc import Iterable, Mapping

from retrieval.text.name_matching import name_words, words_of

ABBREVIATIONS = dict(
    pair.split(":")
    for pair in "sen:senator rep:representative gov:governor gen:general prof:professor dr:doctor capt:captain"
    " sgt:sergeant lt:lieutenant col:colonel maj:major rev:reverend pm:premier".split()
)
SMALL = frozenset(
    "the a an of for at in on and to with from its his her their s mr mrs ms miss sir dame lord lady former ex".split()
)
WORLDS: Mapping[str, frozenset[str]] = {
    world: frozenset(words.split())
    for world, words in {
        "sport": "striker midfielder defender goalkeeper winger batsman bowler golfer boxer sprinter swimmer jockey"
        " coach footballer player cricketer cyclist skipper referee athlete quarterback pitcher",
        "science": "professor scientist researcher physicist biologist chemist astronomer geologist psychologist"
        " lecturer historian economist surgeon doctor nurse epidemiologist virologist climatologist",
        "art": "singer actor actress drummer guitarist bassist songwriter filmmaker novelist poet composer rapper"
        " comedian painter sculptor vocalist",
        "office": "president senator representative governor mayor minister secretary chancellor councillor diplomat"
        " ambassador commissioner congressman congresswoman judge general chairman chairwoman executive banker"
        " spokesman spokeswoman director lawyer attorney prosecutor",
        "crime": "defendant suspect prisoner inmate burglar robber smuggler",
    }.items()
}
"""Nobody is both a striker and a surgeon in two unrelated articles."""


def role_words(role: str) -> frozenset[str]:
    """The words that make a role, plain, abbreviations spelt out: "Sen." is senator."""
    words = (ABBREVIATIONS.get(word, word) for word in words_of(role))
    return frozenset(word for word in words if word not in SMALL)


def title_of(name: str) -> str:
    """The title before a name: "Sen." of "Sen. Lindsey Graham"."""
    kept = set(name_words(name))
    return " ".join(word for word in words_of(name) if word not in kept)


def same_role(first: Iterable[str], second: Iterable[str]) -> bool:
    """Whether a role of one is a role of the other, shortened at most: "senator" is "Republican senator"."""
    theirs = [words for role in second if (words := role_words(role))]
    return any(mine <= other or other <= mine for role in first if (mine := role_words(role)) for other in theirs)


def world_of(roles: Iterable[str]) -> str | None:
    """The one world that the roles belong to, None where they tell none or several."""
    words = frozenset(word for role in roles for word in role_words(role))
    found = [world for world, heads in WORLDS.items() if words & heads]
    return found[0] if len(found) == 1 else None
