"""From a message, or from the parts of a question, to a `Query`. Pure; nothing here decides what is found."""

import re
from dataclasses import replace
from datetime import date

from retrieval.answering.questions.periods import find_period
from retrieval.answering.questions.phrasings import AskedWords, description_in, spelt_in_full, words_asked_for
from retrieval.query import Period, Query, QueryKind
from retrieval.text.lexicon import tagged

_SPEECH = (
    r"(?:sa(?:y|ys|id|ying)|t(?:ell|ells|old)|th(?:ink|inks|ought)|reckon\w*|warn\w*|moan\w*|grumbl\w*|grous\w*|prais\w*"
    r"|claim\w*|argu\w*|expla\w*|insist\w*|complain\w*|jok\w*|compar\w*|liken\w*|doubt\w*|figur\w*|accus\w*|call(?:s|ed)?"
    r"|shrug\w*|wonder\w*|want\w*|confess\w*|admit\w*|den(?:y|ies|ied)|point\w* out|slam\w*|blam\w*|hint\w*|predict\w*"
    r"|swore|swear\w*|vow\w*|plead\w*|fear\w*|worr\w*|conced\w*|brush\w*|rubbish\w*|wrote|comment\w*|imagin\w*|describ\w*"
    r"|fe(?:el|els|lt)|hop(?:es|ed|ing)|believ\w*|sneer\w*|clarif\w*|notic\w*|announc\w*|stat(?:e|es|ed)|declar\w*"
    r"|suggest\w*|criticis\w*|criticiz\w*|mock\w*|dismiss\w*|reject\w*|promis\w*|pledg\w*|urg\w*|demand\w*|question\w*"
    r"|remember\w*|recall\w*|mention\w*|stress\w*|add(?:s|ed)|ask(?:s|ed)|answer\w*|repl(?:y|ies|ied)|thank\w*|hail\w*"
    r"|welcom\w*|defend\w*|attack\w*|condemn\w*|boast\w*|brag\w*|gush\w*|quip\w*|scoff\w*|lament\w*|regret\w*"
    r"|assur\w*|advis\w*|reveal\w*|disclos\w*|credit\w*|agre(?:e|es|ed)|disagre\w*|object\w*|protest\w*|maintain\w*"
    r"|acknowledg\w*|remark\w*|observ\w*|talk\w* about|sp(?:eak|oke)|refus\w*|threaten\w*|apologi\w*|label\w*|brand\w*"
    r"|grip(?:e|es|ed|ing)|tweet(?:s|ed)?|bet|remind\w*"
    r"|writ(?:e|es|ing)|caution\w*|blast(?:s|ed|ing)?|fum(?:e|es|ed)|rant(?:s|ed)|fret\w*|marvel\w*|owned up)"
)
_DID_SAY = re.compile(
    rf"(?:(?:(?:did|has|have|does)(?:n['’]t)?|(?:is|was) it (?:true|right|correct) that)\s+(?P<who>.+?)\s+"
    rf"(?:really\s+|actually\s+|ever\s+|once\s+)?|(?:was|wasn['’]t|is|isn['’]t) it (?P<it>.+?) (?:who|that)\s+)"
    rf"(?P<verb>{_SPEECH})\b(?:\s+that\b)?\s*(?P<topic>.*)",
    re.IGNORECASE,
)
_WHAT_SAID = re.compile(
    rf"(?:so\s+|and\s+)?what\s+(?:else\s+)?(?:did|does|has|have|had|was|were|is)\s+(?P<who>.+?)\s+(?P<verb>{_SPEECH})\b"
    rf"(?:\s+(?:about|of|on|regarding|when))?\s*(?P<topic>.*)",
    re.IGNORECASE,
)
_WHO = re.compile(r"\b(?:who|which|whose|what)\b", re.IGNORECASE)
_SAID = re.compile(rf"\b{_SPEECH}\b", re.IGNORECASE)
_PERSON_ASKED = re.compile(r".*\b(?:who|whom|whose|which (?:of|person|man|woman))\b|\bwho['’]", re.IGNORECASE)
_ASIDE = r"(?:first |also |once |really |actually |ever |even |later |just |so |very |rather |quite |a bit )*"
_DEED = (
    r"(?:wins?|won|beat\w*|los(?:es|t)|play\w*|scor\w*|own(?:s|ed)?\b(?! up)|makes?|ran|runs|leads?|led|pa(?:ys|id)"
    r"|filled|design\w*|direct\w*|found(?:s|ed)\b(?! it\b)|replac\w*|succe\w*|tops|topped|sings|sang|star(?:s|red)"
    r"|buil\w*|invent\w*|discover\w*|kill\w*|died|marr\w*|b(?:uys|ought)|s(?:ells|old)|hosts|hosted|manages|managed"
    r"|coach\w*|captain\w*|chair\w*"
    r"|heads|headed|took over|took charge|takes over|finish\w*|came|comes|join\w*|sign(?:s|ed)"
    r"|owes|edit\w*|produc\w*|present(?:s|ed)|set|holds|held|br(?:eaks|oke)|has|had|have|did|does|do|will|would|wrote"
    r"|score\w*|blazed|dropped|knocked|got|gets|gave|took(?! heart)|quit|bagged|made"
    r"|liv\w*|works|worked|stands|stood|sits|sat|went|shot|stole|voted"
    r"|arrest\w*|elect\w*|appoint\w*|hired|fired|sued|owned)\b"
)
_DID = re.compile(
    rf"\bwho(?:ever)?(?:['’]s|['’]re| is| was| are| were) (?!{_ASIDE}\w+ (?:that|about|how|by how|because|until)\b)"
    rf"|\bwho(?:ever)? {_ASIDE}{_DEED}|\b(?:whose|whom)\b",
    re.IGNORECASE,
)
"""Who somebody is, or did a deed, not who said something: "who was left as", "who won"."""
_WHICH = re.compile(r"\b(?:which|what) (?P<words>\S+(?: \S+){1,6})", re.IGNORECASE)
_DID_OR_IS = re.compile(
    rf"{_ASIDE}{_DEED}"
    rf"|(?:is|was|are|were|be|been)\b(?! {_ASIDE}\w+ (?:that|about|how|by|because|until|for|in spite)\b)",
    re.IGNORECASE,
)
_WHO_WAS_THAT = re.compile(
    r".*\b(?:some|an|a|one|any|that|this)(?:body|one)?\b.*\W(?:who|which one|which \w+)"
    r"(?: (?:is|was) (?:it|that|this|he|she))?",
    re.IGNORECASE,
)
"""Somebody who is described first: "some economist likened it to a bath, who was that?"."""
_NUMBER = re.compile(
    r"\bhow (?:many|much|big|old|fast|long|often|far|tall|high|large|late|deep|wide|heavy|expensive|pricey|pricier)\b"
    r"|\bwhat (?:\w+ )?(?:percentage|share|slice|odds|score|proportion|number|amount|price|age|rank|ranking|bill"
    r"|speed|majority|time)\b|\bby what\b|\bhow \w+ times\b|\bwhat['’]s .*\b(?:fastest|record|highest|lowest)\b",
    re.IGNORECASE,
)
_WHEN = re.compile(r"(?:since |until |by )?when\b|.*\b(?:what|which) (?:day|date|year|month)\b", re.IGNORECASE)
_WHERE = re.compile(
    r"where\b|.*\b(?:which|what|whose) (?:\w+ ){0,2}"
    r"(?:city|cities|towns?|country|countries|place|village|region|state|constituency)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"what(?:['’]s| is| was| are| were)? (?:the )?names?\b|which (?!one|two|three|four|five|\w+s\b)", re.IGNORECASE
)
_NOBODY_NAMED = re.compile(
    r"(?:any|some|every)(?:one|body|\s+people)|people|many people|they|you|we|folks|nobody|no one"
    r"|(?:any|some)\s+(?:person|man|woman|politician|speaker)",
    re.IGNORECASE,
)
"""Subjects of "did … say" that name no person."""
_BEGINNINGS = (
    (QueryKind.DATE, _WHEN),
    (QueryKind.PLACE, _WHERE),
    (QueryKind.PERSON, _PERSON_ASKED),
    (QueryKind.NAME, _NAMED),
)
"""Kinds that the beginning of a question tells, tried in this order."""


def understand(message: str, today: date) -> Query:
    """Return what `message` asks; `today` anchors "last week"."""
    asked = spelt_in_full(normalised(message))
    period, timeless = find_period(asked, today)
    if match := _DID_SAY.fullmatch(asked):  # a date may belong to the statement
        speaker = match["who"] or match["it"]
        loose = period if period and period.first and period.last and not period.is_year else None
        if _NOBODY_NAMED.fullmatch(speaker):
            return Query(message, QueryKind.WHO_SAID, match["topic"] or asked, period=loose)
        return Query(message, QueryKind.DID_SAY, match["topic"], speaker, match["verb"], loose)
    if match := _WHAT_SAID.fullmatch(timeless):
        return _words_of(message, AskedWords(match["who"], match["topic"]), period)
    if wanted := words_asked_for(timeless):
        return _words_of(message, wanted, period)
    kind = _kind_without_speaker(asked)
    if kind.speech:
        return Query(message, kind, timeless, period=period, description=description_in(asked))
    return Query(message, kind, asked, period=None if period and period.is_year else period)


def speech_about(speaker: str, topic: str, today: date) -> Query:
    """Return the query for what `speaker` said about `topic`, the latter as a person wrote it."""
    topic = normalised(topic)
    text = f"what did {speaker} say about {topic}?"
    return Query(text, QueryKind.WHAT_SAID, topic, speaker, period=find_period(topic, today)[0])


def statement_query(words: str) -> Query:
    """Return the query for who said `words`, or anything that means the same."""
    return Query(f"who said {words}", QueryKind.WHO_SAID, normalised(words))


def with_topic(query: Query, topic: str, today: date) -> Query:
    """Return `query` narrowed to `topic`: the same question, with the topic added at its end."""
    text = f"{query.text.rstrip('?! ')}, {topic}?"
    period, timeless = find_period(topic, today)
    return replace(query, text=text, statement=f"{query.statement}, {timeless}", period=period or query.period)


def normalised(message: str) -> str:
    """Return `message` with single spaces and without the marks at its end."""
    return " ".join(message.split()).rstrip("?!. ")


def _words_of(message: str, wanted: AskedWords, period: Period | None) -> Query:
    return Query(message, QueryKind.WHAT_SAID, wanted.topic, wanted.speaker, period=period)


def _kind_without_speaker(asked: str) -> QueryKind:
    if _WHO_WAS_THAT.fullmatch(asked):
        return QueryKind.WHO_SAID
    if _NUMBER.search(asked):
        return QueryKind.NUMBER
    who = _WHO.search(asked)
    if who and _SAID.search(asked, who.end()):
        return QueryKind.WHO_SAID
    kind = next((kind for kind, pattern in _BEGINNINGS if pattern.match(asked)), QueryKind.OTHER)
    asks_person = kind is QueryKind.PERSON and not _DID.search(asked)
    return QueryKind.WHO_SAID if asks_person or _asks_which_person(asked) else kind


def _asks_which_person(asked: str) -> bool:
    """Return whether a person of some role is asked for, and not for what they did or are."""
    match = _WHICH.search(asked)
    tokens = match["words"].split() if match else []
    persons = tagged("person_noun") | tagged("sport_role")
    at = next((number for number, token in enumerate(tokens) if token.casefold() in persons), None)
    if at is None or any(token.casefold() in tagged("stopword") for token in tokens[:at]):
        return False
    return _DID_OR_IS.match(" ".join(tokens[at + 1 :])) is None
