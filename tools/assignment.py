"""Make an nbgrader course from chosen chapters (`make assignment`).

    make assignment CHAPTERS="activations/sigmoid activations/softmax" \
        COURSE=~/nn101

Each chapter becomes one assignment, named by its slug. nbgrader does the
work. What is ours: the hidden tests draw their inputs from a secret that
stays in the course folder, because the repository is public; and nothing
that an instructor or a student has written is overwritten without being
asked for.
"""

import difflib
import hashlib
import hmac
import os
import re
import secrets
import shutil
import sys
import time
import zipfile
from pathlib import Path

import nbformat

from tools import environment, kernel, notebook
from tools.environment import ROOT

SECRET = "hidden_seed"
SEED_LINE = re.compile(
    r"^rng = np\.random\.default_rng\((\d+)\)  # hidden seed$", re.M
)
# A link of the book leads nowhere from a student's folder.
LINK = re.compile(r"\[([^\]]+)\]\(\.\./[^)]+\)")
# What a student needs of the course's requirements to work the exercises.
PACKAGES = (
    "numpy",
    "matplotlib",
    "tensorflow-cpu",
    "tensorflow",
    "keras",
    "torch",
    "pandas",
    "scipy",
    "scikit-learn",
    "sympy",
    "mpmath",
    "networkx",
    "jupyterlab",
    "ipykernel",
)
CONFIG = '''"""The course's settings for nbgrader; yours to edit.

`make assignment` wrote this file once and does not write it again.
"""

c = get_config()  # noqa: F821

c.CourseDirectory.course_id = {course_id!r}
c.ClearSolutions.code_stub = {stub!r}

# What one submission may use when `make grade` runs it.
c.Execute.timeout = 60  # seconds a cell
c.Limited.seconds = 600  # seconds in all
c.Limited.memory = 4  # gigabytes
c.Limited.printing = 1  # megabytes

# A late submission is reported; with this line it gets 0 points.
# c.LateSubmissionPlugin.penalty_method = "zero"

# `nbgrader zip_collect`: files student_notebook.ipynb and student.zip.
c.FileNameCollectorPlugin.named_regexp = (
    r".*/extracted/(?P<student_id>[^/_]+)(?:_|/(?:.*/)?)"
    r"(?P<file_id>[^/._][^/]*\\.ipynb)$"
)

# A server with nbgrader: the folder through which students get assignments.
# c.Exchange.root = "/srv/nbgrader/exchange"
'''
README = """# {title}

Open `{slug}.ipynb` in JupyterLab, write your answers, run the checks, and
hand in `{slug}.ipynb`. Keep its name.

You need Python {low} to {high}. In this folder:

    python -m venv .venv
    .venv/bin/python -m pip install -r requirements.txt
    .venv/bin/python -m jupyter lab {slug}.ipynb

On Windows, write `.venv\\Scripts\\python` for `.venv/bin/python`.
On Linux, `pip` would fetch PyTorch with several gigabytes of CUDA; for the
smaller build, set this before the second line:

    export PIP_EXTRA_INDEX_URL=https://download.pytorch.org/whl/cpu

Write in the cells that say `Write your code here.`; you may add cells.
Checks that you change or delete are put back before grading, and each has
more tests than you see, with other inputs. Before you hand in, choose
*Restart Kernel and Run All Cells*.
"""


class Refused(Exception):
    """What was not done: one line that says what is wrong, what to do."""


# Chapters and the course folder --------------------------------------------


def find_solutions(names: list[str]) -> list[Path]:
    """The solutions of chapters such as `activations/relu`."""
    known = {notebook.name(path): path for path in notebook.find("solutions")}
    if not names:
        raise Refused(
            "Name the chapters, as in "
            'CHAPTERS="activations/sigmoid activations/softmax".'
        )
    for name in names:
        if name in known:
            continue
        if (ROOT / "chapters" / f"{name}.ipynb").is_file():
            raise Refused(
                f"{name} is a page to look things up and has no exercise: "
                "leave it out."
            )
        close = difflib.get_close_matches(name, known, n=1)
        close = close or [k for k in known if k.endswith(f"/{name}")]
        hint = f" Did you mean {close[0]}?" if close else ""
        raise Refused(
            f"There is no chapter {name!r}: give part/slug, as in "
            f"activations/relu.{hint}"
        )
    return [known[name] for name in dict.fromkeys(names)]


def is_course(folder: Path) -> bool:
    """Whether `make assignment` made this folder."""
    return (folder / SECRET).is_file()


def find_course(text: str) -> Path:
    """The course folder that a user named, there or not yet there."""
    if not text:
        raise Refused("Name the course folder, as in COURSE=~/nn101.")
    course = Path(text).expanduser().resolve()
    if course == ROOT or ROOT in course.parents or course in ROOT.parents:
        raise Refused(
            f"{course} is the book itself, or within it, or around it: the "
            "course holds secrets and grades, so give it a folder elsewhere."
        )
    if course.exists() and not course.is_dir():
        raise Refused(f"{course} is a file: name a new folder.")
    if course.exists() and any(course.iterdir()) and not is_course(course):
        raise Refused(
            f"{course} holds other things (and no file {SECRET}): name a "
            "new folder, or one that this command made."
        )
    return course


def open_course(course: Path) -> bytes:
    """Make what is missing of a course folder; return its secret."""
    # Imported late: a missing nbgrader is said in one line before.
    from tools import exercises

    # Answers and grades are nobody else's business.
    course.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = course / SECRET
    if not path.exists():
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        with os.fdopen(os.open(path, flags, 0o600), "w") as file:
            file.write(secrets.token_hex(32) + "\n")
    if not (course / "nbgrader_config.py").exists():
        text = CONFIG.format(
            course_id=course.name,
            stub=exercises.CONFIG.ClearSolutions.code_stub,
        )
        (course / "nbgrader_config.py").write_text(text, "utf-8")
    content = path.read_text().strip()
    if len(content) < 32:
        raise Refused(
            f"{path} is damaged: put back your copy of it. Without one, "
            "delete it: assignments made from now on have other hidden tests."
        )
    return content.encode()


def configuration(course: Path):
    """The configuration of nbgrader for a course folder."""
    from traitlets.config import PyFileConfigLoader

    # nbgrader calls the command alembic, which stands beside our Python.
    tools = str(Path(sys.executable).parent)
    if tools not in os.environ["PATH"].split(os.pathsep):
        os.environ["PATH"] = tools + os.pathsep + os.environ["PATH"]
    loader = PyFileConfigLoader("nbgrader_config.py", course)
    try:
        config = loader.load_config()
    except Exception as error:
        raise Refused(
            f"{course / 'nbgrader_config.py'} cannot be read: {error}"
        ) from None
    config.CourseDirectory.root = str(course)
    # Two submissions are graded at a time, and one may wait for the other.
    config.CourseDirectory.db_url = (
        f"sqlite:///{course / 'gradebook.db'}?timeout=60"
    )
    return config


# One assignment --------------------------------------------------------------


def seed(secret: bytes, slug: str, grade_id: str) -> int:
    """The hidden seed of a check; it says nothing about any other."""
    text = f"{slug}/{grade_id}".encode()
    return int.from_bytes(hmac.digest(secret, text, hashlib.sha256)[:8])


def source(solution: Path, secret: bytes):
    """The solution as nbgrader's source, with seeds of this course."""
    nb = nbformat.from_dict(notebook.canonical(notebook.read(solution)))
    nb = nbformat.reads(nbformat.writes(nb), as_version=4)
    nb.metadata.pop("verified", None)
    hidden = 0
    for cell in nb.cells:
        if cell.cell_type == "markdown":
            cell.source = LINK.sub(r"\1", cell.source)
            continue
        cell.outputs, cell.execution_count = [], None
        form = cell.metadata.get("nbgrader", {})
        if not form.get("grade"):
            continue
        # A student wants to see what a check says, not how it finds out.
        cell.metadata["jupyter"] = {"source_hidden": True}
        number = seed(secret, solution.stem, form["grade_id"])
        cell.source, count = SEED_LINE.subn(
            f"rng = np.random.default_rng({number})  # hidden seed",
            cell.source,
        )
        hidden += count
    if not hidden:
        raise Refused(f"{notebook.name(solution)} has no hidden tests.")
    return nb


def failing(nb) -> list[str]:
    """The checks that fail on the answers in a source, by grade_id.

    A right answer may fail on an unlucky draw, or in this environment. Of
    10,000 draws for all checks of the book, none did.
    """
    from nbclient import NotebookClient
    from nbgrader.utils import has_failed

    nb = nbformat.reads(nbformat.writes(nb), as_version=4)
    manager = kernel.async_manager(kernel_name="python3")
    NotebookClient(nb, manager, timeout=600, allow_errors=True).execute(
        cleanup_kc=True
    )
    return [
        cell.metadata.nbgrader.grade_id
        for cell in nb.cells
        if cell.metadata.get("nbgrader", {}).get("grade") and has_failed(cell)
    ]


def unseeded(nb) -> list:
    """What a source says, whichever seeds and outputs it holds."""
    return [
        (cell.cell_type, SEED_LINE.sub("rng", cell.source))
        for cell in nb.cells
    ]


def edited(path: Path, solution: Path, secret: bytes) -> bool:
    """Whether a source is no longer what this command makes."""
    try:
        nb = notebook.read(path)
    except notebook.BrokenNotebook:
        return True
    return unseeded(nb) != unseeded(source(solution, secret))


def write_source(nb, folder: Path, slug: str) -> None:
    """The notebook and what a student needs beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    notebook.write(nb, folder / f"{slug}.ipynb")
    shutil.copyfile(ROOT / "matplotlibrc", folder / "matplotlibrc")
    lines = (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    wanted = [s for s in lines if re.split("[=; ]", s)[0] in PACKAGES]
    text = "\n".join(wanted) + "\n"
    (folder / "requirements.txt").write_text(text, "utf-8")
    low, high = (".".join(map(str, v)) for v in environment.PYTHONS)
    title = re.search(r"^# (.*)", nb.cells[0].source, re.M)[1]
    text = README.format(title=title, slug=slug, low=low, high=high)
    (folder / "README.md").write_text(text, "utf-8")


def release(course: Path, slug: str) -> None:
    """Let nbgrader make the students' version and the gradebook entries."""
    from nbgrader.converters import GenerateAssignment
    from nbgrader.coursedir import CourseDirectory
    from nbgrader.utils import capture_log

    config = configuration(course)
    folders = CourseDirectory(config=config, assignment_id=slug)
    app = GenerateAssignment(coursedir=folders, config=config, force=True)
    result = capture_log(app)
    if not result["success"]:
        raise Refused(f"{slug}: nbgrader could not make it: {why(result)}")
    pack(course / "release" / slug, course / "handout" / f"{slug}.zip")


def why(result: dict) -> str:
    """The error that stopped nbgrader, from what `capture_log` returned."""
    text = result.get("log", "") + result["error"]
    found = re.findall(
        r"^ *((?:\w+\.)*\w+(?:Error|Exception|Entry): .*)$", text, re.M
    )
    return (found or text.strip().splitlines()[-1:])[0]


def pack(folder: Path, target: Path) -> None:
    """A zip of a folder, the same bytes for the same content."""
    target.parent.mkdir(exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            inside = f"{folder.name}/{path.relative_to(folder).as_posix()}"
            info = zipfile.ZipInfo(inside)
            # As on Unix, wherever it is made: a file that can be read.
            info.create_system, info.external_attr = 3, 0o100644 << 16
            file.writestr(info, path.read_bytes(), zipfile.ZIP_DEFLATED)


def back_up(course: Path, slug: str) -> Path:
    """A copy of a source and of the gradebook, before they change."""
    copy = course / "backup" / f"{slug}-{time.strftime('%Y%m%d-%H%M%S')}"
    shutil.copytree(course / "source" / slug, copy)
    if (course / "gradebook.db").exists():
        shutil.copyfile(course / "gradebook.db", copy / "gradebook.db")
    return copy


# The command -----------------------------------------------------------------


def make(
    solutions: list[Path], course: Path, choice: str = "", tried: bool = True
) -> list[str]:
    """Make an assignment of each solution; return what to tell the user.

    `choice` is what to do about a source that was edited: "replace" it by
    the book's, "keep" it and make the release from it, or refuse. With
    `tried` the answers are run against the hidden tests first.
    """
    secret = open_course(course)
    paths = {s: course / "source" / s.stem / f"{s.stem}.ipynb"
             for s in solutions}  # fmt: skip
    # All are looked at before the first is written.
    changed = {
        solution
        for solution, path in paths.items()
        if path.exists() and edited(path, solution, secret)
    }
    if changed and not choice:
        names = ", ".join(f"source/{s.stem}" for s in sorted(changed))
        raise Refused(
            f"{names}: not what this command would make; you edited it, or "
            "the book has changed. Nothing was done. SOURCE=keep releases it "
            "as it is, SOURCE=replace makes it anew (a copy is kept)."
        )
    report = []
    for solution, path in paths.items():
        slug = solution.stem
        again = path.exists()
        zipped = course / "handout" / f"{slug}.zip"
        if again and solution not in changed and zipped.exists():
            report.append(f"{slug}: is there already, unchanged")
            continue
        copy = back_up(course, slug) if solution in changed else None
        if not again or (copy and choice == "replace"):
            nb = source(solution, secret)
            failed = failing(nb) if tried else []
            if failed:
                raise Refused(
                    f"{slug}: the book's own answers fail {', '.join(failed)} "
                    "here, so it was not made. `make run NOTEBOOK="
                    f"solutions/{notebook.name(solution)}.ipynb` says more."
                )
            write_source(nb, path.parent, slug)
        try:
            release(course, slug)
        except Refused:
            if copy:
                shutil.copyfile(copy / path.name, path)
            raise
        report += summary(course, slug)
        if copy:
            report.append(f"{slug}: before, see {copy.relative_to(course)}")
    return report


def open_gradebook(course: Path):
    """The gradebook of a course, for a `with` statement."""
    from nbgrader.api import Gradebook

    return Gradebook(configuration(course).CourseDirectory.db_url)


def summary(course: Path, slug: str) -> list[str]:
    """What an assignment is worth, and what has to be graded again."""
    with open_gradebook(course) as gradebook:
        assignment = gradebook.find_assignment(slug)
        checks = len(assignment.notebooks[0].grade_cells)
        points, graded = assignment.max_score, assignment.num_submissions
    lines = [f"{slug}: {checks} checks, {points:g} points; handout/{slug}.zip"]
    if graded:
        lines.append(
            f"{slug}: {graded} submissions were graded with the earlier "
            "source: run `make grade` again, which grades them anew"
        )
    return lines


def main(arguments: list[str]) -> int:
    environment.require("nbgrader", *environment.FRAMEWORKS)
    environment.apply()
    names, course, choice = (*arguments, "", "", "")[:3]
    try:
        if choice not in ("", "keep", "replace"):
            raise Refused(f"SOURCE is keep or replace, not {choice!r}.")
        solutions, folder = find_solutions(names.split()), find_course(course)
        report = make(solutions, folder, choice)
    except (Refused, notebook.BrokenNotebook) as error:
        print(error)
        return 1
    except OSError as error:
        print(f"{error.filename}: {error.strerror}. Nothing more was done.")
        return 1
    print("\n".join(report))
    print(f"Course: {folder}. Never hand out {SECRET}, source or gradebook.db")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
