"""What finding and attributing say in English is known to the bot, which says it in the reader's language."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import retrieval
from bot.cards.reasons import SENTENCES, reason_told
from bot.locales import speaking
from retrieval.answering.follow_ups import again, more_by, read
from retrieval.domain import Certainty, Speaker, SpeakerKind

RETRIEVAL = Path(str(retrieval.__file__)).parent
SAY_WHY = ("ranking/reasons.py", "quotes/confidence.py", "quotes/languages.py", "quotes/reporters.py")
"""The modules whose texts of several words are reasons that people read."""
BROOK = Speaker("Ada Brook", None, SpeakerKind.PERSON, 0.9, Certainty.CERTAIN)


def texts_of(module: ast.Module) -> Iterator[str]:
    """The texts of several words, without docstrings and lists of words to be split."""
    beside = {id(node.value) for node in ast.walk(module) if isinstance(node, ast.Expr | ast.Attribute)}
    for node in ast.walk(module):
        text = node.value if isinstance(node, ast.Constant) and id(node) not in beside else None
        if isinstance(text, str) and " " in text.strip():
            yield text


def makes_reason(node: ast.AST) -> bool:
    """Whether a speaker is made with a reason."""
    if not isinstance(node, ast.Call):
        return False
    named = {keyword.arg for keyword in node.keywords}
    match node.func:
        case ast.Name("Speaker"):
            return len(node.args) > 5 or "reason" in named
        case ast.Name("replace"):
            return "reason" in named
    return False


@pytest.mark.parametrize("module", SAY_WHY)
def test_every_reason_that_can_be_given_is_known(module: str) -> None:
    texts = list(texts_of(ast.parse((RETRIEVAL / module).read_text("utf-8"))))
    assert texts
    assert [text for text in texts if not any(text in sentence for sentence in SENTENCES)] == []


def test_nobody_else_gives_reasons() -> None:
    made = {
        path.relative_to(RETRIEVAL).as_posix()
        for path in RETRIEVAL.rglob("*.py")
        if any(map(makes_reason, ast.walk(ast.parse(path.read_text("utf-8")))))
    }
    assert made - {"store/rows.py"} == set(SAY_WHY) - {"ranking/reasons.py"}  # the store repeats what it was given


@pytest.mark.parametrize(
    ("question", "speaker", "others"),
    [
        ("did she mention the weather", BROOK, ()),
        ("what else did she say about coats", BROOK, ()),
        ("and on the weather", BROOK, ()),
        ("and Reed", BROOK, ("Tom Reed",)),
        ("and on the weather", None, ()),
    ],
)
def test_how_a_follow_up_was_read_is_told_in_the_readers_language(
    question: str, speaker: Speaker | None, others: tuple[str, ...]
) -> None:
    reading = read(question, "what did Ada Brook say about Monday?", speaker, others)
    assert reading is not None
    assert in_german(reading.note) != reading.note


@pytest.mark.parametrize("note", [more_by("Ada Brook"), again("Ada Brook"), again(None)])
def test_what_is_shown_again_or_more_of_is_told_in_the_readers_language(note: str) -> None:
    assert in_german(note) != note


def in_german(reason: str) -> str:
    with speaking("de"):
        return reason_told(reason)
