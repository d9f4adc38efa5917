VENV ?= .venv
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := $(VENV)/bin
TORCH_INDEX ?= https://download.pytorch.org/whl/cpu

.PHONY: install demo playground screenshots translations test test-slow check clean

install: $(VENV)/.installed

# torch first, from PyTorch's CPU index; a plain install where that index is out of reach.
$(VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --retries 0 --timeout 10 torch==2.13.0 --index-url $(TORCH_INDEX) || $(BIN)/pip install --quiet torch==2.13.0
	$(BIN)/pip install --quiet -e '.[dev]'
	touch $@

demo: install
	$(BIN)/ontherecord playground --demo

playground: install
	$(BIN)/ontherecord playground

screenshots: install
	$(BIN)/python -m benchmarks.screenshots

translations: install
	$(BIN)/pybabel -q extract --mapping=bot/locales/babel.cfg --no-location --sort-output --no-wrap --omit-header --output=bot/locales/bot.pot .
	$(BIN)/pybabel -q update --domain=bot --input-file=bot/locales/bot.pot --output-dir=bot/locales --no-fuzzy-matching --no-wrap --ignore-pot-creation-date
	$(BIN)/pybabel -q compile --domain=bot --directory=bot/locales

test: install
	$(BIN)/pytest -m 'not slow'

test-slow: install
	$(BIN)/pytest -m slow

check: install
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

clean:
	rm -rf $(VENV) build *.egg-info
