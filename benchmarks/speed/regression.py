"""The regression gate: `make bench` measures eleven steps and fails where one is 15% above the committed baseline.

    python -m benchmarks.speed.regression            compare with baseline.json
    python -m benchmarks.speed.regression --write    make what is measured the baseline

Times are processor time, as multiples of one embedding of a question on the same machine, one thread, medians of
several rounds; memory is the peak of the process. A step that seems slower is measured once more before it counts. The
archive is that of the sample articles.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import samples

BASELINE = Path(__file__).with_name("baseline.json")
ALLOWED = 0.15
SLACK = 0.02
"""Units by which a step may be slower in any case: what the clock's steps come to."""

ASKED = "who said the mission isn't over?"
LOADING = """
import sys
from pathlib import Path
from bot.app import load_parts
from config.settings import Settings
from retrieval.embedding.encoder import Encoder
from retrieval.store.archive import Archive
settings = Settings(data=Path(sys.argv[1]), threads=1)
load_parts(Archive.open(settings.data), Encoder(settings.model, 1), settings)
"""


@dataclass(frozen=True, slots=True)
class Usage:
    """Seconds of processor time and peak megabytes of a process with its children."""

    seconds: float
    megabytes: float


@dataclass(frozen=True, slots=True)
class Measured:
    """Times in units by step, and peak megabytes by process."""

    times: Mapping[str, float]
    megabytes: Mapping[str, float]
    unit_ms: float


def commands(data: Path) -> dict[str, list[str]]:
    """Return the steps that are processes of their own."""
    program = [sys.executable, "-m", "cli"]
    return {
        "help_command": [*program, "--help"],
        "status_command": [*program, "status", "--data", str(data)],
        "ask_command": [*program, "ask", ASKED, "--data", str(data)],
        "bot_loading": [sys.executable, "-c", LOADING, str(data)],
    }


def usage(command: list[str]) -> Usage:
    """Run a command, and return what it took. Raises RuntimeError if it fails."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=os.environ | {"OMP_NUM_THREADS": "1"})
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{command} ended with status {process.returncode}")
    return Usage(used.ru_utime + used.ru_stime, used.ru_maxrss / 1000)


def measure(data: Path, rounds: int) -> Measured:
    """Measure every step."""
    inside = subprocess.run(
        [sys.executable, "-m", "benchmarks.speed.steps", str(data), str(rounds)],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"OMP_NUM_THREADS": "1"},
    )
    found = json.loads(inside.stdout)
    times, megabytes = dict(found["ratios"]), {"steps": found["megabytes"]}
    for name, command in commands(data).items():
        runs = [usage(command) for _ in range(min(rounds, 3))]
        times[name] = median(run.seconds for run in runs) / found["unit"]
        megabytes[name] = median(run.megabytes for run in runs)
    return Measured(times, megabytes, found["unit"] * 1000)


def worse(measured: Measured, baseline: Measured) -> dict[str, str]:
    """Return what is beyond the baseline by more than is allowed, with both figures."""
    found = {}
    for name, value in measured.times.items():
        if value > baseline.times[name] * (1 + ALLOWED) + SLACK:
            found[name] = f"{value:.2f} embeddings, {baseline.times[name]:.2f} before"
    for name, value in measured.megabytes.items():
        if value > baseline.megabytes[name] * (1 + ALLOWED):
            found[f"memory of {name}"] = f"{value:.0f} MB, {baseline.megabytes[name]:.0f} before"
    return found


def best(first: Measured, second: Measured) -> Measured:
    """Return the smaller of both figures of each step."""
    times = {name: min(value, second.times[name]) for name, value in first.times.items()}
    megabytes = {name: min(value, second.megabytes[name]) for name, value in first.megabytes.items()}
    return Measured(times, megabytes, min(first.unit_ms, second.unit_ms))


def table(measured: Measured, baseline: Measured | None) -> str:
    """Return the figures, one line a step."""
    lines = [f"one embedding takes {measured.unit_ms:.1f} ms"]
    for unit, now, before in (
        ("×", measured.times, baseline.times if baseline else {}),
        ("MB", measured.megabytes, baseline.megabytes if baseline else {}),
    ):
        for name, value in sorted(now.items()):
            was = f"  baseline {before[name]:9.2f}" if name in before else ""
            lines.append(f"{name.replace('_', ' '):32}{value:9.2f} {unit:2}{was}")
    return "\n".join(lines)


def read_baseline() -> Measured:
    """Return the committed figures."""
    return Measured(**json.loads(BASELINE.read_text("utf-8")))


def main() -> None:
    """Measure, print, and compare or write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the baseline")
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, samples.as_file(samples.ARTICLES) as articles:
        data = Path(folder)
        subprocess.run([sys.executable, "-m", "cli", "ingest", str(articles), "--data", folder], check=True)
        measured = measure(data, options.rounds)
        baseline = None if options.write else read_baseline()
        if baseline and worse(measured, baseline):
            measured = best(measured, measure(data, options.rounds))
    print(table(measured, baseline))
    if baseline is None:
        figures = {name: round(value, 3) for name, value in measured.times.items()}
        memory = {name: round(value) for name, value in measured.megabytes.items()}
        content = {"times": figures, "megabytes": memory, "unit_ms": round(measured.unit_ms, 2)}
        BASELINE.write_text(json.dumps(content, indent=1) + "\n", "utf-8")
        return
    for name, told in worse(measured, baseline).items():
        print(f"worse: {name}: {told}")
    sys.exit(1 if worse(measured, baseline) else 0)


if __name__ == "__main__":
    main()
