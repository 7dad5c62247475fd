# Two commands: `make demo` to see it, `make test` to check it. Python 3.11 or newer and make are enough.

PY ?= python3
BIN := .venv/bin
PYTHON := $(BIN)/python
LOCKED := --quiet --require-hashes --only-binary :all:
# What a server on the net would be told. Nothing connects there: these are for checks that only look.
PRODUCTION := env DATABASE_URL=postgresql://man_app@127.0.0.1/man PUBLIC_URL=https://network.example \
	ALLOWED_HOSTS=network.example SECRET_KEY=not-a-secret-for-it-only-serves-checks-0123456789-abcdef
# A database of its own, made for the check if the environment names none.
CHECKED := env DEMO_DATA=var/check

.PHONY: help demo setup test bench lock
.DEFAULT_GOAL := help

help:
	@echo "make demo    run the whole network here, with PostgreSQL and Valkey from the box"
	@echo "make test    install and run every check and test"
	@echo "make setup   only install"
	@echo "make bench   measure the books against named peers"
	@echo "make lock    write requirements/*.txt anew from requirements/*.in"

demo: setup
	@$(PYTHON) -m man_site.embedded

setup: .venv/.demo

test: .venv/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/djade --check --target-version 5.2 $$(find templates -name '*.html')
	$(BIN)/djlint --quiet --lint templates
	$(PRODUCTION) $(BIN)/mypy .
	$(CHECKED) $(PYTHON) manage.py makemigrations --check --dry-run
	$(PRODUCTION) $(PYTHON) manage.py check --deploy --fail-level WARNING
	$(PYTHON) -m pytest -n 2 --dist loadgroup

bench: .venv/.bench
	$(PYTHON) -m bench

# `make lock MORE=--upgrade` takes the newest releases.
LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--only-binary :all: --no-emit-index-url --custom-compile-command "make lock" $(MORE)

lock: $(BIN)/uv
	$(LOCK) requirements/uv.in -o requirements/uv.txt
	$(LOCK) requirements/base.in -o requirements/base.txt
	$(LOCK) requirements/demo.in -o requirements/demo.txt
	$(LOCK) requirements/dev.in -o requirements/dev.txt
	$(LOCK) requirements/build.in -o requirements/build.txt
	$(LOCK) requirements/bench.in -o requirements/bench.txt --no-binary django-hordak

$(BIN)/uv: requirements/uv.txt
	@echo "Making .venv …"
	@$(PY) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed: make PY=python3.12 …")'
	@$(PY) -m venv .venv
	@$(PIP) -r $<
	@touch $@

# pip is slower, but may know of a mirror that nobody told uv.
PIP = $(PYTHON) -m pip install --disable-pip-version-check $(LOCKED)
# Compiled once here: whoever serves the pages may not write beside the code.
INSTALL = $(BIN)/uv pip install --system-certs --python $(PYTHON) $(LOCKED) --compile-bytecode

.venv/.demo .venv/.dev: .venv/.%: requirements/%.txt $(BIN)/uv
	@echo "Installing requirements/$*.txt …"
	@$(INSTALL) -r $< || $(PIP) -r $<
	@touch $@

# hordak is published as source alone, so it is built here, with a locked setuptools.
.venv/.bench: requirements/bench.txt requirements/build.txt $(BIN)/uv
	@echo "Installing requirements/bench.txt …"
	@$(INSTALL) -r requirements/build.txt
	@$(INSTALL) -r $< --no-binary django-hordak --no-build-isolation-package django-hordak
	@touch $@
