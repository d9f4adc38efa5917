"""Ablation of the speaker model: what each feature group adds, by cross-validation over articles."""

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from retrieval.quotes.attribution.features import speaker_registry
from retrieval.quotes.attribution.model import SpeakerModel
from training.speakers_fit import fit, folds
from training.speakers_gold import TrainingExample

LEAST = 1e-12
"""Least probability that a logarithm is taken of."""


@dataclass(frozen=True, slots=True)
class HeldOutFigures:
    """How a model does on articles that it has not seen.

    `right` of `answerable` quotations have the right speaker; `loss` is minus the mean log probability of that speaker.
    The quotations that one rests on have their true speakers.
    """

    right: int
    answerable: int
    loss: float


@dataclass(frozen=True, slots=True)
class GroupAblation:
    """The figures without one feature group, refitted and with its weights set to 0."""

    group: str
    features: int
    refitted: HeldOutFigures
    zeroed: HeldOutFigures


def whole(found: Sequence[TrainingExample]) -> HeldOutFigures:
    """Return the figures of the model with all feature groups."""
    return _figures(found, _fitted(found, ()))


def ablate(found: Sequence[TrainingExample], groups: Collection[str] = ()) -> Iterator[GroupAblation]:
    """Iterate over the feature groups (all, or those named), each with the figures without it."""
    registry = speaker_registry()
    fitted = _fitted(found, ())
    for group in registry.groups:
        if groups and group.name not in groups:
            continue
        names = {name for name in registry if registry.group_of(name) == group.name}
        zeroed = [{name: 0.0 if name in names else value for name, value in each.items()} for each in fitted]
        refitted = _fitted(found, (group.name,))
        yield GroupAblation(group.name, len(names), _figures(found, refitted), _figures(found, zeroed))


def _fitted(found: Sequence[TrainingExample], without: Collection[str]) -> list[dict[str, float]]:
    """Return the weights of each fold, fitted on the other folds."""
    parts = folds({example.doc for example in found})
    return [fit([example for example in found if example.doc not in set(part)], without=without) for part in parts]


def _figures(found: Sequence[TrainingExample], weights: Sequence[dict[str, float]]) -> HeldOutFigures:
    right, answerable, loss = 0, 0, 0.0
    for part, fitted in zip(folds({example.doc for example in found}), weights, strict=True):
        model, docs = SpeakerModel(fitted), set(part)
        for example in found:
            if example.doc not in docs or not any(example.correct):
                continue
            speakers = model.distribution(example.hypotheses)
            correct = {id(e.entity) for e, ok in zip(example.hypotheses, example.correct, strict=True) if ok}
            answerable += 1
            right += id(speakers.likeliest[0]) in correct
            share = sum(probability for entity, probability in speakers.entities if id(entity) in correct)
            loss -= math.log(max(share, LEAST))
    return HeldOutFigures(right, answerable, loss / max(1, answerable))
