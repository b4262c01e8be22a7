"""Exercises come from solutions, and their checks tell right from wrong."""

import ast
import re
from collections import Counter

import matplotlib.pyplot as plt
import pytest

from tests import form, grading
from tests.grading import STUB, Player, graded, hidden, is_answer, is_check
from tools import environment, exercises, notebook

SOLUTIONS = {notebook.name(path): path for path in notebook.find("solutions")}
GRADE_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
SEEDS = (1, 2026)  # as an instructor would choose them

pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(params=SOLUTIONS, scope="module")
def solution(request):
    """A solution."""
    return form.Page(SOLUTIONS[request.param])


@pytest.fixture(scope="module")
def exercise(solution):
    """The committed exercise of the solution."""
    path = exercises.target(solution.path)
    if not path.exists():
        pytest.fail(f"{solution.relative} has no exercise: make exercises")
    return form.Page(path)


@pytest.fixture(scope="module")
def wrong(solution):
    """The known wrong answers to the solution."""
    folder = environment.ROOT / "tests/wrong_answers"
    path = folder / f"{solution.name}.py"
    return grading.wrong_answers(path) if path.exists() else []


def report(page, found):
    """Fail with a line for each (cell, message)."""
    lines = [f"{page.where(cell)}: {message}" for cell, message in found]
    if lines:
        pytest.fail("\n".join(lines), pytrace=False)


# Structure -----------------------------------------------------------------


def drift(solution, exercise):
    """The exercise is what nbgrader makes of the solution."""
    made = exercises.exercise(solution.nb)
    if exercise.raw == notebook.dumps(made):
        return
    hint = "is not what the solution gives: make exercises"
    wanted = {cell.id: cell for cell in made.cells}
    cells = [c for c in exercise.nb.cells if wanted.get(c.id) != c]
    yield from ((cell, hint) for cell in cells)
    if not cells:
        yield None, hint


def leaks(solution, exercise):
    """No line of an answer or of a hidden test stands in the exercise."""
    secret, public = set(), set()
    for cell in solution.nb.cells:
        rest = cell.source
        for pattern in (grading.ANSWER, grading.HIDDEN):
            for part in pattern.findall(cell.source):
                secret |= stripped(part)
            rest = pattern.sub("", rest)
        public |= stripped(rest)
    for cell in exercise.nb.cells:
        for line in sorted(stripped(cell.source) & (secret - public)):
            yield cell, f"holds a line of the answer: {line!r}"


def stripped(text: str) -> set[str]:
    """The lines of a text, without indent, that say something."""
    return {line.strip() for line in text.splitlines()} - {"", ")", "]", "}"}


def stubs(solution, exercise):
    """A student finds the signature, the docstring and where to write."""
    blank = {cell.id: cell for cell in exercise.nb.cells}
    for cell in filter(is_answer, solution.nb.cells):
        stub = blank.get(cell.id)
        if stub is None or STUB not in stub.source or not form.tree(stub):
            yield cell, f"its exercise has no stub `{STUB}`"
        elif signatures(stub) != signatures(cell):
            yield cell, "its exercise has not the same signatures and texts"
        elif any(not text for _, _, text in signatures(cell)):
            yield cell, "has a function without docstring"


def signatures(cell) -> list:
    """Name, arguments and docstring of each function of a cell."""
    return [
        (node.name, ast.unparse(node.args), ast.get_docstring(node))
        for node in form.tree(cell).body
        if isinstance(node, ast.FunctionDef)
    ]


def points(solution, _):
    """Ten points, as the metadata and the prompts say."""
    checks = [c for c in solution.nb.cells if is_check(c)]
    total = sum(graded(cell)["points"] for cell in checks)
    if not total == solution.course.get("points") == 10:
        message = (
            f"its checks give {total} points, its metadata say "
            f"{solution.course.get('points')}: both are 10"
        )
        yield None, message
    worth = Counter()
    for answer in grading.answers(solution.nb):
        for check in answer.checks:
            worth[answer.problem] += graded(check)["points"]
    for cell in solution.nb.cells:
        name, _, kind = graded(cell).get("grade_id", "").rpartition("-")
        said = re.search(r"^##.*\((\d+) points?\)", cell.source, re.MULTILINE)
        if kind == "prompt" and (not said or int(said[1]) != worth[name]):
            yield cell, f"its heading must say ({worth[name]} points)"


def problems(solution, _):
    """Four to six problems: prompt, answer, visible and hidden checks."""
    answers = grading.answers(solution.nb)
    names = list(dict.fromkeys(answer.problem for answer in answers))
    prompts = [
        graded(c)["grade_id"].removesuffix("-prompt")
        for c in solution.nb.cells
        if graded(c).get("grade_id", "").endswith("-prompt")
    ]
    if names != prompts:
        yield None, f"has prompts {prompts} and answers to {names}"
    if not 4 <= len(names) <= 6:
        yield None, f"has {len(names)} problems, not 4 to 6"
    for answer in answers:
        if not any(
            stripped(grading.HIDDEN.sub("", c.source)) for c in answer.checks
        ):
            yield answer.cell, "has no check that a student sees"
        parts = [hidden(check) for check in answer.checks if hidden(check)]
        if not parts:
            yield answer.cell, "has no hidden tests"
        if any(part.splitlines()[0] != grading.SEED_LINE for part in parts):
            yield answer.cell, f"its hidden tests begin {grading.SEED_LINE!r}"
        for cell in [answer.cell, *answer.rest]:
            if "raises-exception" not in form.tags(cell):
                yield cell, "needs the answer, so the tag raises-exception"


def grade_ids(solution, _):
    """Ids are unique, and a check names the answer that it checks."""
    cells = [c for c in solution.nb.cells if graded(c)]
    count = Counter(graded(cell)["grade_id"] for cell in cells)
    known = {c.id for a in grading.answers(solution.nb) for c in a.checks}
    for cell in cells:
        name = graded(cell)["grade_id"]
        if count[name] > 1:
            yield cell, f"repeats the grade_id {name!r}"
        if not GRADE_ID.fullmatch(name):
            yield cell, f"grade_id {name!r} is not in small letters and dashes"
        if is_check(cell) and cell.id not in known:
            yield cell, f"grade_id {name!r} is not <answer>-check or …-check-1"
        locked = graded(cell)["locked"]
        if locked == is_answer(cell):
            yield cell, "an answer is open, every other cell locked"


@pytest.mark.parametrize(
    "check",
    [drift, leaks, stubs, points, problems, grade_ids],
    ids=lambda check: check.__name__,
)
def test_structure(solution, exercise, check):
    page = exercise if check in (drift, leaks) else solution
    report(page, check(solution, exercise))


def test_enough_wrong_answers(solution, wrong):
    answers = {a.id: a for a in grading.answers(solution.nb)}
    count = Counter()
    for block in wrong:
        if block.grade_id not in answers:
            report(solution, [(None, f"has no answer cell for {block}")])
        if not block.message:
            report(solution, [(None, f"{block} names no message to meet")])
        count[answers[block.grade_id].problem] += 1
    report(solution, [
        (answer.cell, f"problem {answer.problem!r} has "
         f"{count[answer.problem]} known wrong answers, not 3 or more")
        for answer in answers.values()
        if count[answer.problem] < 3
    ])  # fmt: skip


# Grading -------------------------------------------------------------------


def play(solution, exercise, wrong) -> dict[str, list]:
    """What is wrong after every answer was given, by kind of test.

    The solution is played once. Before each answer the wrong ones are tried
    in its place, after it the checks with other seeds and on the stub.
    """
    plt.switch_backend("agg")
    stubs = {cell.id: cell.source for cell in exercise.nb.cells}
    answers = {a.cell.id: a for a in grading.answers(solution.nb)}
    last = {a.rest[-1].id: a for a in answers.values() if a.rest}
    player = Player(solution.relative)
    found = {"full": [], "seeds": [], "wrong": [], "hidden": []}
    for cell in solution.code:
        answer = answers.get(cell.id)
        for block in wrong if answer else []:
            if block.grade_id == answer.id:
                verdict = judge(player, block, answer)
                found["wrong"] += [(cell, verdict)] if verdict else []
        error = player.cell(cell)
        if error:
            found["full"].append((cell, f"raises {error!r}"))
        if hidden(cell):
            found["seeds"] += reseeded(player, cell)
        if cell.id in last:
            found["hidden"] += unnoticed(player, last[cell.id], stubs)
    return found


def judge(player, block, answer) -> str | None:
    """Why a wrong answer is not caught as it should be, or nothing."""
    first, raised = player.answer(block.source, answer)
    if first:
        return f"{block} raises {first!r} before any check"
    errors = [error for error in raised if error]
    if not errors:
        return f"{block} passes every check"
    if not isinstance(errors[0], AssertionError):
        return f"{block} fails with {errors[0]!r}, not with a message"
    if block.message not in str(errors[0]):
        return f"{block} fails with another message: {str(errors[0])!r}"
    return None


def reseeded(player, cell):
    """The right answer must pass with an instructor's seed too."""
    for seed in SEEDS:
        with player.trial():
            other = cell.source.replace(
                grading.SEED_LINE,
                grading.SEED_LINE.replace("(0)", f"({seed})"),
            )
            error = player.run(other, f"{cell.id} seed {seed}")
        if error:
            yield cell, f"with the hidden seed {seed} raises {error!r}"


def unnoticed(player, answer, stubs):
    """The hidden tests must ask for the answer, not only for names left."""
    for check in filter(hidden, answer.checks):
        with player.trial():
            for name in grading.bound(answer.cell.source):
                player.names.pop(name, None)
            player.run(stubs.get(answer.cell.id, ""), f"stub {answer.id}")
            error = player.run(hidden(check), f"{check.id} hidden")
        if not error:
            yield check, "its hidden tests pass on a blank answer"


def play_blank(exercise):
    """Checks that give points for nothing, cells that a blank breaks."""
    plt.switch_backend("agg")
    player = Player(exercise.relative)
    for cell in exercise.code:
        error = player.cell(cell)
        if is_check(cell) and not error:
            yield cell, "gives its points to a blank answer"
        if error and "raises-exception" not in form.tags(cell):
            yield cell, f"raises {error!r} in a blank exercise"


@pytest.fixture(autouse=True, scope="module")
def in_folder(solution):
    """Run where the kernel of the notebook would run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(solution.path.parent)
        yield


@pytest.fixture(scope="module")
def played(solution, exercise, wrong):
    """The result of `play`, made once for each solution."""
    return play(solution, exercise, wrong)


@pytest.mark.parametrize("kind", ["full", "seeds", "wrong", "hidden"])
def test_solution_is_graded_rightly(solution, played, kind):
    report(solution, played[kind])


def test_blank_exercise_has_no_points(exercise):
    report(exercise, play_blank(exercise))
