# One door to everything. `make help` lists what there is; each target makes the environment it needs first.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
GEHOORD := $(BIN)/gehoord
BESIDE ?= 3
SOME_CLAUSES := BG-8 IB-5 BB-7e
PIP := $(BIN)/pip --disable-pip-version-check --quiet

# Compiled modules are kept beside the source: the first prompt comes a third sooner.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help run chat test lint types imports words check clauses play bench torture killing lines linking year format clean

help: ## This list.
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-9s %s\n", $$1, $$2}'

run: $(VENV)/.stamp-run ## Start it, to try out: the web chat on this machine. What is kept for it is in var/demo.
	$(GEHOORD) serve --demo $(ARGS)

chat: $(VENV)/.stamp-run ## Talk in the terminal; nothing is kept. More: make chat ARGS="--scheme blijf-groep --locale en"
	$(GEHOORD) chat $(ARGS)

# Every part runs, also when one before it failed: all that is wrong is seen at once, and the counts come last.
test: $(VENV)/.stamp-test ## All tests. Only some of them: make test ARGS="tests/flows -k terms"
	@failed=; \
	for part in lint types imports words check; do $(MAKE) --no-print-directory $$part || failed="$$failed $$part"; done; \
	$(BIN)/python -m tests.clauses $(SOME_CLAUSES) || failed="$$failed clauses"; \
	[ -z "$$failed" ] || echo "Wrong, see above:$$failed"; \
	$(BIN)/python -m pytest -n $(BESIDE) --dist loadfile $(ARGS) && [ -z "$$failed" ]

lint: $(VENV)/.stamp-test ## The source: rules of style, and its layout.
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --check --quiet .

types: $(VENV)/.stamp-test ## The source: every type.
	$(BIN)/mypy

imports: $(VENV)/.stamp-test ## The source: who may import whom (docs/architecture.md).
	$(BIN)/lint-imports

words: $(VENV)/.stamp-run ## How easy every Dutch message is to read, in every register.
	$(BIN)/python -m locales.readability

check: $(VENV)/.stamp-run ## The organisations' schemes: errors, and what is to be signed off.
	$(GEHOORD) check

clauses: $(VENV)/.stamp-test ## Alter the data of each clause: does its test notice? Some of them: make clauses ARGS="BG-8 IB-4a"
	$(BIN)/python -m tests.clauses $(ARGS)

play: $(VENV)/.stamp-run ## Run the transcripts. After a change of words, to write what came: make play ARGS=--accept
	$(GEHOORD) play $(ARGS) README.md tests/transcripts

bench: $(VENV)/.stamp-test ## Measure: time and memory to the first prompt, turns a second.
	for file in tests/benchmarks/[a-z]*.py; do $(BIN)/python -m tests.benchmarks.$$(basename $$file .py) || exit 1; done

torture: $(VENV)/.stamp-test ## Kill the site 300 times while people talk with it. Less, a slow disk, PostgreSQL: ARGS="--kills 30 --slow-fsync", ARGS=--postgres
	$(BIN)/python -m tests.torture.run $(or $(ARGS),--full-disk)

killing: $(VENV)/.stamp-test ## Kill Telegram bots while 150 messages are under way, three runs each: one table. Less: ARGS="--bot gehoord --runs 1"
	$(BIN)/python -m tests.channels.killing $(ARGS)

lines: $(VENV)/.stamp-test ## Kill the site 200 times while people write on lines. Less: make lines ARGS="--kills 20"
	$(BIN)/python -m tests.line.killing $(ARGS)

linking: $(VENV)/.stamp-test ## Who with the whole disk can say whose line it is? Fewer rounds than 100: make linking ARGS=20
	$(BIN)/python -m tests.line.linking $(ARGS)

year: $(VENV)/.stamp-test ## Let a year of reminders go by for 2,000 cases, with kills. Less: ARGS="--cases 100 --kills 4 --rounds 1"
	$(BIN)/python -m tests.reminders.year $(ARGS)

format: $(VENV)/.stamp-test ## Lay the source out.
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format --quiet .

clean: ## Remove the environment and what was made for practice.
	rm -rf $(VENV) var

# --- the environment ---------------------------------------------------------------------------------------------

$(VENV)/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed. On Debian 12 or newer: apt-get install python3"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo "Installing python3-venv."; apt-get update -qq && apt-get install -y -qq python3-venv; \
	  else \
	    echo "python3-venv is missing. Ask whoever has root: apt-get install python3-venv"; exit 1; \
	  fi; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.stamp-run: pyproject.toml constraints.txt | $(VENV)/bin/pip
	@echo "Installing what the program needs (once)."
	$(PIP) install -c constraints.txt -e .
	@$(BIN)/python -m compileall -q bot flows locales storage
	@touch $@

$(VENV)/.stamp-test: pyproject.toml constraints.txt | $(VENV)/bin/pip
	@echo "Installing what the program and its tests need (once)."
	$(PIP) install -c constraints.txt -e '.[test,postgres]'
	@$(BIN)/python -m compileall -q bot flows locales storage
	@touch $@ $(VENV)/.stamp-run
