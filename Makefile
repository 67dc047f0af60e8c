# make run    sets everything up and serves a demonstration      make test   sets everything up and runs all tests
# make check  formatting, lint, types                          make bench  measures it, beside peers (BENCH="figures --size 100000" for some)
# make audit  asks for known vulnerabilities in what is locked
# make assure tries every promise on security and reliability and prints one table (PROMISES="P5 P7" for some)

PYTHON ?= python3
ADDRESS ?= 127.0.0.1
PORT ?= 8501
TESTS ?= tests

# The tests start a hundred processes: none compiles anew what another one has.
unexport PYTHONDONTWRITEBYTECODE

BIN := .venv/bin
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

AUDIT := --strict --require-hashes --disable-pip --progress-spinner=off --requirement requirements-dev.lock

.PHONY: run test check format bench assure audit constraints packages clean
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
	$(BIN)/python -m benchmarks $(BENCH)

assure: packages .venv/dev.stamp
	$(BIN)/python -m assurance $(PROMISES)

packages:
	@tests/system_packages.sh

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("The monitor needs Python 3.11 or newer, and $(PYTHON) is %d.%d. Name another one: make PYTHON=python3.12" % sys.version_info[:2])'
	@$(PYTHON) -m venv .venv || { rm -rf .venv; echo "No virtual environment could be made. On Debian: apt-get install python3-venv" >&2; exit 1; }

.venv/run.stamp: requirements.lock | .venv/bin/python
	@echo "Installing what runs the monitor (about half a minute, once) ..."
	@$(PIP_INSTALL) --require-hashes -r requirements.lock
	@touch $@

.venv/dev.stamp: requirements-dev.lock | .venv/bin/python
	@echo "Installing what runs and tests the monitor (about half a minute, once) ..."
	@$(PIP_INSTALL) --require-hashes -r requirements-dev.lock
	@touch .venv/run.stamp $@

# Known vulnerabilities of everything that is locked; the advisories are fetched from the internet when it runs.
audit: .venv/audit.stamp
	@.venv/audit/bin/pip-audit $(AUDIT)

.venv/audit.stamp: requirements-audit.lock | .venv/bin/python
	@$(PYTHON) -m venv .venv/audit
	@.venv/audit/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-audit.lock
	@touch $@

# After a change of a version in requirements*.txt: write down all that it brings along, by the hash of each file.
LOCK := .venv/locking/bin/uv pip compile --quiet --universal --generate-hashes --no-annotate --no-header --python-version 3.11
LOCKED := \# Every file of every package by its SHA-256, for any platform; `make constraints` writes this.

constraints:
	$(PYTHON) -m venv .venv/locking && .venv/locking/bin/python -m pip install --quiet --disable-pip-version-check uv==0.13.8
	sed '/^-/d' requirements.txt > .venv/locking/run.in
	sed '/^-/d' requirements-dev.txt | cat .venv/locking/run.in - > .venv/locking/dev.in
	{ echo '$(LOCKED)'; $(LOCK) .venv/locking/dev.in; } > .venv/locking/dev.lock
	sed -n 's/^\([^ ;]*==[^ ;]*\).*/\1/p' .venv/locking/dev.lock > .venv/locking/all.txt
	{ echo '$(LOCKED)'; $(LOCK) --constraints .venv/locking/all.txt .venv/locking/run.in; } > .venv/locking/run.lock
	{ echo '$(LOCKED)'; echo pip-audit==2.10.1 | $(LOCK) -; } > .venv/locking/audit.lock
	mv .venv/locking/all.txt constraints.txt && mv .venv/locking/run.lock requirements.lock
	mv .venv/locking/dev.lock requirements-dev.lock && mv .venv/locking/audit.lock requirements-audit.lock
	rm -rf .venv/locking

clean:
	rm -rf .venv .venv-peers .hypothesis .mypy_cache .pytest_cache .ruff_cache test-results
	find . -name __pycache__ -not -path './.git/*' -prune -exec rm -rf {} +
