import numpy as np
import pytest
import torch

from retrieval.embedding.bert import load_bert
from retrieval.embedding.model_files import bundled_folder
from retrieval.embedding.tokenizer import BundledTokenizer

WORDS = ["The ferry was late again.", "A recipe for onion soup, with a great many onions in it.", ""]
AROUND = ["It left the harbour at nine. " * 30, "Soup.", "Nothing was said."]


@pytest.fixture(scope="module")
def published():
    """The published model as its own library loads it."""
    transformers = pytest.importorskip("transformers")
    folder = str(bundled_folder())
    return transformers.AutoTokenizer.from_pretrained(folder), transformers.AutoModel.from_pretrained(folder).eval()


@pytest.fixture(scope="module")
def tokenizer():
    return BundledTokenizer()


def test_the_states_are_those_of_the_published_model(published, tokenizer):
    batch = tokenizer.tokens(WORDS, most=64)
    with torch.inference_mode():
        states = load_bert(bundled_folder() / "model.safetensors")(batch.ids, batch.mask)
        expected = published[1](input_ids=batch.ids, attention_mask=batch.mask.long()).last_hidden_state
    np.testing.assert_allclose(states[batch.mask], expected[batch.mask], atol=1e-5)


def test_a_text_gets_the_same_vector_whatever_it_is_padded_to(tokenizer):
    bert = load_bert(bundled_folder() / "model.safetensors")
    alone, together = tokenizer.tokens(WORDS[:1], most=64), tokenizer.tokens(WORDS, most=64)
    with torch.inference_mode():
        np.testing.assert_allclose(
            bert.vectors(alone.ids, alone.mask)[0], bert.vectors(together.ids, together.mask)[0], atol=1e-6
        )


@pytest.mark.parametrize("around", [None, AROUND])
def test_the_tokens_are_those_of_the_published_tokenizer(around, published, tokenizer):
    found = tokenizer.tokens(WORDS, around, most=40)
    expected = published[0](WORDS, around, padding=True, truncation="longest_first", max_length=40, return_tensors="pt")
    assert found.ids.tolist() == expected["input_ids"].tolist()
    assert found.mask.tolist() == expected["attention_mask"].bool().tolist()
    own = expected["attention_mask"].bool() & (expected["token_type_ids"] == 0)
    assert found.own.tolist() == own.tolist()
