"""Make the exercises from the solutions, by nbgrader (`make exercises`)."""

import sys
from pathlib import Path

import nbformat
from nbgrader.preprocessors import (
    ClearHiddenTests,
    ClearMarkScheme,
    ClearOutput,
    ClearSolutions,
    LockCells,
)
from traitlets.config import Config

from tools import environment, notebook

CONFIG = Config()
CONFIG.ClearSolutions.code_stub = {
    "python": 'raise NotImplementedError("Write your code here.")'
}
STEPS = (
    LockCells,
    ClearSolutions,
    ClearOutput,
    ClearHiddenTests,
    ClearMarkScheme,
)


def exercise(solution: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The notebook that a student gets, from the one that holds answers."""
    nb = nbformat.from_dict(notebook.canonical(solution))
    nb = nbformat.reads(nbformat.writes(nb), as_version=4)
    for step in STEPS:
        nb, _ = step(config=CONFIG).preprocess(nb, {})
    for cell in nb.cells:
        # A student wants to see what a check says, not how it finds out.
        if cell.metadata.get("nbgrader", {}).get("grade"):
            cell.metadata["jupyter"] = {"source_hidden": True}
    nb.metadata.pop("verified", None)
    return nb


def target(solution: Path) -> Path:
    """Where the exercise of a solution stands."""
    folders = solution.relative_to(environment.ROOT / "solutions")
    return environment.ROOT / "exercises" / folders


def main() -> int:
    wanted = set()
    for path in notebook.find("solutions"):
        wanted.add(target(path))
        notebook.write(exercise(notebook.read(path)), target(path))
        print(target(path).relative_to(environment.ROOT))
    for path in set(notebook.find("exercises")) - wanted:
        path.unlink()
        print(f"{path.relative_to(environment.ROOT)}: removed, no solution")
    return 0


if __name__ == "__main__":
    sys.exit(main())
