# Two commands matter: `make demo` and `make test`. `make` alone prints the list.

PYTHON ?= python3
PORT   ?= 8000
VENV   := .venv
RUN    := $(VENV)/bin/python

export PORT

.DEFAULT_GOAL := list
.PHONY: list demo test check neo4j bench mutants soak

list:
	@echo "make demo    set up, load the demonstration data and serve on http://127.0.0.1:$(PORT) (PORT=... for another)"
	@echo "make test    set up everything the tests need, a browser included, and run them all"
	@echo "make check   format, lint, strict types and the architecture test"
	@echo "make neo4j   run a real Neo4j Community on 127.0.0.1 until Ctrl-C (NEO4J_PORT=... for another port)"
	@echo "make bench   measure against the peers named in benchmarks/"
	@echo "make soak    kill writers and the engine under them, and race writers, for hours (ROUNDS=2 for a short one)"
	@echo "make mutants count the small changes of the code that the tests notice (ONLY=graph/matching/scoring SAMPLE=200 SEED=2)"

# exec: Ctrl-C then reaches the server itself, which stops the engine before it ends.
demo: $(VENV)/runtime
	@exec $(RUN) -m webapp demo

test: $(VENV)/development
	@$(RUN) -m tests.browser.chromium
	@$(VENV)/bin/pytest -n 2 --dist loadfile --no-loadscope-reorder $(ARGS)

check: $(VENV)/development
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/mypy
	@$(VENV)/bin/pytest tests/test_architecture.py

neo4j: $(VENV)/development
	@exec $(RUN) -m tests.neo4j.server $(NEO4J_PORT)

bench: $(VENV)/development
	@$(RUN) -m benchmarks

soak: $(VENV)/development
	@BATON_ROUNDS=$(or $(ROUNDS),20) $(VENV)/bin/pytest tests/transactions tests/services/proposals -o timeout=1800 $(ARGS)

# Hours for all of them, minutes for a sample; see tools/mutants.py.
mutants: $(VENV)/mutants
	@nice -n 10 $(RUN) -m tools.mutants $(if $(ONLY),--only $(ONLY)) $(if $(SAMPLE),--sample $(SAMPLE)) \
		$(if $(SEED),--seed $(SEED)) $(ARGS)

$(VENV)/bin/python:
	@command -v $(PYTHON) > /dev/null || \
		{ echo "There is no $(PYTHON) here; install Python 3.11 or newer, or name it with PYTHON=..."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Baton needs Python 3.11 or newer, and $(PYTHON) is older; name another with PYTHON=..."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2> /dev/null || \
		{ echo "$(PYTHON) cannot make virtual environments; on Debian install the package python3-venv."; exit 1; }
	@echo "Setting up $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)

$(VENV)/runtime: requirements.txt | $(VENV)/bin/python
	@echo "Installing what Baton needs (a few minutes the first time) ..."
	@$(RUN) -m pip install --disable-pip-version-check --progress-bar on -r requirements.txt
	@touch $@

$(VENV)/development: requirements-dev.txt $(VENV)/runtime
	@echo "Installing what the tests need ..."
	@$(RUN) -m pip install --disable-pip-version-check --progress-bar on -r requirements-dev.txt
	@touch $@

$(VENV)/mutants: requirements-mutants.txt $(VENV)/development
	@echo "Installing what the mutants need ..."
	@$(RUN) -m pip install --disable-pip-version-check --progress-bar on -r requirements-mutants.txt
	@touch $@
