VENV ?= .venv
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := $(VENV)/bin
TORCH_INDEX ?= https://download.pytorch.org/whl/cpu
TORCH := $(shell sed -n 's/^torch==/&/p' requirements/constraints.txt)
TOOLS := $(VENV)-tools
BASE ?= python:3.11-slim-bookworm
IMAGE ?= ontherecord:$(shell sed -n 's/^version = "\(.*\)"/\1/p' pyproject.toml)

.PHONY: help install demo playground screenshots translations test test-slow test-scaling check coverage evaluate bench models lock audit sbom image image-name image-check image-test clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "%-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: $(VENV)/.installed  ## make a virtual environment in .venv

# torch first, from PyTorch's CPU index; a plain install, which may bring CUDA, where that index is out of reach.
# Everything else by its hash: requirements/README.md.
$(VENV)/.installed: pyproject.toml requirements/dev.lock
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --retries 0 --timeout 10 --no-deps $(TORCH) --index-url $(TORCH_INDEX) || $(BIN)/pip install --quiet $(TORCH)
	$(BIN)/pip install --quiet --no-deps --require-hashes -r requirements/dev.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	$(BIN)/pip check
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
	$(BIN)/pytest -m 'not slow and not scaling'

test-slow: install  ## run the slow tests: kills, sockets, browser
	$(BIN)/pytest -m slow

test-scaling: install  ## measure how time grows over hostile input: a quiet machine, an hour
	$(BIN)/pytest -m scaling

coverage: install  ## run the tests and fail under 92 % of the product's lines
	$(BIN)/pytest -m 'not slow and not scaling' --cov --cov-report=term:skip-covered --cov-fail-under=92

# What disagrees inside of the house: rooms, lexicons, registries and their weights.
CONSISTENCY = tests/structure tests/retrieval/text/test_lexicon.py tests/retrieval/text/test_word_lists.py \
	tests/retrieval/quotes/attribution/test_feature_groups.py tests/retrieval/ranking/test_registry.py

check: install audit  ## format, lint, types, floors, structure, lexicons, registries, known vulnerabilities
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -q $(CONSISTENCY)

evaluate: install  ## measure the table of the README anew; needs ../shared
	$(BIN)/python -m benchmarks.quality.summary

bench: install  ## measure eleven steps against the committed baseline, in up to ten minutes
	$(BIN)/python -m benchmarks.speed.regression

models: install  ## make every shipped weight again, and compare it with the shipped one
	test ! -d ../shared || $(BIN)/python -m training.archive
	$(BIN)/python -m training.make_models

$(TOOLS)/.installed: requirements/tools.txt
	$(PYTHON) -m venv $(TOOLS)
	$(TOOLS)/bin/pip install --quiet -r requirements/tools.txt
	touch $@

LOCK = $(TOOLS)/bin/pip-compile --quiet --no-header --no-annotate --strip-extras --generate-hashes --unsafe-package torch --unsafe-package ontherecord \
	--no-emit-index-url --no-emit-find-links --no-emit-options --extra-index-url $(TORCH_INDEX) \
	--constraint requirements/constraints.txt pyproject.toml

lock: $(TOOLS)/.installed  ## resolve the dependencies anew, and write their hashes; UPGRADE=--upgrade takes newer versions
	$(LOCK) $(UPGRADE) --extra dev --output-file requirements/dev.lock
	$(LOCK) $(UPGRADE) --extra documents --constraint requirements/dev.lock --output-file requirements/product.lock
	sed -i '/^# /d' requirements/dev.lock requirements/product.lock  # that torch is left out is on purpose

audit: $(TOOLS)/.installed  ## look for known vulnerabilities of the locked packages, where the network allows
	.ci/audit $(TOOLS)/bin/pip-audit requirements/product.lock requirements/dev.lock

sbom: $(TOOLS)/.installed  ## write the list of all packages as CycloneDX into build/sbom.json
	mkdir -p build
	cat requirements/constraints.txt requirements/product.lock | $(TOOLS)/bin/cyclonedx-py requirements - \
		--pyproject pyproject.toml --mc-type application --output-reproducible --of JSON -o build/sbom.json

image:  ## build the image with docker or buildah, on a base that is pinned by its digest
	BASE=$(BASE) IMAGE=$(IMAGE) docker/build --build-arg TORCH_INDEX=$(TORCH_INDEX)

image-name:
	@echo $(IMAGE)

image-check: $(TOOLS)/.installed  ## lint the Dockerfile and the compose file
	$(TOOLS)/bin/hadolint docker/Dockerfile
	npx --yes dclint@3.1.0 --config docker/dclint.yaml docker/compose.yml

image-test: install  ## try the image for real: the bot in its container answers over a loopback Discord; as root
	IMAGE=$(IMAGE) $(BIN)/pytest -m image tests/image

clean:  ## remove the virtual environment and what was built
	rm -rf $(VENV) $(TOOLS) build dist *.egg-info
