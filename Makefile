# Thin targets: each calls one tool, and CI calls the same targets.
PYTHON ?= python3
SOLUTIONS ?= yes
INSTALL = $(PYTHON) tools/install.py
TOOL = .venv/bin/python -m tools
BOOK = $(INSTALL) requirements-book.txt && $(TOOL)
ALL = $(INSTALL) requirements.txt && $(TOOL)

ifeq ($(filter yes no,$(SOLUTIONS)),)
$(error SOLUTIONS is yes or no, not "$(SOLUTIONS)")
endif

.PHONY: help book test lab run exercises new assignment grade portability weight pdf pins clean

help:
	@echo "make book                     the book as HTML, in _build"
	@echo "make book SOLUTIONS=no        the same without any answer"
	@echo "make test                     run every notebook, verify everything"
	@echo "make lab                      JupyterLab in the same environment"
	@echo "make run [NOTEBOOK=path]      execute in place, canonical form"
	@echo "make exercises                make the exercises from the solutions"
	@echo "make new CHAPTER=part/slug    start a chapter from the template"
	@echo "make assignment CHAPTERS=\"part/slug …\" COURSE=~/nn101"
	@echo "                              an nbgrader course; see grading.md"
	@echo "make grade COURSE=~/nn101     grade what students handed in"
	@echo "make portability              verify as other processors compute"
	@echo "make weight                   what pages cost a reader, in a table"
	@echo "make pdf                      the book as one PDF, in _build"
	@echo "make pins                     renew constraints.txt"
	@echo "make clean                    remove what the targets made"

book:
	@$(BOOK).book $(if $(filter no,$(SOLUTIONS)),--without-solutions)

test:
	@$(ALL).test

lab:
	@$(ALL).lab

run:
	@$(ALL).run $(NOTEBOOK)

exercises:
	@$(ALL).exercises

new:
	@$(ALL).new $(CHAPTER)

assignment:
	@$(ALL).assignment "$(CHAPTERS)" "$(COURSE)" "$(SOURCE)"

grade:
	@$(ALL).grade "$(COURSE)" "$(ASSIGNMENT)" "$(REGRADE)"

portability:
	@$(ALL).portability

weight:
	@$(ALL).weight

pdf:
	@$(ALL).pdf

pins:
	@$(ALL).pins

clean:
	rm -rf _build .cache .venv .pytest_cache .ruff_cache
