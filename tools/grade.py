"""Grade all that students handed in (`make grade COURSE=~/nn101`).

Each submission is graded in a process of its own, two or more at a time.
A process that takes too long is ended, and only its submission suffers. At
the end stand `grades.csv`, which nbgrader exports, and `troubles.csv`: a
line for each thing that an instructor should know, and what to do.
"""

import contextlib
import csv
import json
import multiprocessing
import os
import re
import shutil
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from tools import environment
from tools.assignment import (
    Refused,
    configuration,
    find_course,
    is_course,
    open_gradebook,
)

WORKERS = min(os.cpu_count() or 1, 8)
# Beyond the limit of a submission: start, feedback, waiting for a turn.
GRACE = 120
# nbgrader reads ids as patterns, and its CSV has no quotes.
BAD_ID = re.compile(r'[*?\[\]{},"\n+]|^[.\s]|\s$')


class Trouble(NamedTuple):
    """What an instructor should know of a submission, and do."""

    student: str
    assignment: str
    what: str
    cure: str

    def __str__(self) -> str:
        return f"{self.student}, {self.assignment}: {self.what} -> {self.cure}"


class Job(NamedTuple):
    """A submission: a folder `submitted/<student>/<assignment>`."""

    course: Path
    assignment: str
    student: str

    @property
    def folder(self) -> Path:
        return self.course / "submitted" / self.student / self.assignment

    @property
    def report(self) -> Path:
        """What `tools.autograde` left of it."""
        folders = self.course / "prepared" / self.student / self.assignment
        return folders / "report.json"


def assignments(course: Path, wanted: str) -> list[str]:
    """The assignments to grade, all or the one that is wanted."""
    made = course.glob("release/*/*.ipynb")
    names = sorted(path.stem for path in made if path.stem == path.parent.name)
    if wanted and wanted not in names:
        raise Refused(
            f"There is no assignment {wanted!r}; there are: "
            f"{', '.join(names) or 'none'}."
        )
    return [wanted] if wanted else names


def submissions(course: Path, names: list[str]):
    """The submissions, and folders that are none."""
    jobs, troubles = [], []
    for home in sorted(course.glob("submitted/[!.]*")):
        if not home.is_dir() or home.is_symlink() or BAD_ID.search(home.name):
            troubles.append(Trouble(
                home.name, "submitted", "not graded: no folder with the name "
                "of a student", "make it one, without any of *?[]{},\"+",
            ))  # fmt: skip
            continue
        for folder in sorted(home.glob("[!.]*")):
            if folder.name in names and folder.is_dir():
                jobs.append(Job(course, folder.name, home.name))
            elif not (course / "release" / folder.name).is_dir():
                troubles.append(Trouble(
                    home.name, folder.name, "not graded: no such assignment",
                    f"the folder must be one of {', '.join(names)}",
                ))  # fmt: skip
    return jobs, troubles


def last_report(job: Job) -> dict:
    """The report of the last grading, empty if there is none."""
    try:
        return json.loads(job.report.read_text("utf-8"))
    except (OSError, ValueError):
        return {}


def checks(gradebook, name: str) -> str:
    """The text of all checks of an assignment."""
    cells = gradebook.find_notebook(name, name).source_cells
    return json.dumps(sorted((cell.name, cell.source) for cell in cells))


def run(job: Job, mark: str, seconds: float, context) -> Trouble | None:
    """Grade one submission in a process of its own."""
    import psutil

    from tools import autograde

    process = context.Process(
        target=autograde.grade,
        args=(job.course, job.assignment, job.student, mark),
    )
    job.report.unlink(missing_ok=True)
    process.start()
    process.join(seconds)
    if process.exitcode is None:
        with contextlib.suppress(psutil.NoSuchProcess):
            for child in psutil.Process(process.pid).children(recursive=True):
                child.kill()
        process.kill()
        process.join()
        what = f"grading was ended after {seconds:.0f} s"
    elif last_report(job):
        return None
    else:
        what = f"grading broke off (status {process.exitcode})"
    log = f"logs/{job.student}/{job.assignment}.log"
    return Trouble(job.student, job.assignment, what, f"see {log}")


def run_all(marks: dict[Job, str], seconds: float) -> list[Trouble]:
    """Grade submissions in parallel; return those that broke off."""
    context = multiprocessing.get_context("forkserver")
    # nbgrader is imported once; each process starts as a copy.
    context.set_forkserver_preload(["tools.autograde"])
    troubles = []
    with ThreadPoolExecutor(WORKERS) as pool:
        results = pool.map(
            lambda job: run(job, marks[job], seconds, context), marks
        )
        for number, (job, trouble) in enumerate(
            zip(marks, results, strict=True), start=1
        ):
            name = f"{job.student}, {job.assignment}"
            print(f"{number} of {len(marks)}: {name}", flush=True)
            troubles += [trouble] if trouble else []
    return troubles


def record_zero(gradebook, job: Job) -> str:
    """Give 0 points to a submission without any; say what it has now."""
    submission = gradebook.update_or_create_submission(
        job.assignment, job.student
    )
    grades = [grade for nb in submission.notebooks for grade in nb.grades]
    if any(grade.auto_score is not None for grade in grades):
        return f"the earlier {submission.score:g} points stand"
    for grade in grades:
        grade.auto_score, grade.needs_manual_grade = 0, False
    gradebook.db.commit()
    return "0 points"


def settle(gradebook, jobs: list[Job], broken: list[Trouble]):
    """A grade for each submission; return its troubles."""
    broken = {(t.student, t.assignment): t for t in broken}
    for job in jobs:
        own = (job.student, job.assignment)
        report = last_report(job)
        found = [tuple(trouble) for trouble in report.get("troubles", [])]
        if own in broken:
            found.append(broken[own][2:])
        if not report.get("graded"):
            points = record_zero(gradebook, job)
            what, cure = found.pop()
            found.append((f"{what}; {points}", cure))
        submission = gradebook.find_submission(job.assignment, job.student)
        late = submission.total_seconds_late
        if late > 0:
            penalty = submission.late_submission_penalty
            found.append((
                f"late by {late / 3600:.1f} hours; {penalty:g} points taken",
                "nothing, or change the policy in nbgrader_config.py",
            ))  # fmt: skip
        yield from (Trouble(*own, *trouble) for trouble in found)


def absent(gradebook, jobs: list[Job]):
    """Students without a submission where others have one."""
    there = {(job.student, job.assignment) for job in jobs}
    for name in dict.fromkeys(job.assignment for job in jobs):
        for student in gradebook.students:
            if (student.id, name) not in there:
                yield Trouble(student.id, name, "nothing handed in; 0 points",
                              "nothing")  # fmt: skip


def grade(course: Path, wanted: str = "", again: bool = False) -> str:
    """Grade what is new or changed, or all; return the last line."""
    names = assignments(course, wanted)
    jobs, troubles = submissions(course, names)
    if not jobs and not troubles:
        raise Refused(
            f"{course}/submitted holds nothing for {', '.join(names)}: put "
            "each notebook into submitted/<student>/<assignment>/."
        )
    # Imported late: that takes seconds, and a refusal need not wait.
    from nbgrader.plugins import CsvExportPlugin

    from tools import autograde

    start = time.monotonic()
    # Students' code could reach the gradebook: see grading.md. A spoiled one
    # must not take the place of the good copy.
    (course / "backup").mkdir(exist_ok=True)
    copy = f"backup/gradebook-{time.strftime('%Y%m%d-%H%M%S')}.db"
    shutil.copyfile(course / "gradebook.db", course / copy)
    with open_gradebook(course) as gradebook:
        for student in dict.fromkeys(job.student for job in jobs):
            gradebook.update_or_create_student(student)
        texts = {name: checks(gradebook, name) for name in names}
    marks = {
        job: autograde.fingerprint(job.folder, texts[job.assignment])
        for job in jobs
    }
    new = {
        job: mark
        for job, mark in marks.items()
        if again or last_report(job).get("mark") != mark
    }
    seconds = configuration(course).Limited.get("seconds", 600) + GRACE
    broken = run_all(new, seconds) if new else []
    with open_gradebook(course) as gradebook:
        troubles += settle(gradebook, jobs, broken)
        troubles += absent(gradebook, jobs)
        CsvExportPlugin(to=str(course / "grades.csv")).export(gradebook)
    with (course / "troubles.csv").open(
        "w", encoding="utf-8", newline=""
    ) as f:
        table = csv.writer(f)
        table.writerow(["student", "assignment", "what", "what_to_do"])
        table.writerows(troubles)
    for trouble in troubles:
        print(trouble)
    return (
        f"{len(new)} graded, {len(jobs) - len(new)} as before, "
        f"{len(troubles)} lines of trouble, "
        f"{time.monotonic() - start:.0f} s: {course / 'grades.csv'}"
    )


def main(arguments: list[str]) -> int:
    if os.name != "posix":
        raise SystemExit(
            "Grading limits memory and time as Linux and macOS can: "
            "on Windows, use WSL."
        )
    environment.require("nbgrader", *environment.FRAMEWORKS)
    environment.apply()
    folder, wanted, again = (*arguments, "", "", "")[:3]
    try:
        course = find_course(folder)
        if not is_course(course):
            raise Refused(f"{course} is no course: `make assignment` first.")
        print(grade(course, wanted, bool(again)))
    except Refused as error:
        print(error)
        return 1
    except OSError as error:
        print(f"{error.filename}: {error.strerror}. Mend it and run again.")
        return 1
    except KeyboardInterrupt:
        print("Interrupted: run the same again, it goes on from here.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
