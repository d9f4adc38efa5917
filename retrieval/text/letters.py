"""What is compared when wording counts and typography doesn't."""

import re
import unicodedata


def letters(text: str) -> str:
    """Letters and digits alone, case folded."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())
