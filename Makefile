# The commands of the workbench; README.md says more about each.
# PYTHON=/path/to/python chooses the interpreter that .venv is made with.

.DEFAULT_GOAL := help
.PHONY: help run test proofs lint bench golden clean

python := .venv/bin/python
ready := sh tools/python.sh tools/ready.py

help:
	@echo "make run starts the workbench. All commands:"
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' Makefile

run: ## serve the workbench on http://localhost:8501
	@$(ready) requirements.txt
	@exec $(python) app.py

test: ## everything that is checked, browser tests included
	@$(ready) requirements-dev.txt
	@$(python) -m tools.programs
	@$(python) -m pytest -n auto --dist worksteal

proofs: ## what takes too long for every run: figures on hundreds of tables, one line per proof
	@$(ready) requirements-dev.txt
	@$(python) -m tools.programs
	@$(python) -m pytest tests/proofs -v -rs

lint: ## format, style and types
	@$(ready) requirements-dev.txt
	@$(python) -m ruff format --check .
	@$(python) -m ruff check .
	@$(python) -m mypy

bench: ## speed and memory beside an empty Streamlit page, in one run; quick=1 leaves the long ones out
	@$(ready) requirements-dev.txt
	@$(python) -m tests.bench.run $(if $(quick),--quick)

golden: ## write the known-good exports anew, for review
	@$(ready) requirements-dev.txt
	@$(python) -m pytest tests/exports --golden
	@git status --short tests/exports scoping/export

clean: ## remove the virtual environment and caches (never the data)
	@rm -rf .venv .pytest_cache .hypothesis .ruff_cache .mypy_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
