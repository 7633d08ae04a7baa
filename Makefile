# wirecopy: `make run` runs the main job on seeds/, `make test` passes the tests.
# Both make the environment first (Python >= 3.11), and again whenever pyproject.toml changes.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: run test test-runners lint types check clean

run: $(STAMP)
	$(BIN)/wirecopy run seeds --output out

test: $(STAMP)
	$(BIN)/python -m pytest

test-runners: $(STAMP)
	$(BIN)/python -m pytest -m runners

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP)
	$(BIN)/mypy

check: lint types test

$(STAMP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "wirecopy needs Python 3.11 or later: make run PYTHON=/path/to/python3" >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	@touch $(STAMP)

clean:
	rm -rf $(VENV) out
