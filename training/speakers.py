"""Fits the weights by which speakers are chosen, cross-validates them over articles, and ablates feature groups.

    python -m training.speakers fit [--shared ../shared] [--cache DIR] [--write]
    python -m training.speakers ablate [--shared ../shared] [--cache DIR] [GROUP …]

Learns from the dev gold of the benchmark and from benchmarks/data/quotes_extra.jsonl, nothing else. `fit` prints the
accuracy on articles that a fit has not seen and how far the weights of a new fit are from those that are shipped;
`--write` writes retrieval/weights/speakers.json, and pronouns.json, whose weights are set by hand in the registry.
"""

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from retrieval.quotes.attribution.features import pronoun_registry
from retrieval.quotes.attribution.model import shipped_weights
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

WEIGHTS = Path(__file__).parents[1] / "retrieval" / "weights"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="the benchmark's folder")
    parser.add_argument("--cache", type=Path, help="a folder to keep parses in")
    commands = parser.add_subparsers(dest="command", required=True)
    fitting = commands.add_parser("fit", help="cross-validate, fit on all, compare with the shipped weights")
    fitting.add_argument("--write", action="store_true", help="write the weights")
    ablating = commands.add_parser("ablate", help="leave each feature group out")
    ablating.add_argument("groups", nargs="*", metavar="GROUP")
    options = parser.parse_args(arguments)
    if not (options.shared / "bench" / "quotes_dev.jsonl").is_file():
        parser.exit(2, f"{options.shared} does not hold the labelled articles; name their folder with --shared\n")
    sets = labelled(options.shared)
    gold = SpeakerGold(options.shared, [row for part in sets.values() for row in part])
    articles = _articles(options.shared, sets, options.cache)
    found = [example for article in articles for example in examples(article, gold, prior_model())]
    if options.command == "ablate":
        report_ablation(found, options.groups)
        return
    report_accuracy(sets, articles, gold)
    weights = fit(found)
    report_difference(weights, shipped_weights("speakers"))
    if options.write:
        write_weights("speakers", weights)
        write_weights("pronouns", pronoun_registry().priors())


def _articles(shared: Path, sets: Mapping[str, Sequence[Row]], cache: Path | None) -> list[ParsedArticle]:
    stored = archive(shared)
    docs = sorted({row["doc"] for rows in sets.values() for row in rows})
    return prepare({doc: stored[doc]["text"] for doc in docs}, cache)


def report_accuracy(sets: Mapping[str, Sequence[Row]], articles: Sequence[ParsedArticle], gold: SpeakerGold) -> None:
    """Print how many speakers of each set are right, each read by a model that has not seen its article."""
    judged = cross_validate(articles, gold)
    for name, part in sets.items():
        docs = {row["doc"] for row in part}
        mine = [each for each in judged if each.doc in docs]
        print(f"{name}: {sum(each.right for each in mine)} of {len(mine)} speakers right, cross-validated")


def report_difference(weights: Mapping[str, float], shipped: Mapping[str, float]) -> None:
    """Print how far fitted weights are from the shipped ones."""
    distances = {name: abs(weights.get(name, 0.0) - shipped.get(name, 0.0)) for name in {*weights, *shipped}}
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


def write_weights(name: str, weights: Mapping[str, float]) -> None:
    """Write the weights of a model, one a line in order of name."""
    path = WEIGHTS / f"{name}.json"
    path.write_text(json.dumps(weights, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{len(weights)} weights -> {path}")


if __name__ == "__main__":
    main()
