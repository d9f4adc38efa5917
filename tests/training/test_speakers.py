"""The fit of the speaker model: it learns what its examples show, keeps to its priors, and is the same every time."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from retrieval.domain import SpeakerKind
from retrieval.quotes.attribution.features import speaker_registry
from retrieval.quotes.attribution.hypotheses import Evidence, EvidenceSource, SpeakerHypothesis
from retrieval.quotes.attribution.registry import Features
from retrieval.quotes.entities.entity import Entity
from training import pronouns, speakers
from training.delivery import ROOT
from training.speakers_ablation import ablate, whole
from training.speakers_fit import FOLDS, fit, folds
from training.speakers_gold import TrainingExample


def hypothesis(name: str | None, phrase: int, features: Features) -> SpeakerHypothesis:
    entity = Entity(name, (name.casefold(),), SpeakerKind.PERSON) if name else None
    return SpeakerHypothesis(entity, None, phrase, Evidence(EvidenceSource.OWN_CLAUSE), features)


def example(doc: str) -> TrainingExample:
    """A quotation whose speaker stands in the framing clause, beside one who is named before it."""
    hypotheses = (
        hypothesis(None, -1, {"nobody": 1.0}),
        hypothesis("Keller", 0, {"frames": 1.0, "name:alone": 1.0}),
        hypothesis("Brandt", 1, {"fragment:governed": 1.0, "name:alone": 1.0}),
    )
    right = (False, True, False)
    return TrainingExample(doc, hypotheses, right, right)


EXAMPLES = [example(f"article-{number}") for number in range(20)]


def test_what_points_to_speakers_gains_weight_and_what_points_away_loses_it() -> None:
    weights, priors = fit(EXAMPLES), speaker_registry().priors()
    assert weights["frames"] > priors["frames"]
    assert weights["fragment:governed"] < 0
    assert weights["nobody"] < 0


def test_every_declared_feature_gets_a_weight_and_an_unseen_one_keeps_its_prior() -> None:
    weights, priors = fit(EXAMPLES), speaker_registry().priors()
    assert set(weights) == set(priors)
    assert weights["reporting:inner"] == priors["reporting:inner"]


def test_a_fit_is_the_same_every_time() -> None:
    assert fit(EXAMPLES) == fit(EXAMPLES)


def test_no_article_is_in_two_folds() -> None:
    docs = [example.doc for example in EXAMPLES]
    parts = folds(docs)
    assert len(parts) == FOLDS
    assert sorted(doc for part in parts for doc in part) == sorted(docs)


def test_a_group_that_is_left_out_weighs_nothing() -> None:
    weights = fit(EXAMPLES, without=["sentence_frame"])
    assert {name: weights[name] for name in ("frames", "frames:according:after")} == {
        "frames": 0.0,
        "frames:according:after": 0.0,
    }
    assert weights["name:alone"] > 0


def test_leaving_out_what_tells_the_speaker_costs_more_than_leaving_out_what_does_not() -> None:
    base = whole(EXAMPLES)
    assert (base.right, base.answerable) == (20, 20)
    losses = {each.group: each.zeroed.loss for each in ablate(EXAMPLES, ["sentence_frame", "cataphora"])}
    assert losses["sentence_frame"] > base.loss
    assert losses["cataphora"] == pytest.approx(base.loss)


def test_the_difference_to_the_shipped_weights_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    speakers.report_difference({"frames": 1.0, "nobody": 0.5}, {"frames": 1.0, "nobody": 0.25})
    assert capsys.readouterr().out == "1 of 2 weights differ from those shipped, at most by 0.250 (nobody)\n"


def test_weights_are_written_one_a_line_in_order_of_name() -> None:
    assert speakers.written({"nobody": 0.5, "frames": 1.5}) == b'{\n"frames": 1.5,\n"nobody": 0.5\n}\n'


def test_the_shipped_weights_of_pronouns_are_made_again(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["pronouns"])
    pronouns.main()
    result = json.loads(capsys.readouterr().out.splitlines()[-1])
    shipped = (ROOT / result["file"]).read_bytes()
    assert result["sha256"] == hashlib.sha256(shipped).hexdigest()


@pytest.mark.parametrize("command", [["fit"], ["ablate"]])
def test_without_the_labelled_articles_it_says_what_it_needs(
    command: Sequence[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        speakers.main(["--shared", str(tmp_path), *command])
    assert ended.value.code == 2
    assert "does not hold the labelled articles" in capsys.readouterr().err
