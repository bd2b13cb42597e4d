# Everything that a working copy needs, from a machine with Python 3.11 or newer, node, npm and apt.
# Each target may be run twice, in any order; what is up to date is not made again.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
T ?= tournefeuille
WORKERS ?= 2
AS_ROOT := $(shell test "$$(id -u)" = 0 || echo sudo)

# Compiled bytecode makes every command two to three times quicker.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup site serve check test mutants bench audit golden docs data clean

help: ## Lists these commands
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 16

setup: $(VENV)/.installed node_modules/.installed ## Installs everything, in this folder

$(VENV)/.created:
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { \
	  rm -rf $(VENV); $(AS_ROOT) apt-get update -qq; \
	  $(AS_ROOT) apt-get install -y -qq --no-install-recommends python3-venv; \
	  $(PYTHON) -m venv $(VENV); }
	@touch $@

$(VENV)/.installed: requirements.lock pyproject.toml $(VENV)/.created
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q -j 0 $(VENV)/lib ctgsite >/dev/null 2>&1 || true
	@touch $@

node_modules/.installed: package.json package-lock.json
	npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

site: setup ## Builds every territory and the portal into site/
	$(BIN)/ctgsite build --workers $(WORKERS)

serve: setup ## Previews one territory while you write: make serve T=seilh
	$(BIN)/ctgsite serve $(T)

check: setup ## Validates the territories' files, their texts and their figures
	$(BIN)/ctgsite check

test: setup .chromium ## Runs every check: style, types, architecture, tests, a real browser
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup

# A browser is looked for each time, and installed only where there is none.
.PHONY: .chromium
.chromium:
	@command -v chromium >/dev/null || { \
	  $(AS_ROOT) apt-get update -qq; \
	  $(AS_ROOT) apt-get install -y -qq --no-install-recommends chromium; }

# M narrows it: make mutants M='ctgsite.indicators.trend*'
mutants: setup ## Changes the indicators' code line by line, and lists the changes that no test sees
	CTGSITE_HYPOTHESIS=mutants $(BIN)/mutmut run --max-children $(WORKERS) $(M)
	$(BIN)/mutmut results

bench: setup ## Measures builds next to plain mkdocs, and all figures of France next to polars
	$(BIN)/python bench/figures.py
	$(BIN)/python bench/sites.py

audit: setup .chromium ## Reads one territory's site with axe and Lighthouse: make audit T=demonstration
	$(BIN)/python audit/audit.py $(T)

golden: setup ## Rewrites the expected Markdown of the golden tests, to be reviewed in git diff
	CTGSITE_GOLDEN=ecrire $(BIN)/python -m pytest -q tests -k golden

docs: setup ## Rewrites docs/indicateurs.md, the catalogue in words
	$(BIN)/ctgsite catalogue --format md > docs/indicateurs.md

data: setup ## Imports the producers' files (D=folder) and rewrites the embedded snapshot
	$(BIN)/ctgsite data import $(or $(D),../shared/data)
	$(BIN)/ctgsite data snapshot

clean: ## Removes what was built; the environment stays
	rm -rf site site-audit .cache .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis mutants
