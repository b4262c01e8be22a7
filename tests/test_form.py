"""Every page and the book as a whole have the agreed form (no kernel)."""

import pytest

from tests import form
from tools import notebook
from tools.environment import ROOT


@pytest.mark.parametrize(
    "path",
    notebook.find(),
    ids=lambda path: path.relative_to(ROOT).as_posix(),
)
def test_page(path):
    try:
        found = form.problems(form.Page(path))
    except notebook.BrokenNotebook as error:
        found = [str(error)]
    if found:
        pytest.fail("\n".join(found), pytrace=False)


@pytest.fixture(scope="module")
def book():
    """All pages, read once."""
    try:
        return form.Book()
    except notebook.BrokenNotebook as error:
        pytest.fail(str(error), pytrace=False)


@pytest.mark.parametrize("check", form.BOOK_CHECKS, ids=lambda c: c.__name__)
def test_book(book, check):
    found = [f"{file}: {what}" for file, what in check(book)]
    if found:
        pytest.fail("\n".join(found), pytrace=False)
