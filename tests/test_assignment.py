"""Assignments are made from chapters, and nothing is lost or given away."""

import ast
import os
import re
import shutil
import subprocess
import sys
import zipfile

import nbformat
import pytest
from nbclient import NotebookClient

from tests import classroom, form, grading
from tests.classroom import SLUG
from tools import assignment, environment, kernel, notebook
from tools.assignment import SEED_LINE, Refused
from tools.environment import ROOT

CHAPTERS = ["activations/relu", "activations/softmax"]


def make(course, *chapters, **choices):
    """Make assignments without running the answers."""
    found = assignment.find_solutions(list(chapters or CHAPTERS))
    return assignment.make(found, course, tried=False, **choices)


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course with two assignments, for tests that only look."""
    folder = tmp_path_factory.mktemp("course") / "nn101"
    make(folder)
    return folder


@pytest.fixture
def own(course, tmp_path):
    """A copy of it that a test may change."""
    return shutil.copytree(course, tmp_path / "nn101")


def files(folder):
    """The content of the files of an assignment, by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for part in ("source", "release", "handout")
        for path in (folder / part).rglob("*")
        if path.is_file()
    }


def seeds(course):
    text = b"".join(
        data for name, data in files(course).items() if "source" in name
    ).decode()
    return re.findall(r"default_rng\((\d+)\)  # hidden seed", text)


# What is made ----------------------------------------------------------------


def test_same_secret_same_bytes(course, tmp_path):
    twin = tmp_path / "nn101"
    twin.mkdir()
    shutil.copy(course / assignment.SECRET, twin)
    make(twin)
    assert files(twin) == files(course)


def test_other_secret_other_seeds(course, tmp_path):
    make(tmp_path / "other")
    assert not {*seeds(course)} & {*seeds(tmp_path / "other")}
    ours, others = files(course), files(tmp_path / "other")
    assert {n for n in ours if ours[n] != others[n]} == {
        f"source/{slug}/{slug}.ipynb" for slug in ("relu", "softmax")
    }


def test_every_hidden_test_has_a_seed_of_its_own(course):
    assert len(seeds(course)) == len({*seeds(course)}) == 14
    assert "0" not in seeds(course)


def test_secret_is_the_owners(course):
    path = course / assignment.SECRET
    assert len(path.read_text().strip()) == 64
    if os.name == "posix":
        assert path.stat().st_mode & 0o777 == 0o600
        assert course.stat().st_mode & 0o777 == 0o700


def test_release_gives_nothing_away(course):
    secret = (course / assignment.SECRET).read_text().strip()
    for path in (p for p in course.glob("release/*/*") if p.is_file()):
        data = path.read_bytes()
        assert secret.encode() not in data
        assert not any(seed.encode() in data for seed in seeds(course))
    for slug in ("relu", "softmax"):
        nb = notebook.read(course / "source" / slug / f"{slug}.ipynb")
        private, public = set(), set()
        for cell in nb.cells:
            rest = cell.source
            for pattern in (grading.ANSWER, grading.HIDDEN):
                for part in pattern.findall(rest):
                    private |= lines(part)
                rest = pattern.sub("", rest)
            public |= lines(rest)
        assert len(private - public) > 50
        for cell in classroom.released(course, slug).cells:
            assert not lines(cell.source) & (private - public)
            assert "HIDDEN TESTS" not in cell.source


def lines(text):
    """The lines of a text that say something."""
    return {line.strip() for line in text.splitlines() if len(line) > 5}


def test_zip_is_the_release(course):
    with zipfile.ZipFile(course / "handout/relu.zip") as file:
        content = {name: file.read(name) for name in file.namelist()}
        modes = {i.external_attr >> 16 for i in file.infolist()}
    assert modes == {0o100644}
    release = course / "release"
    assert content == {
        path.relative_to(release).as_posix(): path.read_bytes()
        for path in (release / "relu").iterdir()
    }
    assert {name.partition("/")[2] for name in content} == {
        "relu.ipynb", "README.md", "requirements.txt", "matplotlibrc",
    }  # fmt: skip
    assert b"../" not in content["relu/relu.ipynb"]


def test_zip_requires_what_the_notebooks_import(course):
    text = (course / "release/relu/requirements.txt").read_text("utf-8")
    names = {re.split("[=; ]", line)[0] for line in text.splitlines()}
    imported = {
        alias.name.split(".")[0] if isinstance(node, ast.Import) else module
        for path in notebook.find("solutions")
        for cell in form.Page(path).code
        for node in ast.walk(form.tree(cell))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for module in [(getattr(node, "module", "") or "").split(".")[0]]
        for alias in node.names
    }
    assert {"numpy", "torch", "sklearn"} <= imported
    for name in imported - sys.stdlib_module_names:
        assert {"sklearn": "scikit-learn"}.get(name, name) in names
    assert names >= {"tensorflow-cpu", "jupyterlab", "ipykernel", "matplotlib"}


def test_zip_runs(tmp_path):
    """As a student without a server: unpack, answer, run."""
    made = classroom.course(tmp_path)
    with zipfile.ZipFile(made / f"handout/{SLUG}.zip") as file:
        file.extractall(tmp_path / "home")
    folder = tmp_path / "home" / SLUG
    nb = nbformat.read(folder / f"{SLUG}.ipynb", as_version=4)
    nb = classroom.answered(nb, classroom.right_answers(made))
    NotebookClient(
        nb,
        kernel.async_manager(kernel_name="python3"),
        resources={"metadata": {"path": str(folder)}},
        force_raise_errors=True,
    ).execute(cleanup_kc=True)


def test_gradebook_has_the_points(course):
    with assignment.open_gradebook(course) as gradebook:
        found = {a.name: a.max_score for a in gradebook.assignments}
    assert found == {"relu": 10, "softmax": 10}


def test_answers_that_fail_stop_it(tmp_path):
    path = classroom.solution(tmp_path)
    nb = notebook.read(path)
    for cell in nb.cells:
        cell.source = cell.source.replace(
            "return np.mean(A == 0, axis=1)",
            "return np.array([0.75, 0.25, 0])",
        )
    notebook.write(nb, path)
    with pytest.raises(Refused, match=r"fail silent-check here"):
        assignment.make([path], tmp_path / "nn101")
    assert not (tmp_path / "nn101/source").exists()


# A second call ---------------------------------------------------------------


def test_second_call_adds_and_keeps(own):
    student = classroom.hand_in(own, "ada", classroom.released(own))
    before, secret = files(own), (own / assignment.SECRET).read_bytes()
    report = make(own, "activations/relu", "activations/sigmoid")
    after = files(own)
    assert {name: after[name] for name in before} == before
    assert "source/sigmoid/sigmoid.ipynb" in after
    assert (own / assignment.SECRET).read_bytes() == secret
    assert student.exists()
    assert report[0] == "relu: is there already, unchanged"


def change(course, old="### END HIDDEN", new="assert True\n### END HIDDEN"):
    """Edit the first cell of a source that holds a text."""
    path = course / "source/relu/relu.ipynb"
    nb = notebook.read(path)
    cell = next(c for c in nb.cells if old in c.source)
    cell.source = cell.source.replace(old, new)
    notebook.write(nb, path)
    return path


def test_edited_source_is_not_overwritten(own):
    path = change(own)
    before = files(own)
    with pytest.raises(Refused, match=r"source/relu: .* SOURCE=keep"):
        make(own, "activations/sigmoid", "activations/relu")
    assert files(own) == before
    assert path.exists()


def test_edited_source_can_be_kept_and_released(own):
    path = change(own, "## 3. Count the dead", "## 3. Count the silent")
    edited = path.read_bytes()
    make(own, "activations/relu", choice="keep")
    assert path.read_bytes() == edited
    assert "Count the silent" in str(classroom.released(own))
    with zipfile.ZipFile(own / "handout/relu.zip") as file:
        assert b"Count the silent" in file.read("relu/relu.ipynb")


def test_replaced_source_has_a_copy(own):
    path = change(own)
    edited = path.read_bytes()
    student = classroom.hand_in(own, "ada", "anything")
    report = make(own, "activations/relu", choice="replace")
    assert path.read_bytes() != edited
    (copy,) = own.glob("backup/relu-*/relu.ipynb")
    assert copy.read_bytes() == edited
    assert student.read_text() == "anything"
    assert str(copy.parent.relative_to(own)) in report[-1]


def submit(course):
    """A submission, as far as the gradebook knows."""
    with assignment.open_gradebook(course) as gradebook:
        gradebook.add_student("ada")
        gradebook.add_submission("relu", "ada")


@pytest.mark.filterwarnings("ignore:Object of type")
def test_replacing_says_what_to_grade_again(own):
    submit(own)
    change(own)
    report = make(own, "activations/relu", choice="replace")
    assert any("1 submissions were graded" in line for line in report)


@pytest.mark.filterwarnings("ignore:Object of type")
def test_checks_stay_as_many_once_there_are_submissions(own):
    submit(own)
    path = own / "source/relu/relu.ipynb"
    nb = notebook.read(path)
    nb.cells = [cell for cell in nb.cells if not cell.id.startswith("half")]
    notebook.write(nb, path)
    edited = path.read_bytes()
    with pytest.raises(Refused, match="Cannot add or remove cells") as caught:
        make(own, "activations/relu", choice="keep")
    assert "\n" not in str(caught.value)
    assert path.read_bytes() == edited


def test_settings_of_the_instructor_stay(own):
    path = own / "nbgrader_config.py"
    path.write_text(path.read_text() + "# mine\n")
    make(own, "activations/sigmoid")
    assert path.read_text().endswith("# mine\n")


# Refusals --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("chapters", "message"),
    [
        ([], "Name the chapters"),
        (["activations/relo"], "Did you mean activations/relu?"),
        (["relu"], "Did you mean activations/relu?"),
        (["activations/atlas"], "has no exercise: leave it out"),
        (["../etc/passwd"], "There is no chapter"),
    ],
)
def test_chapters_refused(chapters, message):
    with pytest.raises(Refused, match=re.escape(message)) as caught:
        assignment.find_solutions(chapters)
    assert "\n" not in str(caught.value)


def test_course_refused(tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full/letter.txt").touch()
    for folder, message in {
        "": "Name the course folder",
        str(ROOT): "is the book itself",
        str(ROOT / "work/nn101"): "is the book itself",
        str(ROOT.parent): "is the book itself",
        str(tmp_path / "full"): "holds other things",
        str(tmp_path / "full/letter.txt"): "is a file",
    }.items():
        with pytest.raises(Refused, match=message) as caught:
            assignment.find_course(folder)
        assert "\n" not in str(caught.value)


def test_damaged_secret_is_refused(own):
    (own / assignment.SECRET).write_text("")
    with pytest.raises(Refused, match="put back your copy"):
        make(own, "activations/sigmoid")


def test_settings_that_cannot_be_read(own):
    (own / "nbgrader_config.py").write_text("c.x = \n")
    with pytest.raises(Refused, match=r"config\.py cannot be read"):
        make(own, "activations/sigmoid")


def call(*arguments, module="tools.assignment"):
    return subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip


def test_a_refusal_is_one_line(tmp_path):
    ran = call("activations/relo", str(tmp_path / "nn101"))
    assert (ran.returncode, ran.stderr) == (1, "")
    assert ran.stdout.count("\n") == 1
    assert not (tmp_path / "nn101").exists()
    ran = call("activations/relu", str(tmp_path / "nn101"), "overwrite")
    assert ran.stdout == "SOURCE is keep or replace, not 'overwrite'.\n"


def test_missing_nbgrader_is_one_line(monkeypatch):
    monkeypatch.setattr(
        environment, "missing", lambda names: f"Not installed: {names[0]}."
    )
    with pytest.raises(SystemExit) as caught:
        assignment.main(["activations/relu", "/tmp/nn101"])
    assert caught.value.code == "Not installed: nbgrader."


@pytest.mark.skipif(os.name != "posix", reason="grades on POSIX")
def test_grading_refused(course, tmp_path):
    for arguments, message in {
        (str(tmp_path / "none"),): "is no course",
        (
            str(course),
            "tanh",
        ): "There is no assignment 'tanh'; there are: relu",
        (str(course),): "holds nothing for relu, softmax",
    }.items():
        ran = call(*arguments, module="tools.grade")
        assert (ran.returncode, ran.stderr) == (1, "")
        assert message in ran.stdout
        assert ran.stdout.count("\n") == 1


def test_seed_line_is_that_of_the_solutions():
    assert SEED_LINE.fullmatch(grading.SEED_LINE)


# The page --------------------------------------------------------------------


def page():
    return (ROOT / "grading.md").read_text("utf-8")


def test_commands_on_the_page_are_those_that_are_tested():
    tests = "".join(
        (ROOT / "tests" / name).read_text("utf-8")
        for name in ("test_class.py", "test_exchange.py")
    )
    words = {*re.findall(r"(?:^    |`)nbgrader (\w+)", page(), re.M)}
    words.remove("failed")  # a line of trouble
    assert len(words) >= 8
    for word in words:
        assert f'"{word}"' in tests, word
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for name in re.findall(r"\b([A-Z]{5,})=", page()):
        assert f"$({name})" in makefile


def test_lines_of_trouble_on_the_page_are_those_of_the_code():
    code = "".join(
        (ROOT / "tools" / name).read_text("utf-8")
        for name in ("grade.py", "autograde.py")
    )
    code = re.sub(r'"\s*\n\s*f?"', "", code)
    table = page().partition("| line |")[2].partition("\n\n")[0]
    lines = re.findall(r"`([^`]+)`", table)
    assert len(lines) > 20
    for line in lines:
        for piece in line.split("…"):
            assert piece.strip() in code, line
