"""What several test files need."""

import os
import shutil
from pathlib import Path

import pytest
from filelock import FileLock

from tools import book
from tools.environment import BOOKS, ROOT

FILES = ("conftest.py", "pyproject.toml", "matplotlibrc", "references.bib")


@pytest.fixture(scope="module")
def tree(tmp_path_factory) -> Path:
    """A copy of the project that a test may spoil."""
    top = tmp_path_factory.mktemp("planted")
    for folder in (*BOOKS, "tests", "tools"):
        litter = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
        shutil.copytree(ROOT / folder, top / folder, ignore=litter)
    for file in (*FILES, "_toc.yml", *(p.name for p in ROOT.glob("*.md"))):
        shutil.copy(ROOT / file, top / file)
    return top


@pytest.fixture(scope="session")
def first_page(tmp_path_factory) -> Path:
    """The first page of the built book, built once for all workers."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent  # which the workers share
    with FileLock(folder / "book.lock"):
        if not (folder / "book/_build/built").exists():
            book.build(folder / "book", ROOT / "_toc.yml")
    return folder / "book/_build/html/index.html"
