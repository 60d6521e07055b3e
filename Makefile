# Every target sets itself up: it needs Python 3.11 or newer, make and the package index.
# Another Python: make test PYTHON=python3.13 VENV=.venv-3.13

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PAGE := sandbox/slack/page/index.html
# Where it can't be built, `readout play` says what is missing, and its tests are skipped.
PAGE_IF_IT_CAN_BE = if command -v npm >/dev/null; then $(MAKE) --no-print-directory $(PAGE) || true; fi

# Many of the tests start the bot as a process; where nothing compiled is kept, each compiles it anew.
export PYTHONDONTWRITEBYTECODE =

# Where the tests of a room are that was touched since the last commit.
TOUCHED = $(shell { git diff --name-only HEAD; git ls-files --others --exclude-standard; } | \
	sed -n 's#^bot/\([a-z]*\)/.*#tests/\1#p; s#^\(evals\|sandbox\)/.*#tests/\1#p; s#^\(tests/[a-z_0-9]*\)/.*#\1#p' | sort -u)
# Tests that take long wait for most of that time, and those come first, file by file.
IN_PARALLEL := -n $(shell echo $$((2 * $$(getconf _NPROCESSORS_ONLN)))) --dist loadfile --no-loadscope-reorder
BESIDE_PYTHON := not chromium and not node and not tiny_model and not corpus and not long and not live

.PHONY: help demo play page quick test check bench corpus lives picture walk lock clean
.DEFAULT_GOAL := help

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 14

demo: $(VENV)/.runtime ## brief an article in a simulated Slack and print the thread
	$(BIN)/readout demo

play: $(VENV)/.runtime ## try the real bot in a simulated Slack in the browser, on this machine only
	@$(PAGE_IF_IT_CAN_BE)
	$(BIN)/readout play

page: $(PAGE) ## build the page that make play serves (needs Node 20 or newer, with npm)

quick: $(VENV)/.dev ## format, lint, types, and the tests of the rooms touched since the last commit; under a minute
	$(BIN)/ruff format
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/python -m pytest -q -n auto -m "not slow and $(BESIDE_PYTHON)" tests/test_architecture.py $(TOUCHED)

test: $(VENV)/.dev ## run what needs only Python and no minutes: kills, crashes and outages are for make check
	$(BIN)/python -m pytest $(IN_PARALLEL) -m "not slow and $(BESIDE_PYTHON)"

check: $(VENV)/.dev ## format, lint, types, imports, tests, and what needs Chromium, Node or the tiny model
	@$(PAGE_IF_IT_CAN_BE)
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m pytest $(IN_PARALLEL) -m "not corpus and not long and not live" --fresh \
		--hypothesis-profile thorough

bench: $(VENV)/.dev ## measure acknowledgement, first sign and our share of the waiting
	$(BIN)/python -m benchmarks

corpus: $(VENV)/.dev ## try every payload of the corpus beside the project; some minutes
	$(BIN)/python -m pytest -m corpus

lives: $(VENV)/.dev ## run random sequences of requests with kills, and a fault at every call; up to an hour
	$(BIN)/python -m pytest -m long -n auto -s tests/life

picture: $(VENV)/.dev $(PAGE) ## draw the README's pictures from real payloads (needs Node and Chromium)
	$(BIN)/python docs/picture/draw.py

walk: $(VENV)/.dev $(PAGE) ## walk through the page, with pictures of each step in build/walk (needs Node and Chromium)
	mkdir -p build/walk
	$(BIN)/python -m pytest -n 0 tests/play/test_recorded_model.py \
		tests/play/test_correcting.py tests/play/test_days.py tests/play/test_walk.py \
		tests/play/test_to_the_end.py \
		--pictures build/walk

# The requirements are pinned with hashes and name no index: pip asks the one it is set to.
# One file serves every Python from 3.11 on, which is why uv resolves it ("universal").
LOCK := pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-annotate --no-header --no-emit-index-url --quiet

lock: ## pin the newest versions that pyproject.toml allows
	$(PYTHON) -m venv $(VENV)/lock
	$(VENV)/lock/bin/python -m pip install --quiet --upgrade pip uv
	$(VENV)/lock/bin/uv $(LOCK) --upgrade --output-file requirements.txt
	$(VENV)/lock/bin/uv $(LOCK) --upgrade --group dev --extra otel --constraint requirements.txt \
		--output-file requirements-dev.txt

clean: ## remove the virtual environment and what the tools left
	rm -rf $(VENV) build dist sandbox/slack/page page/node_modules .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache

# The lock file names versions and hashes and no registry: npm asks the one it is set to.
$(PAGE): page/package-lock.json page/build.mjs $(wildcard page/src/*)
	npm --prefix page ci --no-audit --no-fund
	npm --prefix page run build

# An old pip drops an extra that trafilatura needs, so the environment gets a current one first.
$(VENV)/.pip:
	$(PYTHON) -c 'import sys; assert sys.version_info >= (3, 11), "Readout needs Python 3.11 or newer"'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	touch $@

# -dev holds everything of the runtime in the same versions.
$(VENV)/.dev: requirements-dev.txt pyproject.toml | $(VENV)/.pip
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements-dev.txt
	$(BIN)/python -m pip install --quiet --no-deps --editable .
	touch $@ $(VENV)/.runtime

$(VENV)/.runtime: requirements.txt pyproject.toml | $(VENV)/.pip
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.txt
	$(BIN)/python -m pip install --quiet --no-deps --editable .
	touch $@
