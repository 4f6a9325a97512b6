# What can be done here. Works on a machine with Python 3.11 or later and make; everything else is installed.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
FRONT_END := package.json package-lock.json .npmrc hatch_build.py
SCRIPTS := $(shell find static/js -name '*.js')
CATALOGUES := $(wildcard companion/translations/*/LC_MESSAGES/messages.po)

.DEFAULT_GOAL := help
.PHONY: help setup run test check bench proof format docs screenshots i18n lock wheel clean

help:
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(VENV)/.developing ## make .venv with everything that developing needs

run: $(or $(wildcard $(VENV)/.developing),$(VENV)/.running) ## serve the demo workshop on this machine
	@$(BIN)/companion demo

test: setup ## install what the tests need and run them all, as CI does
	@$(BIN)/python scripts/stages.py

check: setup ## lint, formatting, types and imports only (what pre-commit runs)
	@$(BIN)/python scripts/stages.py lint types imports

bench: setup ## measure the program beside its peers
	@$(BIN)/python -m bench

proof: setup ## try for ten minutes to lose something, or to have it done twice
	@$(BIN)/python -m proof

format: setup ## format the code and fix what can be fixed
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format --quiet .

docs: setup ## check that the documentation names everything there is
	@$(BIN)/python -m pytest -q tests/docs

screenshots: setup ## take a picture of every screen from the running demo, into docs/
	@$(BIN)/python -m scripts.screenshots

i18n: setup ## collect new messages into the catalogues and compile them
	@$(BIN)/python scripts/catalogues.py

lock: setup ## bring the lock files up to date with pyproject.toml and package.json
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-strip-extras --generate-hashes --no-header \
	  pyproject.toml --output-file requirements.lock
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-strip-extras --generate-hashes --no-header \
	  pyproject.toml --group dev --constraint requirements.lock --output-file requirements-dev.lock
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm install --package-lock-only
	@! grep --line-number '://' requirements.lock requirements-dev.lock
	@! grep --line-number '"resolved"' package-lock.json

wheel: setup ## build the wheel, which installs and runs without this folder
	@$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .
	@ls dist/*.whl

clean: ## remove what was built and installed
	rm -rf $(VENV) node_modules static/vendor static/pages static/i18n dist

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed: make PYTHON=…")'
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "On Debian: apt-get install python3-venv"; exit 1; }

$(VENV)/.running: requirements.lock pyproject.toml $(FRONT_END) $(CATALOGUES) $(SCRIPTS) | $(BIN)/python
	@$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.lock
	@$(BIN)/python -m pip install --quiet --no-deps --editable .
	@touch $@

# What developing needs holds all that running and building need, so it is installed once, and builds with it.
$(VENV)/.developing: requirements-dev.lock pyproject.toml $(FRONT_END) $(CATALOGUES) $(SCRIPTS) | $(BIN)/python
	@$(BIN)/python -m pip install --quiet --no-compile --require-hashes --requirement requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $(VENV)/.running $@
