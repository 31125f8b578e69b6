# `make` lists what there is. Everything is written under .venv/ and var/ of this checkout.

SHELL := /bin/sh
BIN := .venv/bin
PIP := $(BIN)/python -m pip --quiet --quiet --disable-pip-version-check --no-input --no-cache-dir
MESSAGES := $(wildcard src/lienthong/site/locale/*/LC_MESSAGES/*.po)
TEST_PROCESSES ?= 2
NOT_INSTALLED := { echo "The packages could not be installed: see above, look at the network and the disk, then run make again." >&2; exit 1; }

# A Python of the caller's must not leak into ours, whatever the shell has set.
unexport PYTHONPATH PYTHONHOME PYTHONDONTWRITEBYTECODE VIRTUAL_ENV PIP_TARGET PIP_PREFIX
export PIP_USER := 0
export PYTHONUTF8 := 1
export PYTHON

MAKEFLAGS += --no-print-directory
.DELETE_ON_ERROR:
.PHONY: help demo test lint bench docs assets lock clean distclean

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 18

demo: .venv/.core .venv/.messages ## install, start, load the demo and serve it (ARGS="--no-serve --size small --fresh --port 8001")
	@$(BIN)/lienthong demo $(ARGS)

test: .venv/.dev .venv/.messages ## run every test (ARGS="tests/kit -k deadline")
	@$(BIN)/python -m pytest -n $(TEST_PROCESSES) --dist loadfile $(ARGS)

lint: .venv/.dev ## style, types, the order of rooms, migrations
	@$(BIN)/ruff check src tests
	@$(BIN)/ruff format --check --quiet src tests
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/lienthong makemigrations --check --dry-run

bench: .venv/.dev .venv/.messages ## measure, each figure beside its baseline
	@$(BIN)/lienthong bench $(ARGS)

docs: .venv/.dev ## check that the documentation says what the code does
	@$(BIN)/python -m pytest tests/docs $(ARGS)

assets: .venv/.core ## build style sheets, scripts and fonts anew (needs node; the result is committed)
	@cd assets && npm install --silent && npm run --silent build

lock: ## pin what pyproject.toml asks for (needs uv; ARGS=--upgrade takes newer versions)
	@scripts/lock $(ARGS)

clean: ## stop PostgreSQL, delete .venv and caches; data stays
	@if [ -x $(BIN)/lienthong ]; then $(BIN)/lienthong stop; fi
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache src/*.egg-info

distclean: clean ## and delete var with all its data
	@rm -rf var

# An environment holds absolute paths: one that was copied along with the checkout is made anew.
ifneq ($(CURDIR),$(shell cat .venv/.place 2>/dev/null))
.PHONY: .venv/.place
endif
.venv/.place:
	@python=$$(scripts/find-python) && rm -rf .venv && "$$python" -m venv .venv && echo "$(CURDIR)" > $@

.venv/.core: .venv/.place requirements/build.txt requirements/core.txt pyproject.toml
	@echo "Installing Python packages into .venv (once; a minute or so)"
	@$(PIP) install --no-compile --require-hashes -r requirements/build.txt -r requirements/core.txt || $(NOT_INSTALLED)
	@$(PIP) install --no-deps --no-build-isolation --no-index --editable .
	@$(BIN)/python -m lienthong.data.linkage
	@touch $@

.venv/.dev: .venv/.core requirements/dev.txt
	@echo "Installing the tools of development into .venv (once; a minute or so)"
	@$(PIP) install --no-compile --require-hashes -r requirements/dev.txt || $(NOT_INSTALLED)
	@touch $@

.venv/.messages: .venv/.core $(MESSAGES)
	@$(if $(MESSAGES),$(BIN)/lienthong messages compile)
	@touch $@
