"""Persons: who a speaker is, by the roles that articles give, each with the sentence that tells it."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from sqlalchemy import func, select

from retrieval.answering.citations import cite
from retrieval.dialogue.handlers.quotation_rows import DAY, day_of
from retrieval.dialogue.handlers.speaker_choice import MeantSpeakers, SpeakerChoice
from retrieval.dialogue.intents import Intent
from retrieval.dialogue.interfaces import ReplyContext
from retrieval.dialogue.replies import DialogueReply, ReplyCode, ReplyKind, ReplyText
from retrieval.domain import Answer, Article, Citation, Span
from retrieval.speakers.index import QUOTATIONS_WITH_ARTICLES
from retrieval.speakers.records import SpeakerEntry
from retrieval.store.archive import Archive
from retrieval.store.near_duplicates import numbers_table
from retrieval.store.schema import articles, quotations
from retrieval.store.sqlite.database import read_transaction
from retrieval.text.passages import sentences
from retrieval.text.person_names.roles import role_words

ROLES = 40
"""Roles of one speaker that are looked at, the latest."""
NEAR = 40
"""Most characters between a role and the surname of whom it is told."""


@dataclass(frozen=True, slots=True)
class RoleGiven:
    """A role as an article gives it to a speaker under a name; `day` is when the words were said or printed."""

    role: str
    name: str
    article: int
    day: date | None


@dataclass(frozen=True, slots=True)
class PersonHandler:
    """Replies to "who is X?". As thread-safe as its collaborators."""

    archive: Archive
    choice: SpeakerChoice

    def reply(self, intent: Intent, context: ReplyContext) -> DialogueReply | None:
        """Return the person's roles with the sentences that tell them; None where nobody of the name is quoted."""
        meant = self.choice.meant(intent.subject or intent.text, context.filters.owners)
        entry = next((entry for entry in meant.entries if entry.roles), next(iter(meant.entries), None))
        if entry is None:
            return None
        told = list(self._told(entry, context.limit))
        if not told:
            return self._without_role(entry, meant, intent, context)
        texts = [
            ReplyText.of(ReplyCode.ROLE_TOLD, name=entry.name, role=given.role, published=given.day)
            if given.day
            else ReplyText.of(ReplyCode.UNDATED_ROLE_TOLD, name=entry.name, role=given.role)
            for given, _ in told[:1]
        ]
        others = [name for name in meant.others if name != entry.name]
        if others:
            texts.append(ReplyText.of(ReplyCode.OTHERS_CALLED, names=", ".join(others)))
        return _reply(intent, context, meant, texts, [citation for _, citation in told])

    def _without_role(
        self, entry: SpeakerEntry, meant: MeantSpeakers, intent: Intent, context: ReplyContext
    ) -> DialogueReply:
        """The sentences that name the person first, where no article gives a role."""
        cited = list(islice(self._mentions(entry, context.limit), context.limit))
        told = ReplyText.of(ReplyCode.NO_ROLE_TOLD, name=entry.name)
        return _reply(intent, context, meant, [told], cited)

    def _mentions(self, entry: SpeakerEntry, at_once: int) -> Iterator[Citation]:
        """Yield the first mention in each article, reading `at_once` articles at a time."""
        seqs = sorted(entry.articles)
        for at in range(0, len(seqs), at_once):
            for article in self.archive.articles(seqs[at : at + at_once]).values():
                if citation := _first_mention(article, entry):
                    yield citation

    def _told(self, entry: SpeakerEntry, limit: int) -> Iterator[tuple[RoleGiven, Citation]]:
        """Yield the roles, each once, with the citation of the sentence that tells it; the latest first."""
        shown: list[frozenset[str]] = []
        given = self._roles(entry)
        known = self.archive.articles({each.article for each in given})
        for each in given:
            words = role_words(each.role)
            if each.article not in known or not words or any(words <= other for other in shown):
                continue
            span = telling_sentence(known[each.article].text, each.name, each.role)
            if span is not None:
                shown.append(words)
                yield each, cite(known[each.article], span, 0.0)
            if len(shown) == limit:
                return

    def _roles(self, entry: SpeakerEntry) -> Sequence[RoleGiven]:
        """The roles that articles give, the latest first, and of one day the longest first."""
        query = (
            select(quotations.c.speaker_role, quotations.c.speaker_name, articles.c.seq, func.max(DAY))
            .select_from(QUOTATIONS_WITH_ARTICLES)
            .where(quotations.c.speaker_name.in_(entry.names), quotations.c.speaker_role.is_not(None))
            .where(articles.c.seq.in_(numbers_table(entry.articles)))
            .group_by(quotations.c.speaker_role, quotations.c.speaker_name, articles.c.seq)
            .order_by(func.max(DAY).desc(), func.length(quotations.c.speaker_role).desc())
            .limit(ROLES)
        )
        with read_transaction(self.archive.database) as connection:
            rows = connection.execute(query).all()
        return [RoleGiven(role, name, seq, day_of(day)) for role, name, seq, day in rows]


def telling_sentence(text: str, name: str, role: str) -> Span | None:
    """Return the sentence in which a role stands nearest to a person's surname, at most NEAR characters away."""
    surname = name.rsplit(maxsplit=1)[-1]
    best: tuple[float, Span] | None = None
    for span in sentences(text):
        sentence = span.of(text)
        if surname not in sentence:
            continue
        nearness = 1 - _gap(sentence.casefold(), surname.casefold(), role.casefold()) / NEAR
        if nearness >= 0 and (best is None or nearness > best[0]):
            best = nearness, span
    return best[1] if best else None


def _gap(sentence: str, surname: str, role: str) -> float:
    """Return the characters between a role and the surname next to it; infinite where one is missing."""
    gaps = [
        max(named - told - len(role), told - named - len(surname))
        for named in _places(surname, sentence)
        for told in _places(role, sentence)
    ]
    return min((gap for gap in gaps if gap >= 0), default=math.inf)


def _places(part: str, text: str) -> Iterator[int]:
    """Yield the offsets at which a part begins in a text."""
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)


def _first_mention(article: Article, entry: SpeakerEntry) -> Citation | None:
    names = [name for name in entry.names if name in article.text]
    full = max(names, key=len, default=None)
    span = next((span for span in sentences(article.text) if full and full in span.of(article.text)), None)
    return cite(article, span, 0.0) if span else None


def _reply(
    intent: Intent,
    context: ReplyContext,
    meant: MeantSpeakers,
    texts: Sequence[ReplyText],
    citations: Sequence[Citation],
) -> DialogueReply:
    answer = Answer(intent.text, 1.0 if citations else 0.0, citations, did_you_mean=meant.did_you_mean)
    kind = ReplyKind.QUOTATIONS if citations else ReplyKind.DECLINED
    return DialogueReply(kind, answer, tuple(texts), intent=intent, language=context.language)
