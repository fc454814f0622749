# make demo   from nothing: a virtual environment, the install, and samples/shop's next week solved and shown
# make test   every test but those of `make look`
# make lint   ruff and mypy
# make look   the tests that need LibreOffice, poppler and a browser; they fail where these are missing
# make catalogue   after a sentence was added or changed: extract, update, compile

PYTHON ?= python3
JOBS ?= 2
BIN := .venv/bin
CATALOGUE := cstools/locale/zh/LC_MESSAGES/cstools

.PHONY: demo test lint look catalogue clean

demo: .venv/installed
	rm -rf demo
	mkdir demo
	$(BIN)/cstools --desk samples/shop roster solve --time-limit 30 --output demo/roster.xlsx

test: .venv/installed-dev
	$(BIN)/pytest -q -n $(JOBS)

look: .venv/installed-dev
	$(BIN)/pytest -q -m look

lint: .venv/installed-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

# click's words are in the same catalogue; no locations, which would change with every edit, and no date.
catalogue: .venv/installed-dev
	mkdir -p build
	$(BIN)/pybabel -q extract --keyword Text --keyword mark --no-location --sort-output --output build/cstools.pot \
		cstools "$$($(BIN)/python -c 'import click; print(click.__path__[0])')"
	$(BIN)/pybabel -q update --input-file build/cstools.pot --output-file $(CATALOGUE).po --locale zh \
		--no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
	$(BIN)/pybabel -q compile --input-file $(CATALOGUE).po --output-file $(CATALOGUE).mo --locale zh

clean:
	rm -rf .venv build demo dist *.egg-info

# Made anew only when what is to be installed has changed.
.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/installed: setup.cfg pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

.venv/installed-dev: setup.cfg pyproject.toml | .venv/bin/python
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $@ .venv/installed
