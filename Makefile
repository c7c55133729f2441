# `make run` and `make test` set up all they need in .venv. Options of run, extract and report:
#   make run INPUT=news/ OUTPUT=out CONFIG=configs/movement.cfg WORKERS=4 ENGINE=ray SET="run.shard_articles=50"
PYTHON ?= python3.11
VENV ?= .venv
S3_VENV ?= .venv-s3
BIN := $(VENV)/bin
PIP := $(BIN)/pip install -q --disable-pip-version-check -c constraints.txt
READY := $(VENV)/.ready
READY_DEV := $(VENV)/.ready-dev
INPUT ?= seeds
OUTPUT ?= outputs
CONFIG ?= configs/movement.cfg
WORKERS ?=
ENGINE ?=
SET ?=
GOLD ?= tests/gold/seed_article.jsonl tests/gold/challenge_dev.jsonl
DOCS ?=
ERRORS ?=
TREEBANK ?=
NER ?=
TEXT ?=
DEV ?=
WORK ?= work
MODELS ?= models
OPTIONS = $(CONFIG) --input "$(INPUT)" --output "$(OUTPUT)" \
  $(if $(WORKERS),--workers $(WORKERS)) $(if $(ENGINE),--engine $(ENGINE)) \
  $(foreach setting,$(SET),--set $(setting))

.PHONY: help setup setup-dev run extract report evaluate train evaluate-models test lint format clean benchmark cold-start equality check-faults check-poison check-s3
.DEFAULT_GOAL := help

help: ## Show the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  %-12s %s\n", $$1, $$2}'

# torch first and by its exact version: a range may bring the build for graphics cards.
$(READY): pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) torch==2.13.0
	$(PIP) -e .
	@touch $@

$(READY_DEV): $(READY)
	$(PIP) -e '.[dev,train,ray]'
	@touch $@

setup: $(READY) ## Create .venv with what run needs

setup-dev: $(READY_DEV) ## Create .venv with what tests and training need too

run: $(READY) ## Extract events: INPUT (file, folder, glob) -> OUTPUT/events, OUTPUT/documents
	$(BIN)/python -m pipeline run $(OPTIONS)

extract: $(READY) ## The same from kept annotations, without the models
	$(BIN)/python -m pipeline extract $(OPTIONS)

report: $(READY) ## One HTML page of the run in OUTPUT
	$(BIN)/python -m pipeline report "$(OUTPUT)"

evaluate: $(READY) ## Scores on gold annotation: GOLD=… (make evaluate DOCS=1: lines form articles)
	$(BIN)/python -m pipeline evaluate $(GOLD) --config $(CONFIG) $(if $(DOCS),--docs) $(if $(ERRORS),--errors "$(ERRORS)")

train: $(READY_DEV) ## Train models: TREEBANK=… NER=… TEXT=… (files), DEV=… -> MODELS
	$(BIN)/python -m pipeline train $(TREEBANK:%=--treebank %) $(NER:%=--ner %) $(TEXT:%=--text %) \
	  $(DEV:%=--dev %) --work "$(WORK)" --output "$(MODELS)"

evaluate-models: $(READY) ## The figures of the bundled models
	$(BIN)/python -m pipeline evaluate-models

test: $(READY_DEV) ## Run the tests
	$(BIN)/python -m pytest -q

lint: $(READY_DEV) ## ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy pipeline

format: $(READY_DEV) ## Format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

benchmark: $(READY) ## Speed and memory against plain Stanza: INPUT ARTICLES CURVE
	$(BIN)/python -m pipeline.evaluate.benchmark --config $(CONFIG) --input "$(INPUT)" \
	  $(if $(ARTICLES),--articles $(ARTICLES)) $(if $(CURVE),--curve $(CURVE))

cold-start: $(READY) ## Seconds from nothing to the first event, and where they go
	$(BIN)/python -m pipeline.evaluate.cold_start --config $(CONFIG)

equality: $(READY) ## Events against those from plain Stanza's annotation: INPUT ARTICLES
	$(BIN)/python -m pipeline.evaluate.equality $(INPUT) --config $(CONFIG) $(if $(ARTICLES),--articles $(ARTICLES))

check-faults: $(READY_DEV) ## Killed runs, killed workers and poison with the bundled models (some minutes)
	$(BIN)/python -m pytest -q tests/run/check_real_models.py

check-poison: $(READY_DEV) ## Articles of INPUT with one in a hundred broken: all others come through
	$(BIN)/python -m tests.run.check_poison "$(INPUT)" --config $(CONFIG) $(if $(ARTICLES),--articles $(ARTICLES))

# The server has a venv of its own: its dependencies bar newer versions of the pipeline's.
check-s3: $(READY_DEV) ## Runs from and to an S3 server of this machine: globs, kill, resume, errors
	test -x $(S3_VENV)/bin/moto_server || { $(PYTHON) -m venv $(S3_VENV) && \
	  $(S3_VENV)/bin/pip install -q --disable-pip-version-check 'moto[s3,server]==5.2.5'; }
	PATH="$(abspath $(S3_VENV))/bin:$$PATH" $(abspath $(BIN))/python -m pytest -q tests/run/check_object_store.py

clean: ## Remove outputs and caches (not .venv)
	rm -rf outputs .cache .mypy_cache .ruff_cache .pytest_cache .hypothesis
