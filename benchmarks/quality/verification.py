"""Check verifying against cases made from an archive's own quotations of five words and more.

Quotations that never were come from other news (`--other-news`: PolNeAR as JSON Lines with "text" and "segments"), and
paraphrases from questions whose answers are known (`--questions`); either is left out where there is no such file.
"""

import argparse
import random
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.quality.verification_cases import Case, Said, cases, never_said, paraphrases, quotations
from cli.wiring import open_archive, open_verifier
from config.settings import Settings
from retrieval.answering.verification.quote_matching import QuoteVerdict
from retrieval.answering.verification.verifier import Verification, Verifier


@dataclass(frozen=True)
class Checked:
    """A case with what the verifier found, and the seconds it took."""

    case: Case
    found: Verification
    seconds: float

    @property
    def right(self) -> bool:
        """Whether the verifier found what the case was made to be."""
        return self.case.right(self.found)


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the archive's folder")
    parser.add_argument("--questions", type=Path, help="a question file with answers")
    parser.add_argument("--other-news", type=Path, help="articles that the archive doesn't hold")
    parser.add_argument("--cases", type=int, default=150, help="of each kind (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="decides what is drawn (default: %(default)s)")
    parser.add_argument("--show", action="store_true", help="print what went wrong")
    options = parser.parse_args()
    settings = Settings(data=options.data)
    with open_archive(settings) as archive, open_verifier(settings) as verifier:
        verifier.verify("Nobody will ever have said this, and it loads the models.")
        checked = [check(verifier, case) for case in drawn(options, list(quotations(archive)))]
    if options.show:
        show(checked)
    report(checked)


def drawn(options: argparse.Namespace, said: Sequence[Said]) -> Iterator[Case]:
    """Yield the cases that the options ask for."""
    chance = random.Random(options.seed)
    yield from cases(said, options.cases, chance)
    if options.questions:
        yield from paraphrases(options.questions)
    if options.other_news:
        yield from never_said(options.other_news, 2 * options.cases, chance)


def check(verifier: Verifier, case: Case) -> Checked:
    """Verify one case."""
    started = time.perf_counter()
    found = verifier.verify(case.text, case.speaker)
    return Checked(case, found, time.perf_counter() - started)


def show(checked: Sequence[Checked]) -> None:
    """Print the cases that went wrong."""
    for one in checked:
        missed = one.case.turned is not None and one.found.stressed is not one.case.turned
        if missed or not one.right:
            shown = [citation.text for citation in one.found.citations[:1]]
            print(f"{one.case.kind}: {one.found.verdict.value}, {one.found.speaker_verdict}, ", end="")
            print(f"{'' if one.found.stressed else 'not '}stressed\n   {one.case.text!r}\n   {shown}")


def report(checked: Sequence[Checked]) -> None:
    """Print the table of all kinds of cases, and the figures over kinds."""
    kinds = defaultdict(list)
    for one in checked:
        kinds[one.case.kind].append(one)
    print("| case | n | right | stressed |\n|---|---|---|---|")
    for kind, of_kind in kinds.items():
        right = percentage(of_kind, lambda one: one.right)
        print(f"| {kind} | {len(of_kind)} | {right} | {percentage(of_kind, lambda one: one.found.stressed)} |")
    unaltered = [one for one in checked if one.case.kind == "exact" or one.case.kind.startswith("trimmed")]
    altered = [one for one in checked if one.case.kind.startswith("altered")]
    print(f"\n{len(checked)} cases")
    print(f"altered found: {percentage(altered, lambda one: one.right)} of {len(altered)}")
    print(f"exact and trimmed taken for something else: {percentage(unaltered, wrongly_alarmed)} of {len(unaltered)}")
    for turned, name in ((True, "sense turned"), (False, "neutral changes")):
        those = [one for one in altered if one.case.turned is turned]
        print(f"{name}, stressed: {percentage(those, lambda one: one.found.stressed)} of {len(those)}")
    milliseconds = [1000 * one.seconds for one in checked]
    print(f"ms a quotation: {statistics.median(milliseconds):.0f} median, {statistics.mean(milliseconds):.0f} mean")


def wrongly_alarmed(one: Checked) -> bool:
    """Return whether the article's own words were taken for something else."""
    return one.found.verdict not in (QuoteVerdict.EXACT, QuoteVerdict.TRIMMED)


def percentage(checked: Sequence[Checked], holds: Callable[[Checked], bool]) -> str:
    """Return the share for which a condition holds, in percent, as text."""
    return f"{100 * sum(map(holds, checked)) / len(checked):.1f}" if checked else "-"


if __name__ == "__main__":
    main()
