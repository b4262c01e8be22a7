"""A solution taken apart into problems, and played without a kernel.

All cells of a notebook share one dictionary, as in a kernel. To try another
answer the dictionary is restored afterwards, not copied: functions keep the
dictionary that they were defined in.
"""

import ast
import contextlib
import io
import linecache
import re
from dataclasses import dataclass, field
from pathlib import Path

import matplotlib.pyplot as plt
from IPython.display import display

SEED_LINE = "rng = np.random.default_rng(0)  # hidden seed"
HIDDEN = re.compile(
    r"^### BEGIN HIDDEN TESTS\n(.*?)^### END HIDDEN TESTS", re.M | re.S
)
ANSWER = re.compile(
    r"^[ \t]*### BEGIN SOLUTION\n(.*?)^[ \t]*### END SOLUTION", re.M | re.S
)
STUB = 'raise NotImplementedError("Write your code here.")'
FRAMEWORKS = ("numpy", "tensorflow", "pytorch")


def graded(cell) -> dict:
    """The nbgrader metadata of a cell, empty if it has none."""
    return cell.metadata.get("nbgrader", {})


def is_answer(cell) -> bool:
    """Whether a student writes this cell."""
    return bool(graded(cell).get("solution"))


def is_check(cell) -> bool:
    """Whether points depend on this cell."""
    return bool(graded(cell).get("grade"))


def hidden(cell) -> str:
    """The hidden tests of a cell, or nothing."""
    return "".join(HIDDEN.findall(cell.source))


@dataclass
class Answer:
    """An answer cell and its checks.

    `rest` are the code cells from the answer to its last check, in order;
    checks of other answers are left out.
    """

    cell: dict
    checks: list = field(default_factory=list)
    rest: list = field(default_factory=list)

    @property
    def id(self) -> str:
        return graded(self.cell)["grade_id"]

    @property
    def problem(self) -> str:
        """`load` for `load-pytorch`: an answer may be asked in each."""
        return re.sub(rf"-({'|'.join(FRAMEWORKS)})$", "", self.id)


def answers(nb) -> list[Answer]:
    """The answers of a notebook, in order."""
    code = [cell for cell in nb.cells if cell.cell_type == "code"]
    found = []
    for start, cell in enumerate(code, start=1):
        if not is_answer(cell):
            continue
        answer = Answer(cell)
        own = re.compile(re.escape(answer.id) + r"-check(-\d+)?")
        between = []
        for other in code[start:]:
            if not is_check(other):
                between.append(other)
            elif own.fullmatch(graded(other)["grade_id"]):
                answer.checks.append(other)
                answer.rest += [*between, other]
                between = []
        found.append(answer)
    return found


@dataclass
class WrongAnswer:
    """An answer known to be wrong and the message it must meet."""

    grade_id: str
    message: str
    source: str

    def __str__(self) -> str:
        return f"wrong answer {self.grade_id!r} ({self.message!r})"


def wrong_answers(path: Path) -> list[WrongAnswer]:
    """The blocks of a file of `tests/wrong_answers`."""
    parts = re.split(r"^# %% (.*)\n", path.read_text("utf-8"), flags=re.M)
    blocks = []
    for head, source in zip(parts[1::2], parts[2::2], strict=True):
        grade_id, _, message = (part.strip() for part in head.partition("|"))
        blocks.append(WrongAnswer(grade_id, message, source.rstrip()))
    return blocks


class Player:
    """Runs cells of one notebook, one after the other, in this process."""

    def __init__(self, name: str):
        self.name = name
        self.names = {"__name__": "__main__", "display": display}

    def run(self, source: str, label: str) -> Exception | None:
        """Execute a source; what it raises is returned."""
        file = f"<{self.name} {label}>"
        lines = source.splitlines(keepends=True)
        linecache.cache[file] = (len(source), None, lines, file)
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                exec(compile(source, file, "exec"), self.names)
        except Exception as error:
            return error
        finally:
            plt.close("all")
        return None

    def cell(self, cell) -> Exception | None:
        """Execute a cell as it stands."""
        return self.run(cell.source, cell.id)

    @contextlib.contextmanager
    def trial(self):
        """Forget afterwards which names were bound meanwhile."""
        kept = dict(self.names)
        try:
            yield
        finally:
            self.names.clear()
            self.names.update(kept)

    def answer(self, source: str, answer: Answer):
        """Give another answer and forget it again.

        Returns what the answer itself raised, then what each check raised.
        """
        with self.trial():
            first = self.run(source, f"another {answer.id}")
            raised = {cell.id: self.cell(cell) for cell in answer.rest}
        return first, [raised[check.id] for check in answer.checks]


def bound(source: str) -> set[str]:
    """The names that a cell binds at its top level."""
    names = set()
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        else:
            names |= {
                n.id
                for n in ast.walk(node)
                if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
            }
    return names
