"""From a message, or from the parts of a question, to a `Query`. Pure; nothing here decides what is found."""

from dataclasses import replace
from datetime import date
from re import Match

from retrieval.answering.questions.periods import find_period
from retrieval.answering.questions.persons import asks_which_person, asks_who_spoke, is_described_first
from retrieval.answering.questions.phrasings import (
    AskedWords,
    description_in,
    may_speak,
    spelt_in_full,
    words_asked_for,
)
from retrieval.query import Period, Query, QueryKind
from retrieval.text.patterns import linear

_SPEECH = (
    r"(?:sa(?:y|ys|id|ying)|t(?:ell|ells|old)|th(?:ink|inks|ought)|reckon\w*|warn(?:s|ed|ing)?|moan(?:s|ed|ing)?"
    r"|grumbl\w*|grous\w*|prais\w*|claim\w*|argu\w*|expla\w*|insist\w*|complain\w*|jok(?:e|es|ed|ing)|compar\w*"
    r"|liken\w*|doubt\w*|figur\w*|accus\w*|call(?:s|ed)?|shrug\w*|wonder\w*|want\w*|confess\w*|admit\w*"
    r"|den(?:y|ies|ied)|point\w* out|slam(?:s|med|ming)?|blam\w*|hint(?:s|ed|ing)?|predict\w*|swore|swear\w*|vow\w*"
    r"|plead\w*|fear\w*|worr\w*|conced\w*|brush\w*|rubbish\w*|wrote|writ(?:e|es|ing)|comment\w*|imagin\w*|describ\w*"
    r"|fe(?:el|els|lt)|hop(?:es|ed|ing)|believ\w*|sneer\w*|clarif\w*|notic\w*|announc\w*|stat(?:e|es|ed)|declar\w*"
    r"|suggest\w*|criticis\w*|criticiz\w*|mock\w*|dismiss\w*|reject\w*|promis\w*|pledg\w*|urg\w*|demand\w*"
    r"|question\w*|remember\w*|recall\w*|mention\w*|stress\w*|add(?:s|ed)?|ask(?:s|ed)|answer\w*|repl(?:y|ies|ied)"
    r"|thank\w*|hail(?:s|ed|ing)?|welcom\w*|defend\w*|attack\w*|condemn\w*|boast\w*|brag(?:s|ged|ging)?|gush\w*"
    r"|quip\w*|scoff\w*|lament\w*|regret\w*|assur\w*|advis\w*|reveal\w*|disclos\w*|credit\w*|agre(?:e|es|ed)"
    r"|disagre\w*|object\w*|protest\w*|maintain\w*|acknowledg\w*|remark\w*|observ\w*|talk\w* about|sp(?:eak|oke)"
    r"|refus\w*|threaten\w*|apologi\w*|label\w*|brand\w*|remind\w*|fret(?:s|ted)?|bet(?:s)?|grip(?:e|es|ed|ing)"
    r"|tweet\w*|whin(?:e|es|ed|ing)|confirm\w*"
    r"|(?:ma(?:ke|kes|de)|crack(?:s|ed)?|takes?|took) (?:a |the |an )?"
    r"(?:dig|swipe|joke|crack|jibe|point|claim|case|threat|remark|comment))"
)
_HOW = r"(?:(?:really|actually|ever|once|also|just|even|honestly|seriously|truly|publicly|recently|then)\s+)*"
"""Words between a speaker and the verb of saying."""
_DID_SAY = linear(
    rf"(?:(?:(?:did|has|have|does|could|would|might)(?:n['’]t)?"
    rf"|(?:(?:is|was) (?:it|that) (?:true|right|correct|a fact)"
    rf"|am i (?:right|correct)(?: in thinking)?|i heard|i read that"
    rf"|someone (?:said|told me))(?: that)?)"
    rf"\s+(?P<who>.+?)\s+(?:have\s+)?{_HOW}|(?:was|wasn['’]t|is|isn['’]t) it (?P<it>.+?) (?:who|that)\s+{_HOW})"
    rf"(?P<verb>{_SPEECH})\b(?:\s+that\b)?\s*(?P<topic>.*?)"
    r"(?:, ?(?:right|true|correct|or not|no)|,? is (?:that|it) (?:right|true|correct|so))?",
    ignore_case=True,
)
_BEFORE_THAT = linear(
    r"(?:(?:back |just |once )*(?:in|on|during|at|after|before) [^,]{2,30}?,? that |[^,]{2,40}?,? that )(?P<topic>.+)",
    ignore_case=True,
)
"""What stands between a verb and its "that": a time, or behind some verbs a person."""
_ADDRESSING = linear(r"(?:tell|told|remind|warn|assur|promis|inform|advis|pledg)\w*", ignore_case=True)
_TIME_FIRST = linear(r"(?:back |just |once )*(?:in|on|during|at|after|before) ", ignore_case=True)
_ANYTHING = linear(
    r"(?:any ?thing|something|much|a lot|any words?)(?: \w+)? (?:about|on|regarding|of|re) (?P<topic>.+)",
    ignore_case=True,
)
_PHRASED = linear(r"(?:make|made|crack|take|took)\w* .*", ignore_case=True)
"""Verbs of several words, which say no more than "say" does."""
_WHAT_SAID = linear(
    rf"(?:so\s+|and\s+)?what\s+(?:else\s+)?(?:did|does|has|have|had|was|were|is)\s+(?P<who>.+?)\s+"
    rf"(?:(?:have|had|got)\s+to\s+)?{_HOW}(?P<verb>{_SPEECH})\b"
    rf"(?:\s+(?:about|bout|of|on|regarding|when))?\s*(?P<topic>.*)",
    ignore_case=True,
)
_WHO = linear(r"\b(?:who|which|whose|what)\b", ignore_case=True)
_SAID = linear(rf"\b{_SPEECH}\b", ignore_case=True)
_PERSON_ASKED = linear(r".*\b(?:who|whom|whose|which (?:of|person|man|woman))\b|\bwho['’]", ignore_case=True)
_NUMBER = linear(
    r"\bhow (?:many|much|big|old|fast|long|often|far|tall|high|large|late|deep|wide|heavy|expensive|pricey|pricier)\b"
    r"|\bwhat (?:\w+ )?(?:percentage|share|slice|odds|score|proportion|number|amount|price|age|rank|ranking|bill"
    r"|speed|majority|time)\b|\bby what\b|\bhow \w+ times\b|\bwhat['’]s .*\b(?:fastest|record|highest|lowest)\b",
    ignore_case=True,
)
_WHEN = linear(r"(?:since |until |by )?when\b|.*\b(?:what|which) (?:day|date|year|month)\b", ignore_case=True)
_WHERE = linear(
    r"where\b|.*\b(?:which|what|whose) (?:\w+ ){0,2}"
    r"(?:city|cities|towns?|country|countries|place|village|region|state|constituency)\b",
    ignore_case=True,
)
_NAMED = linear(r"what(?:['’]s| is| was| are| were)? (?:the )?names?\b|which ", ignore_case=True)
_SEVERAL = linear(r"which (?:one|two|three|four|five|\w+s\b)", ignore_case=True)
"""Questions with "which" that ask for more than one name."""
_NOBODY_NAMED = linear(
    r"(?:any|some|every)(?:one|body|\s+people)|people|many people|they|you|we|folks|nobody|no one"
    r"|(?:any|some)\s+(?:person|man|woman|politician|speaker)",
    ignore_case=True,
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
        return _did_say(message, asked, match, period)
    match = _WHAT_SAID.fullmatch(timeless)
    if match and may_speak(match["who"]) and " make of " not in match["who"]:
        return _words_of(message, AskedWords(match["who"], match["topic"]), period)
    if wanted := words_asked_for(timeless):
        return _words_of(message, wanted, period)
    kind = _kind_without_speaker(asked)
    if kind.speech:
        return Query(message, kind, timeless, period=period, description=description_in(asked))
    return Query(message, kind, asked, period=None if period and period.is_year else period)


def _did_say(message: str, asked: str, match: Match[str], period: Period | None) -> Query:
    speaker, verb = match["who"] or match["it"], match["verb"]
    loose = period if period and period.first and period.last and not period.is_year else None
    if _NOBODY_NAMED.fullmatch(speaker):
        return Query(message, QueryKind.WHO_SAID, match["topic"] or asked, period=loose)
    if anything := _ANYTHING.fullmatch(match["topic"]):
        return _words_of(message, AskedWords(speaker, anything["topic"]), period)
    topic = _statement(verb, match["topic"])
    return Query(message, QueryKind.DID_SAY, topic, speaker, "say" if _PHRASED.fullmatch(verb) else verb, loose)


def _statement(verb: str, topic: str) -> str:
    """What was said, without the time or the person that stands before its "that"."""
    behind = _BEFORE_THAT.fullmatch(topic)
    return behind["topic"] if behind and (_ADDRESSING.match(verb) or _TIME_FIRST.match(topic)) else topic


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
    if is_described_first(asked):
        return QueryKind.WHO_SAID
    if _NUMBER.search(asked):
        return QueryKind.NUMBER
    who = _WHO.search(asked)
    if who and _SAID.search(asked[who.end() :]):
        return QueryKind.WHO_SAID
    kind = next((kind for kind, pattern in _BEGINNINGS if pattern.match(asked)), QueryKind.OTHER)
    if asks_which_person(asked) or (kind is QueryKind.PERSON and asks_who_spoke(asked)):
        return QueryKind.WHO_SAID
    return QueryKind.OTHER if kind is QueryKind.NAME and _SEVERAL.match(asked) else kind
