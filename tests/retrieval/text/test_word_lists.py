"""Lists of English words stand in the lexicons, and nowhere else."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[3]
MOST_WORDS = 8
ELSEWHERE = {
    "retrieval/query.py": "patterns of questions, by stem",
    "retrieval/answering/questions/understanding.py": "patterns of questions, by stem",
    "retrieval/dialogue/recognition": "patterns of messages",
    "retrieval/dialogue/references": "patterns of follow-up questions",
    "retrieval/answering/questions/persons.py": "patterns of questions, by stem",
    "retrieval/answering/questions/phrasings.py": "patterns of questions",
    "retrieval/answering/questions/periods.py": "patterns of periods",
    "retrieval/text/person_names/spelling.py": "letters, not words",
    "retrieval/ranking/answer_type.py": "patterns of money and days",
    "retrieval/readers": "what the furniture of web pages and saved texts says, in several languages",
    "retrieval/quotes/spans/single_marks.py": "a pattern of clipped words that begin with an apostrophe",
    "retrieval/quotes/spans/quote_context.py": "a pattern of contractions",
    "retrieval/quotes/attribution/features/values.py": "names of classes",
    "retrieval/text/stemming.py": "suffixes, not words",
    "retrieval/text/word_variants.py": "suffixes, not words",
    "retrieval/store/rows.py": "columns of tables",
    "retrieval/store/schema": "names of tables",
    "cli/articles/show.py": "columns of exports",
    "retrieval/answering/exports.py": "columns of exports",
}
_ALTERNATIVE = re.compile(r"(?:(?<=[|(:])|^)[a-z'’]{2,}(?=[|)]|$)")
_WORD = re.compile(r"[A-Za-z][a-z'’-]*")


def test_no_module_outside_the_lexicons_holds_a_list_of_words() -> None:
    found = [
        f"{path}:{line}: {' '.join(words[:6])} …"
        for folder in ("bot", "cli", "config", "retrieval")
        for file in sorted((ROOT / folder).rglob("*.py"))
        if not (path := file.relative_to(ROOT).as_posix()).startswith(tuple(ELSEWHERE))
        for line, words in word_lists(ast.parse(file.read_text(encoding="utf-8")))
    ]
    assert found == []


def test_a_list_of_words_is_recognised_in_each_form() -> None:
    words = "one two three four five six seven eight nine".split()
    sources = [
        repr(words),
        repr(set(words)),
        repr(tuple(words)),
        f"{' '.join(words)!r}.split()",
        f"'{'|'.join(words)}'",
    ]
    assert all(list(word_lists(ast.parse(source))) for source in [*sources, f"A = {dict.fromkeys(words)!r}"])


def word_lists(tree: ast.Module) -> Iterator[tuple[int, list[str]]]:
    """Yield sets, lists, tuples, constant dictionaries, split strings and alternations of more than eight words."""
    assigned = (node.value for node in tree.body if isinstance(node, ast.Assign | ast.AnnAssign))
    constants = {id(value) for value in assigned if isinstance(value, ast.Dict)}
    for node in ast.walk(tree):
        words = [word for word in _strings(node, id(node) in constants) if _WORD.fullmatch(word)]
        if len(words) > MOST_WORDS:
            yield node.lineno, words  # type: ignore[attr-defined]


def _strings(node: ast.AST, is_constant: bool) -> list[str]:
    match node:
        case ast.Set(elts=elements) | ast.List(elts=elements) | ast.Tuple(elts=elements):
            return [e.value for e in elements if isinstance(e, ast.Constant) and isinstance(e.value, str)]
        case ast.Dict(keys=keys) if is_constant:
            return [key.value for key in keys if isinstance(key, ast.Constant) and isinstance(key.value, str)]
        case ast.Call(func=ast.Attribute(value=ast.Constant(value=str(text)), attr="split")):
            return text.split()
        case ast.Constant(value=str(text)):
            return _ALTERNATIVE.findall(text)
    return []
