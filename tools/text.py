"""Edit a notebook as one MyST text file, and put the text back.

    python -m tools.text chapters/part/slug.ipynb       writes work/….md
    python -m tools.text chapters/part/slug.ipynb back  reads work/….md

The text holds sources, tags and cell ids; outputs stay in the notebook and
return to the cells with the same id and code.
"""

import sys
from pathlib import Path

import jupytext
import nbformat

from tools import environment, notebook

FORMAT = "md:myst"


def to_text(nb: nbformat.NotebookNode) -> str:
    """The MyST text of a notebook, with the cell ids as metadata."""
    plain = nbformat.from_dict(notebook.canonical(nb))
    plain = nbformat.reads(nbformat.writes(plain), as_version=4)
    for cell in plain.cells:
        cell.metadata["id"] = cell.id
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
        cell["id"] = cell.metadata.pop("id", None) or nbformat.v4.new_raw_cell(
        )["id"]
        before = kept.get(cell.id)
        if (
            cell.cell_type == "code"
            and before is not None
            and before.source == cell.source
        ):
            cell.outputs = before.outputs
            cell.execution_count = before.execution_count
    return nb


def main(arguments: list[str]) -> int:
    path = Path(arguments[0]).resolve()
    place = path.relative_to(environment.ROOT).with_suffix(".md")
    text = environment.ROOT / "work" / place
    if arguments[1:] == ["back"]:
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
