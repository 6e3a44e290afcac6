# Every task lives in bootstrap.py, so that Windows (no make) can run: python bootstrap.py TASK
PYTHON ?= python3
TASKS := setup demo serve test quick check style messages docs bench pictures fuzz lock wheelhouse

.PHONY: help $(TASKS)

help:
	@$(PYTHON) bootstrap.py help

$(TASKS):
	@$(PYTHON) bootstrap.py $@ $(ARGS)
