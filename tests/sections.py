"""The sections of chapters by label, for tests of pages that link them."""

import re

from tests.form import Book, texts

START = re.compile(r"(?=^\(sec-[\w-]+\)=$)", re.M)
LABEL = re.compile(r"\((sec-[\w-]+)\)=$", re.M)


def of(book: Book) -> dict[str, str]:
    """Label → text and code from there to the next label of the page."""
    found = {}
    for page in book.pages:
        label = None
        for cell in page.nb.cells if page.book == "chapters" else []:
            markdown = cell.cell_type == "markdown"
            parts = START.split(cell.source) if markdown else [cell.source]
            for part in parts:
                if markdown and (match := LABEL.match(part)):
                    label = match[1]
                if label:
                    found[label] = found.get(label, "") + "\n" + part
            if label and not markdown:
                found[label] += "\n" + texts(cell)
    return found
