# Everything lives in this folder: .venv (Python), .cache (test data), var (demo data).
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

CANDIDATES := python3 python3.14 python3.13 python3.12 python3.11
PYTHON ?= $(shell for p in $(CANDIDATES); do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $$p && break; done)
PORT ?= 8000
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
OURSELVES := $(INSTALL) --no-deps --no-build-isolation --editable .
DEMO := var/demo
CODE := $(shell find src/maillage -name '*.py' -o -name '*.yaml' 2>/dev/null)
MAKING := $(filter-out $(addprefix src/maillage/,web/% config/% cli/% demo/%),$(CODE))

##@ Utiliser
.PHONY: demo
demo: export MAILLAGE_VAR = $(DEMO)/site
demo: export MAILLAGE_DEMO = 1
demo: export MAILLAGE_SECOND_FACTOR = 0
demo: $(DEMO)/editions/CURRENT ## Installe tout, fabrique le pays fictif et ses contrats, sert le site sur http://127.0.0.1:8000
	@$(BIN)/maillage demo --editions $(DEMO)/editions
	@$(BIN)/maillage serve --editions $(DEMO)/editions --port $(PORT)

.PHONY: install
install: .venv/run.stamp ## Installe Maillage dans .venv

$(DEMO)/mirror.stamp: .venv/run.stamp $(MAKING)
	@rm -rf $(DEMO)/mirror && mkdir -p $(DEMO)
	@$(BIN)/maillage synth --scale demo --mirror $(DEMO)/mirror
	@touch $@

$(DEMO)/editions/CURRENT: $(DEMO)/mirror.stamp
	@$(BIN)/maillage build --mirror $(DEMO)/mirror --editions $(DEMO)/editions
	@touch $@

##@ Contribuer
.PHONY: test
test: .venv/test.stamp lint ## Installe ce qu’il faut aux essais, puis lance tous les contrôles et tous les essais
	$(BIN)/pytest --numprocesses 2 --dist loadfile
	@.ci/test-postgres --quiet

.PHONY: test-postgres
test-postgres: .venv/test.stamp ## Relance sur PostgreSQL, s’il est là, les essais qui touchent la base
	@.ci/test-postgres

.PHONY: lint
lint: .venv/test.stamp ## Style, types et couches
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

.PHONY: format
format: .venv/test.stamp ## Met le code en forme
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

.PHONY: docs
docs: .venv/docs.stamp ## Construit la documentation dans site/
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet
	@echo 'La documentation est dans site/index.html.'

.PHONY: bench
bench: .venv/test.stamp ## Mesures à l’échelle de la France (longues ; l’espace disque requis est annoncé)
	$(BIN)/python -m bench

.PHONY: bench-web
bench-web: .venv/test.stamp ## Mesures du site : serveur, pages, navigateur (même pays que bench ; espace disque annoncé)
	$(BIN)/python -m bench.web

.PHONY: bench-contracts
bench-contracts: .venv/test.stamp ## Mesures des contrats de toute la France, sur SQLite et PostgreSQL
	$(BIN)/python -m bench.contracts

.PHONY: lock
lock: .venv/bin/python ## Recalcule les fichiers verrouillés de requirements/
	$(INSTALL) 'uv>=0.9'
	$(call lock,test,--group build --group test --upgrade)
	$(call lock,run,--group build --constraints requirements/test.txt)
	$(call lock,docs,--group build --group docs --constraints requirements/test.txt)
	$(call lock,spark,--group build --extra spark --constraints requirements/test.txt)
	$(call lock,postgres,--group build --extra postgres --constraints requirements/test.txt)

define lock
$(BIN)/uv pip compile pyproject.toml $(2) --output-file requirements/$(1).txt --quiet \
	--universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
	--no-annotate --custom-compile-command 'make lock'
endef

TRANSLATED := src/maillage/cli/locale/fr/LC_MESSAGES/messages
.PHONY: messages
messages: .venv/test.stamp ## Compile la traduction des messages de la ligne de commande
	$(BIN)/pybabel compile --input-file $(TRANSLATED).po --output-file $(TRANSLATED).mo

.PHONY: system-packages
system-packages: ## Installe le navigateur, le Java et le PostgreSQL des essais (Debian, en administrateur)
	@.ci/system-packages

.PHONY: clean
clean: ## Efface les données de démonstration et les caches, garde .venv
	rm -rf var .cache site .pytest_cache .mypy_cache .ruff_cache .import_linter_cache

.PHONY: help
help: ## Cette aide
	@awk 'BEGIN { FS = ":.*## " } \
		/^##@/ { printf "\n%s\n", substr($$0, 5) } \
		/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.venv/bin/python:
	@[ -n '$(PYTHON)' ] || { echo 'Maillage demande Python 3.11 ou plus récent : installez-le, puis relancez.' >&2; exit 1; }
	@$(PYTHON) -m venv .venv || { echo 'Le module venv de Python manque (sur Debian : apt install python3-venv).' >&2; exit 1; }

.venv/run.stamp: requirements/run.txt pyproject.toml | .venv/bin/python
	@echo 'Installation de Maillage dans .venv…'
	@$(INSTALL) --require-hashes --requirement requirements/run.txt
	@$(OURSELVES)
	@touch $@

.venv/docs.stamp: requirements/docs.txt .venv/run.stamp
	@$(INSTALL) --require-hashes --requirement $<
	@touch $@

# Spark comes only where there is a Java to run it.
.venv/test.stamp: requirements/test.txt requirements/spark.txt .venv/run.stamp
	@echo 'Installation de ce qu’il faut aux essais…'
	@$(INSTALL) --require-hashes --requirement requirements/test.txt
	@if command -v java >/dev/null; then $(INSTALL) --require-hashes --requirement requirements/spark.txt; fi
	@touch $@
