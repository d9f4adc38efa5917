"""Start `ontherecord` as `python -m cli`, where the installed script is not on the path."""

from cli.main import run

run()
