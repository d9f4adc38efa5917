"""Why something is no answer, why a speaker is in doubt, how a follow-up was understood, and the commonest reasons why
a file or page can't be read: in the reader's language.

What finds, attributes and reads words says it in English, to the command line and the store too. Here each of those
sentences stands once more as a text to translate, with placeholders for what differs. One that isn't known stays
English.
"""

import re
from functools import cache

from bot.locales import N_, _

SENTENCES = (  # the more particular stand first
    # retrieval.ranking.decline_reasons
    N_("said by {speaker}, not by {asked}"),
    N_("the article does not mention '{word}' or '{other}'"),
    N_("the article does not mention '{word}'"),
    N_("it is near, but gives no number"),
    N_("it is near, but gives no date"),
    N_("it is near, but names nobody"),
    N_("it is near, but does not say it"),
    N_("it is unclear who said it"),
    N_("it is about this, but does not quite say it"),
    # retrieval.quotes.attribution.calibration
    N_("the article does not tell clearly who speaks"),
    N_("'{words}' could be {name} or {other}"),
    N_("could be {name} or {other}"),
    # retrieval.quotes.indirect.indirect_speech
    N_("more than one speaker is named"),
    N_("what reports it is neither person, body nor document"),
    N_("it is not sure that '{name}' can speak"),
    # retrieval.quotes.languages
    N_("speaker not determined (language)"),
    # retrieval.answering.follow_ups
    N_("more by {speaker}"),
    N_("reading 'that' as the words of {speaker} above"),
    N_("reading 'that' as the sentence above"),
    N_("reading '{word}' as {speaker}"),
    N_("asking what {speaker} said about {topic}"),
    N_("asking the same of {topic}"),
    # retrieval.fetching
    N_("its host can't be found on the public internet"),
    N_("isn't an http or https address"),
    N_("its site's robots.txt asks not to fetch it"),
    N_("its server answers 404 (Not Found)"),
    N_("its server answers {status}"),
    N_("its server can't be reached, or broke off"),
    N_("took too long"),
    N_("is larger than {size}"),
    # retrieval.sources.pages, retrieval.readers, retrieval.guilds.additions
    N_("isn't a web page ({kind})"),
    N_("isn't of a format that can be read ({formats})"),
    N_("holds no text"),
    N_("there is room for {most} articles, and no more"),
)


def reason_told(reason: str) -> str:
    """`reason` in the language that is spoken now. Not escaped."""
    for sentence in SENTENCES:
        if match := _pattern(sentence).fullmatch(reason):
            return _(sentence, **match.groupdict())
    return reason


@cache
def _pattern(sentence: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+)", re.escape(sentence)), re.DOTALL)
