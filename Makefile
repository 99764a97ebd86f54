# Two commands for everybody: `make run` and `make test`. Each does all its own set-up.
PYTHON ?= python3
PORT ?= 8501
STORE_URL ?= duckdb:data/store.duckdb
export STORE_URL
# what one worker, server or run compiled serves the next: without it, half of collecting is to compile the tests anew
unexport PYTHONDONTWRITEBYTECODE
VENV := .venv
BIN := $(VENV)/bin
# the others make large stores of their own, and run by name
BENCHES := rerun crowd footprint board desk viewers hall phone plain_form glance
# the tests that run on a PostgreSQL server too
ON_A_SERVER := -m "not browser and not of_a_file" --ignore tests/db/test_postgres.py tests/db tests/casework
APP := $(BIN)/streamlit run app.py --server.port $(PORT) --server.headless true

.PHONY: run install test check lint style bench trust reach screenshots audit lock clean

run: install  ## migrate, load demo data where the store is empty, serve
	$(BIN)/python -m db migrate
	$(BIN)/python -m db demo --if-empty
	$(BIN)/python -m insight demo
	$(APP)

install: $(VENV)/.installed  ## the environment alone

$(VENV)/.installed: requirements.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	$(BIN)/python -m pages.web.static_files
	touch $@

$(VENV)/.installed-tests: $(VENV)/.installed tests/requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	touch $@

test: $(VENV)/.installed-tests style  ## everything: lint, unit, pages, architecture, browser, and the types beside them
	sh tests/chromium.sh
	sh tests/proxies.sh
	sh tests/postgres.sh
	said=$$(mktemp); $(BIN)/pyright > $$said 2>&1 & types=$$!; \
	$(BIN)/python -m pytest --numprocesses $$(($$(nproc) + 1)) --dist loadfile --no-loadscope-reorder; tests=$$?; \
	$(BIN)/python -m tests.server $(BIN)/python -m pytest --numprocesses $$(($$(nproc) + 1)) --dist loadfile $(ON_A_SERVER); served=$$?; \
	wait $$types; typed=$$?; cat $$said; rm $$said; exit $$((tests | served | typed))

check: $(VENV)/.installed-tests style  ## a minute: lint, and the types and tests of what a change touches
	set -e; files=$$($(BIN)/python -m tests.touched files); test -z "$$files" || $(BIN)/pyright $$files
	set -e; tests=$$($(BIN)/python -m tests.touched tests); $(BIN)/python -m pytest -m "not browser" --numprocesses auto --dist loadfile $$tests

lint: $(VENV)/.installed-tests style
	$(BIN)/pyright

style: $(VENV)/.installed-tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-cache

bench: $(VENV)/.installed-tests  ## the timings that we promise, as ratios, at the demo's size; STORE=PATH measures a copy of that one
	rm -f bench.jsonl
	missed=0; for script in $(BENCHES); do BENCH_FILE=bench.jsonl $(BIN)/python bench/$$script.py $(STORE) || missed=1; done; exit $$missed

trust: $(VENV)/.installed-tests  ## every promise of trust, the long ones too: an hour; ROWS="power kill" runs some
	sh tests/chromium.sh
	sh tests/proxies.sh
	$(BIN)/python bench/trust.py $(ROWS)

reach: $(VENV)/.installed-tests  ## every page, drawer and dialog by axe, thumb, high contrast, zoom and widened text: an hour
	sh tests/chromium.sh
	$(BIN)/python -m pytest -m reach tests/reach --numprocesses $$(nproc)

screenshots: $(VENV)/.installed-tests  ## every page, both languages, two widths, light and dark, into screenshots/
	sh tests/chromium.sh
	$(BIN)/python -m tests.screenshots

audit: $(VENV)/.installed  ## known holes of what is installed; where the lists of holes cannot be reached: docs/security.md
	$(BIN)/python -m pip install --quiet pip-audit
	$(BIN)/pip-audit --strict --requirement requirements.txt --no-deps --disable-pip

lock: $(VENV)/.installed-tests  ## pin what pyproject.toml asks for
	$(BIN)/python -m pip install --quiet pip-tools
	$(BIN)/pip-compile --quiet --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --strip-extras --no-header --output-file requirements.txt pyproject.toml
	$(BIN)/pip-compile --quiet --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --strip-extras --no-header --extra test --constraint requirements.txt --output-file tests/requirements.txt pyproject.toml

clean:
	rm -rf $(VENV) screenshots
