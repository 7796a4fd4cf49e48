# `make app` opens Sightline, `make test` runs every test; both first install what they need into .venv.
# For /bin/sh and make 3.81 (macOS): no .ONESHELL, no bashisms. Proxy and certificate settings pass through.

VENV := .venv
BIN := $(VENV)/bin
PYTHON := $(BIN)/python
PIP := $(PYTHON) -m pip --disable-pip-version-check
INSTALL := $(PIP) install --constraint constraints.txt

.PHONY: help app neo4j install test quick pythons check docs bench constraints clean

help:
	@echo "make app          install, load the starter data, open the app in the browser"
	@echo "make neo4j        start a Neo4j server on this machine (Docker, or Java and Maven), load the record"
	@echo "make install      leave a .venv here, with the command $(BIN)/sightline"
	@echo "make test         run all tests (finds or installs a browser), and show what they cover"
	@echo "make quick        run the tests that need neither browser nor server, in under a minute"
	@echo "make pythons      run the tests of make quick on each Python that Sightline claims, as far as uv brings it"
	@echo "make check        ruff, mypy --strict (the tests too), the docs"
	@echo "make docs         write the output of the commands that README and docs show anew"
	@echo "make bench        measure, and write the figures into docs/benchmarks.md"
	@echo "make constraints  resolve the pinned versions anew"
	@echo "make clean        remove .venv and caches (never your data)"

app: $(VENV)/.starter
	@$(BIN)/sightline find axis >/dev/null 2>&1 || $(BIN)/sightline ingest
	@$(BIN)/sightline app

neo4j: $(VENV)/.starter
	@$(BIN)/sightline find axis >/dev/null 2>&1 || $(BIN)/sightline ingest
	@[ -n "$$NEO4J_URI" ] || $(BIN)/sightline neo4j start
	@$(BIN)/sightline neo4j load

# Loaded again when a file of it changed; `app` above also loads it into a data folder that is empty.
$(VENV)/.starter: $(wildcard ingest/starter/*.csv) | $(VENV)/.installed
	@$(BIN)/sightline ingest
	@touch $@

install: $(VENV)/.installed
	@echo "Ready: $(BIN)/sightline --help"

test: $(VENV)/.tested
	@$(PYTHON) -m tests.tools.browser
	$(PYTHON) -m pytest -n auto --dist loadgroup --cov

quick: $(VENV)/.tested
	$(PYTHON) -m pytest -q -n logical --hypothesis-profile=quick -m "not browser and not server and not slow"

# Each in an environment of its own; the versions are those of the classifiers.
pythons: $(VENV)/.made
	@$(PIP) install --quiet uv
	@failed=; \
	for version in $$(sed -n 's/.*Python :: \(3\.[0-9]*\)".*/\1/p' pyproject.toml); do \
	    here=$(VENV)/python$$version; \
	    echo "Python $$version"; \
	    $(PYTHON) -m uv venv --quiet --clear --python $$version $$here \
	    && $(PYTHON) -m uv pip install --quiet --python $$here/bin/python --constraint constraints.txt --editable '.[test,py2neo]' \
	    && $$here/bin/python -m pytest -q -n logical --hypothesis-profile=quick -m "not browser and not server and not slow" \
	    || failed="$$failed $$version"; \
	done; \
	if [ -n "$$failed" ]; then echo "Not to be had, or with tests that fail:$$failed" >&2; exit 1; fi

check: $(VENV)/.checked
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy
	$(PYTHON) -m pytest -q tests/test_arrows.py tests/test_docs.py tests/test_readme.py tests/test_repository.py

docs: $(VENV)/.tested
	$(PYTHON) -m tests.tools.console --write
	$(PYTHON) -m tests.tools.notebook --write

bench: $(VENV)/.benched
	$(PYTHON) -m tests.bench

# A command that exists need not run (a pyenv shim, Debian's python3 without venv): each one is tried.
$(VENV)/.made:
	@rm -rf $(VENV)
	@for candidate in python3.14 python3.13 python3.12 python3.11 python3; do \
	    if $$candidate -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then \
	        $$candidate -m venv $(VENV) && touch $@; exit; \
	    fi; \
	done; \
	if command -v uv >/dev/null 2>&1; then \
	    uv venv --seed --python '>=3.11' $(VENV) && touch $@; exit; \
	fi; \
	echo "Sightline needs Python 3.11 or later with its venv module, and found none: install it (Debian, Ubuntu: python3-venv), or install uv, and say make again." >&2; \
	exit 1

# hatchling first, so that the build of the editable package uses the pinned one as well. On a terminal pip
# shows its progress; a log is spared it.
$(VENV)/.installed: $(VENV)/.made pyproject.toml constraints.txt
	@echo "Installing Sightline into $(VENV): a minute or two the first time."
	@$(INSTALL) --quiet hatchling
	@if [ -t 1 ]; then quiet=; else quiet=--quiet; fi; \
	$(INSTALL) $$quiet --no-build-isolation --editable .
	@touch $@

$(VENV)/.tested: $(VENV)/.installed
	@$(INSTALL) --quiet --no-build-isolation --editable '.[test,py2neo]'
	@touch $@

$(VENV)/.checked: $(VENV)/.tested
	@$(INSTALL) --quiet --no-build-isolation --editable '.[test,check,py2neo]'
	@touch $@

$(VENV)/.benched: $(VENV)/.tested
	@$(INSTALL) --quiet --no-build-isolation --editable '.[test,bench,py2neo]'
	@touch $@

# Every version for every platform and Python; uv is needed for this alone.
constraints: $(VENV)/.made
	$(PIP) install --quiet uv
	@echo "# Every version, direct and transitive, for all platforms and extras. Written by make constraints." > constraints.new
	$(PYTHON) -m uv pip compile --quiet --universal --upgrade --python-version 3.11 --all-extras \
	    --no-annotate --no-header --no-emit-index-url --no-emit-find-links pyproject.toml >> constraints.new
	@mv constraints.new constraints.txt

clean:
	rm -rf $(VENV) .coverage .mypy_cache .pytest_cache .ruff_cache .hypothesis build dist constraints.new
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
