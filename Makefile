VENV ?= .venv
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := $(VENV)/bin
TORCH_INDEX ?= https://download.pytorch.org/whl/cpu

.PHONY: install demo playground screenshots test test-slow check clean

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
