"""Edit a notebook as one MyST text file, and put the text back.

    python -m tools.text chapters/part/slug.ipynb       writes work/….md
    python -m tools.text chapters/part/slug.ipynb back  reads work/….md

The text holds sources, tags and cell ids; outputs stay in the notebook and
return to the cells with the same id and code. nbgrader's metadata is one
word or two, `nbgrader: prompt`, `nbgrader: answer` or `nbgrader: check 2`
with the points; the grade id is the cell's id.
"""

import sys
from pathlib import Path

import jupytext
import nbformat

from tools import environment, notebook

FORMAT = "md:myst"
ROLES = {  # role: grade, solution, locked
    "prompt": (False, False, True),
    "answer": (False, True, False),
    "check": (True, False, True),
}


def graded(role: str, cell_id: str) -> dict:
    """nbgrader's metadata for a role such as `check 2`."""
    name, *points = role.split()
    grade, solution, locked = ROLES[name]
    return {
        "grade": grade,
        "grade_id": cell_id,
        "locked": locked,
        **({"points": int(points[0])} if points else {}),
        "schema_version": 3,
        "solution": solution,
        "task": False,
    }


def role(metadata: dict, cell_id: str) -> str | dict:
    """The role of a cell, or its metadata where no role gives them."""
    points = f" {metadata['points']}" if "points" in metadata else ""
    for name in ROLES:
        if graded(name + points, cell_id) == metadata:
            return name + points
    return metadata


def to_text(nb: nbformat.NotebookNode) -> str:
    """The MyST text of a notebook, with the cell ids as metadata."""
    plain = nbformat.from_dict(notebook.canonical(nb))
    plain = nbformat.reads(nbformat.writes(plain), as_version=4)
    for cell in plain.cells:
        cell.metadata["id"] = cell.id
        if "nbgrader" in cell.metadata:
            cell.metadata["nbgrader"] = role(cell.metadata.nbgrader, cell.id)
    plain.metadata["jupytext"] = {
        "cell_metadata_filter": "all",
        "notebook_metadata_filter": "all",
    }
    return jupytext.writes(plain, FORMAT)


def from_text(text: str, old: nbformat.NotebookNode | None = None):
    """A notebook from its MyST text; unchanged cells keep their outputs."""
    nb = jupytext.reads(text, FORMAT)
    kept = {cell.id: cell for cell in old.cells} if old else {}
    nb.metadata.pop("jupytext", None)
    nb.nbformat_minor = 5
    for cell in nb.cells:
        cell.id = cell.metadata.pop("id", cell.get("id"))
        if isinstance(cell.metadata.get("nbgrader"), str):
            cell.metadata["nbgrader"] = graded(cell.metadata.nbgrader, cell.id)
        before = kept.get(cell.id)
        if (
            cell.cell_type == "code"
            and before
            and before.source == cell.source
        ):
            cell.outputs = before.outputs
            cell.execution_count = before.execution_count
    return nb


def main(arguments: list[str]) -> int:
    if len(arguments) not in (1, 2) or arguments[1:] not in ([], ["back"]):
        print(__doc__)
        return 2
    path = Path(arguments[0]).resolve()
    place = path.relative_to(environment.ROOT).with_suffix(".md")
    text = environment.ROOT / "work" / place
    if arguments[1:]:
        old = notebook.read(path) if path.exists() else None
        notebook.write(from_text(text.read_text("utf-8"), old), path)
        print(path)
    else:
        text.parent.mkdir(parents=True, exist_ok=True)
        text.write_text(to_text(notebook.read(path)), "utf-8")
        print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
