# Two commands are all a newcomer needs: make demo, make test.

PYTHON ?= python3
BIN = .venv/bin
PACKAGES = bot console handlers locales migrations nursery scheduler
PORT ?= 8080

.PHONY: demo test test-sqlite test-postgresql test-deps check bench catalogues lock clean

demo: .venv/runtime
	$(BIN)/coatpeg demo --port $(PORT)

test: .venv/dev
	$(BIN)/pytest -n auto --dist worksteal
	COATPEG_TEST_DB=postgresql $(BIN)/pytest -n auto --dist worksteal -m database

check: .venv/dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m locales.check

bench: .venv/dev
	$(BIN)/python -m bench

# What a machine may lack: PostgreSQL, a browser, the fonts of the languages we ship.
test-deps:
	@if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
			chromium fonts-noto-core postgresql >/dev/null; \
	else echo "Install chromium, fonts-noto-core and postgresql with your package manager."; fi

# Sentences and words out of the code and the library, into every language's catalogue.
catalogues: .venv/dev
	$(BIN)/python -m locales.update

lock:
	uv pip compile -q --universal --generate-hashes --no-header --group build pyproject.toml -o requirements.lock
	uv pip compile -q --universal --generate-hashes --no-header --group build --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock

.venv/runtime: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q $(PACKAGES)
	@touch $@

.venv/dev: requirements-dev.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q $(PACKAGES)
	@touch $@ .venv/runtime

clean:
	rm -rf .venv demo .mypy_cache .ruff_cache .pytest_cache
