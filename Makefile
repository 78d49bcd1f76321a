# make demo: a dry run over a small repository. make test: all tests. Both set everything up by themselves.
PYTHON ?= $(firstword $(foreach each,python3.13 python3.12 python3.11 python3 python,$(if $(shell $(each) -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo ok),$(each))))
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test lint types format pins bench clean

$(READY): requirements/dev.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "make: no Python 3.11 or newer on PATH; install one, or name it: make PYTHON=/path/to/python3"; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

demo: $(READY)
	@cd corpus/demo && ../../$(BIN)/nf-migrate rewrite --exit-zero .

test: $(READY)
	$(BIN)/python -m pytest -n auto --dist loadgroup $(ARGS)

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Pin anew. The pins name versions only, never where they came from.
pins:
	uv pip compile --quiet --universal --python-version 3.11 --no-header --no-emit-index-url --no-annotate --upgrade \
	  --all-extras pyproject.toml requirements/dev.in --output-file requirements/dev.txt

bench: $(READY)
	$(BIN)/python -m tests.bench.search
	$(BIN)/python -m tests.bench.proxy

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis dist build
