"""Ways of asking for a speaker's words that don't say "what did X say": "X's take on Y", "X on Y". Pure."""

import re
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from retrieval.text.lexicon import tagged
from retrieval.text.patterns import linear
from retrieval.text.person_names.names import first_names

_CONTRACTIONS = re.compile(r"\b(what|who|how|why|where|that)s\b(?!['’])", re.IGNORECASE)
_NEGATED = re.compile(r"\b(did|does|do|is|was|has|have|had|were|are)nt\b", re.IGNORECASE)
_VIEW = (
    r"(?:take|views?|opinions?|position|stance|thoughts?|attitude|reaction|response|verdict|reply|explanation|argument"
    r"|feelings?|comments?|advice|prediction|message|reasoning|thinking|(?:good |bad )?news|assessment|warning|words?"
    r"|quotes?|statements?|remarks?|beef|line)"
)
_ABOUT = r"(?:on|about|bout|to|of|towards?|for|regarding|over|with)"
_IS = r"(?:['’]s| is| was| are| were)"
_DID = r"(?:did|does|do|has|have|had|would|is|was)"
_FEELING = (
    r"(?:worried|afraid|scared|angry|upset|proud|hopeful|excited|happy|unhappy|sorry|concerned|keen|against|opposed"
    r"|furious|relieved|confident|sceptical|skeptical|optimistic|pessimistic|frustrated|disappointed|grateful|sad|sure)"
)
_HOW = (
    r"(?:react(?:ed)?|respond(?:ed)?|feel|felt|explain(?:ed)?|describe[ds]?|justif(?:y|ied)|defend(?:ed)?|repl(?:y|ied)"
    r"|answer(?:ed)?|comment(?:ed)?|put|characteri[sz]e|sum up|view|see|rate|account for)"
)
_CLAIMING = (
    "say|said|saying|think|thinks|thinking|believe|reckon|claim|claiming|argue|insist|call|accuse|oppose|support"
    "|back|blame|reject|refuse|criticise|criticize|compare|condemn|defend|praise"
)
_REASON = r"(?:why|how (?:did|does|do|is|was|were|can|could|would|should|has|have))"
_PATTERNS = tuple(
    linear(pattern, ignore_case=True)
    for pattern in (
        rf"(?:and |so )?(?:what{_IS} )?(?P<who>.+?)(?:['’]s?|s) (?:own |first |latest |real )?{_VIEW} {_ABOUT} "
        r"(?P<topic>.+)",
        rf"(?:and |so )?(?:what{_IS} )?the {_VIEW} of (?P<who>.+?) (?:on|about|to|regarding) (?P<topic>.+)",
        rf"(?:any |some |a |the )?{_VIEW} (?:from|by) (?P<who>.+?) (?:on|about|to|regarding|over) (?P<topic>.+)",
        r"(?P<who>.+?) (?:quotes?|statements?|comments?|words) (?:on|about|regarding) (?P<topic>.+)",
        r"in (?P<who>.+?)(?:['’]s?|s) (?:own )?(?:view|opinion|words|book|eyes),? (?P<topic>.+)",
        r"(?:and |so )?what (?:did|does|do|has|have) (?P<who>.+?) (?:make|made) of (?P<topic>.+)",
        rf"(?:and |so )?what{_IS} (?P<who>.+?) (?:been )?(?:saying|thinking|telling \w+) {_ABOUT} (?P<topic>.+)",
        rf"why (?:did|does|do|has|have|is|was) (?P<who>.+?) (?:{_CLAIMING}) (?P<topic>.+)",
        r"(?:and |so )?where (?:did|does|do) (?P<who>.+?) stand (?:on|about|with) (?P<topic>.+)",
        rf"(?:and |so )?how (?:did|does|do|has|have|is|was) (?P<who>.+?) {_HOW}\b(?:\s+{_ABOUT})?\s*(?P<topic>.*)",
        rf"(?:and |so )?(?:what|why|how){_IS} (?P<who>.+?) (?:so )?{_FEELING}(?:\s+(?:about|of|that|to|over))?\s*"
        r"(?P<topic>.*)",
        r"(?:according to|going by|as per|in the (?:view|words|opinion) of) (?P<who>[^,]+), "
        rf"(?P<topic>(?:what|{_REASON})\b.+)",
        rf"(?P<topic>{_REASON}\b.+?),? (?:according to|going by) (?P<who>.+)",
    )
)
_POLITE = linear(
    r"(?:please |hey |ok |so )?(?:(?:can|could|would|will) (?:you|u|anyone) (?:please )?"
    r"(?:tell me|find|find out|show me|look up)"
    r"|do (?:we|you|u) (?:know|have)|does anyone know|any idea|tell me|show me|find me|give me"
    r"|i(?:['’]d like| want| need)(?: to know)?)\s+(?:please )?(?P<rest>.+)",
    ignore_case=True,
)
_INDIRECT = linear(
    r"what (?P<who>.+?) (?:has |had |have )?(?:said|says|say|thinks|thought|think|told \w+) "
    r"(?:about|on|of|regarding) (?P<topic>.+)",
    ignore_case=True,
)
_WHY = re.compile(rf"why {_DID} (?P<who>\w+ [\w'’-]+) (?P<topic>.+)", re.IGNORECASE)
_SHORT = re.compile(
    r"(?P<who>[^\W\d_][\w.'’-]*(?: [\w.'’-]+){0,2}) (?:on|about|re|regarding) (?P<topic>.{3,60})", re.IGNORECASE
)
_DESCRIBED = re.compile(
    r"(?:who(?:['’]s| is| was)|who was it that,?|that|which|what|some|the|an?|this)\s+(?:the |that |an? )?"
    r"(?:(?P<before>(?:[^\s,?]+ ){1,7}?)(?:who|that|which)\b|(?P<words>(?:[^\s,?]+ ){1,7}?)"
    r"(?:said|says|felt|told|thinks|thought|reckons|wants|\w{3,}ed)\b)",
    re.IGNORECASE,
)
_FRAME = ("what", "said", "think", "about", "who", "did", "does", "say", "actually", "really", "quote")
_MISSPELT = {"sayd": "said", "sed": "said", "wat": "what", "wot": "what"}


@dataclass(frozen=True, slots=True)
class AskedWords:
    """Whose words are asked for, and about what."""

    speaker: str
    topic: str


def spelt_in_full(asked: str) -> str:
    """Return a question with apostrophes in its contractions, and small slips in the words of asking put right."""
    asked = _NEGATED.sub(r"\1n't", _CONTRACTIONS.sub(r"\1's", asked))
    return " ".join(map(_put_right, asked.split(" ")))


def words_asked_for(asked: str) -> AskedWords | None:
    """Return whose words a question asks for in another way than by "say"; None where it asks for something else."""
    if (polite := _POLITE.fullmatch(asked)) and not (indirect := _INDIRECT.fullmatch(polite["rest"])):
        return words_asked_for(polite["rest"])
    if polite and indirect and may_speak(indirect["who"]):
        return AskedWords(indirect["who"], indirect["topic"])
    for pattern in _PATTERNS:
        if (match := pattern.fullmatch(asked)) and may_speak(match["who"]):
            return AskedWords(match["who"].strip(), match["topic"].strip())
    if (match := _WHY.fullmatch(asked)) and _first_word(match["who"]) in first_names():
        return AskedWords(match["who"], match["topic"])
    if (match := _SHORT.fullmatch(asked)) and _is_name(match["who"]):
        return AskedWords(match["who"], match["topic"])
    return None


def description_in(asked: str) -> str | None:
    """Return the words by which a question for a speaker describes them: "oklahoma republican"; None without any."""
    match = _DESCRIBED.match(asked)
    return (match["before"] or match["words"]).strip() if match else None


def _put_right(word: str) -> str:
    plain = word.lower()
    if plain in _MISSPELT:
        return _MISSPELT[plain]
    return next((right for right in _FRAME if _is_slip(plain, right)), word)


def _is_slip(word: str, right: str) -> bool:
    """Two letters exchanged: "waht", "siad"."""
    exchanged = word != right and sorted(word) == sorted(right) and OSA.distance(word, right) == 1
    return exchanged and word[0] in right[:2]


def may_speak(who: str) -> bool:
    """Return whether a phrase can name a speaker: it is short, and doesn't end with a preposition or the like."""
    words = who.split()
    return 0 < len(words) <= 9 and words[-1].lower() not in tagged("stopword")


def _is_name(who: str) -> bool:
    words = who.split()
    if any(word.lower() in tagged("stopword") for word in words):
        return False
    return _first_word(who) in first_names() or all(word[0].isupper() for word in words)


def _first_word(who: str) -> str:
    return who.split(maxsplit=1)[0].lower()
