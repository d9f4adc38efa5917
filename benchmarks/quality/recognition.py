"""Questions that the dialogue takes for something else, without an archive and with one's names.

    python -m benchmarks.quality.recognition QUESTIONS.jsonl … [--data DIR] [--show]

Each line has a "question". With `--data` the publishers and speakers of that archive are known. Every question should
be recognised as one; a guess that the archive has to confirm counts as a question.
"""

import argparse
import json
from datetime import UTC, date, datetime
from pathlib import Path

from retrieval.dialogue.archive_names import ArchiveNames
from retrieval.dialogue.intents import Intent, IntentKind
from retrieval.dialogue.languages.detection import language_of
from retrieval.dialogue.recognition.known_names import NOBODY_KNOWN, KnownNames
from retrieval.dialogue.recognition.recogniser import UNSURE, recognise
from retrieval.domain import OPERATOR
from retrieval.store.archive import Archive


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("questions", type=Path, nargs="+", help="JSON Lines")
    parser.add_argument("--data", type=Path, help="an archive's folder, for its names")
    parser.add_argument("--show", action="store_true", help="print what was taken for something else")
    asked = parser.parse_args()
    known: KnownNames = NOBODY_KNOWN
    if asked.data:
        known = ArchiveNames(Archive.open(asked.data)).of(frozenset({OPERATOR}))
    today = datetime.now(UTC).date()
    for path in asked.questions:
        questions = [json.loads(line)["question"] for line in path.read_text("utf-8").splitlines() if line.strip()]
        other = {question: found for question in questions if (found := not_questions(question, today, known))}
        print(f"{path.name}: {len(questions) - len(other)} of {len(questions)} are questions")
        if asked.show:
            for question, found in other.items():
                print("  ", question, "->", ", ".join(intent.kind.value for intent in found))


def not_questions(question: str, today: date, known: KnownNames) -> tuple[Intent, ...]:
    """Return the intents of a question where they aren't just one question; none where it is recognised."""
    found = recognise(question, today, known, language_of(question))
    single = len(found) == 1 and (found[0].kind is IntentKind.QUESTION or found[0].doubt >= UNSURE)
    return () if single else found


if __name__ == "__main__":
    main()
