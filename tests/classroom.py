"""A course of one small assignment, and submissions to it.

The exercises on ReLU without the problem that needs the frameworks: their
import would cost each student five seconds.
"""

import copy
import subprocess
import sys
from pathlib import Path

import nbformat

from tests import grading
from tools import assignment, notebook
from tools.environment import ROOT

SLUG = "relu"
POINTS = {"median": 2, "dead": 2, "rescale": 2, "silent": 1, "repair": 1}
# Seconds a cell and in all, gigabytes, megabytes.
LIMITS = {"Execute.timeout": 3, "Limited.seconds": 25, "Limited.memory": 1,
          "Limited.printing": 1}  # fmt: skip


def solution(folder: Path) -> Path:
    """The solution on ReLU without frameworks, in a folder."""
    nb = notebook.read(ROOT / "solutions/activations/relu.ipynb")
    nb.cells = [c for c in nb.cells if not c.id.startswith("half")]
    for name in ("import tensorflow as tf\n", "import torch\n"):
        assert name in nb.cells[1].source
        nb.cells[1].source = nb.cells[1].source.replace(name, "")
    path = folder / "activations" / f"{SLUG}.ipynb"
    notebook.write(nb, path)
    return path


def course(folder: Path, tried: bool = True) -> Path:
    """A course folder with the assignment and tight limits."""
    made = folder / "nn101"
    assignment.make([solution(folder)], made, tried=tried)
    with (made / "nbgrader_config.py").open("a") as file:
        file.writelines(f"c.{name} = {v}\n" for name, v in LIMITS.items())
    return made


def released(course: Path, slug: str = SLUG):
    """The notebook that students get."""
    return notebook.read(course / "release" / slug / f"{slug}.ipynb")


def right_answers(course: Path, slug: str = SLUG) -> dict[str, str]:
    """The answer cells of the source, by grade_id."""
    nb = notebook.read(course / "source" / slug / f"{slug}.ipynb")
    return {
        grading.graded(cell)["grade_id"]: cell.source
        for cell in nb.cells
        if grading.is_answer(cell)
    }


def answered(release, answers: dict[str, str]):
    """The released notebook with answers in it."""
    nb = copy.deepcopy(release)
    for cell in nb.cells:
        name = grading.graded(cell).get("grade_id")
        if name in answers:
            cell.source = answers[name]
    return nb


def hand_in(course: Path, student: str, nb, slug: str = SLUG, name="") -> Path:
    """Put a notebook, or any text, into a student's folder."""
    folder = course / "submitted" / student / slug
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / (name or f"{slug}.ipynb")
    text = nb if isinstance(nb, str) else nbformat.writes(nb)
    path.write_text(text, "utf-8")
    return path


def command(folder: Path, *arguments: str) -> str:
    """Run a module of Python in a folder; return what it prints."""
    ran = subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=ROOT if arguments[0].startswith("tools") else folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout
