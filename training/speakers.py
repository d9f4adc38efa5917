"""Fits the weights by which speakers are chosen, cross-validates them over articles, and ablates feature groups.

    python -m training.speakers [fit] [--write] [--shared ../shared] [--cache DIR]
    python -m training.speakers ablate [--groups GROUP …] [--shared ../shared] [--cache DIR]

Learns from the benchmark's press_train and from benchmarks/data/quotes_extra.jsonl, nothing else. `fit` prints the
accuracy on articles that a fit has not seen and how far the new weights are from those that are shipped. `ablate`
prints what leaving out each feature group changes in cross-validation.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from retrieval.quotes.attribution.features import speaker_registry
from retrieval.quotes.attribution.model import shipped_weights
from training.delivery import ROOT, made, options
from training.speakers_ablation import HeldOutFigures, ablate, whole
from training.speakers_fit import cross_validate, fit, prior_model
from training.speakers_gold import (
    ParsedArticle,
    Row,
    SpeakerGold,
    TrainingExample,
    archive,
    examples,
    labelled,
    prepare,
)

TARGET = ROOT / "retrieval" / "weights" / "speakers.json"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line."""
    parser = options(__doc__)
    parser.add_argument("action", nargs="?", choices=("fit", "ablate"), default="fit")
    parser.add_argument("--groups", nargs="+", default=[], help="the feature groups to ablate, instead of all")
    parser.add_argument("--cache", type=Path, help="a folder to keep parses in")
    given = parser.parse_args(arguments)
    if not (given.shared / "bench" / "quotes_press_train.jsonl").is_file():
        parser.exit(2, f"{given.shared} does not hold the labelled articles; name their folder with --shared\n")
    if unknown := set(given.groups) - {group.name for group in speaker_registry().groups}:
        parser.exit(2, f"there is no feature group {min(unknown)}\n")
    sets = labelled(given.shared)
    gold = SpeakerGold(given.shared, [row for part in sets.values() for row in part])
    articles = labelled_articles(given.shared, sets, given.cache)[: given.limit]
    found = [example for article in articles for example in examples(article, gold, prior_model())]
    if given.action == "ablate":
        report_ablation(found, given.groups)
        return
    figures = report_accuracy(sets, articles, gold)
    weights = fit(found)
    report_difference(weights, shipped_weights("speakers"))
    made(TARGET, written(weights), figures, write=given.write)


def labelled_articles(shared: Path, sets: Mapping[str, Sequence[Row]], cache: Path | None) -> list[ParsedArticle]:
    """Return the articles that the labels are for, parsed."""
    stored = archive(shared)
    docs = sorted({row["doc"] for rows in sets.values() for row in rows})
    return prepare({doc: stored[doc]["text"] for doc in docs}, cache)


def report_accuracy(
    sets: Mapping[str, Sequence[Row]], articles: Sequence[ParsedArticle], gold: SpeakerGold
) -> dict[str, float]:
    """Print how many speakers of each set are right, cross-validated over articles; return the shares in percent."""
    judged = cross_validate(articles, gold)
    figures = {}
    for name, part in sets.items():
        docs = {row["doc"] for row in part}
        mine = [each for each in judged if each.doc in docs]
        right = sum(each.right for each in mine)
        print(f"{name}: {right} of {len(mine)} speakers right, cross-validated")
        figures[name] = round(100 * right / max(1, len(mine)), 2)
    return figures


def report_difference(weights: Mapping[str, float], shipped: Mapping[str, float]) -> None:
    """Print how far fitted weights are from the shipped ones."""
    distances = {name: abs(weights.get(name, 0.0) - shipped.get(name, 0.0)) for name in sorted({*weights, *shipped})}
    name = max(distances, key=lambda each: distances[each])
    differing = sum(distance > 0 for distance in distances.values())
    print(
        f"{differing} of {len(distances)} weights differ from those shipped, at most by {distances[name]:.3f} ({name})"
    )


def report_ablation(found: Sequence[TrainingExample], groups: Sequence[str]) -> None:
    """Print what leaving each group out changes: quotations right and mean log loss, refitted and zeroed."""
    base = whole(found)
    print(f"all groups: {base.right} of {base.answerable} right, log loss {base.loss:.4f}\n")
    print("| without | features | right, refitted | log loss | right, zeroed | log loss |")
    print("|---|---|---|---|---|---|")
    for each in ablate(found, groups):
        changes = f"{_change(each.refitted, base)} | {_change(each.zeroed, base)}"
        print(f"| {each.group} | {each.features} | {changes} |", flush=True)


def _change(figures: HeldOutFigures, base: HeldOutFigures) -> str:
    return f"{figures.right - base.right:+d} | {figures.loss - base.loss:+.4f}"


def written(weights: Mapping[str, float]) -> bytes:
    """Return the file of a model's weights: JSON, one weight a line in order of name."""
    return (json.dumps(weights, indent=0, sort_keys=True) + "\n").encode()


if __name__ == "__main__":
    main()
