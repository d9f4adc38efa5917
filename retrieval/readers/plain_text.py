"""Text files, and pages that somebody saved as text: headline, summary, date line and caption come before the body."""

from retrieval.readers.drafts import Draft

_TITLE_LENGTH = 200


def read_plain_text(text: str) -> Draft:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    body = "\n".join(lines).strip("\n")
    first = next((line.strip() for line in lines if line.strip()), "")
    if len(first) > _TITLE_LENGTH or first.endswith((".", "!")):
        return Draft(text=body)
    return Draft(text=body.partition(first)[2].strip("\n"), title=first)
