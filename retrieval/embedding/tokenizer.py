"""The bundled model's tokenizer: texts, or pairs of texts, to token ids and masks."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retrieval.embedding.model_files import bundled_folder

if TYPE_CHECKING:
    from torch import Tensor

FILE = "tokenizer.json"


@dataclass(frozen=True, slots=True)
class TokenBatch:
    """Token ids with two boolean masks, all (texts, tokens): `mask` marks the tokens, `own` those of the first text."""

    ids: "Tensor"
    mask: "Tensor"
    own: "Tensor"


class BundledTokenizer:
    """The tokenizer of the bundled model. Safe to use from several threads."""

    def __init__(self) -> None:
        """Read the tokenizer's file. Raises ModelError."""
        from tokenizers import Tokenizer  # noqa: PLC0415  `--help` need not wait for it

        self._tokenizer = Tokenizer.from_file(str(bundled_folder() / FILE))
        self._tokenizer.enable_padding()
        self._lock = threading.Lock()

    def lengths(self, texts: Sequence[str], seconds: Sequence[str]) -> list[int]:
        """Return the number of tokens of each pair of texts, uncut."""
        with self._lock:
            self._tokenizer.no_truncation()
            self._tokenizer.no_padding()
            found = self._tokenizer.encode_batch(list(zip(texts, seconds, strict=True)))
            self._tokenizer.enable_padding()
        return [len(each.ids) for each in found]

    def tokens(self, texts: Sequence[str], seconds: Sequence[str] | None = None, *, most: int) -> TokenBatch:
        """Return the tokens of texts, each with the one of `seconds` behind it, padded to the longest.

        At most `most` tokens of each are kept; of a pair the longer text is cut first.
        """
        import torch  # noqa: PLC0415  takes a second

        with self._lock:
            self._tokenizer.enable_truncation(most, strategy="longest_first")
            found = self._tokenizer.encode_batch(list(texts if seconds is None else zip(texts, seconds, strict=True)))
        mask = torch.tensor([each.attention_mask for each in found]).bool()
        first = torch.tensor([each.type_ids for each in found]) == 0
        return TokenBatch(torch.tensor([each.ids for each in found]), mask, mask & first)
