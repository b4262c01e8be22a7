"""The canonical form of a notebook: one text for one content.

A notebook that was executed, edited in JupyterLab or made by a tool is
written the same way, so a difference in version control is a difference in
what a reader sees.
"""

import hashlib
import json
import warnings
from pathlib import Path

import nbformat
from nbformat.warnings import DuplicateCellId, MissingIDFieldWarning

from tools.environment import BOOKS, ROOT

# What nbformat raises for files that are no JSON, or JSON of something else.
UNREADABLE = (
    ValueError,
    TypeError,
    AttributeError,
    KeyError,
    MissingIDFieldWarning,
    DuplicateCellId,
    nbformat.ValidationError,
)
CELL_METADATA = {"tags", "mystnb", "nbgrader", "deletable", "editable"}
NOTEBOOK_METADATA = {"course", "verified"}
KERNEL = {
    "kernelspec": {
        "display_name": "Python 3",
        "language": "python",
        "name": "python3",
    },
    "language_info": {"name": "python"},
}


class BrokenNotebook(Exception):
    """A file that is not a notebook; the message says what to do."""


def find(*books: str) -> list[Path]:
    """All notebooks of the named folders, sorted by path."""
    return sorted(
        path
        for book in books or BOOKS
        for path in (ROOT / book).glob("*/*.ipynb")
        if ".ipynb_checkpoints" not in path.parts
    )


def name(path: Path) -> str:
    """The part and slug of a notebook, such as `nonlinearity/neuron`."""
    return f"{path.parent.name}/{path.stem}"


def read(path: Path) -> nbformat.NotebookNode:
    """Read a notebook of format 4.5, or raise `BrokenNotebook`."""
    try:
        with warnings.catch_warnings():
            # nbformat would repair cell ids, with others at each reading.
            warnings.simplefilter("error", MissingIDFieldWarning)
            warnings.simplefilter("error", DuplicateCellId)
            nb = nbformat.reads(Path(path).read_text("utf-8"), as_version=4)
        nbformat.validate(nb)
    except UNREADABLE as error:
        reason = str(error).strip().splitlines()[0]
        raise BrokenNotebook(
            f"{path}: not a readable notebook ({reason}). "
            f"Restore it with `git checkout -- {path}`."
        ) from None
    return nb


def write(nb: nbformat.NotebookNode, path: Path) -> None:
    """Write a notebook in canonical form, whole or not at all."""
    text = dumps(nb)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + ".part")
    draft.write_text(text, "utf-8", newline="\n")
    draft.replace(path)


def dumps(nb: nbformat.NotebookNode) -> str:
    """The canonical text of a notebook."""
    return (
        json.dumps(canonical(nb), indent=1, sort_keys=True, ensure_ascii=False)
        + "\n"
    )


def canonical(nb: nbformat.NotebookNode) -> dict:
    """The canonical form of a notebook, as plain lists and dictionaries."""
    code = [cell for cell in nb.cells if cell.cell_type == "code"]
    ran = all(cell.execution_count is not None for cell in code)
    counts = {c.id: i for i, c in enumerate(code, start=1)} if ran else {}
    metadata = {k: nb.metadata[k] for k in NOTEBOOK_METADATA & {*nb.metadata}}
    return {
        "cells": [_cell(cell, counts.get(cell.id)) for cell in nb.cells],
        "metadata": {**KERNEL, **metadata},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def _cell(cell, count) -> dict:
    metadata = {
        key: sorted(value) if key == "tags" else value
        for key, value in cell.metadata.items()
        if key in CELL_METADATA and value not in ([], {})
    }
    if "nbgrader" in metadata and cell.metadata.get("jupyter"):
        metadata["jupyter"] = cell.metadata["jupyter"]
    form = {
        "cell_type": cell.cell_type,
        "id": cell.id,
        "metadata": metadata,
        "source": _lines(cell.source),
    }
    if cell.cell_type == "code":
        count = count or cell.execution_count
        form["execution_count"] = count
        form["outputs"] = [_output(o, count) for o in joined(cell.outputs)]
    return form


def _output(output, count) -> dict:
    kind = output["output_type"]
    form = {"output_type": kind}
    if kind == "stream":
        return form | {"name": output.name, "text": _lines(output.text)}
    if kind == "error":
        keys = ("ename", "evalue", "traceback")
        return form | {key: output[key] for key in keys}
    if kind == "execute_result":
        form["execution_count"] = count
    data = {
        mime: value.strip() if mime.startswith("image/") else _lines(value)
        for mime, value in output.data.items()
    }
    return form | {"data": data, "metadata": {}}


def _lines(value):
    return value.splitlines(keepends=True) if isinstance(value, str) else value


def joined(outputs) -> list:
    """Outputs in which neighboring pieces of one stream are one piece."""
    merged = []
    for output in outputs:
        last = merged[-1] if merged else None
        if (
            last is not None
            and output["output_type"] == last["output_type"] == "stream"
            and output["name"] == last["name"]
        ):
            merged[-1] = nbformat.from_dict(
                {**last, "text": last["text"] + output["text"]}
            )
        else:
            merged.append(output)
    return merged


def code_hash(nb: nbformat.NotebookNode) -> str:
    """SHA-256 of the code cells and their tags, in order.

    `make run` stores it; a code cell edited afterwards no longer fits it.
    """
    content = [
        [cell.source, sorted(cell.metadata.get("tags", []))]
        for cell in nb.cells
        if cell.cell_type == "code"
    ]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()
