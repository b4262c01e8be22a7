"""Ways for notebooks to travel: nbgrader's exchange, and files by mail."""

import csv
import os
import shutil
import zipfile

import nbformat
import psutil
import pytest

from tests import classroom
from tests.classroom import SLUG
from tools import assignment, grade, notebook

pytestmark = pytest.mark.skipif(os.name != "posix", reason="grades on POSIX")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A course, made once."""
    return classroom.course(tmp_path_factory.mktemp("made"), tried=False)


@pytest.fixture
def course(made, tmp_path):
    """A copy of it for each test."""
    return shutil.copytree(made, tmp_path / "nn101")


def scores(course):
    with (course / "grades.csv").open(encoding="utf-8") as file:
        return {r["student_id"]: r["score"] for r in csv.DictReader(file)}


def test_exchange_of_a_server(course, tmp_path):
    """As on a JupyterHub, with one user who is teacher and student."""
    exchange, home = tmp_path / "exchange", tmp_path / "home"
    home.mkdir()
    settings = (
        f'c.CourseDirectory.course_id = "nn101"\n'
        f"c.Exchange.root = {str(exchange)!r}\n"
        f"c.Exchange.cache = {str(tmp_path / 'cache')!r}\n"
    )
    with (course / "nbgrader_config.py").open("a") as file:
        file.write(settings)
    (home / "nbgrader_config.py").write_text("c = get_config()\n" + settings)

    def run(folder, *arguments):
        return classroom.command(folder, "nbgrader", *arguments)

    with (course / "nbgrader_config.py").open("a") as file:
        file.write('c.LateSubmissionPlugin.penalty_method = "zero"\n')
    due = "--duedate=2020-01-01 00:00:00 UTC"
    run(course, "db", "assignment", "add", SLUG, due)
    run(course, "release_assignment", SLUG)
    run(home, "fetch_assignment", SLUG)
    path = home / SLUG / f"{SLUG}.ipynb"
    nb = nbformat.read(path, as_version=4)
    answers = classroom.right_answers(course)
    del answers["repair"]
    nbformat.write(classroom.answered(nb, answers), path)
    run(home, "submit", SLUG)
    run(course, "collect", SLUG, "--update")
    said = classroom.command(course, "tools.grade", str(course))
    assert "1 graded" in said
    assert "hours; 7 points taken" in said
    assert [*scores(course).values()] == ["0.0"]
    run(course, "release_feedback", SLUG)
    run(home, "fetch_feedback", SLUG)
    (html,) = home.glob(f"{SLUG}/feedback/*/{SLUG}.html")
    assert "Write your code here." in html.read_text("utf-8")


def test_appeal_and_update(course):
    """Points given by hand stay; a new source is graded without asking."""
    path = course / f"source/{SLUG}/{SLUG}.ipynb"
    answers = classroom.right_answers(course)
    answers["silent"] = "def silent(A):\n    return np.mean(A < 1e-6, axis=1)"
    nb = classroom.answered(classroom.released(course), answers)
    classroom.hand_in(course, "ada", nb)

    def run(*arguments):
        return classroom.command(
            course, "tools.grade", str(course), *arguments
        )

    assert "1 graded" in run()
    assert scores(course) == {"ada": "7.0"}
    with assignment.open_gradebook(course) as gradebook:
        grade = gradebook.find_grade("silent-check", SLUG, SLUG, "ada")
        grade.manual_score = 0.5
        gradebook.db.commit()
    assert "1 graded" in run("", "1")
    assert scores(course) == {"ada": "7.5"}

    with assignment.open_gradebook(course) as gradebook:
        grade = gradebook.find_grade("silent-check", SLUG, SLUG, "ada")
        grade.manual_score = None
        gradebook.db.commit()
    # An edit alone changes nothing, until it is released.
    source = notebook.read(path)
    for cell in source.cells:
        cell.source = cell.source.replace("1e-9", "1e-3")
    notebook.write(source, path)
    assert "0 graded" in run()
    solution = classroom.solution(course.parent)
    report = assignment.make([solution], course, "keep", tried=False)
    assert f"{SLUG}: 1 submissions were graded with the earlier" in report[1]
    assert "1 graded" in run(SLUG)
    assert scores(course) == {"ada": "8.0"}


def test_files_by_mail(course):
    """Notebooks named after students, and zips of their folders."""
    folder = course / "downloaded" / SLUG / "archive"
    folder.mkdir(parents=True)
    nb = classroom.answered(
        classroom.released(course), classroom.right_answers(course)
    )
    nbformat.write(nb, folder / f"ada_{SLUG}.ipynb")
    with zipfile.ZipFile(folder / "김하늘.zip", "w") as file:
        file.writestr(f"{SLUG}/{SLUG}.ipynb", nbformat.writes(nb))
        file.writestr(f"__MACOSX/{SLUG}/._{SLUG}.ipynb", "none")
    classroom.command(course, "nbgrader", "zip_collect", SLUG)
    names = {"ada", "김하늘"}
    for name in names:
        found = course / "submitted" / name / SLUG
        assert [p.name for p in found.iterdir()] == [f"{SLUG}.ipynb"]
    jobs, troubles = grade.submissions(course, [SLUG])
    assert {job.student for job in jobs} == names
    assert not troubles


def test_grading_that_takes_too_long_is_ended(course, tmp_path, monkeypatch):
    """If the limits within it fail, the process is ended from outside."""
    note = tmp_path / "kernel.txt"
    answers = classroom.right_answers(course) | {
        "median": f"""\
import os, time
open({str(note)!r}, "w").write(str(os.getpid()))
time.sleep(600)
"""
    }
    nb = classroom.answered(classroom.released(course), answers)
    classroom.hand_in(course, "ada", nb)
    with (course / "nbgrader_config.py").open("a") as file:
        file.write("c.Execute.timeout = 300\nc.Limited.seconds = 300\n")
    monkeypatch.setattr(grade, "GRACE", -280)
    assert "1 graded" in grade.grade(course)
    (row,) = (course / "troubles.csv").read_text("utf-8").splitlines()[1:]
    assert row.startswith("ada,relu,grading was ended after 20 s; 0 points")
    assert scores(course) == {"ada": "0.0"}
    assert not runs(int(note.read_text()))


def runs(pid):
    """Whether a process is there, and more than a zombie."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_folders_that_are_no_submissions(course):
    nb = classroom.released(course)
    for student in ("a,b", "x*", "{y}"):
        classroom.hand_in(course, student, nb)
    classroom.hand_in(course, "ada", nb, slug="tanh")
    (course / "submitted/notes.txt").touch()
    (course / "submitted/.DS_Store").touch()
    jobs, troubles = grade.submissions(course, [SLUG])
    assert jobs == []
    found = {(t.student, t.what.partition(":")[2]) for t in troubles}
    folder = " no folder with the name of a student"
    assert found == {
        *((name, folder) for name in ("a,b", "x*", "{y}", "notes.txt")),
        ("ada", " no such assignment"),
    }
