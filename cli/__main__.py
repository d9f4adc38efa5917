"""`python -m cli` is `ontherecord`, where the installed script isn't on the path."""

from cli.main import run

run()
