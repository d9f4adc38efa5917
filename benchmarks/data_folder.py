"""Where the annotations lie that benchmarks and training read."""

from pathlib import Path

DATA = Path(__file__).parent / "data"
"""Its README.md describes each file."""
