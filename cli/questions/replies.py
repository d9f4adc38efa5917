"""Replies of the dialogue as the terminal and programs are shown them."""

from typing import Any

from rich.console import Console

from bot.locales import speaking
from bot.locales.replies import reply_told
from cli.output import page, plain
from cli.questions.output import print_citation
from retrieval.answering.serialization import answer_object
from retrieval.dialogue.replies import DialogueReply, ReplyKind
from retrieval.domain import Answer, Verdict

_VERDICTS = {
    Verdict.SUPPORTED: "supported",
    Verdict.CONTRADICTED: "contradicted: these words say otherwise",
    Verdict.MISATTRIBUTED: "misattributed: somebody else said it",
    Verdict.RELATED: "related: not these words, but this on the same",
    Verdict.NOT_FOUND: "not found",
}


def reply_object(reply: DialogueReply) -> dict[str, Any]:
    """Return the object of a reply, and of each of its parts; `text` is in the language of the reply."""
    answer = reply.answer
    return answer_object(answer) | {
        "reply": _kind(reply).value,
        "text": told(reply),
        "reading": str(answer.reading.reason) if answer.reading else None,
        "language": reply.language,
        "total": reply.total,
        "parts": [reply_object(part) for part in reply.parts] or None,
    }


def _kind(reply: DialogueReply) -> ReplyKind:
    """Return the kind of a reply; one that only shows what else a speaker said on it declines to say yes or no."""
    return ReplyKind.DECLINED if reply.answer.verdict is Verdict.RELATED else reply.kind


def told(reply: DialogueReply) -> str | None:
    """Return the program's own words of a reply in its language; None where it has none."""
    with speaking(reply.language):
        return " ".join(map(reply_told, reply.texts)) or None


def print_reply(reply: DialogueReply) -> None:
    """Print a reply, part by part where it has several."""
    console = page()
    for part in reply.parts or (reply,):
        _print_part(console, part)


def _print_part(console: Console, reply: DialogueReply) -> None:
    answer, words = reply.answer, told(reply)
    if words and reply.kind is not ReplyKind.DECLINED:
        console.print(plain(words))
    _print_reading(console, answer)
    for citation in answer.citations:
        print_citation(console, citation)
    if reply.kind is ReplyKind.DECLINED:
        console.print(plain(words or "") + (" The nearest that it has:" if answer.near_misses else ""))
    for miss in answer.near_misses:
        console.print(f"[yellow]{plain(str(miss.reason))}:[/yellow]")
        print_citation(console, miss.citation)


def _print_reading(console: Console, answer: Answer) -> None:
    """Print how the question was read, and the verdict that it asks for."""
    if answer.reading:
        console.print(f"[dim]{plain(str(answer.reading.reason))}[/dim]")
    if answer.did_you_mean:
        console.print(f"The archive has nobody of that name. Did you mean {plain(answer.did_you_mean)}?")
    if answer.verdict:
        style = "bold green" if answer.verdict is Verdict.SUPPORTED else "bold yellow"
        console.print(f"[{style}]{_VERDICTS[answer.verdict]}[/]")
