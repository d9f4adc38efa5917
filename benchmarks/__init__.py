"""Programs that measure the product, each run with `python -m`; README.md lists them with their results."""
