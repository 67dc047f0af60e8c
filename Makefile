# make run    sets everything up and serves a demonstration      make test   sets everything up and runs all tests
# make check  formatting, lint, types                          make bench  times the pages
# make assure tries every promise on security and reliability and prints one table (PROMISES="P5 P7" for some)

PYTHON ?= python3
ADDRESS ?= 127.0.0.1
PORT ?= 8501
TESTS ?= tests

# The tests start a hundred processes: none compiles anew what another one has.
unexport PYTHONDONTWRITEBYTECODE

BIN := .venv/bin
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: run test check format bench assure constraints packages clean
.DELETE_ON_ERROR:

run: .venv/run.stamp
	@exec $(BIN)/python manage.py serve --address "$(ADDRESS)" --port "$(PORT)" $(if $(MONITOR_READERS),,--demonstration)

test: packages .venv/dev.stamp
	$(BIN)/python -m pytest -n 2 --dist worksteal $(TESTS)

check: .venv/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy .

format: .venv/dev.stamp
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: .venv/dev.stamp
	$(BIN)/python -m benchmarks

assure: packages .venv/dev.stamp
	$(BIN)/python -m assurance $(or $(PROMISES),--write)

packages:
	@tests/system_packages.sh

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("The monitor needs Python 3.11 or newer, and $(PYTHON) is %d.%d. Name another one: make PYTHON=python3.12" % sys.version_info[:2])'
	@$(PYTHON) -m venv .venv || { rm -rf .venv; echo "No virtual environment could be made. On Debian: apt-get install python3-venv" >&2; exit 1; }

.venv/run.stamp: requirements.txt constraints.txt | .venv/bin/python
	@echo "Installing what runs the monitor (about half a minute, once) ..."
	@$(PIP_INSTALL) -r requirements.txt
	@touch $@

.venv/dev.stamp: requirements-dev.txt requirements.txt constraints.txt | .venv/bin/python
	@echo "Installing what runs and tests the monitor (about half a minute, once) ..."
	@$(PIP_INSTALL) -r requirements-dev.txt
	@touch .venv/run.stamp $@

# After a change of a version in requirements*.txt: write down what a fresh environment then holds.
constraints:
	rm -rf .venv/fresh && $(PYTHON) -m venv .venv/fresh
	sed '/^-/d' requirements.txt requirements-dev.txt > .venv/fresh/wanted.txt
	.venv/fresh/bin/python -m pip install --quiet --disable-pip-version-check -r .venv/fresh/wanted.txt
	{ head -n 1 constraints.txt; .venv/fresh/bin/python -m pip freeze; } > .venv/fresh/constraints.txt
	mv .venv/fresh/constraints.txt constraints.txt && rm -rf .venv/fresh

clean:
	rm -rf .venv .hypothesis .mypy_cache .pytest_cache .ruff_cache test-results
	find . -name __pycache__ -not -path './.git/*' -prune -exec rm -rf {} +
