"""Open JupyterLab where the notebooks were made (`make lab`).

Same variables, same style of figures, and notebooks are saved in canonical
form, so that a difference in version control is a difference in content.
"""

import shutil
import sys

import nbformat
from jupyterlab.labapp import LabApp

from tools import environment, mnist, notebook

FOLDERS = (*environment.BOOKS, "work")


def canonical(nb: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """A notebook in canonical form, as a node again."""
    return nbformat.reads(notebook.dumps(nb), as_version=4)


def content(nb: nbformat.NotebookNode) -> list:
    """What saving must not lose: sources, pasted images, kinds of output."""
    return [
        [
            cell.cell_type,
            cell.source,
            cell.get("attachments", {}),
            [o.output_type for o in notebook.joined(cell.get("outputs", []))],
        ]
        for cell in nb.cells
    ]


def before_save(model, path, contents_manager, **_) -> None:
    """Make a notebook of the course canonical before JupyterLab writes it.

    If that does not work, or would lose something, it is saved as it is.
    """
    inside = path.strip("/").split("/")[0] in FOLDERS
    if model["type"] != "notebook" or not inside:
        return
    try:
        nb = nbformat.from_dict(model["content"])
        form = canonical(nb)
        if content(form) != content(nb):
            raise ValueError("something would be lost")
    except Exception as error:
        contents_manager.log.warning(
            f"{path}: saved as it is, not in canonical form ({error!r})"
        )
    else:
        model["content"] = form


def copy_exercises() -> None:
    """Give the reader a copy to work on of each exercise that has none."""
    for path in notebook.find("exercises"):
        place = path.relative_to(environment.ROOT)
        copy = environment.ROOT / "work" / place
        if not copy.exists():
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
            print(f"work/{place.as_posix()}: a copy for you to work on")


def main(arguments: list[str]) -> None:
    environment.require(*environment.FRAMEWORKS)
    environment.apply()
    problem = mnist.fetch() if mnist.needed() else None
    if problem:
        print(f"Some notebooks will not run: {problem}")
    copy_exercises()
    LabApp.launch_instance(
        argv=[
            f"--ServerApp.root_dir={environment.ROOT}",
            "--ContentsManager.pre_save_hook=tools.lab.before_save",
            *arguments,
        ]
    )


if __name__ == "__main__":
    main(sys.argv[1:])
