"""Make every shipped weight and list again, and compare each with the file that is shipped.

    python -m training.make_models [--only NAME] [--write] [--limit N] [--minutes 120]

Runs the programs of manifest.toml in order. For each file the report says that the hash is the same, or how far the
figures are from the recorded ones. Ends with status 1 if a program fails or the time is over.
"""

import argparse
import hashlib
import json
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import Any

from training.delivery import ROOT
from training.manifest import Step, read_manifest


@dataclass(frozen=True, slots=True)
class StepOutcome:
    """What became of one program: a sentence for the report, and whether it is an error."""

    step: Step
    said: str
    seconds: float = 0
    failed: bool = False


def run(step: Step, extra: list[str], seconds_left: float) -> StepOutcome:
    """Run one program and compare what it made with the shipped file."""
    if missing := step.missing():
        return StepOutcome(step, f"left out: {', '.join(missing)} isn't there")
    shipped = hash_of(step)
    command = [sys.executable, "-m", step.program, *step.arguments, *extra]
    started = time.monotonic()
    try:
        ended = subprocess.run(
            command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False, timeout=max(1, seconds_left)
        )
    except subprocess.TimeoutExpired:
        return StepOutcome(step, "stopped: the time is over", time.monotonic() - started, failed=True)
    seconds = time.monotonic() - started
    if ended.returncode != 0:
        return StepOutcome(step, f"failed with status {ended.returncode}", seconds, failed=True)
    result = json.loads(ended.stdout.strip().splitlines()[-1])
    return StepOutcome(step, compared(step, shipped, result), seconds)


def hash_of(step: Step) -> str | None:
    """Return the sha256 of the shipped file, None where there is none."""
    path = ROOT / step.makes
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else None


def compared(step: Step, shipped: str | None, result: dict[str, Any]) -> str:
    """Say whether a file is the shipped one, else how far its figures are from the recorded ones."""
    if result["sha256"] == shipped:
        return "the same file"
    now: dict[str, float] = result["figures"]
    shared = [name for name in now if name in step.figures]
    if not shared:
        return f"another file; figures {json.dumps(now)}, none recorded"
    told = ", ".join(f"{name} {now[name]:g} ({now[name] - step.figures[name]:+.2g})" for name in shared)
    return f"another file; {told}"


def main() -> int:
    """Run the programs and print the report. Return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", metavar="NAME", help="run the programs whose name or file contains NAME")
    parser.add_argument("--write", action="store_true", help="replace the shipped files")
    parser.add_argument("--limit", metavar="N", help="let each program use N examples")
    parser.add_argument("--minutes", type=float, default=120, help="stop after this time (%(default)s)")
    given = parser.parse_args()
    extra = [*(["--write"] if given.write else ["--check"]), *(["--limit", given.limit] if given.limit else [])]
    ends = time.monotonic() + 60 * given.minutes
    steps = [step for step in read_manifest() if not given.only or given.only in step.program + step.makes]
    outcomes = []
    for step in steps:
        print(f"{step.program}: about {step.minutes:g} min", file=sys.stderr, flush=True)
        outcomes.append(run(step, extra, ends - time.monotonic()))
    print("| file | made by | minutes | result |\n|---|---|---|---|")
    for outcome in outcomes:
        name, minutes = outcome.step.program, outcome.seconds / 60
        print(f"| `{outcome.step.makes}` | `{name}` | {minutes:.1f} | {outcome.said} |")
    return int(any(outcome.failed for outcome in outcomes))


if __name__ == "__main__":
    sys.exit(main())
