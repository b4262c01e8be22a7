"""Warnings about a notebook name the cell.

MyST-NB counts lines as 10000 times the number of the cell, plus the line in
it; a reader of `neuron.ipynb:70003` would look for line 70003.
"""

import json
import logging
import re
from pathlib import Path

from sphinx.util.logging import NAMESPACE

PLACE = re.compile(r"(?P<path>.+\.ipynb):(?P<line>\d+)")


def readable(location: str, root: Path) -> str:
    """`…/neuron.ipynb:70003` as `neuron.ipynb, cell 7 (formula), line 2`."""
    place = PLACE.fullmatch(location)
    if not place or int(place["line"]) < 10000:
        return location
    path = Path(place["path"])
    cell, line = divmod(int(place["line"]), 10000)
    name = json.loads(path.read_text("utf-8"))["cells"][cell - 1].get("id")
    if path.is_relative_to(root):
        path = path.relative_to(root)
    return f"{path}, cell {cell} ({name}), line {max(line - 1, 1)}"


def add_filter(app):
    """Put the translation behind Sphinx's own filters of warnings."""

    def translate(record):
        location = getattr(record, "location", None)
        if isinstance(location, str):
            record.location = readable(location, Path(app.srcdir))
        return True

    for handler in logging.getLogger(NAMESPACE).handlers:
        if handler.level == logging.WARNING:
            handler.addFilter(translate)


def setup(app):
    add_filter(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
