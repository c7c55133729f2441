# make run / make test set up all they need. Options: INPUT= OUTPUT= CONFIG= WORKERS=
PYTHON ?= python3.11
VENV ?= .venv
BIN := $(VENV)/bin
SETUP := $(VENV)/.setup-done
INPUT ?= seeds
OUTPUT ?= outputs
CONFIG ?= configs/movement.cfg
WORKERS ?=

.PHONY: help setup run test lint report clean
.DEFAULT_GOAL := help

help: ## Show the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  %-12s %s\n", $$1, $$2}'

$(SETUP): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install -q -c constraints.txt torch==2.13.0
	$(BIN)/pip install -q -c constraints.txt -e '.[dev,train]'
	@touch $@

setup: $(SETUP) ## Create .venv with everything

run: $(SETUP) ## Extract events: INPUT (folder or file) -> OUTPUT/events, OUTPUT/documents
	$(BIN)/python -m pipeline run $(CONFIG) --input $(INPUT) --output $(OUTPUT) $(if $(WORKERS),--workers $(WORKERS))

test: $(SETUP) ## Run the tests
	$(BIN)/python -m pytest -q

lint: $(SETUP) ## ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy pipeline

report: $(SETUP) ## One HTML page of the run in OUTPUT
	$(BIN)/python -m pipeline report $(OUTPUT)

clean: ## Remove outputs and caches (not .venv)
	rm -rf outputs .mypy_cache .ruff_cache .pytest_cache .hypothesis
