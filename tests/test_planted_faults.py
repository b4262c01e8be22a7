"""The proof of the proof: faults planted in copies of real notebooks.

Each must be caught by a message that names the notebook and the cell. Cells
are chosen by what they are, so the tests stay valid as the book grows.
"""

import ast
import copy
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import nbformat
import pytest

from tests import comparison, form, grading
from tests import test_exercises as graded
from tests.test_exercises import drift, leaks
from tools import exercises, notebook
from tools.environment import ROOT


@pytest.fixture(scope="module")
def book(tree) -> form.Book:
    """The pages of the copy."""
    return form.Book(tree)


@pytest.fixture
def spoil():
    """Mark a file as one to be put back after the test."""
    kept = {}

    def keep(path: Path) -> Path:
        kept[path] = path.read_bytes()
        return path

    yield keep
    for path, content in kept.items():
        path.write_bytes(content)


def save(page: form.Page, rehash=True) -> None:
    """Write a page as `make run` would, had it given these outputs."""
    if rehash and "verified" in page.nb.metadata:
        page.nb.metadata["verified"] = notebook.code_hash(page.nb)
    notebook.write(page.nb, page.path)


def complaints(book: form.Book, page: form.Page) -> set[str]:
    """All that the tests of the form say, with a page as it now is."""
    page = form.Page(page.path, book.root)
    book = copy.copy(book)
    book.pages = [page if p.path == page.path else p for p in book.pages]
    return {
        *form.problems(page),
        *(
            f"{file}: {message}"
            for check in form.BOOK_CHECKS
            for file, message in check(book)
        ),
    }


# Faults that need no kernel ------------------------------------------------


@dataclass
class Fault:
    """A fault: in which cells it can be planted, how, what is then said.

    Without `fits` it is planted in the page, and the message names the page.
    """

    name: str
    fits: Callable | None
    plant: Callable
    message: str
    book: str = "chapters"
    rehash: bool = True


def code(cell):
    return cell.cell_type == "code" and not form.tags(cell)


def prose(cell):
    return cell.cell_type == "markdown"


def tab(name):
    return lambda cell: f"tab-{name}" in form.tags(cell)


def add_source(text):
    def plant(page, cell):
        cell.source += text

    return plant


def add_tag(tag):
    def plant(page, cell):
        cell.metadata["tags"] = [*form.tags(cell), tag]

    return plant


def add_output(**output):
    def plant(page, cell):
        cell.outputs.append(nbformat.from_dict(output))

    return plant


def printed(text):
    return add_output(output_type="stream", name="stdout", text=text)


def remove_framework(page, cell):
    """All cells of the tab that the cell is in."""
    tab_set = next(s for s in form.tab_sets(page) if cell in s)
    for other in tab_set:
        if form.tags(other) == form.tags(cell):
            page.nb.cells.remove(other)


def set_course(key, value):
    def plant(page, _):
        page.nb.metadata["course"][key] = value

    return plant


def drop_alt(page, cell):
    del cell.metadata["mystnb"]["image"]


def repeat(page, cell):
    cell.outputs.append(cell.outputs[-1])


def mistype(page, cell):
    image = cell.metadata["mystnb"]["image"]
    image["atl"] = image.pop("alt")


def forget_run(page, cell):
    cell.outputs, cell.execution_count = [], None


def cite_nobody(page, _):
    page.prose[-1].source += " {cite}`nobody1900`"


def edit_first_numpy_cell(page, _):
    cell = next(filter(tab("numpy"), page.nb.cells))
    cell.source += "\nX = 2 * X"


TRACEBACK = {
    "output_type": "error", "ename": "ValueError", "evalue": "no",
    "traceback": ["ValueError: no"],
}  # fmt: skip
WARNING = {"output_type": "stream", "name": "stderr", "text": "careful\n"}
FAULTS = [
    Fault("formula edited, not run", None, edit_first_numpy_cell,
          "its code was edited and not run: make run", rehash=False),
    Fault("cell not run", code, forget_run, "has the count None"),
    Fault("no TensorFlow", tab("tensorflow"), remove_framework,
          "this tab set has no tensorflow"),
    Fault("no PyTorch", tab("pytorch"), remove_framework,
          "this tab set has no pytorch"),
    Fault("no NumPy", tab("numpy"), remove_framework,
          "this tab set has no numpy"),
    Fault("no alt text", form.pictures, drop_alt, "has no alt text"),
    Fault("two figures", form.pictures, repeat, "shows two pictures"),
    Fault("mistyped key", form.pictures, mistype, "key mystnb.image.atl"),
    Fault("mistyped tag", code, add_tag("tab-tensorfow"), "unknown tag"),
    Fault("tag that skips", code, add_tag("nbval-skip"), "unknown tag"),
    Fault("comment that skips", code, add_source("\n# NBVAL_SKIP"),
          "holds an nbval comment"),
    Fault("semicolon", code, add_source("\nx;"), "ends with `;`"),
    Fault("veiled", code, add_source("\nx;  # last"), "ends with `;`"),
    Fault("magic", code, add_source("\n%time x"), "is no plain Python"),
    Fault("long line", code, add_source("\n#" + 79 * "-"), "is longer than"),
    Fault("long cell", code, add_source(30 * "\nx"), "only if folded"),
    Fault("import of ours", code, add_source("\nimport tools"),
          "imports tools"),
    Fault("traceback", code, add_output(**TRACEBACK), "stores a traceback"),
    Fault("warning", code, add_output(**WARNING), "a warning on stderr"),
    Fault("address", code, printed("<f at 0x7f1c9a2b3c40>\n"),
          "a memory address"),
    Fault("path", code, printed("/home/me/x.py\n"), "a path of one machine"),
    Fault("timing", code, printed("3s 2ms/step\n"), "a measured time"),
    Fault("color code", code, printed("\x1b[31mred\n"), "an ANSI color"),
    Fault("unfinished", prose, add_source("\nTO" "DO: more"),
          "is not finished"),
    Fault("label of another page", prose, add_source("\n\n(sec-other-x)=\n"),
          "its label sec-other-x"),
    Fault("label in a solution", prose, add_source("\n\n(sec-x)=\n"),
          "holds the label sec-x", book="solutions"),
    Fault("unknown source", None, cite_nobody, "cites nobody1900"),
    Fault("minutes", None, set_course("minutes", 999), "say 999 minutes"),
    Fault("mistyped course", None, set_course("minuets", 9),
          "metadata course.minuets is unknown"),
    Fault("difference not shown", None,
          set_course("differences", [{"topic": "x", "torch": "y"}]),
          "a difference is not on the page: ['x', None, 'y']"),
    Fault("too early", None, set_course("prerequisites", ["no/where"]),
          "wants no/where to be read first"),
]  # fmt: skip


def place_for(fault: Fault, book: form.Book):
    """A fresh copy of the first page that a fault fits, and the cell."""
    for page in book.pages:
        if page.book == fault.book:
            page = form.Page(page.path, book.root)
            if not fault.fits:
                return page, None
            for cell in filter(fault.fits, page.nb.cells):
                return page, cell
    raise LookupError(f"no page has a cell for {fault.name!r}")


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_fault_in_a_page(book, spoil, fault):
    page, cell = place_for(fault, book)
    spoil(page.path)
    before = complaints(book, page)
    fault.plant(page, cell)
    save(page, fault.rehash)
    new = complaints(book, page) - before
    place = page.relative
    if cell is not None:
        # A cell that was removed cannot be named: a neighbor is.
        place += ".*id " + (cell.id if cell in page.nb.cells else "")
    wanted = re.compile(f"{place}.*{re.escape(fault.message)}")
    assert any(map(wanted.search, new)), new
    assert all(line.startswith(page.relative) for line in new), new


def test_notebook_not_in_the_contents(tree, spoil):
    toc = spoil(tree / "_toc.yml")
    lines = toc.read_text("utf-8").splitlines(keepends=True)
    gone = next(line for line in lines if "file: chapters/" in line)
    toc.write_text("".join(line for line in lines if line != gone), "utf-8")
    found = [": ".join(pair) for pair in form.contents(form.Book(tree))]
    file = gone.split()[-1] + ".ipynb"
    assert f"{file}: stands 0 times in _toc.yml, not once" in found


@pytest.fixture
def pair(book, spoil):
    """A solution and a fresh copy of its exercise."""
    name, solution = next(iter(book.of("solutions").items()))
    path = book.of("exercises")[name].path
    return solution, form.Page(spoil(path), book.root)


def test_exercise_with_its_answer(pair):
    solution, exercise = pair
    cell = next(filter(grading.is_answer, exercise.nb.cells))
    answer = next(c for c in solution.nb.cells if c.id == cell.id)
    cell.source = re.sub(r"### (BEGIN|END) SOLUTION", "#", answer.source)
    save(exercise)
    exercise = form.Page(exercise.path, exercise.root)
    found = list(leaks(solution, exercise))
    assert {c.id for c, _ in found} == {cell.id}
    assert "holds a line of the answer" in found[0][1]
    assert [c.id for c, _ in drift(solution, exercise)] == [cell.id]


def test_exercise_edited_by_hand(pair):
    solution, exercise = pair
    cell = exercise.prose[1]
    cell.source += "\nOne more sentence."
    save(exercise)
    exercise = form.Page(exercise.path, exercise.root)
    found = [(c.id, message) for c, message in drift(solution, exercise)]
    assert found == [
        (cell.id, "is not what the solution gives: make exercises")
    ]


STRUCTURE = [
    ("ten points", graded.points, "its checks give 11 points",
     lambda page, check: check.metadata["nbgrader"].update(
         points=check.metadata["nbgrader"]["points"] + 1)),
    ("no hidden tests", graded.problems, "has no hidden tests",
     lambda page, check: check.update(
         source=grading.HIDDEN.sub("", check.source))),
    ("no seed line", graded.problems, "its hidden tests begin 'rng = ",
     lambda page, check: check.update(
         source=check.source.replace("  # hidden seed", ""))),
    ("no tag", graded.problems, "needs the answer, so the tag raises",
     lambda page, check: check.metadata.pop("tags")),
    ("repeated id", graded.grade_ids, "repeats the grade_id",
     lambda page, check: check.metadata["nbgrader"].update(
         grade_id=grading.answers(page.nb)[0].id)),
    ("open check", graded.grade_ids, "every other cell locked",
     lambda page, check: check.metadata["nbgrader"].update(locked=False)),
    ("no docstring", graded.stubs, "has a function without docstring",
     lambda page, check: remove_docstrings(page)),
]  # fmt: skip


def remove_docstrings(page):
    for cell in filter(grading.is_answer, page.nb.cells):
        cell.source = re.sub(r'""".*?"""', "pass", cell.source, flags=re.S)


def first_solution(book):
    """A fresh copy of a solution, and its exercise."""
    name, solution = next(iter(book.of("solutions").items()))
    solution = form.Page(solution.path, book.root)
    return solution, book.of("exercises")[name]


@pytest.mark.parametrize(
    ("check", "message", "plant"),
    [row[1:] for row in STRUCTURE],
    ids=[row[0] for row in STRUCTURE],
)
def test_fault_in_a_solution(book, check, message, plant):
    solution, _ = first_solution(book)
    cell = grading.answers(solution.nb)[0].checks[-1]
    plant(solution, cell)
    blank = copy.copy(solution)
    blank.nb = exercises.exercise(solution.nb)
    found = [what for _, what in check(solution, blank)]
    assert any(message in what for what in found), found


def test_faults_in_grading(book):
    """Checks that cannot fail, and wrong answers that they let pass."""
    solution, exercise = first_solution(book)
    weak, seeded, right, other, broken = grading.answers(solution.nb)[:5]
    check = weak.checks[-1]
    check.source = grading.HIDDEN.sub(
        f"### BEGIN HIDDEN TESTS\n{grading.SEED_LINE}\n### END HIDDEN TESTS",
        check.source,
    )
    check = seeded.checks[-1]
    check.source = check.source.replace(
        grading.SEED_LINE,
        f"{grading.SEED_LINE}\nassert rng.integers(10**6) == "
        "np.random.default_rng(0).integers(10**6), 'one seed only'",
    )
    broken.cell.source = "raise ValueError('broken')"
    known = grading.wrong_answers(
        ROOT / "tests/wrong_answers" / f"{solution.name}.py"
    )
    a_wrong = next(w for w in known if w.grade_id == other.id)
    found = graded.play(solution, exercise, [
        grading.WrongAnswer(right.id, "any", right.cell.source),
        grading.WrongAnswer(other.id, "another message", a_wrong.source),
    ])  # fmt: skip
    expected = {
        "hidden": (weak.checks[-1], "hidden tests pass on a blank answer"),
        "seeds": (seeded.checks[-1], "with the hidden seed 1 raises"),
        "full": (broken.cell, "raises ValueError('broken')"),
    }
    for kind, (cell, message) in expected.items():
        assert any(c.id == cell.id and message in m for c, m in found[kind]), (
            found[kind]
        )
    passed, unmet = found["wrong"]
    assert passed[0].id == right.cell.id
    assert passed[1].endswith("passes every check")
    assert unmet[0].id == other.cell.id
    assert "fails with another message" in unmet[1]


def test_points_for_nothing(book):
    _, exercise = first_solution(book)
    exercise = form.Page(exercise.path, book.root)
    check = next(filter(grading.is_check, exercise.code))
    check.source = "pass"
    setup = exercise.code[0]
    setup.source += "\n1 / 0"
    found = [(cell.id, message) for cell, message in
             graded.play_blank(exercise)]  # fmt: skip
    assert (check.id, "gives its points to a blank answer") in found
    assert found[0][0] == setup.id and "ZeroDivisionError" in found[0][1]


# How pytest says it --------------------------------------------------------


def pytest_in(folder: Path, *arguments: str, fails=True, **environment):
    """What pytest prints, called as a person would in another folder."""
    clean = {k: v for k, v in os.environ.items() if "PYTEST" not in k}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider",
         "--color=no", "-q", *arguments],
        cwd=folder,
        env=clean | environment,
        capture_output=True,
        text=True,
    )  # fmt: skip
    output = done.stdout + done.stderr
    assert (done.returncode != 0) is fails, output
    return output


def failed(output: str) -> set[str]:
    """The tests that pytest reports as failed."""
    return set(re.findall(r"^FAILED (\S+?::Cell \d+)", output, re.MULTILINE))


def test_form_is_reported(book, spoil):
    page = form.Page(spoil(book.pages[0].path), book.root)
    page.code[0].source += "\nx;"
    save(page)
    output = pytest_in(book.root, "tests/test_form.py")
    assert f"{page.where(page.code[0])}: ends with `;`" in output


@pytest.fixture(scope="module")
def small(tree):
    """A notebook whose first cell is right within the last digit.

    nbval's own comparison would fail it, so the name of the second cell
    alone in a report shows which comparison is in force.
    """
    nb = nbformat.v4.new_notebook(metadata={"course": {}})
    for number, (source, stored) in enumerate(
        [("print(0.3001)", "0.3002\n"), ("print(0.25)", "0.27\n")], start=1
    ):
        output = nbformat.v4.new_output("stream", text=stored)
        nb.cells.append(
            nbformat.v4.new_code_cell(
                source, execution_count=number, outputs=[output]
            )
        )
    path = tree / "chapters" / "small" / "small.ipynb"
    notebook.write(nb, path)
    yield path
    shutil.rmtree(path.parent)


@pytest.mark.parametrize(
    ("folder", "arguments"),
    [
        ("", ["chapters/small"]),
        ("", ["--nbval", "chapters/small/small.ipynb"]),
        ("chapters/small", []),
        ("", ["chapters/small", "-n", "2"]),
    ],
    ids=["folder", "file", "inside", "parallel"],
)
def test_comparison_is_in_force(tree, small, folder, arguments):
    output = pytest_in(tree / folder, *arguments)
    where = "chapters/small/small.ipynb, code cell 2 (id "
    assert where in output
    assert "stored 0.27, computed 0.25 (may differ by 0.01)" in output
    (node,) = failed(output)
    assert node.endswith("small.ipynb::Cell 2")


def test_bad_starts_get_one_line(tree, small, spoil):
    output = pytest_in(tree, "chapters/small", "--nbval-lax")
    assert output.strip() == (
        "ERROR: --nbval-lax compares no outputs: leave it out."
    )
    hidden = tree / "without"
    hidden.mkdir()
    (hidden / "sitecustomize.py").write_text(
        "import sys\nsys.modules['torch'] = None\n"
    )
    output = pytest_in(tree, "chapters/small", PYTHONPATH=str(hidden))
    assert output.strip() == (
        "ERROR: Not installed: PyTorch. "
        "Run `python -m pip install -r requirements.txt`."
    )
    source = spoil(tree / "tools/environment.py")
    text = source.read_text("utf-8")
    source.write_text(text.replace("= ((3, 11)", "= ((3, 99)"), "utf-8")
    output = pytest_in(tree, "chapters/small")
    assert output.startswith("ERROR: Python 3.")
    assert output.strip().count("\n") == 0


def test_broken_notebook_gets_one_line(tree, small, spoil):
    path = spoil(small)
    path.write_text('{"cells": [')
    output = pytest_in(tree, "chapters/small/small.ipynb")
    assert "small.ipynb: not a readable notebook" in output
    assert "Restore it with `git checkout -- " in output
    assert "Traceback" not in output


@pytest.mark.skipif(os.name != "posix", reason="no socket files here")
def test_kernels_share_no_ports(tree, small, spoil):
    nb = notebook.read(spoil(small))
    nb.cells[0].source = (
        "import json\n"
        "from ipykernel import get_connection_file\n"
        "with open(get_connection_file()) as file:\n"
        "    print(json.load(file)['transport'])"
    )
    nb.cells[0].outputs = [
        nbformat.v4.new_output("stream", name="stdout", text="tcp\n")
    ]
    notebook.write(nb, small)
    output = pytest_in(tree, "chapters/small/small.ipynb")
    assert re.search(r"stored tcp.*computed ipc", output)


def test_without_mnist_skipped_by_name_and_slowest_first(tree, small):
    """No kernel starts, so the order can be seen cheaply."""
    nb = notebook.read(small)
    for name, seconds in (("one", 1), ("nine", 9)):
        nb.metadata["course"] = {"needs": ["mnist"], "seconds": seconds}
        notebook.write(nb, small.with_name(f"{name}.ipynb"))
    files = [f"chapters/small/{name}.ipynb" for name in ("one", "nine")]
    output = pytest_in(tree, *files, "-vv", "-rs", fails=False)
    assert re.findall(r"small/(\w+)\.ipynb::Cell \d SKIPPED", output) == [
        "nine", "nine", "one", "one",
    ]  # fmt: skip
    for file in files:
        assert re.search(rf"SKIPPED \[2\] {file}.*: .*MNIST", output)


# Faults that only a run can find -------------------------------------------


class Planter:
    """A copy of a chapter that collects faults, each in a cell of its own."""

    def __init__(self, top: Path, page: form.Page, ending: str):
        self.page = form.Page(page.path, page.root)
        self.path = top / page.relative.replace(".ipynb", f"{ending}.ipynb")
        self.relative = self.path.relative_to(top).as_posix()
        self.planted = {}

    def cells(self):
        return [c for c in self.page.code if c.id not in self.planted]

    def in_text(self, what: str, change: Callable) -> None:
        """Change the first token that a function changes in an output."""
        for cell in self.cells():
            for output in cell.outputs:
                data = output.get("data", output)
                key = "text" if data is output else "text/plain"
                if "image/png" in data or key not in data:
                    continue
                for match in comparison.TOKEN.finditer(data[key]):
                    new = change(match)
                    if new is not None and new != match[0]:
                        a, b = match.span()
                        data[key] = data[key][:a] + new + data[key][b:]
                        self.planted[cell.id] = [
                            f"stored {new}", f"computed {match[0]}"
                        ]  # fmt: skip
                        return
        raise LookupError(f"no cell for {what} in {self.page.relative}")

    def cell(self, fits: Callable, *message: str):
        """The first cell that fits, booked for a fault with this message."""
        cell = next(filter(fits, self.cells()))
        self.planted[cell.id] = message
        return cell

    def write(self) -> None:
        """Write the copy, cut off after its last fault."""
        cells = self.page.nb.cells
        last = max(i for i, c in enumerate(cells) if c.id in self.planted)
        del cells[last + 1 :]
        notebook.write(self.page.nb, self.path)

    def node(self, cell_id: str) -> str:
        """What pytest calls the cell."""
        number = [cell.id for cell in self.page.code].index(cell_id) + 1
        return f"{self.relative}::Cell {number}"

    def check(self, output: str) -> None:
        """Each fault is reported, with its notebook, cell and message."""
        for cell_id, message in self.planted.items():
            number = self.node(cell_id).split()[-1]
            head = f"{self.relative}, code cell {number} (id {cell_id}): "
            assert head in output, output
            said = output.split(head)[1].split("code cell")[0]
            assert all(part in said for part in message), said


def two_units(match):
    """A decimal, larger by two units of its last digit."""
    if match["point"] and len(match["point"]) > 1 and "," not in match[0]:
        value = Decimal(match[0])
        unit = Decimal((0, (1,), value.as_tuple().exponent))
        return f"{value + 2 * unit:{'e' if match['power'] else 'f'}}"
    return None


def one_more(match):
    """An integer, larger by one."""
    token = comparison.Token(match)
    whole = match["number"] and not token.decimal and "," not in match[0]
    return str(int(match[0]) + 1) if whole else None


def another_word(match):
    """A word with another ending."""
    return f"{match[0]}x" if match["word"] else None


def compared(cell) -> set[str]:
    """The names that a cell hands to assert_allclose."""
    return {
        argument.id
        for node in ast.walk(form.tree(cell))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).endswith("assert_allclose")
        for argument in node.args
        if isinstance(argument, ast.Name)
    }


def moved(source: str, node: ast.expr) -> str:
    """The source with an expression made 1 % larger."""
    lines = source.encode().splitlines(keepends=True)  # offsets are of bytes
    start = sum(map(len, lines[: node.lineno - 1])) + node.col_offset
    text = ast.get_source_segment(source, node).encode()
    before, after = b"".join(lines)[:start], b"".join(lines)[start:]
    after = after.removeprefix(text)
    return (before + b"1.01 * (" + text + b")" + after).decode()


def curve(cell):
    """The second argument of the first `plot(x, y)` of a figure."""
    if not form.pictures(cell):
        return None
    for node in ast.walk(form.tree(cell)):
        if (
            isinstance(node, ast.Call)
            and ast.unparse(node.func).endswith(".plot")
            and len(node.args) > 1
            and not isinstance(node.args[1], ast.List | ast.Constant)
        ):
            return node.args[1]
    return None


def formula(page, names: set[str]):
    """The last cell for NumPy that assigns one of the names, its value."""
    for cell in reversed([c for c in page.code if tab("numpy")(c)]):
        for node in form.tree(cell).body:
            if (
                isinstance(node, ast.Assign)
                and {t.id for t in node.targets if isinstance(t, ast.Name)}
                & names
            ):
                return cell, node.value
    return None


def agreement(page):
    """A cell that compares, after the NumPy cell that it compares."""
    for cell in page.code:
        found = formula(page, compared(cell))
        if found and page.code.index(found[0]) < page.code.index(cell):
            return cell, *found
    return None


@pytest.fixture(scope="module")
def planted(tree, book):
    """Two copies of a chapter: outputs changed in one, code in the other."""
    chapters = [
        p for p in book.pages
        if p.book == "chapters" and not p.course.get("seconds")
        and "needs" not in p.course and agreement(p)
        and any(map(curve, p.code))
    ]  # fmt: skip
    page = min(chapters, key=lambda p: len(p.code))
    outputs = Planter(tree, page, "_outputs")
    outputs.in_text("a decimal", two_units)
    outputs.in_text("an integer", one_more)
    outputs.in_text("a word", another_word)
    outputs.cell(
        lambda c: c.outputs and not form.pictures(c), "stored no output"
    ).outputs = []
    edited = Planter(tree, page, "_edited")
    plot = edited.cell(curve, "pictures differ by RMS", "failed-figures/")
    plot.source = moved(plot.source, curve(plot))
    cell, numpy_cell, value = agreement(edited.page)
    edited.planted[cell.id] = ["exception", "AssertionError"]
    numpy_cell.source = moved(numpy_cell.source, value)
    for planter in (outputs, edited):
        planter.write()
    output = pytest_in(
        tree, outputs.relative, edited.relative, "-n", "2", "-rf"
    )
    return outputs, edited, output


def test_changed_outputs(planted):
    outputs, _, output = planted
    outputs.check(output)
    here = {n for n in failed(output) if n.startswith(outputs.relative)}
    assert here == {outputs.node(cell_id) for cell_id in outputs.planted}


def test_changed_code(tree, planted):
    _, edited, output = planted
    edited.check(output)
    assert {edited.node(c) for c in edited.planted} <= failed(output)
    pictures = {p.name for p in (tree / ".cache/failed-figures").iterdir()}
    assert any(name.endswith("-difference.png") for name in pictures)
