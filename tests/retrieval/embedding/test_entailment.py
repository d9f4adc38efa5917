"""The entailment reader tells whether words say what a statement says, or the opposite."""

from pathlib import Path

import pytest

from retrieval.embedding.entailment import EntailmentReader, entailment_reader
from retrieval.errors import ModelError
from retrieval.weights.files import FITTED


@pytest.fixture(scope="module")
def reader() -> EntailmentReader:
    found = entailment_reader()
    assert found is not None
    return found


def test_the_probabilities_of_each_text_add_up_to_one_in_the_order_of_the_texts(reader: EntailmentReader) -> None:
    texts = ["The bridge is closed for the whole summer, the mayor said.", "No.", "We sell ice cream."]
    together = reader.read("the bridge stays shut until autumn", texts)
    assert [round(each.entails + each.neutral + each.contradicts, 3) for each in together] == [1, 1, 1]
    alone = [reader.read("the bridge stays shut until autumn", [text])[0].entails for text in texts]
    assert [each.entails for each in together] == pytest.approx(alone, abs=0.03)


def test_other_words_are_nearer_than_the_opposite_and_another_matter(reader: EntailmentReader) -> None:
    text = "We can't let the ferry sail in such weather."
    same, opposite = (reader.read(each, [text])[0] for each in ("the ferry must stay in port", "the ferry can sail"))
    assert same.entails > opposite.entails
    assert opposite.contradicts > same.contradicts
    other = reader.read("the museum sold its last painting", [text])[0]
    assert other.neutral > other.entails


def test_nothing_is_read_of_nothing(reader: EntailmentReader) -> None:
    assert reader.read("the ferry sank", []) == []


def test_a_file_that_is_not_the_published_one_is_refused(tmp_path: Path) -> None:
    copy = tmp_path / "entailment.safetensors"
    copy.write_bytes((FITTED / "entailment.safetensors").read_bytes() + b" ")
    with pytest.raises(ModelError, match="not the file"):
        EntailmentReader(copy).read("the ferry sank", ["The ferry sank."])
