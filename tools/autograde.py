"""Grade one submission with nbgrader, within limits, in this process.

`tools.grade` starts such a process for each submission, so that whatever a
student's code does ends with it. A submission is first prepared: a copy of
its notebook gets its name and the checks back that the assignment gave it.
nbgrader then runs the copy, stores the points and writes the feedback.
"""

import contextlib
import hashlib
import json
import os
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path

import nbformat
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat.v4 import new_output
from nbgrader.converters import Autograde, GenerateFeedback
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import DeduplicateIds, Execute
from nbgrader.utils import capture_log, is_grade, parse_utc
from traitlets import Float, Integer

from tools import environment, kernel, notebook
from tools.assignment import configuration, why

# A file that is larger is not opened.
LARGEST = 100_000_000
# An error's text is cut: a message may hold an array, or 50 MB.
LONGEST = 10_000
# What nbgrader's exchange puts beside a submission: when it was handed in,
# and by what name its feedback goes back. Nothing else is taken over.
BESIDE = ("timestamp.txt", "submission_secret.txt")
# Copies that JupyterLab and macOS leave behind.
IGNORED = (".ipynb_checkpoints", "__MACOSX")


class Unusable(Exception):
    """A submission without a notebook that can be graded: what, and cure."""


# What was handed in ----------------------------------------------------------


def fingerprint(folder: Path, checks: str) -> str:
    """Changes with the submission, and with the checks in the gradebook."""
    content = hashlib.sha256(checks.encode())
    for path in sorted(folder.rglob("*")):
        content.update(f"\0{path.name}\0".encode())
        if path.is_file() and not path.is_symlink():
            # A file that cannot be read is reported when it is graded.
            with contextlib.suppress(OSError), path.open("rb") as file:
                content.update(hashlib.file_digest(file, "sha256").digest())
    return content.hexdigest()


def choose(folder: Path, slug: str) -> tuple[Path, list]:
    """The notebook of a submission, and what is odd about it."""
    wanted = f"{slug}.ipynb"
    found = [
        path
        for path in sorted(folder.rglob("*.ipynb"))
        if not set(IGNORED) & {*path.parts} and not path.name.startswith("._")
    ]
    exact = [path for path in found if path == folder / wanted]
    if not found:
        raise Unusable("no notebook", f"ask for {wanted}")
    if not exact and len(found) > 1:
        raise Unusable(
            f"{len(found)} notebooks and none is {wanted}",
            f"give one of them the name {wanted}",
        )
    path = (exact or found)[0]
    inside = folder.resolve() in path.resolve().parents
    if folder.is_symlink() or path.is_symlink() or not inside:
        raise Unusable("the notebook is a link", f"ask for the file {wanted}")
    if path.stat().st_size > LARGEST:
        raise Unusable("more than 100 MB", "ask for it without outputs")
    odd = []
    if not exact:
        name = path.relative_to(folder)
        odd.append((f"called {name}, graded as {wanted}", "nothing"))
    elif len(found) > 1:
        rest = [str(p.relative_to(folder)) for p in found if p != path]
        odd.append((
            f"only {wanted} was graded, not {', '.join(rest)}",
            f"nothing, or rename the right one to {wanted} and grade again",
        ))  # fmt: skip
    return path, odd


def read(path: Path):
    """A student's notebook, of whatever version, without outputs."""
    try:
        nb = nbformat.read(path, as_version=4)
        for cell in nb.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
        nb.nbformat_minor = 5
        _, nb = nbformat.validator.normalize(nb)
        nbformat.validate(nb)
    except (
        *notebook.UNREADABLE,
        OSError,
        RecursionError,
        IndexError,
    ) as error:
        reason = (str(error) or type(error).__name__).splitlines()[0][:100]
        raise Unusable(
            f"not a readable notebook ({reason})", "ask for it again"
        ) from None
    return nb


def grade_id(cell) -> str | None:
    """The name under which nbgrader knows a cell."""
    form = cell.metadata.get("nbgrader")
    return form.get("grade_id") if isinstance(form, dict) else None


def restore(nb, release) -> list[str]:
    """Give a notebook the checks of the release; name those put back.

    What a cell is comes from the release, whatever the student's copy says:
    nbgrader puts back the text of a changed check, and fails on one that
    is missing, or that says it is none. A cell that has lost its mark is
    known by its id.
    """
    given = {grade_id(cell): cell for cell in release.cells if grade_id(cell)}
    ids = {cell.id: name for name, cell in given.items()}
    names = [grade_id(cell) or ids.get(cell.id) for cell in nb.cells]
    if not given.keys() & {*names}:
        raise Unusable(
            "holds no cell of this assignment", "ask for the right notebook"
        )
    for cell, name in zip(nb.cells, names, strict=True):
        cell.metadata.pop("nbgrader", None)
        if name in given:
            cell.metadata["nbgrader"] = given[name].metadata["nbgrader"]
    nb, _ = DeduplicateIds().preprocess(nb, {})
    back, place = [], -1
    for name, cell in given.items():
        names = [grade_id(other) for other in nb.cells]
        if name in names:
            place = names.index(name)
            if is_grade(cell) and nb.cells[place].source != cell.source:
                back.append(name)
        elif is_grade(cell):
            place = place + 1 if place >= 0 else len(nb.cells)
            nb.cells.insert(place, cell)
            back.append(name)
    return back


def prepare(course: Path, slug: str, student: str) -> list:
    """Write the notebook that nbgrader will grade; return what is odd."""
    folder = course / "submitted" / student / slug
    copy = course / "prepared" / student / slug
    path, odd = choose(folder, slug)
    nb = read(path)
    release = notebook.read(course / "release" / slug / f"{slug}.ipynb")
    back = restore(nb, release)
    if back:
        odd.append((f"changed checks put back: {', '.join(back)}", "nothing"))
    nbformat.write(nb, copy / f"{slug}.ipynb")
    for name in BESIDE:
        path = folder / name
        if not path.is_file() or path.is_symlink():
            continue
        try:
            text = path.read_text("utf-8", "replace").strip()
            if name == "timestamp.txt":
                parse_utc(text)
        except (ValueError, OverflowError):
            odd.append(("timestamp.txt cannot be read: taken as in time",
                        "correct it and grade again"))  # fmt: skip
        else:
            (copy / name).write_text(text, "utf-8")
    return odd


# Running it ------------------------------------------------------------------


class Limited(Execute):
    """nbgrader's execution, in an empty folder and within limits.

    A cell that takes too long is interrupted and the next one runs. When
    the kernel is lost, or the time is up, what has run counts, and every
    later cell gets an error, so that its check earns nothing.
    """

    seconds = Integer(600, help="for all cells together").tag(config=True)
    memory = Float(4, help="gigabytes of the kernel").tag(config=True)
    printing = Float(1, help="megabytes of all cells").tag(config=True)
    shutdown_kernel = "immediate"

    def preprocess(self, nb, resources, km=None):
        self.stopped = ""
        self.troubles = {}
        self.printed = 0
        self.end = time.monotonic() + self.seconds
        self.timeout_func = lambda _: max(1, min(self.timeout, self.left()))
        megabyte = 2**20
        limit(resource.RLIMIT_DATA, int(self.memory * 1024 * megabyte))
        limit(resource.RLIMIT_FSIZE, 256 * megabyte)
        place = resources["metadata"]["path"]
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            self.folder = Path(folder)
            resources["metadata"]["path"] = folder
            try:
                nb, resources = super().preprocess(nb, resources, km)
            finally:
                resources["metadata"]["path"] = place
        return nb, resources

    def left(self) -> int:
        return int(self.end - time.monotonic())

    def create_kernel_manager(self):
        self.km = kernel.async_manager(kernel_name="python3")
        return self.km

    def setup_kernel(self, **kwargs):
        return super().setup_kernel(env=variables(self.folder), **kwargs)

    def preprocess_cell(self, cell, resources, index):
        if cell.cell_type != "code":
            return cell, resources
        if not self.stopped and self.left() <= 0:
            self.time_is_up()
        if not self.stopped:
            try:
                cell, resources = super().preprocess_cell(
                    cell, resources, index
                )
            except DeadKernelError:
                self.stop("the kernel died", "read the cell before the first "
                          "error in the feedback")  # fmt: skip
            except CellTimeoutError:
                self.stop("a cell could not be interrupted, or printed "
                          "without end", "read the cell before the first "
                          "error in the feedback")  # fmt: skip
        if self.stopped:
            cell.outputs = [*cell.outputs, error("NotRun", self.stopped)]
        for output in cell.outputs:
            self.notice(output)
        return cell, resources

    def stop(self, what: str, cure: str) -> None:
        self.stopped = what
        self.troubles[f"{what}; later checks earn nothing"] = cure

    def time_is_up(self) -> None:
        self.stop(
            f"stopped after {self.seconds} s",
            "look for the slow cell, or raise c.Limited.seconds",
        )

    def notice(self, output) -> None:
        """Remember an error that is no ordinary mistake."""
        name = output.get("ename", "")
        if name == "CellTimeoutError" and self.left() <= 0:
            self.time_is_up()
        elif name == "CellTimeoutError":
            self.troubles[f"a cell was stopped after {self.timeout} s"] = (
                "look for an endless loop, or raise c.Execute.timeout"
            )
        elif name.endswith("MemoryError"):
            self.troubles[f"a cell wanted more than {self.memory:g} GB"] = (
                "look for a huge array, or raise c.Limited.memory"
            )

    def process_message(self, msg, cell, cell_index):
        """Take an output of a cell, unless it is too much or forged."""
        kind, content = msg["msg_type"], msg["content"]
        if kind == "error":
            content["evalue"] = content["evalue"][:LONGEST]
            content["traceback"] = [
                line[:LONGEST] for line in content["traceback"]
            ]
        elif kind == "execute_result" and is_grade(cell):
            # nbgrader would read it as points. Our checks show no value, so
            # this one was sent by the student's code.
            return None
        elif kind not in ("status", "execute_input"):
            self.printed += len(repr(content))
            if self.printed > self.printing * 2**20:
                self.troubles[f"more than {self.printing:g} MB of output; "
                              "the rest is left out"] = "nothing"  # fmt: skip
                return None
        return super().process_message(msg, cell, cell_index)


def limit(kind: int, value: int) -> None:
    """Limit what this process and its kernel may use."""
    with contextlib.suppress(ValueError, OSError):
        # Not where the system knows no such limit, or has a lower one.
        resource.setrlimit(kind, (value, value))


def error(name: str, text: str):
    """The output of a cell that failed."""
    return new_output("error", ename=name, evalue=text,
                      traceback=[f"{name}: {text}"])  # fmt: skip


def variables(folder: Path) -> dict[str, str]:
    """The environment of a student's kernel: nothing of the instructor's."""
    kept = {k: os.environ[k] for k in ("PATH", "LANG") if k in os.environ}
    home = str(folder)
    return kept | environment.variables() | {
        "HOME": home,
        "TMPDIR": home,
        "IPYTHONDIR": str(folder / ".ipython"),
        "KERAS_HOME": str(folder / ".keras"),
        "PYTHONNOUSERSITE": "1",
        "NBGRADER_EXECUTION": "autograde",
    }  # fmt: skip


def run(course: Path, slug: str, student: str) -> list:
    """Let nbgrader grade a prepared notebook and write the feedback."""
    config = configuration(course)
    config.CourseDirectory.submitted_directory = "prepared"
    folders = CourseDirectory(
        config=config, assignment_id=slug, student_id=student
    )
    app = Autograde(coursedir=folders, config=config, force=True)
    limited = Limited(config=config)
    app.autograde_preprocessors = [
        limited if step is Execute else step
        for step in app.autograde_preprocessors
    ]
    result = capture_log(app)
    print(result.get("log", ""), flush=True)
    if not result["success"]:
        raise Unusable(
            f"nbgrader failed ({why(result)[:200]})",
            f"see logs/{student}/{slug}.log",
        )
    app = GenerateFeedback(coursedir=folders, config=config, force=True)
    result = capture_log(app)
    print(result.get("log", ""), flush=True)
    troubles = list(limited.troubles.items())
    if not result["success"]:
        troubles.append((f"no feedback ({why(result)[:200]})",
                         f"see logs/{student}/{slug}.log"))  # fmt: skip
    return troubles


def grade(course: Path, slug: str, student: str, mark: str) -> None:
    """Grade a submission; leave a report of it beside the prepared copy.

    The report holds the mark, which is the fingerprint of what was graded.
    """
    log = course / "logs" / student / f"{slug}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    copy = course / "prepared" / student / slug
    shutil.rmtree(copy, ignore_errors=True)
    copy.mkdir(parents=True)
    troubles, graded = [], False
    try:
        troubles += prepare(course, slug, student)
        troubles += run(course, slug, student)
        graded = True
    except Unusable as reason:
        troubles.append(reason.args)
    report = {"mark": mark, "graded": graded, "troubles": troubles}
    (copy / "report.json").write_text(json.dumps(report), "utf-8")
    sys.stdout.flush()
