# `make run` and `make test` need nothing but Python 3.11 or newer; all else is installed into .venv, every file of it
# checked against requirements.lock.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
GAZETTEER := models/gazetteer.sqlite
SEED := corpus/articles/dayrik-patrol-collision.txt

.PHONY: run test lint types imports accuracy pin bench docs commands lock build clean

run: install gazetteer  ## the seed article's incidents
	$(BIN)/dateline run $(SEED) -o outputs/seed --fresh

test: install gazetteer  ## all tests
	$(BIN)/pytest

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: install
	$(BIN)/mypy

imports: install  ## the layers of the package
	$(BIN)/lint-imports

accuracy: install gazetteer  ## every figure at its pinned floor or above
	$(BIN)/dateline evaluate --gate
	$(BIN)/dateline evaluate --links --gate

pin: install gazetteer  ## pin risen figures as the new floors
	$(BIN)/dateline evaluate --pin
	$(BIN)/dateline evaluate --links --pin

bench: install gazetteer  ## speed, start-up, cost by length, memory, workers, disturbances: tables and curves
	$(BIN)/python -m benchmarks.batch --write

docs: install  ## the documentation, in build/site; a warning is an error
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

commands: install  ## docs/commands.md, from the commands' own help
	$(BIN)/python docs/make_commands.py

build: install  ## the wheel, in dist/
	$(BIN)/python -m hatchling build -t wheel

lock:  ## resolve the dependencies anew (needs uv)
	uv pip compile pyproject.toml requirements-build.in --all-extras \
		--universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -o requirements.lock

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

.PHONY: install gazetteer
install: $(VENV)/installed
gazetteer: $(GAZETTEER)

$(VENV)/installed: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Dateline needs Python 3.11 or newer: make PYTHON=python3.11 …")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

# the packages and our own tables decide what is in it
$(GAZETTEER): $(VENV)/installed $(wildcard models/gazetteer/*) $(wildcard pipeline/gazetteer/*.py)
	$(BIN)/dateline gazetteer build
	touch $@
