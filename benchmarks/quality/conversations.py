"""Exchanges of two and three turns over the sample archive, and whether an earlier question changes a later answer.

    python -m benchmarks.quality.conversations --data DIR [--exchanges FILE] [--questions QUESTIONS.jsonl] [--show]
    python -m benchmarks.quality.conversations --data DIR --three-turns [FILE] [--show]

DIR holds the sample archive: `ontherecord --data DIR ingest samples/articles`. An exchange is right when the first
citation of its second answer holds one of `words`, or when it declines and should. conversations_check.jsonl holds
twenty that were written before any failure of the sixty was looked at. With `--questions`, whose archive must be DIR's,
each question is asked alone and after another one's answer instead. An exchange of three turns is right when its last
reply is of one of the kinds in `reply`, and its first citation holds one of `words`, where these are given.
"""

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

from cli.wiring import open_answering
from config.settings import Settings
from retrieval.dialogue.conversation import Conversation
from retrieval.dialogue.dialogue import Dialogue, turn_after
from retrieval.dialogue.languages.detection import language_of
from retrieval.dialogue.turns import ConversationTurn
from retrieval.domain import Answer, Filters
from training.delivery import DATA

EXCHANGES = DATA / "conversations.jsonl"
THREE_TURNS = DATA / "conversations_three_turns.jsonl"


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the archive's folder")
    parser.add_argument("--exchanges", type=Path, default=EXCHANGES, help="(default: %(default)s)")
    parser.add_argument("--three-turns", type=Path, nargs="?", const=THREE_TURNS, help="(default: %(const)s)")
    parser.add_argument("--questions", type=Path, help="ask these alone and after another")
    parser.add_argument("--show", action="store_true", help="print what went wrong")
    asked = parser.parse_args()
    with open_answering(Settings(data=asked.data)) as answering:
        conversation = answering.conversation
        if asked.three_turns:
            three_turns(answering.dialogue, asked.three_turns, show=asked.show)
        elif asked.questions:
            undisturbed(conversation, asked.questions, show=asked.show)
        else:
            exchanges(conversation, asked.exchanges, show=asked.show)


def exchanges(conversation: Conversation, path: Path, *, show: bool) -> None:
    """Ask every exchange, and print how many second answers are as expected."""
    right, every = Counter[str](), Counter[str]()
    for row in read(path):
        first = conversation.answer(row["first"], None, Filters())
        then = conversation.answer(row["then"], ConversationTurn.after(None, row["first"], first), Filters())
        every[row["kind"]] += 1
        right[row["kind"]] += (ok := as_expected(row, then))
        if show and not ok:
            cited = [answer.citations[0].text if answer.answered else None for answer in (first, then)]
            print(row["id"], row["first"], "|", row["then"], "|", then.reading, cited)
    print_counts(right, every)


def three_turns(dialogue: Dialogue, path: Path, *, show: bool) -> None:
    """Send the messages of every exchange, and print how many last replies are as expected."""
    right, every = Counter[str](), Counter[str]()
    for row in read(path):
        last, reply = None, None
        for message in row["turns"]:
            reply = dialogue.reply(message, last, Filters(), language=language_of(message))
            last = turn_after(last, message, reply)
        assert reply is not None
        cited = [citation.text for citation in reply.answer.citations[:1]]
        said = not row["words"] or any(words.casefold() in text.casefold() for text in cited for words in row["words"])
        ok = said and (row["reply"] is None or reply.kind.value in row["reply"])
        every[row["kind"]] += 1
        right[row["kind"]] += ok
        if show and not ok:
            print(row["id"], row["turns"], "|", reply.kind.value, "|", reply.answer.reading, cited)
    print_counts(right, every)


def print_counts(right: Counter[str], every: Counter[str]) -> None:
    """Print how many exchanges of each kind there are, and how many of them are right."""
    print("| exchange | n | right |\n|---|---|---|")
    for kind in every:
        print(f"| {kind} | {every[kind]} | {right[kind]} |")
    print(f"| all | {every.total()} | {right.total()} ({100 * right.total() / every.total():.0f}%) |")


def as_expected(row: dict[str, Any], answer: Answer) -> bool:
    """Return whether the second answer of an exchange is the expected one."""
    if row["declines"] or not answer.answered:
        return bool(row["declines"]) and not answer.answered
    return any(words.casefold() in answer.citations[0].text.casefold() for words in row["words"])


def undisturbed(conversation: Conversation, path: Path, *, show: bool) -> None:
    """The answers alone, and each after the one before."""
    questions = [row["question"] for row in read(path)]
    alone = [conversation.answer(question, None, Filters()) for question in questions]
    same = 0
    for question, answer, last_question, last in zip(questions[1:], alone[1:], questions, alone, strict=False):
        again = conversation.answer(question, ConversationTurn.after(None, last_question, last), Filters())
        same += (ok := again == answer)
        if show and not ok:
            print(question, "| after", last_question, "|", again.reading)
    print(f"{same} of {len(questions) - 1} the same ({100 * same / (len(questions) - 1):.1f}%)")


def read(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


if __name__ == "__main__":
    main()
