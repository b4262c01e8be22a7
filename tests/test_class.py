"""A whole class is graded by nbgrader itself: right, wrong, hostile.

Each student has the points to expect and a pattern of the trouble line to
expect, if any. All are graded in one run of `make grade`.
"""

import csv
import os
import re
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from tests import classroom, grading
from tests.classroom import POINTS, SLUG
from tools.environment import ROOT

pytestmark = pytest.mark.skipif(os.name != "posix", reason="grades on POSIX")

ALL = sum(POINTS.values())
BUT_DEAD = ALL - POINTS["dead"]
DUE, LATE = "2026-12-01 18:00:00 UTC", "2026-12-02 06:30:00 UTC"
SECONDS = 400
MESSAGE = "Negative numbers are lost: send the difference through relu"
WRONG = """\
def larger_smaller(x, y):
    return relu(x - y) + relu(y), x - relu(x - y)
"""
# The outputs that the visible checks want.
HARD_CODED = {
    "median": """\
def larger_smaller(x, y):
    return np.array([2, -1, 0.5, 8]), np.array([-3, -4, 0.5, 3])
""",
    "dead": """\
def dead(X, W, b):
    return np.array([False, False, True, False, True])
""",
    "silent": """\
def silent(A):
    return np.array([0.75, 0.25, 0])
""",
    "repair": """\
def repaired(z, upstream):
    return np.array([1.5, 0, 0, -4, 0])
""",
}
DEAD = "def dead(X, W, b):\n"
EXIT = """\
    import os
    os._exit(1)
"""
KILL = """\
import os
os.kill(os.getppid(), 9)
"""
ENDLESS = """\
    while True:
        pass
"""
STUBBORN = """\
    while True:
        try:
            while True:
                pass
        except KeyboardInterrupt:
            pass
"""
LEAK = """\
    kept = []
    while True:
        kept.append(bytes(10**8))
"""
# nbgrader would take the value for points.
FORGED = """\
    from IPython import get_ipython
    kernel = get_ipython().kernel
    kernel.session.send(
        kernel.iopub_socket, "execute_result",
        {"data": {"text/plain": "2"}, "metadata": {}, "execution_count": 1},
        parent=kernel.get_parent(),
    )
    return None
"""
LOOK_AROUND = """\
import os
from pathlib import Path

starts = [Path.cwd(), Path.home(), *map(Path, os.environ.values())]
for start in starts:
    for place in [start, *start.parents]:
        for found in (place / "source", place / "gradebook.db"):
            if found.exists() and (place / "hidden_seed").exists():
                print("-".join(["open", "sesame"]), found)
                if found.suffix == ".db":
                    found.write_bytes(b"spoiled")
"""


class Room:
    """The students of the class: what they hand in, what they get."""

    def __init__(self, course):
        self.course = course
        self.blank = classroom.released(course)
        self.right = classroom.right_answers(course)
        self.points = {}
        self.troubles = {}

    def student(self, name, points, trouble="", nb=None, file="", **answers):
        """One who hands in a notebook, or right answers but for some."""
        if nb is None:
            nb = self.answered(**answers)
        self.points[name], self.troubles[name] = points, trouble
        return classroom.hand_in(self.course, name, nb, name=file)

    def answered(self, **answers):
        return classroom.answered(self.blank, self.right | answers)

    def checks(self, nb, change):
        """A notebook whose check cells went through a function."""
        nb.cells = [
            cell
            for cell in nb.cells
            if not grading.is_check(cell) or change(cell)
        ]
        return nb

    def fill(self):
        self.ordinary()
        self.checks_touched()
        self.runs_wild()
        self.files()
        self.hostile()

    def ordinary(self):
        blank = classroom.answered(self.blank, {})
        self.student("perfect", ALL)
        self.student("blank", 0, nb=blank)
        half = {name: self.right[name] for name in ("median", "dead")}
        self.student("half", 4, nb=classroom.answered(self.blank, half))
        self.student("wrong", ALL - 2, median=WRONG)
        self.student(
            "hard-coded", 0, nb=classroom.answered(self.blank, HARD_CODED)
        )
        self.student("Zoë Müller 김하늘", ALL, silent=self.right["silent"]
                     + '\nprint("größer — 끝")\n')  # fmt: skip

    def checks_touched(self):
        def emptied(cell):
            cell.source = "pass"
            return True

        def declared_none(cell):
            cell.metadata.nbgrader |= {"grade": False, "locked": False}
            cell.metadata.nbgrader |= {"solution": True, "points": 100}
            cell.source = "pass"
            return True

        def unmarked(cell):
            del cell.metadata["nbgrader"]
            return emptied(cell)

        def dropped(cell):
            return False

        back = "changed checks put back: median-check"
        empty = classroom.answered(self.blank, {})
        self.student("edits checks", 0, back, self.checks(empty, emptied))
        empty = classroom.answered(self.blank, {})
        self.student("renames checks", 0, back,
                     self.checks(empty, declared_none))  # fmt: skip
        self.student("deletes checks", ALL, back,
                     self.checks(self.answered(), dropped))  # fmt: skip
        empty = classroom.answered(self.blank, {})
        self.student("unmarks checks", 0, back, self.checks(empty, unmarked))
        bare = self.checks(classroom.answered(self.blank, {}), dropped)
        bare.cells = [c for c in bare.cells if not grading.is_answer(c)]
        self.student("deletes all", 0, back, bare)

    def runs_wild(self):
        self.student("endless", BUT_DEAD, "a cell was stopped after 3 s",
                     dead=DEAD + ENDLESS)  # fmt: skip
        self.student("stubborn", POINTS["median"], "not be interrupted",
                     dead=DEAD + STUBBORN)  # fmt: skip
        slow = self.answered()
        place = [c.id for c in slow.cells].index("repair")
        slow.cells[place:place] = [
            nbformat.v4.new_code_cell("import time\ntime.sleep(2.5)")
            for _ in range(11)
        ]
        self.student(
            "slow", ALL - POINTS["repair"], "stopped after 25 s", slow
        )
        self.student("memory hog", BUT_DEAD, "wanted more than 1 GB",
                     dead=DEAD + "    return np.zeros(10**9)\n")  # fmt: skip
        # What is left may not be enough for the kernel: in the last answer.
        self.student(
            "memory leak", ALL - POINTS["repair"],
            "wanted more than 1 GB|the kernel died",
            repair="def repaired(z, upstream):\n" + LEAK,
        )  # fmt: skip
        self.student("crash", POINTS["median"], "the kernel died",
                     dead=DEAD + EXIT)  # fmt: skip
        flood = 'for _ in range(500):\n    print("x" * 100_000, flush=True)\n'
        self.student("50 MB", ALL, "more than 1 MB of output",
                     median=self.right["median"] + "\n" + flood)  # fmt: skip

    def files(self):
        right = self.answered()
        self.student("renamed", ALL, "called my relu.ipynb",
                     file="my relu.ipynb")  # fmt: skip
        self.student("corrupt", 0, "not a readable notebook",
                     nb='{"cells": [')  # fmt: skip
        self.student("other notebook", 0, "holds no cell of this assignment",
                     nb=nbformat.v4.new_notebook())  # fmt: skip
        self.student("missing", 0, "no notebook").unlink()
        self.student("twice", ALL, "only relu.ipynb was graded")
        classroom.hand_in(self.course, "twice", self.blank,
                          name="relu (1).ipynb")  # fmt: skip
        self.student("late", ALL, "late by 12.5 hours; 0 points taken")
        classroom.hand_in(self.course, "late", LATE, name="timestamp.txt")
        self.student("no date", ALL, "timestamp.txt cannot be read")
        classroom.hand_in(self.course, "no date", "?", name="timestamp.txt")
        link = self.student("link", 0, "the notebook is a link", nb=right)
        link.unlink()
        link.symlink_to(self.course / "source" / SLUG / f"{SLUG}.ipynb")

    def hostile(self):
        around = {"median": LOOK_AROUND}
        self.student("reads answers", ALL,
                     median=LOOK_AROUND + self.right["median"])  # fmt: skip
        self.student("reads gradebook", 0,
                     nb=classroom.answered(self.blank, around))  # fmt: skip
        self.student("forges points", BUT_DEAD, dead=DEAD + FORGED)
        self.student("kills grader", 0, "grading broke off .status -9",
                     median=KILL)  # fmt: skip


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    """The class, graded once."""
    course = classroom.course(tmp_path_factory.mktemp("class"))
    classroom.command(
        course, "nbgrader", "db", "assignment", "add", SLUG,
        f"--duedate={DUE}",
    )  # fmt: skip
    classroom.command(course, "nbgrader", "db", "student", "add", "absent")
    room = Room(course)
    room.fill()
    room.points["absent"] = 0
    room.troubles["absent"] = "nothing handed in"
    start = time.monotonic()
    room.said = classroom.command(course, "tools.grade", str(course))
    room.seconds = time.monotonic() - start
    return room


def grades(course):
    """The rows of `grades.csv`, by student."""
    with (course / "grades.csv").open(encoding="utf-8") as file:
        return {row["student_id"]: row for row in csv.DictReader(file)}


def feedback(course, student):
    path = course / "feedback" / student / SLUG / f"{SLUG}.html"
    return path.read_text("utf-8")


def test_every_student_has_the_grade_to_expect(room):
    rows = grades(room.course)
    assert len(rows) >= 24
    found = {name: float(row["score"]) for name, row in rows.items()}
    assert found == {name: float(p) for name, p in room.points.items()}
    assert {row["max_score"] for row in rows.values()} == {str(float(ALL))}


def test_one_line_for_each_trouble(room):
    with (room.course / "troubles.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    wanted = {name: what for name, what in room.troubles.items() if what}
    count = Counter(row["student"] for row in rows)
    assert count.keys() == wanted.keys()
    # A leak may cost the kernel too.
    assert {name for name in count if count[name] > 1} <= {"memory leak"}
    for name, what in wanted.items():
        assert any(re.search(what, row["what"]) for row in rows
                   if row["student"] == name)  # fmt: skip
    for row in rows:
        assert row["what_to_do"]
        assert f"{row['student']}, {row['assignment']}: {row['what']}" in (
            room.said
        )


def test_time_is_bounded(room):
    assert room.seconds < SECONDS


def test_feedback_names_the_mistake(room):
    html = feedback(room.course, "wrong")
    assert MESSAGE in html
    assert "Score: 0.0 / 2.0" in " ".join(html.split())


def test_notebooks_find_neither_answers_nor_gradebook(room, tmp_path):
    for student in ("reads answers", "reads gradebook"):
        assert "open-sesame" not in feedback(room.course, student)
    # Within a course folder they would.
    place = tmp_path / "autograded" / "ada" / SLUG
    place.mkdir(parents=True)
    (tmp_path / "hidden_seed").touch()
    (tmp_path / "gradebook.db").touch()
    said = subprocess.run([sys.executable, "-c", LOOK_AROUND], cwd=place,
                          capture_output=True, text=True).stdout  # fmt: skip
    assert "open-sesame" in said
    assert (tmp_path / "gradebook.db").read_bytes() == b"spoiled"


def test_flood_is_not_kept(room):
    assert len(feedback(room.course, "50 MB")) < 5_000_000


def test_visible_checks_pass_with_hard_coded_outputs(room):
    html = feedback(room.course, "hard-coded")
    assert html.count("Wrong for others.") >= 3


def test_gradebook_has_a_copy(room):
    first = min(room.course.glob("backup/gradebook-*.db"))
    with Gradebook(f"sqlite:///{first}") as gradebook:
        assert [a.max_score for a in gradebook.assignments] == [ALL]


def test_submissions_are_left_alone(room):
    path = room.course / "submitted/deletes checks/relu/relu.ipynb"
    assert "median-check" not in path.read_text("utf-8")


def test_second_run_grades_what_is_new(room):
    before = grades(room.course)
    classroom.hand_in(room.course, "corrupt", room.answered())
    said = classroom.command(room.course, "tools.grade", str(room.course))
    # What broke off is tried again.
    assert "2 graded, " in said
    after = grades(room.course)
    assert float(after["corrupt"]["score"]) == ALL
    for name in before.keys() - {"corrupt"}:
        assert after[name] == before[name]


def test_wrong_answer_is_a_known_one():
    path = ROOT / "tests/wrong_answers/activations/relu.py"
    assert any(MESSAGE.startswith(block.message) or block.message in MESSAGE
               for block in grading.wrong_answers(path))  # fmt: skip


def test_a_file_that_cannot_be_read_stops_nobody(tmp_path, monkeypatch):
    from tools import autograde  # which Windows cannot import

    def refuse(path, mode="r"):
        raise PermissionError(13, "Permission denied", str(path))

    (tmp_path / "data.csv").write_text("1")
    monkeypatch.setattr(Path, "open", refuse)
    assert autograde.fingerprint(tmp_path, "checks")


def test_a_folder_is_no_notebook(tmp_path):
    from tools import autograde

    (tmp_path / "relu.ipynb").mkdir()
    with pytest.raises(autograde.Unusable, match="not a readable notebook"):
        autograde.read(tmp_path / "relu.ipynb")
