"""Writes the weights by which pronouns are resolved: set by hand, the priors of their feature groups.

python -m training.pronouns [--write]
"""

from retrieval.quotes.attribution.features import pronoun_registry
from training.delivery import ROOT, made, options
from training.speakers import written


def main() -> None:
    """Run the command line."""
    given = options(__doc__).parse_args()
    weights = pronoun_registry().priors()
    made(
        ROOT / "retrieval" / "weights" / "pronouns.json", written(weights), {"weights": len(weights)}, write=given.write
    )


if __name__ == "__main__":
    main()
