"""The features and the weights that were fitted for them agree; values set by hand say what they are."""

import json

import pytest

from retrieval.answering.answerer import PARAPHRASE_THRESHOLD
from retrieval.errors import ModelError
from retrieval.ranking.boosts import HAND_SET_BOOSTS
from retrieval.ranking.candidates import NAMED_WEIGHT, WORDS_WEIGHT
from retrieval.ranking.confidence_features import CONFIDENCE_FEATURES
from retrieval.ranking.decline_reasons import TELLING_WEIGHT
from retrieval.ranking.features import FEATURES
from retrieval.ranking.pipeline import MARGIN_BONUS
from retrieval.ranking.ranker import FILE, AnswerRanker
from retrieval.weights.files import FITTED

FITTED_RANKERS = json.loads((FITTED / FILE).read_text("utf-8"))
HAND_SET = (
    *HAND_SET_BOOSTS,
    NAMED_WEIGHT,
    WORDS_WEIGHT,
    TELLING_WEIGHT,
    MARGIN_BONUS,
    PARAPHRASE_THRESHOLD,
)


@pytest.mark.parametrize("name", ["alone", "reranked"])
def test_the_published_weights_are_those_of_the_features_and_have_the_signs_they_promise(name: str) -> None:
    AnswerRanker.read(FITTED_RANKERS[name])


@pytest.mark.parametrize("part", ["order", "trust"])
def test_a_weight_that_no_feature_has_and_one_that_is_missing_are_refused(part: str) -> None:
    weights = FITTED_RANKERS["alone"][part]["weights"]
    unknown = FITTED_RANKERS["alone"] | {part: {"bias": 0, "weights": weights | {"shoe size": 1.0}}}
    with pytest.raises(ModelError, match="shoe size"):
        AnswerRanker.read(unknown)
    missing = FITTED_RANKERS["alone"] | {
        part: {"bias": 0, "weights": {n: w for n, w in weights.items() if n != "similarity"}}
    }
    with pytest.raises(ModelError, match="similarity"):
        AnswerRanker.read(missing)


def test_a_weight_against_its_sign_is_refused() -> None:
    weights = FITTED_RANKERS["alone"]["trust"]["weights"] | {"named speaker absent": 0.5}
    with pytest.raises(ModelError, match="at most 0"):
        AnswerRanker.read(FITTED_RANKERS["alone"] | {"trust": {"bias": 0, "weights": weights}})


def test_every_feature_and_every_value_set_by_hand_says_what_it_is() -> None:
    assert all(feature.doc.endswith(".") for feature in (*FEATURES, *CONFIDENCE_FEATURES))
    assert all(value.doc.endswith(".") and value.unit and value.source for value in HAND_SET)
    assert len({value.name for value in HAND_SET}) == len(HAND_SET)
