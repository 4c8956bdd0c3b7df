# Everything stands on `make install`: a virtual environment with pinned, hashed dependencies.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
ARGS ?=
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: install demo test check bench chaos words lock clean

install: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	touch $(STAMP)

demo: install ## the product in a local workspace, in the browser
	$(BIN)/partsplan demo $(ARGS)

test: install
	$(BIN)/python -m pytest -n 2 --dist loadfile $(ARGS)

check: install ## lint, types, import contracts, dependency audit
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python tests/tools/audit.py

bench: install
	$(BIN)/python -m tests.bench $(ARGS)

chaos: install ## the full fault suite, about eight minutes
	$(BIN)/python -m tests.chaos $(ARGS)

words: install ## extract, update and compile the messages in three languages
	$(BIN)/python -m templates.locales

lock: install ## pin anew what pyproject.toml asks for
	$(BIN)/python tests/tools/lock.py

clean:
	rm -rf $(VENV) var dist build
