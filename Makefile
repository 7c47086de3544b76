# The chores. Bare `make` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= 2
export PIP_DISABLE_PIP_VERSION_CHECK = 1
# Each process of ours would otherwise compile 1,500 files again where this is set: a second each.
export PYTHONDONTWRITEBYTECODE :=
.DEFAULT_GOAL := help
.PHONY: help demo test lint types docs bench soak module messages lock wheel clean

help: ## list the chores
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(VENV)/.runtime ## start everything on this machine and open two demo regions
	@$(BIN)/balai demo

test: $(VENV)/.dev ## run every test with real services (8 to 9 minutes on two cores)
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder \
	  --max-worker-restart 0 -q

lint: $(VENV)/.dev types ## check style, imports, templates, migrations and translations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet platform tenants themes provisioning modules
	$(BIN)/python -m balai.i18n check
	$(BIN)/python -m balai.devtools.migrations

types: $(VENV)/.dev ## check types
	$(BIN)/mypy

docs: $(VENV)/.dev ## write the generated reference pages
	$(BIN)/python -m balai.devtools.reference

bench: $(VENV)/.dev ## measure speed as ratios within one run
	$(BIN)/python -m tests.load.bench

soak: $(VENV)/.dev ## run the long forms of the suites
	BALAI_SOAK=1 $(BIN)/python -m pytest -q -m soak --timeout 7200

module: $(VENV)/.dev ## write a new module's skeleton: make module SLUG=parks
	@$(BIN)/python -m balai.devtools.new_module $(SLUG)

messages: $(VENV)/.dev ## collect texts to translate into every locale/id
	$(BIN)/python -m balai.i18n extract

lock: ## write both lock files again (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links -q pyproject.toml -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links -q --group dev pyproject.toml -o requirements-dev.lock

wheel: $(VENV)/.dev ## build the wheel into dist/
	$(BIN)/python -m balai.i18n compile
	$(BIN)/python -m build --wheel --no-isolation

clean: ## remove the virtualenv, caches and the state of demo and tests
	@for state in .balai .balai-test; do test ! -x $(BIN)/balai -o ! -d $$state \
	  || BALAI_STATE=$$state $(BIN)/balai services stop --erase; done
	rm -rf $(VENV) .balai .balai-test dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.base:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
	  || { echo "Balai needs Python 3.11, 3.12 or 3.13; say which with: make demo PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
	  || { echo "This Python cannot make a virtualenv. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@site=$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))'); \
	  printf '%s\n%s\n' '$(CURDIR)' '$(CURDIR)/platform' > "$$site/balai-checkout.pth"; \
	  printf '#!%s\nfrom balai.cli.main import app\napp()\n' '$(CURDIR)/$(BIN)/python' > $(BIN)/balai; chmod +x $(BIN)/balai
	@touch $@

$(VENV)/.runtime: $(VENV)/.base requirements.lock
	$(BIN)/pip install --quiet --require-hashes --only-binary :all: -r requirements.lock
	@touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements-dev.lock
	$(BIN)/pip install --quiet --require-hashes --only-binary :all: -r requirements-dev.lock
	@touch $@
