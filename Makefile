# Fangzhi: `make` lists the commands.
PYTHON ?= python3
PORT ?= 8000
ES_PORT ?= 9200
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help setup run elasticsearch test check fix gold schema released bench clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(STAMP) ## install what is needed into .venv

$(STAMP): requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "Fangzhi needs Python 3.11 or newer; install it, or name it: make PYTHON=/path/to/python3.11 setup" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Fangzhi needs Python 3.11 or newer, and $(PYTHON) is `$(PYTHON) -V`; name another: make PYTHON=/path/to/python3.11 setup" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "Could not make $(VENV): on Debian and Ubuntu install the package python3-venv first" >&2; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

run: setup ## ingest samples/ into ./var and serve on http://127.0.0.1:8000 (PORT= changes it)
	@$(BIN)/fangzhi --archive var ingest samples/*.txt --port $(PORT)
	@$(BIN)/fangzhi --archive var serve --port $(PORT)

elasticsearch: setup ## a real Elasticsearch on http://127.0.0.1:9200 until Ctrl-C (ES_PORT= changes it); needs Java 17 and Maven
	@$(BIN)/python -m tools.elasticsearch --port $(ES_PORT)

test: check ## every test and check
	$(BIN)/python -m pytest

check: setup ## formatting, lint, types, import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

fix: setup ## format, and mend what the linter can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

gold: setup ## score the extraction of the samples against the annotated gold files
	@mkdir -p var
	@$(BIN)/fangzhi extract samples/*.txt > var/extracted.jsonl
	@$(BIN)/python tests/gold/score.py tests/gold var/extracted.jsonl --misses

schema: setup ## print the GraphQL schema and the example queries of GraphiQL
	$(BIN)/python -m schema.build
	$(BIN)/python -m api.examples

released: setup ## keep the present GraphQL schema as the one that clients rely on
	$(BIN)/python -m tools.released_schema

bench: setup ## characters a second by stage, and search latency
	$(BIN)/python -m benchmarks.pipeline samples
	$(BIN)/python -m benchmarks.search samples

clean: ## remove .venv, ./var and caches (never an archive elsewhere)
	rm -rf $(VENV) var build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
