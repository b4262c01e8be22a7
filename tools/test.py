"""Verify everything (`make test`): all stages run, whichever fails.

The output ends with a table of the stages, the slowest notebooks, what was
skipped and why, what failed, and a line of totals.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from tools import environment

SLOWEST = 10
# What needs the built book; what takes longest first.
BOOK_TESTS = (
    "tests/test_pdf.py",
    "tests/browser",
    "tests/test_book.py",
    "tests/test_weight.py",
)
# A kernel with both frameworks takes up to a gigabyte of memory.
WORKERS = min(os.cpu_count() or 1, 8)


@dataclass
class Stage:
    """What became of one part of the verification."""

    name: str
    counts: Counter = field(default_factory=Counter)
    seconds: float = 0.0
    # Of each notebook or test file: the seconds, and why tests were skipped.
    files: dict[str, float] = field(default_factory=dict)
    skipped: dict[str, str] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)

    def add(self, what: str, passed: bool) -> None:
        self.counts["passed" if passed else "failed"] += 1
        if not passed:
            self.failed.append(what)


def run(*arguments: str, **variables: str) -> int:
    """Run a Python module in the root folder; return its exit status."""
    print("$ python -m", *arguments, flush=True)
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=environment.ROOT,
        env=os.environ | variables,
    ).returncode


def lint(stage: Stage) -> None:
    for check in ("ruff check", "ruff format --check", "tools.spelling"):
        arguments = check.split() + ["."] * check.startswith("ruff")
        stage.add(check, run(*arguments) == 0)


def data(stage: Stage) -> None:
    """Fetch MNIST; without a network its notebooks are skipped, by name."""
    # Not before `environment.require` has seen that its imports are there.
    from tools import mnist

    problem = mnist.fetch() if mnist.needed() else None
    if problem and not mnist.path().exists():
        stage.counts["skipped"] += 1
        stage.skipped["the check of MNIST"] = problem
    else:
        stage.add(f"MNIST: {problem}", not problem)
    print(problem or "MNIST is whole, or no notebook needs it.")


def structure(stage: Stage) -> None:
    pytest(stage, "tests", *(f"--ignore={file}" for file in BOOK_TESTS))


def notebooks(stage: Stage) -> None:
    pytest(stage, *environment.BOOKS)


def book(stage: Stage) -> None:
    pytest(stage, *BOOK_TESTS)


def pytest(
    stage: Stage, *arguments: str, workers: int = WORKERS, **variables: str
) -> None:
    """Run pytest in parallel and read from its report what happened."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        status = run(
            "pytest", "-q", "--no-header", "-n", str(workers),
            f"--junitxml={report}", *arguments, **variables,
        )  # fmt: skip
        if report.exists():
            read(report, stage)
    if status and not stage.failed:
        stage.add(f"pytest, which ended with status {status}", False)


def read(report: Path, stage: Stage) -> None:
    """Take counts, seconds, skips and failures from a JUnit report."""
    seconds = defaultdict(float)
    for case in ElementTree.parse(report).iter("testcase"):
        place = case.get("classname") or case.get("name")
        file = place.replace(".", "/").replace("/ipynb", ".ipynb")
        seconds[file] += float(case.get("time"))
        skip = case.find("skipped")
        if skip is not None:
            stage.counts["skipped"] += 1
            stage.skipped[file] = skip.get("message")
        else:
            bad = case.find("failure"), case.find("error")
            stage.add(f"{file} :: {case.get('name')}", bad == (None, None))
    stage.files |= seconds


STAGES = {
    "lint": lint,
    "data": data,
    "structure": structure,
    "notebooks": notebooks,
    "book": book,
}


def summary(stages: list[Stage], seconds: float) -> str:
    """What to know at the end, the totals last."""
    lines = ["", f"{'stage':12}{'result':12}{'seconds':>8}"]
    for stage in stages:
        result = (
            "FAILED"
            if stage.failed
            else "passed"
            if stage.counts["passed"]
            else "skipped"
        )
        lines.append(f"{stage.name:12}{result:12}{stage.seconds:8.1f}")
    lines.append(f"{'all':24}{seconds:8.1f}")

    files = {k: v for s in stages for k, v in s.files.items() if "ipynb" in k}
    slowest = sorted(files, key=files.get, reverse=True)[:SLOWEST]
    lines += ["", "slowest notebooks, in seconds"] if slowest else []
    lines += [f"{files[file]:8.1f}  {file}" for file in slowest]

    skipped = [f"  {k}: {v}" for s in stages for k, v in s.skipped.items()]
    lines += ["", "skipped", *skipped] if skipped else []

    failed = [f"  {s.name}: {what}" for s in stages for what in s.failed]
    lines += ["", "FAILED", *failed] if failed else []

    total = sum((stage.counts for stage in stages), Counter())
    counts = [f"{total[k]} {k}" for k in ("passed", "failed", "skipped")]
    return "\n".join([*lines, "", ", ".join(counts)])


def main() -> int:
    environment.require(*environment.FRAMEWORKS, "nbformat", "nbval", "xdist")
    environment.apply()
    # Names of tests may hold signs that a Windows pipe could not take.
    sys.stdout.reconfigure(encoding="utf-8")
    begin = time.monotonic()
    stages = []
    for name, work in STAGES.items():
        print(f"\n=== {name}", flush=True)
        stage = Stage(name)
        start = time.monotonic()
        work(stage)
        stage.seconds = time.monotonic() - start
        stages.append(stage)
    print(summary(stages, time.monotonic() - begin), flush=True)
    return 1 if any(stage.failed for stage in stages) else 0


if __name__ == "__main__":
    sys.exit(main())
