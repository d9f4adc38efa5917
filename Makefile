VENV ?= .venv
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := $(VENV)/bin
TORCH_INDEX ?= https://download.pytorch.org/whl/cpu

.PHONY: help install demo playground screenshots translations test test-slow check coverage evaluate models clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "%-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: $(VENV)/.installed  ## make a virtual environment in .venv

# torch first, from PyTorch's CPU index; a plain install where that index is out of reach.
$(VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --retries 0 --timeout 10 torch==2.13.0 --index-url $(TORCH_INDEX) || $(BIN)/pip install --quiet torch==2.13.0
	$(BIN)/pip install --quiet -e '.[dev]'
	touch $@

demo: install  ## ask the real bot a question, over loopback, and check its answer
	$(BIN)/ontherecord playground --demo

playground: install  ## run the bot in the browser, on a page that looks like Discord
	$(BIN)/ontherecord playground

screenshots: install  ## take the README's pictures anew
	$(BIN)/python -m benchmarks.screenshots

translations: install  ## bring the catalogues up to date with the code
	$(BIN)/pybabel -q extract --mapping=bot/locales/babel.cfg --no-location --sort-output --no-wrap --omit-header --output=bot/locales/bot.pot .
	$(BIN)/pybabel -q update --domain=bot --input-file=bot/locales/bot.pot --output-dir=bot/locales --no-fuzzy-matching --no-wrap --ignore-pot-creation-date
	$(BIN)/pybabel -q compile --domain=bot --directory=bot/locales

test: install  ## run the tests
	$(BIN)/pytest -m 'not slow'

test-slow: install  ## run the slow tests: kills, sockets, browser
	$(BIN)/pytest -m slow

coverage: install  ## run the tests and fail under 92 % of the product's lines
	$(BIN)/pytest -m 'not slow' --cov --cov-report=term:skip-covered --cov-fail-under=92

check: install  ## format, lint, types, floors, structure
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -q tests/structure

evaluate: install  ## measure the table of the README anew; needs ../shared
	$(BIN)/python -m benchmarks.quality.summary

models: install  ## make every shipped weight again, and compare it with the shipped one
	$(BIN)/pip install --quiet -e '.[training]'
	$(BIN)/python -m training.make_models

clean:  ## remove the virtual environment and what was built
	rm -rf $(VENV) build dist *.egg-info
