# Lading. `make up` runs the whole product; `make test` proves it. Needs Python 3.11+ and make, nothing else.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet
SETUP  := $(VENV)/.runtime
DEV    := $(VENV)/.development

.DEFAULT_GOAL := help
.PHONY: help setup dev up test lint types format bench evidence rules coverage lock proto wheel clean

help:  ## what each target does
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(SETUP)  ## the environment in .venv, from the lock file

dev: $(DEV)  ## the same, with what tests and benchmarks need

$(SETUP): requirements/runtime.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Lading needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Say which: make PYTHON=python3.12 …")'
	@test -x $(BIN)/python || { echo "making $(VENV) …"; $(PYTHON) -m venv $(VENV); }
	@echo "installing what requirements/runtime.txt pins …"
	@$(PIP) install --require-hashes -r requirements/runtime.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(DEV): $(SETUP) requirements/development.txt
	@echo "installing what requirements/development.txt pins …"
	@$(PIP) install --require-hashes -r requirements/development.txt
	@touch $@

up: $(SETUP)  ## registry, portal and gateway, seeded and alive; Ctrl-C stops everything
	@exec $(BIN)/lading up

test: $(DEV)  ## the whole test suite
	@$(BIN)/ruff check . && $(BIN)/lint-imports --no-logo && $(BIN)/mypy
	@$(BIN)/python -m pytest -n auto $(ARGS)

lint: $(DEV)  ## ruff and the layers
	@$(BIN)/ruff check . && $(BIN)/lint-imports --no-logo

types: $(DEV)  ## mypy in strict mode
	@$(BIN)/mypy

format: $(DEV)  ## ruff's formatter
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

bench: $(DEV)  ## the performance tables of docs/performance.md
	@$(BIN)/python -m benchmarks

evidence: $(SETUP)  ## docs/EVIDENCE.md, from the real contracts in ../shared
	@$(BIN)/python -m lading.evidence ../shared/corpus docs/EVIDENCE.md

rules: $(SETUP)  ## docs/rules, from the rules
	@$(BIN)/python -m lading.explaining.pages docs/rules

coverage: $(SETUP)  ## docs/breaking-*.md, from what the comparison makes of each change
	@$(BIN)/python -m lading.covering.pages docs
	@test ! -d ../shared || $(BIN)/python -m lading.covering.deltas ../shared/conformance/breaking/qubership-schema-deltas docs/breaking-deltas.md

lock: $(DEV)  ## pin anew everything that pyproject.toml asks for
	@$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header -q --upgrade pyproject.toml requirements/build.in -o requirements/runtime.txt
	@$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header -q --upgrade -c requirements/runtime.txt --group dev -o requirements/development.txt

proto: $(DEV)  ## gateway/envoy/messages_pb2.py, from messages.proto
	@$(BIN)/python -m grpc_tools.protoc -Igateway/envoy --python_out=gateway/envoy --pyi_out=gateway/envoy gateway/envoy/messages.proto

wheel: $(DEV)  ## dist/*.whl
	@$(BIN)/python -m build --wheel --no-isolation

clean:  ## drop the environment and what was built
	@rm -rf $(VENV) dist build .mypy_cache .ruff_cache .import_linter_cache
